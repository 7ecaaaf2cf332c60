#include "compiler/rules/kubernetes/version_range.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

namespace hlab::rules {
namespace {

constexpr std::string_view kBlank = " \t";

/// A release of which the last parts may be left open: `1.30`, `1.x`, `*`.
struct Pattern {
  Release release{};
  int known = 0;  // how many of its parts are said
};

/// All of it from `first` on, and nothing from `end` on.
struct Interval {
  Release first{};
  std::optional<Release> end;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_open(std::string_view part) { return part == "x" || part == "X" || part == "*"; }

std::optional<Pattern> read_pattern(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("-+"));
  Pattern out;
  bool open = false;
  for (std::size_t i = 0; i < 3 && !text.empty(); ++i) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (dot != std::string_view::npos && text.empty()) return std::nullopt;
    if (is_open(part)) {
      open = true;
      continue;
    }
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(),
                                              out.release[i]);
    if (error != std::errc() || end != part.data() + part.size() || open) return std::nullopt;
    ++out.known;
  }
  if (!text.empty() || (out.known == 0 && !open)) return std::nullopt;
  return out;
}

/// The first release that no longer begins with the same `parts` parts.
Release after(Release release, int parts) {
  const auto last = static_cast<std::size_t>(parts - 1);
  ++release[last];
  for (std::size_t i = last + 1; i < 3; ++i) release[i] = 0;
  return release;
}

std::optional<Release> end_of(const Pattern& pattern) {
  if (pattern.known == 0) return std::nullopt;
  return after(pattern.release, pattern.known);
}

/// `^`: nothing changes left of the first part that is not 0.
Release end_of_caret(const Pattern& pattern) {
  int part = 1;
  while (part < pattern.known && pattern.release[static_cast<std::size_t>(part - 1)] == 0) ++part;
  return after(pattern.release, part);
}

bool inside(const Release& release, const Interval& interval) {
  return release >= interval.first && (!interval.end || release < *interval.end);
}

/// One comparison, such as `>=1.25.0-0`.
std::optional<bool> fits(const Release& release, std::string_view term) {
  const std::size_t begin = term.find_first_not_of("<>=!~^");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view sign = term.substr(0, begin);
  const auto pattern = read_pattern(trimmed(term.substr(begin)));
  if (!pattern) return std::nullopt;
  const Interval same{pattern->release, end_of(*pattern)};
  if (sign.empty() || sign == "=" || sign == "==") return inside(release, same);
  if (sign == "!=") return !inside(release, same);
  if (sign == ">=" || sign == "=>") return release >= same.first;
  if (sign == "<") return release < same.first;
  if (sign == ">") return same.end && release >= *same.end;
  if (sign == "<=" || sign == "=<") return !same.end || release < *same.end;
  if (pattern->known == 0) return true;
  if (sign == "~" || sign == "~>") {
    return inside(release, {same.first, after(same.first, pattern->known == 1 ? 1 : 2)});
  }
  if (sign == "^") return inside(release, {same.first, end_of_caret(*pattern)});
  return std::nullopt;
}

/// Comparisons that all hold, with commas or blanks between them; a blank may stand behind a sign.
std::vector<std::string> terms_of(std::string_view text) {
  std::vector<std::string> out;
  bool fresh = true;
  for (const char c : text) {
    const bool blank = c == ',' || kBlank.find(c) != std::string_view::npos;
    if (blank) {
      const bool signed_only = !out.empty() &&
                               out.back().find_first_not_of("<>=!~^") == std::string::npos;
      fresh = !signed_only || c == ',';
      continue;
    }
    if (fresh) out.emplace_back();
    fresh = false;
    out.back() += c;
  }
  return out;
}

std::optional<bool> all_fit(const Release& release, std::string_view text) {
  const std::size_t hyphen = text.find(" - ");
  if (hyphen != std::string_view::npos) {
    const auto from = read_pattern(trimmed(text.substr(0, hyphen)));
    const auto to = read_pattern(trimmed(text.substr(hyphen + 3)));
    if (!from || !to) return std::nullopt;
    return inside(release, {from->release, end_of(*to)});
  }
  bool out = true;
  const std::vector<std::string> terms = terms_of(text);
  if (terms.empty()) return std::nullopt;
  for (const std::string& term : terms) {
    const std::optional<bool> one = fits(release, term);
    if (!one) return std::nullopt;
    out = out && *one;
  }
  return out;
}

}  // namespace

std::optional<Release> read_release(std::string_view text) {
  const auto pattern = read_pattern(text);
  if (!pattern || pattern->known == 0) return std::nullopt;
  return pattern->release;
}

std::optional<bool> in_range(Release release, std::string_view range) {
  bool out = false;
  while (true) {
    const std::size_t bars = range.find("||");
    const std::optional<bool> one = all_fit(release, trimmed(range.substr(0, bars)));
    if (!one) return std::nullopt;
    out = out || *one;
    if (bars == std::string_view::npos) return out;
    range.remove_prefix(bars + 2);
  }
}

}  // namespace hlab::rules
