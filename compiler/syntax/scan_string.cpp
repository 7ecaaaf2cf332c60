// Strings: escapes, `${...}`, and `"""` blocks with their indentation taken away.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/utf8.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

constexpr std::string_view kBlockQuotes = "\"\"\"";

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

/// Behind the `}` of an interpolation that begins before `from`; `from` itself where there is none. Looks
/// for brackets and texts only, without recursion: the stack holds `{` or the quotes of each text.
std::uint32_t Scanner::interpolation_end(std::uint32_t from) const {
  std::string open("{");
  for (std::uint32_t at = from; at < text_.size(); ++at) {
    const char c = text_[at];
    const bool triple = text_.substr(at, 3) == "\"\"\"";
    if (open.back() == '{') {
      if (c == '"') open += triple ? 'b' : 's';
      if (c == '{') open += '{';
      if (c == '}') open.pop_back();
      if (c == '#')
        at = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size() - 1));
    } else if (c == '\\') {
      ++at;
      continue;
    } else if (c == '$' && at + 1 < text_.size() && text_[at + 1] == '{') {
      open += '{';
      ++at;
      continue;
    } else if (open.back() == 's' ? c == '"' : triple) {
      if (triple && open.back() == 'b') at += 2;
      open.pop_back();
      continue;
    } else if (open.back() == 's' && c == '\n') {
      return from;
    }
    if (triple && open.back() == 'b') at += 2;
    if (open.empty()) return at + 1;
    if (open.size() > limits_.max_nesting) return from;
  }
  return from;
}

/// Offset of the closing `"""`, or the end of the file. Texts inside of `${...}` have quotes of their own.
std::uint32_t Scanner::block_end(std::uint32_t from) const {
  for (std::uint32_t at = from; at + 2 < text_.size(); ++at) {
    if (text_[at] == '\\') {
      ++at;
    } else if (text_[at] == '$' && text_[at + 1] == '{') {
      at = interpolation_end(at + 2) - 1;
    } else if (text_[at] == '"' && text_[at + 1] == '"' && text_[at + 2] == '"') {
      return at;
    }
  }
  return static_cast<std::uint32_t>(text_.size());
}

/// Spaces that all lines with text share; the line of the closing quotes counts.
std::uint32_t Scanner::block_indent(std::uint32_t from, std::uint32_t end) const {
  std::uint32_t least = 0xffffffffu;
  std::uint32_t at = from;
  while (at <= end) {
    std::uint32_t spaces = 0;
    while (at + spaces < end && text_[at + spaces] == ' ') ++spaces;
    const std::uint32_t first = at + spaces;
    const bool blank = first < end && (text_[first] == '\n' || text_[first] == '\r');
    if (!blank) least = std::min(least, spaces);
    const std::size_t newline = text_.find('\n', first);
    if (newline == std::string_view::npos || newline >= end) break;
    at = static_cast<std::uint32_t>(newline) + 1;
  }
  return least == 0xffffffffu ? 0 : least;
}

Token Scanner::string(std::uint32_t begin) {
  const std::uint32_t few = quotes_that_begin_block();
  if (few != 0 || (peek(1) == '"' && peek(2) == '"')) {
    if (few != 0) {
      open_block_.reset();
      diags_.report(kUnterminatedString, span(begin, begin + few))
          .help("a text of several lines stands between `\"\"\"` and `\"\"\"`")
          .fix("write three quotes", {{span(begin, begin + few), "\"\"\""}});
    }
    at_ += few != 0 ? few : 3;
    while (peek() == ' ' || peek() == '\t' || peek() == '\r') ++at_;
    const std::uint32_t close = block_end(at_);
    if (closes_for_writer_ && opens_another(close)) return unclosed_block(begin, close);
    if (const std::uint32_t end = few_quotes_that_close(begin, close); end != 0 && few == 0)
      return closed_by_few(begin, end);
    if (peek() == '\n') ++at_;
    return string_part(begin, true, true, block_indent(at_, close), close);
  }
  const bool reason = reason_depth_ == brackets_.size() && follows_value();
  ++at_;
  Token t = string_part(begin, true, false, 0, 0);
  if (reason && t.type == TokenType::string) {
    t.type = TokenType::reason;
    reason_depth_ = kNoReason;
  }
  return t;
}

/// `x = ""`, below which lines of a text stand that `"""` closes: how many quotes there are, 0 where that is no
/// such text.
std::uint32_t Scanner::quotes_that_begin_block() {
  const std::uint32_t count = peek(1) == '"' ? 2 : 1;
  if (!closes_for_writer_ || peek(count) == '"') return 0;
  const std::size_t behind = text_.find_first_not_of(" \t\r", at_ + count);
  if (behind == std::string_view::npos || (text_[behind] != '\n' && text_[behind] != '#')) return 0;
  const std::size_t end = text_.find('\n', behind);
  for (std::size_t line = end; line < text_.size(); line = text_.find('\n', line + 1)) {
    const std::size_t first = text_.find_first_not_of(" \t\r", line + 1);
    if (first == std::string_view::npos) return 0;
    if (text_.substr(first, 3) == kBlockQuotes) {
      const auto close = static_cast<std::uint32_t>(first);
      return text_.find('\n', end + 1) < first && leaves_block_open(close) ? count : 0;
    }
    if (text_[first] != '\n' && first - line - 1 <= head_indent_) return 0;
  }
  return 0;
}

/// Of a block that nothing else closes: where on a line of their own one or two quotes stand; 0 where none do.
std::uint32_t Scanner::few_quotes_that_close(std::uint32_t begin, std::uint32_t close) {
  if (!closes_for_writer_) return 0;
  for (std::size_t line = text_.find('\n', at_); line < close; line = text_.find('\n', line + 1)) {
    const std::size_t first = text_.find_first_not_of(" \t", line + 1);
    if (first >= close || text_[first] != '"') continue;
    const std::size_t end = first + (text_.substr(first, 2) == "\"\"" ? 2 : 1);
    const std::size_t more = text_.find_first_not_of(" \t\r})],", end);
    const bool alone = more == std::string_view::npos || text_[more] == '\n' || text_[more] == '#';
    if (alone && end < close)
      return leaves_block_open(begin) ? static_cast<std::uint32_t>(first) : 0;
  }
  return 0;
}

/// Whether a block that begins there is one too many of the file. Of all that begin where a value may stand it is the
/// same until one of them is mended.
bool Scanner::leaves_block_open(std::uint32_t begin) {
  if (!open_block_) open_block_ = block_is_open_at_end(begin);
  return *open_block_;
}

Token Scanner::closed_by_few(std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t last = end + (text_.substr(end, 2) == "\"\"" ? 2 : 1);
  open_block_.reset();
  diags_.report(kUnterminatedString, span(end, last))
      .label(span(begin, begin + 3), "it begins here")
      .help("close it with `\"\"\"`")
      .fix("write three quotes", {{span(end, last), "\"\"\""}});
  at_ = last;
  Token t = token(TokenType::string, begin);
  t.payload = symbols_.intern("").index;
  return t;
}

/// Whether the quotes that would close a block begin the next one: they stand as a value, at the end of their
/// line, and one of the quotes of the file has no other.
bool Scanner::opens_another(std::uint32_t close) const {
  if (close + 3 > text_.size()) return false;
  std::string_view line = text_.substr(0, close);
  const std::size_t begin = line.rfind('\n') + 1;
  line = line.substr(begin, line.find_last_not_of(' ') + 1 - begin);
  const std::size_t next = text_.find_first_not_of(" \t\r", close + 3);
  const bool ends = next == std::string_view::npos || text_[next] == '\n';
  if (!ends || begin <= at_ || line.size() < 2 || line.back() != '=') return false;
  LineAhead entry(text_, static_cast<std::uint32_t>(
                             begin + std::min(line.find_first_not_of(" \t"), line.size())));
  if (entry.path() == 0) return false;
  return block_is_open_at_end(close + 3);
}

/// Whether of the blocks from there on, one of which is open, one stays so.
bool Scanner::block_is_open_at_end(std::uint32_t at) const {
  while (true) {
    const std::size_t opens = text_.find(kBlockQuotes, at);
    if (opens == std::string_view::npos) return false;
    const std::uint32_t closes = block_end(static_cast<std::uint32_t>(opens) + 3);
    if (closes >= text_.size()) return true;
    at = closes + 3;
  }
}

/// The text ends where an entry stands no further in than its own.
Token Scanner::unclosed_block(std::uint32_t begin, std::uint32_t close) {
  std::size_t end = text_.rfind('\n', close);
  for (std::size_t line = text_.find('\n', at_); line < end; line = text_.find('\n', line + 1)) {
    const std::size_t first = text_.find_first_not_of(" \t", line + 1);
    if (first - line - 1 > head_indent_) continue;
    const auto at = static_cast<std::uint32_t>(first);
    if (text_[at] != '}' && line_begin(at) != LineBegin::field && !begins_block(at)) continue;
    end = line;
  }
  diags_.report(kUnterminatedString, span(begin, begin + 3)).help("close it with `\"\"\"`");
  at_ = static_cast<std::uint32_t>(end);
  unclosed_reported_ = true;  // it may hold what closes
  tear(begin, at_);
  Token t = token(TokenType::string, begin);
  t.payload = symbols_.intern("").index;
  return t;
}

bool Scanner::escape(std::string& out) {
  const std::uint32_t begin = at_;
  ++at_;
  if (at_ == text_.size()) return true;  // the text that it stands in does not end
  const char c = peek();
  at_ += decode_utf8(text_, at_).size;
  switch (c) {
    case 'n': out += '\n'; return true;
    case 't': out += '\t'; return true;
    case 'r': out += '\r'; return true;
    case '"':
    case '\\':
    case '$': out += c; return true;
    default: break;
  }
  if (c == 'u' && peek() == '{') {
    std::uint32_t value = 0;
    std::uint32_t probe = at_ + 1;
    while (probe < text_.size() && hex_digit(text_[probe]) >= 0 && value < 0x200000) {
      value = value * 16 + static_cast<std::uint32_t>(hex_digit(text_[probe++]));
    }
    const bool closed = probe < text_.size() && text_[probe] == '}' && probe > at_ + 1;
    if (closed && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff)) {
      at_ = probe + 1;
      append_utf8(out, value);
      return true;
    }
  }
  if (c == 'u') {
    while (at_ < text_.size() && (peek() == '{' || hex_digit(peek()) >= 0)) ++at_;
    if (peek() == '}') ++at_;
    diags_.report(kBadEscape, span(begin, at_), text_.substr(begin, at_ - begin))
        .help(
            "`\\u{...}` holds the hexadecimal number of a character: up to 10FFFF, and not D800 to DFFF");
    return false;
  }
  // Of one text the first is told: whoever does not know of escapes means none of them so.
  const bool again = last_bad_escape_ != 0 &&
                     text_.substr(last_bad_escape_, begin - last_bad_escape_).find('"') ==
                         std::string_view::npos;
  last_bad_escape_ = at_;
  if (again) return false;
  diags_.report(kBadEscape, span(begin, at_), text_.substr(begin, at_ - begin))
      .help(
          "a backslash is written as two: `\\\\`; the escapes are `\\n`, `\\t`, `\\r`, `\\\"`, `\\$` and `\\u{...}`");
  return false;
}

void Scanner::tear(std::uint32_t begin, std::uint32_t end) {
  torn_begin_ = begin;
  torn_end_ = end;
  torn_brackets_ = true;
}

/// `"one` and below it `two"`: behind the second quote, or where the text stands that does not end there.
std::uint32_t Scanner::end_of_two_lines(std::uint32_t begin) const {
  std::size_t line = text_.find('\n', begin);
  for (int lines = 0; lines < 20 && line != std::string_view::npos; ++lines) {
    const std::size_t end = std::min(text_.find('\n', line + 1), text_.size());
    const std::string_view written = text_.substr(line + 1, end - line - 1);
    const std::size_t quote = written.find('"');
    const std::string_view inside = written.substr(0, quote);
    if (inside.find_first_of("={}#") != std::string_view::npos) return at_;
    if (quote == std::string_view::npos) {
      line = end < text_.size() ? end : std::string_view::npos;
      continue;
    }
    const bool odd = std::count(written.begin(), written.end(), '"') % 2 == 1;
    const bool closes = quote > 0 && std::string_view(" \t([,").find(written[quote - 1]) ==
                                         std::string_view::npos;
    return odd && closes ? static_cast<std::uint32_t>(line + quote) + 2 : at_;
  }
  return at_;
}

/// From the opening quote or the end of an interpolation to the closing quote or the next `${`.
void Scanner::unterminated(std::uint32_t begin, bool first, bool block) {
  const std::string_view lost = text_.substr(begin, at_ - begin);
  const bool swallows = block || !first || lost.find_first_of("{}[]()") != std::string_view::npos;
  unclosed_reported_ = unclosed_reported_ || swallows;  // it may have swallowed what closes
  const bool torn_brackets = torn_brackets_ || swallows;
  tear(begin, at_);
  torn_brackets_ = torn_brackets;
  torn_text_ = begin;
  // Inside of a `${` that is not closed either it is the text around that does not end.
  if (!block && first && texts_on_line_ > 0) return;
  const std::uint32_t goes_on = !block && first && closes_for_writer_ ? end_of_two_lines(begin)
                                                                      : at_;
  diags_.report(kUnterminatedString, span(begin, std::min<std::uint32_t>(at_, begin + 80)))
      .help(goes_on > at_ ? "a text of several lines stands between `\"\"\"` and `\"\"\"`"
            : block       ? "close it with `\"\"\"`"
                          : "close it with `\"` on the same line");
  at_ = goes_on;
}

/// `"pi-${i"`: the quote that ends a text whose `${` is not closed on its line; 0 where there is none, or it is.
std::uint32_t Scanner::quote_of_torn(std::uint32_t begin) const {
  if (texts_on_line_ > 0) return 0;
  const std::size_t line = std::min(text_.find('\n', begin), text_.size());
  const std::size_t quote = text_.find_first_of("\"{}()[]", begin);
  if (quote >= line || quote == begin || text_[quote] != '"') return 0;
  const char next = quote + 1 < line ? text_[quote + 1] : '\n';
  if (std::string_view(" \t\r\n}]),").find(next) == std::string_view::npos) return 0;
  const std::uint32_t end = interpolation_end(begin);
  return end != begin && end <= line ? 0 : static_cast<std::uint32_t>(quote);
}

Token Scanner::torn_interpolation(std::uint32_t begin, bool first, std::uint32_t quote) {
  diags_.report(kUnclosed, span(at_, at_ + 2), "${")
      .help("a value in a text ends with `}`")
      .fix("put it there", {{span(quote, quote), "}"}});
  const std::string_view written = text_.substr(begin + 1, quote - begin - 1);
  at_ = quote + 1;
  Token t = token(first ? TokenType::string : TokenType::string_end, begin);
  t.payload = symbols_.intern(written).index;
  return t;
}

/// `file "a {`: where the name of a declaration ends that has no second quote; the begin where it is no such.
std::uint32_t Scanner::head_of_torn(std::uint32_t begin) const {
  const bool named = head_ == Head::kind || entry_ == TokenType::test;
  std::string_view line = text_.substr(begin, at_ - begin);
  while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
  if (!named || !line.ends_with('{')) return begin;
  line.remove_suffix(1);
  while (line.ends_with(' ')) line.remove_suffix(1);
  return begin + static_cast<std::uint32_t>(line.size());
}

/// The part of a text before `${`.
Token Scanner::open_interpolation(std::uint32_t begin, bool first, const Bracket& opened) {
  at_ += 2;
  if (brackets_.size() >= limits_.max_nesting && !stopped_) {
    diags_.report(kTooDeeplyNested, span(begin, at_), limits_.max_nesting);
    stopped_ = true;
  }
  brackets_.push_back(opened);
  if (!opened.block_text) ++texts_on_line_;
  return token(first ? TokenType::string_begin : TokenType::string_middle, begin);
}

/// Blanks before the closing quotes are layout, however many they are.
void Scanner::trim_closing_line(std::string& out) const {
  const std::size_t blanks = text_.find_last_not_of(' ', at_ - 1);
  if (blanks == std::string_view::npos || text_[blanks] != '\n') return;
  while (!out.empty() && out.back() == ' ') out.pop_back();
}

Token Scanner::string_part(std::uint32_t begin, bool first, bool block, std::uint32_t indent,
                           std::uint32_t close) {
  std::string out;
  if (block && first) {
    for (std::uint32_t i = 0; i < indent && peek() == ' '; ++i) ++at_;
  }
  while (true) {
    if (at_ >= text_.size() || (!block && text_[at_] == '\n')) {
      if (const std::uint32_t end = block || !first ? begin : head_of_torn(begin); end > begin) {
        diags_.report(kUnterminatedString, span(begin, end))
            .help("close it with `\"` on the same line")
            .fix("put it there", {{span(end, end), "\""}});
        at_ = end;
        out = text_.substr(begin + 1, end - begin - 1);
        break;
      }
      unterminated(begin, first, block);
      break;
    }
    const char c = text_[at_];
    if (block && at_ == close) {
      trim_closing_line(out);
      at_ += 3;
      break;
    }
    if (!block && c == '"') {
      ++at_;
      break;
    }
    if (c == '$' && peek(1) == '{' && block && interpolation_end(at_ + 2) == at_ + 2 &&
        close < text_.size()) {
      diags_.report(kUnclosed, span(at_, at_ + 2), "${")
          .help("a value in a text ends with `}`; a `${` of the text itself is written `\\${`");
      out += "${";
      at_ += 2;
      continue;
    }
    if (c == '$' && peek(1) == '{') {
      if (const std::uint32_t quote = block ? at_ : quote_of_torn(at_ + 2); quote > at_)
        return torn_interpolation(begin, first, quote);
      Token t = open_interpolation(begin, first, {'$', at_, block, indent, close});
      t.payload = symbols_.intern(out).index;
      return t;
    }
    if (c == '\\') {
      escape(out);
      continue;
    }
    if (c == '\r' && peek(1) == '\n') {
      ++at_;
      continue;
    }
    if (c == '\n') {
      out += '\n';
      ++at_;
      for (std::uint32_t i = 0; i < indent && peek() == ' '; ++i) ++at_;
      continue;
    }
    const CodePoint point = decode_utf8(text_, at_);
    if (point.value < 0x20 && c != '\t') {
      diags_.report(kControlCharacter, span(at_, at_ + 1), fmt::format("U+{:04X}", point.value));
    }
    out += text_.substr(at_, point.size);
    at_ += point.size;
  }
  Token t = token(first ? TokenType::string : TokenType::string_end, begin);
  t.payload = symbols_.intern(out).index;
  return t;
}

}  // namespace hlab::syntax
