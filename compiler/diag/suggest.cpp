#include "compiler/diag/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>

namespace hlab::diag {
namespace {

constexpr std::size_t kLongest = 96;  // of what is suggested

/// Optimal string alignment distance; gives up (limit + 1) once every path is past the limit.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  std::array<std::size_t, kLongest + 1> before2, before, row;
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before2[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    std::copy_n(before.begin(), b.size() + 1, before2.begin());
    std::copy_n(row.begin(), b.size() + 1, before.begin());
  }
  return before[b.size()];
}

/// A slip of the fingers, however it is turned.
constexpr std::size_t kSlip = 2;

std::string digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

/// Letters left out are a likelier slip than others in their place.
bool lacks_letters(std::string_view name, std::string_view candidate) {
  std::size_t at = 0;
  for (const char c : candidate) at += at < name.size() && name[at] == c ? 1 : 0;
  return at == name.size();
}

}  // namespace

Near closest(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.empty() || name.size() > 64) return {};
  std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::size_t least = limit + 1;
  Near best;
  for (const std::string_view candidate : candidates) {
    if (candidate.empty() || candidate == name || candidate.size() > kLongest) continue;
    const std::size_t gap = std::max(name.size(), candidate.size()) -
                            std::min(name.size(), candidate.size());
    if (gap > limit) continue;
    const std::size_t d = distance(name, candidate, limit);
    if (d > limit || d >= candidate.size()) continue;
    if (d < least) {
      best = {candidate, d <= kSlip && digits(candidate) == digits(name)};
      least = limit = d;
    } else if (candidate != best.name) {
      best.certain = false;
      const bool likelier = lacks_letters(name, candidate);
      const bool before = lacks_letters(name, best.name);
      if (likelier != before ? likelier : candidate < best.name) best.name = candidate;
    }
  }
  return best;
}

}  // namespace hlab::diag
