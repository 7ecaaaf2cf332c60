// Which fixes can be applied without asking anybody, and what comes of applying them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::diag {

struct ChosenFix {
  const Diagnostic* of = nullptr;
  const Fix* fix = nullptr;
};

struct FixChoice {
  std::vector<ChosenFix> chosen;  // their edits do not touch each other
  std::size_t ambiguous = 0;      // diagnostics that offer a choice, or a guess
  std::size_t waiting = 0;        // fixes that touch a place which another one changes
};

/// Takes the fix of each diagnostic that offers one alone and is certain of it. `writable` says which
/// files may be changed.
[[nodiscard]] FixChoice choose_fixes(const Diagnostics& diags,
                                     const std::function<bool(FileId)>& writable);

/// The text with edits that do not overlap.
[[nodiscard]] std::string apply_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace hlab::diag
