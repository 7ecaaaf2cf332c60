// Types that did not parse as a whole. Of such a field nobody knows what it takes.
#pragma once

#include <cstddef>
#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"

namespace hlab::syntax {

/// Makes errors of the types of a file in which a bracket is never closed, and of those of fields that go on in what
/// did not parse. `first_entry`, `first_type`: where the file begins in the tables.
void forget_torn_types(Ast& ast, std::size_t first_entry, std::size_t first_type,
                       std::string_view text, FileId file, const diag::Diagnostics& diags);

}  // namespace hlab::syntax
