// On its own because <regex> is slow to compile, and because g++ 12 with sanitizers takes it
// for uninitialised (GCC bug 105562).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <regex>

#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

/// libstdc++'s breadth-first matcher: no back-references, no exponential time, no deep stack.
constexpr auto kPatternFlags = std::regex::ECMAScript | std::regex_constants::__polynomial;

}  // namespace

PatternMatch match_pattern(std::string_view text, std::string_view pattern) {
  constexpr std::size_t kLimit = 4096;
  if (pattern.size() > kLimit) return {false, "the pattern is longer than 4096 bytes"};
  if (text.size() > kLimit) {
    return {false, "it is longer than 4096 bytes, the most a pattern is tried on"};
  }
  const std::string shown = "/" + std::string(pattern) + "/";
  try {
    const std::regex regex(pattern.begin(), pattern.end(), kPatternFlags);
    return {std::regex_match(text.begin(), text.end(), regex), {}};
  } catch (const std::regex_error& error) {
    if (error.code() == std::regex_constants::error_complexity) {
      return {false, "the pattern " + shown + " has a back-reference, or is too large"};
    }
    return {false, "the pattern " + shown + " is not valid"};
  }
}

std::optional<std::string> pattern_problem(std::string_view text, std::string_view pattern) {
  PatternMatch found = match_pattern(text, pattern);
  if (!found.problem.empty()) return std::move(found.problem);
  if (found.matches) return std::nullopt;
  return "it does not match /" + std::string(pattern) + "/";
}

}  // namespace hlab::values
