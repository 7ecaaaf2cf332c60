#include "compiler/diag/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace hlab::diag {
namespace {

constexpr int kContext = 3;
/// More differences than this are shown as one: the search needs their square in memory.
constexpr int kMostDifferences = 1500;

using Lines = std::vector<std::string_view>;

/// With their line breaks: a last line without one differs from one with.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

struct Step {
  char sign;  // ' ', '-' or '+'
  int before;
  int after;
};

/// Every line of both texts, by the greedy algorithm of Myers.
class Comparison {
 public:
  Comparison(const Lines& before, const Lines& after)
      : a_(before),
        b_(after),
        n_(static_cast<int>(before.size())),
        m_(static_cast<int>(after.size())) {}

  std::vector<Step> steps() {
    const int found = search();
    if (found < 0) return replaced();
    std::vector<Step> out;
    int x = n_, y = m_;
    for (int d = found; d > 0; --d) {
      const int k = x - y;
      const bool down = k == -d || (k != d && at(d - 1, k - 1) < at(d - 1, k + 1));
      const int from = down ? k + 1 : k - 1;
      const int from_x = at(d - 1, from);
      const int from_y = from_x - from;
      while (x > from_x + (down ? 0 : 1) && y > from_y + (down ? 1 : 0)) {
        --x, --y;
        out.push_back({' ', x, y});
      }
      x = from_x, y = from_y;
      out.push_back(down ? Step{'+', x, y} : Step{'-', x, y});
    }
    while (x > 0) {
      --x, --y;
      out.push_back({' ', x, y});
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  /// How far along diagonal k the first d differences lead.
  [[nodiscard]] int at(int d, int k) const {
    return reached_[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d)];
  }

  int search() {
    for (int d = 0; d <= std::min(n_ + m_, kMostDifferences); ++d) {
      reached_.emplace_back(static_cast<std::size_t>(2 * d + 1), 0);
      for (int k = -d; k <= d; k += 2) {
        int x = 0;
        if (d > 0) {
          const bool down = k == -d || (k != d && at(d - 1, k - 1) < at(d - 1, k + 1));
          x = down ? at(d - 1, k + 1) : at(d - 1, k - 1) + 1;
        }
        x = slide(x, x - k);
        reached_.back()[static_cast<std::size_t>(k + d)] = x;
        if (x >= n_ && x - k >= m_) return d;
      }
    }
    return -1;
  }

  [[nodiscard]] int slide(int x, int y) const {
    while (x >= 0 && y >= 0 && x < n_ && y < m_ &&
           a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(y)]) {
      ++x, ++y;
    }
    return x;
  }

  [[nodiscard]] std::vector<Step> replaced() const {
    std::vector<Step> out;
    for (int i = 0; i < n_; ++i) out.push_back({'-', i, 0});
    for (int i = 0; i < m_; ++i) out.push_back({'+', n_, i});
    return out;
  }

  const Lines& a_;
  const Lines& b_;
  int n_, m_;
  std::vector<std::vector<int>> reached_;
};

void put_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (line.empty() || line.back() != '\n') out += "\n\\ No newline at end of file\n";
}

void put_hunk(std::string& out, const Lines& before, const Lines& after,
              const std::vector<Step>& steps, std::size_t first, std::size_t last) {
  int removed = 0, added = 0;
  for (std::size_t i = first; i < last; ++i) {
    removed += steps[i].sign != '+';
    added += steps[i].sign != '-';
  }
  const auto start = [](int line, int count) { return count == 0 ? line : line + 1; };
  out += fmt::format("@@ -{},{} +{},{} @@\n", start(steps[first].before, removed), removed,
                     start(steps[first].after, added), added);
  for (std::size_t i = first; i < last; ++i) {
    const Step& s = steps[i];
    put_line(out, s.sign,
             s.sign == '+' ? after[static_cast<std::size_t>(s.after)]
                           : before[static_cast<std::size_t>(s.before)]);
  }
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const Lines a = lines_of(before), b = lines_of(after);
  const std::vector<Step> steps = Comparison(a, b).steps();
  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", path, path);
  const auto changed = [&](std::size_t i) { return steps[i].sign != ' '; };
  for (std::size_t i = 0; i < steps.size();) {
    if (!changed(i)) {
      ++i;
      continue;
    }
    const std::size_t first = i - std::min<std::size_t>(i, kContext);
    std::size_t last = i + 1;  // one past the last changed line of the hunk
    for (std::size_t j = last; j < steps.size() && j < last + 2 * kContext + 1; ++j) {
      if (changed(j)) last = j + 1;
    }
    const std::size_t end = std::min(steps.size(), last + kContext);
    put_hunk(out, a, b, steps, first, end);
    i = end;
  }
  return out;
}

}  // namespace hlab::diag
