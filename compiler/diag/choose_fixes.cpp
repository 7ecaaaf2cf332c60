#include "compiler/diag/choose_fixes.h"

#include <algorithm>

namespace hlab::diag {
namespace {

bool same(const Edit& a, const Edit& b) { return a.span == b.span && a.text == b.text; }

/// Two insertions at one place touch as well: their order would be a guess.
bool touch(const Edit& a, const Edit& b) {
  if (a.span.file != b.span.file) return false;
  if (a.span.begin == b.span.begin) return true;
  return a.span.begin < b.span.end && b.span.begin < a.span.end;
}

enum class Fit { free, taken, done };

/// Whether the fix can join those that were chosen; `done` where one of them says the same.
Fit fit(const Fix& fix, const std::vector<ChosenFix>& chosen) {
  for (const ChosenFix& other : chosen) {
    const bool equal = std::equal(fix.edits.begin(), fix.edits.end(), other.fix->edits.begin(),
                                  other.fix->edits.end(), same);
    if (equal) return Fit::done;
    for (const Edit& edit : fix.edits) {
      const bool taken = std::any_of(other.fix->edits.begin(), other.fix->edits.end(),
                                     [&](const Edit& known) { return touch(edit, known); });
      if (taken) return Fit::taken;
    }
  }
  return Fit::free;
}

}  // namespace

FixChoice choose_fixes(const Diagnostics& diags, const std::function<bool(FileId)>& writable) {
  FixChoice choice;
  for (const Diagnostic* item : diags.sorted()) {
    if (item->fixes.empty()) continue;
    const Fix& fix = item->fixes.front();
    const bool reachable = std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
      return edit.span.valid() && writable(edit.span.file);
    });
    if (!reachable || fix.edits.empty()) continue;
    if (item->fixes.size() != 1 || !fix.certain) {
      ++choice.ambiguous;
      continue;
    }
    switch (fit(fix, choice.chosen)) {
      case Fit::free: choice.chosen.push_back({item, &fix}); break;
      case Fit::taken: ++choice.waiting; break;
      case Fit::done: break;
    }
  }
  return choice;
}

std::string apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out += text.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out += text.substr(at);
}

}  // namespace hlab::diag
