// A pattern (ECMAScript's words) over the characters of texts, compiled once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace hlab::values {

class Pattern {
 public:
  /// The most bytes that a pattern and a text may have.
  static constexpr std::size_t kLimit = 4096;

  explicit Pattern(std::string_view written);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  /// Why it is none, or "".
  [[nodiscard]] const std::string& problem() const { return problem_; }

  /// Whether all of the text is as the pattern says; it must be a valid one, and the text within the limit.
  [[nodiscard]] bool matches(std::string_view text) const;
  /// The same of any part of the text.
  [[nodiscard]] bool found_in(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
  std::string problem_;
};

}  // namespace hlab::values
