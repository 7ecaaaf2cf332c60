// A value at the top of a file that was meant as a declaration, and whose head is not whole.
#pragma once

#include <optional>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

struct MeantDeclaration {
  program::KindId nameless;  // the kind that stands there without a name
  Symbol name;               // of what stands behind a dot
};

/// `cluster { ... }`, `policy { ... }`, `network.lan { ... }`: says in the report how it is written.
std::optional<MeantDeclaration> meant_declaration(const program::Program& program,
                                                  const syntax::Entry& entry, diag::Report report);

}  // namespace hlab::evaluate
