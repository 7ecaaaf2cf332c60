// On its own because <regex> is slow to compile, and because g++ 12 with sanitizers takes it
// for uninitialised (GCC bug 105562).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <cstdint>
#include <regex>
#include <string>

#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

/// libstdc++'s breadth-first matcher: no back-references, no exponential time, no deep stack.
constexpr auto kPatternFlags = std::wregex::ECMAScript | std::regex_constants::__polynomial;

/// The code points of a text that is UTF-8: a pattern counts characters, not bytes.
std::wstring characters_of(std::string_view text) {
  std::wstring out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0u) == 0x80u && !out.empty()) {
      out.back() = static_cast<wchar_t>((static_cast<std::uint32_t>(out.back()) << 6) |
                                        (byte & 0x3fu));
    } else {
      const unsigned kept = byte < 0x80 ? 0x7fu : byte < 0xe0 ? 0x1fu : byte < 0xf0 ? 0x0fu : 0x07u;
      out += static_cast<wchar_t>(byte & kept);
    }
  }
  return out;
}

}  // namespace

PatternMatch match_pattern(std::string_view text, std::string_view pattern) {
  constexpr std::size_t kLimit = 4096;
  if (pattern.size() > kLimit) return {false, "the pattern is longer than 4096 bytes"};
  if (text.size() > kLimit) {
    return {false, "it is longer than 4096 bytes, the most a pattern is tried on"};
  }
  const std::string shown = "/" + std::string(pattern) + "/";
  try {
    const std::wregex regex(characters_of(pattern), kPatternFlags);
    return {std::regex_match(characters_of(text), regex), {}};
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
