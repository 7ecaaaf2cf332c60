// On its own because <regex> is slow to compile, and because g++ 12 with sanitizers takes it
// for uninitialised (GCC bug 105562).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "compiler/values/pattern.h"

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

struct Pattern::Compiled {
  std::wregex regex;
};

Pattern::Pattern(std::string_view written) {
  if (written.size() > kLimit) {
    problem_ = "the pattern is longer than 4096 bytes";
    return;
  }
  try {
    compiled_ =
        std::make_unique<Compiled>(Compiled{std::wregex(characters_of(written), kPatternFlags)});
  } catch (const std::regex_error& error) {
    const bool complex = error.code() == std::regex_constants::error_complexity ||
                         error.code() == std::regex_constants::error_space;
    problem_ = "the pattern /" + std::string(written) +
               (complex ? "/ has a back-reference, or is too large" : "/ is not valid");
  }
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

bool Pattern::matches(std::string_view text) const {
  return std::regex_match(characters_of(text), compiled_->regex);
}

bool Pattern::found_in(std::string_view text) const {
  return std::regex_search(characters_of(text), compiled_->regex);
}

PatternMatch match_pattern(std::string_view text, std::string_view pattern) {
  const Pattern compiled(pattern);
  if (!compiled.problem().empty()) return {false, compiled.problem()};
  if (text.size() > Pattern::kLimit) {
    return {false, "it is longer than 4096 bytes, the most a pattern is tried on"};
  }
  return {compiled.matches(text), {}};
}

std::optional<std::string> pattern_problem(std::string_view text, std::string_view pattern) {
  PatternMatch found = match_pattern(text, pattern);
  if (!found.problem.empty()) return std::move(found.problem);
  if (found.matches) return std::nullopt;
  return "it does not match /" + std::string(pattern) + "/";
}

}  // namespace hlab::values
