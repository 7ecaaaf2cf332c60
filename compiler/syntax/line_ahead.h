// What stands on the rest of a line, looked at without making tokens of it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace hlab::syntax {

inline bool name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
inline bool digit(char c) { return c >= '0' && c <= '9'; }
inline bool name_part(char c) { return name_start(c) || digit(c) || c == '-'; }
/// Whether the scanner reads the whole of it as one word, which is a name wherever a name may stand.
inline bool is_name(std::string_view text) {
  return !text.empty() && name_start(text.front()) && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), name_part);
}

/// Where one stands in a text without quotes, it may as well be no part of it.
constexpr std::string_view kSignsOfLists = "'#[](),;";

/// Never a kind at the head of an instance: they begin or join values.
inline bool joins_values(std::string_view word) {
  constexpr std::array<std::string_view, 19> kWords{
      "if",  "then",    "else", "match", "in",  "is",   "and", "or", "not", "where",
      "has", "because", "true", "false", "all", "only", "as",  "at", "by"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class LineAhead {
 public:
  LineAhead(std::string_view text, std::uint32_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::uint32_t at() const { return at_; }
  /// The next character; a line end where the text ends.
  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  [[nodiscard]] bool ended() const { return peek() == '\n' || peek() == '\r' || peek() == '#'; }
  /// `:` of a field or an instance, not of an address.
  [[nodiscard]] bool colon() const { return peek() == ':' && peek(1) != ':'; }
  /// Takes blanks; whether there were any.
  bool blanks() {
    const std::uint32_t begin = at_;
    while (peek() == ' ' || peek() == '\t') ++at_;
    return at_ > begin;
  }
  void skip() { ++at_; }
  bool take(std::string_view sign) {
    if (text_.substr(at_, sign.size()) != sign) return false;
    at_ += static_cast<std::uint32_t>(sign.size());
    return true;
  }
  /// Takes a name, or nothing.
  std::string_view word() {
    const std::uint32_t begin = at_;
    if (!name_start(peek())) return {};
    while (name_part(peek())) ++at_;
    while (text_[at_ - 1] == '-') --at_;
    return text_.substr(begin, at_ - begin);
  }
  /// Takes a text in simple quotes that ends on this line.
  bool text() {
    if (peek() != '"') return false;
    std::uint32_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    if (end >= text_.size() || text_[end] != '"') return false;
    at_ = end + 1;
    return true;
  }
  /// Takes `a`, `a."b"`, `"a".b.c`; how many steps it has.
  int path() {
    int steps = 0;
    while (true) {
      if (word().empty() && !text()) return steps;
      ++steps;
      const bool more = peek() == '.' && (name_start(peek(1)) || peek(1) == '"');
      if (!more) return steps;
      ++at_;
    }
  }

  /// Takes `{ ... }`, over several lines as well.
  bool braces() {
    int open = 0;
    for (std::uint32_t at = at_; at < text_.size(); ++at) {
      LineAhead inside(text_, at);
      if (inside.text()) {
        at = inside.at_ - 1;
      } else if (text_[at] == '#') {
        at = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()) - 1);
      } else if (text_[at] == '{') {
        ++open;
      } else if (text_[at] == '}' && --open == 0) {
        at_ = at + 1;
        return true;
      }
    }
    return false;
  }

 private:
  std::string_view text_;
  std::uint32_t at_;
};

}  // namespace hlab::syntax
