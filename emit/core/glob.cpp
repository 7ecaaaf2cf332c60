#include "emit/core/glob.h"

#include <vector>

namespace hlab::emit {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    out.push_back(path.substr(0, slash));
    path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
  }
  return out;
}

/// One wildcard is remembered and given a character more whenever what follows does not fit, so that
/// no pattern takes longer than pattern times text. `Matches` compares, `is_any` finds the wildcard.
template <class Text, class Matches, class IsAny>
bool matches(const Text& pattern, const Text& text, const Matches& same, const IsAny& is_any) {
  std::size_t p = 0, t = 0, star = pattern.size(), from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && is_any(pattern[p])) {
      star = p++;
      from = t;
    } else if (p < pattern.size() && same(pattern[p], text[t])) {
      ++p, ++t;
    } else if (star < pattern.size()) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && is_any(pattern[p])) ++p;
  return p == pattern.size();
}

bool name_matches(std::string_view pattern, std::string_view name) {
  return matches(
      pattern, name, [](char p, char c) { return p == c || p == '?'; },
      [](char p) { return p == '*'; });
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  return matches(parts_of(pattern), parts_of(path), name_matches,
                 [](std::string_view part) { return part == "**"; });
}

std::string_view glob_root(std::string_view pattern) {
  const std::size_t wild = pattern.find_first_of("*?");
  const std::size_t slash = pattern.rfind('/', wild);
  return slash == pattern.npos ? std::string_view() : pattern.substr(0, slash);
}

}  // namespace hlab::emit
