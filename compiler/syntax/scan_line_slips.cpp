// Slips of the pen within a line: a value, a type or a sign that was forgotten before the next word, a word
// that stands twice. As those of scan_slips.cpp they are told once, where no sound text can stand.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

bool upper(char c) { return c >= 'A' && c <= 'Z'; }

/// `=` or `+=`, not `==` and not the arrow of an arm.
bool sets(const LineAhead& rest) {
  if (rest.peek() == '+') return rest.peek(1) == '=';
  return rest.peek() == '=' && rest.peek(1) != '=' && rest.peek(1) != '>';
}

/// What a body of declarations or checks may begin with.
bool is_first_of_block(std::string_view word) {
  return word == "check" || word == "assert" || word == "expect" || word == "without" ||
         word == "override" || word == "for" || word == "if";
}

}  // namespace

/// What is known of the entry once the token has been read.
void Scanner::note_entry(TokenType type) {
  using enum TokenType;
  const bool begins = begins_entry();
  if (type == newline || type == left_brace || type == block_open || type == right_brace) {
    in_type_ = has_type_ = false;
  } else if (type == colon && entry_ != check && head_ != Head::named && head_ != Head::refined) {
    in_type_ = has_type_ = true;
  } else if (type == assign || type == append || type == fat_arrow || is_entry_word(type)) {
    in_type_ = false;
  }
  const bool key = previous_ == string && (before_previous_ == newline || before_previous_ == dot ||
                                           before_previous_ == left_brace);
  if (type == assign) sets_field_ = (previous_ == name || key) && head_ != Head::named;
  if (is_entry_word(type) || (begins && type != newline)) entry_ = type;
}

/// Where entries stand.
bool Scanner::in_body() const { return brackets_.empty() || brackets_.back().open == '{'; }

/// Whether a brace that comes next opens the body of a kind or record.
bool Scanner::begins_fields() const {
  return head_ == Head::word && (entry_ == TokenType::kind || entry_ == TokenType::record);
}

bool Scanner::find_slip(std::uint32_t begin, Token& out) {
  if (!closes_for_writer_) return false;
  if (!line_start_ && lacks_value(begin)) {
    out = missing_value(begin);
  } else if (!line_start_ && lacks_field_colon(begin)) {
    out = missing_field_colon(begin);
  } else if (lacks_of(begin)) {
    out = missing_of(begin);
  } else if (is_doubled(begin)) {
    out = doubled(begin);
  } else if (!line_start_ && repeats_last(begin)) {
    out = next_behind_repeated(begin);
  } else {
    return false;
  }
  return true;
}

/// `site cabin home {`
bool Scanner::lacks_of(std::uint32_t begin) const {
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  return before_previous_ == TokenType::site && previous_ == TokenType::name && !word.empty() &&
         word != "of";
}

Token Scanner::missing_of(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  const bool other = word == "for" || word == "from";
  const Span at = span(begin, rest.at());
  if (text_.substr(0, word_end_).ends_with(" of")) {  // `site of home {`
    diags_.report(kUnexpectedToken, span(word_end_ - 2, word_end_), "a name", "`of`")
        .help("a site has a name: `site NAME of LAB { ... }`");
    at_ = begin;
    return token_before(TokenType::of, word_end_);
  }
  diags_
      .report(kMissingSign, at, "of",
              fmt::format("behind `{}`", text_.substr(head_begin_, word_end_ - head_begin_)))
      .help("a site says which lab it varies: `site NAME of LAB { ... }`")
      .fix("put it there", {{other ? at : span(begin, begin), other ? "of" : "of "}});
  at_ = other ? rest.at() : begin;
  return other ? token(TokenType::of, begin) : token_before(TokenType::of, word_end_);
}

/// `a =  b = 1` and `a:  b: Int`
bool Scanner::lacks_value(std::uint32_t begin) const {
  const bool type = previous_ == TokenType::colon && in_type_;
  const bool value = previous_ == TokenType::assign && sets_field_ && entry_ != TokenType::fn;
  if ((!value && !type) || !in_body()) return false;
  LineAhead rest(text_, begin);
  const int steps = rest.path();
  const std::uint32_t end = rest.at();
  if (steps == 0) return false;
  rest.blanks();
  // `to = office   = [631]`: that is its value, and the name of the next field is missing.
  const bool near = rest.at() <= end + 1 && begin > word_end_;
  if (!near && begin <= word_end_ + 1) return false;
  // `x = a.b=.c`, `x = a ={ ... }`: a sign too many.
  const bool ahead = rest.peek(1) == ' ' || rest.peek(1) == '=' || rest.peek() == ':';
  if (rest.at() == end ? rest.peek(1) == '.' : !ahead) return false;
  const bool field = steps == 1 && has_type_ && rest.colon();
  return field || (!type && sets(rest));
}

Token Scanner::missing_value(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  (void)rest.path();
  diags_
      .report(kUnexpectedToken, span(word_end_, word_end_),
              previous_ == TokenType::colon ? "a type" : "a value",
              fmt::format("the next field, `{}`,", text_.substr(begin, rest.at() - begin)))
      .label(span(begin, rest.at()), "the next field");
  at_ = begin;
  return token_before(TokenType::missing, word_end_);
}

/// `b Int = 2` in a kind: what stands behind a name there is its type.
bool Scanner::lacks_field_colon(std::uint32_t begin) const {
  using enum TokenType;
  if (previous_ != name || begin == word_end_) return false;
  if (brackets_.empty() || !brackets_.back().fields) return false;
  const bool first = before_previous_ == newline || before_previous_ == left_brace ||
                     before_previous_ == right_brace;
  const bool after = before_previous_ == name || before_previous_ == greater ||
                     before_previous_ == question || ends_operand(before_previous_);
  if (first && (text_[begin] == '[' || text_[begin] == '&')) return true;
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  if (word.empty() || (!first && !(after && upper(word[0])))) return false;
  if (word == "secret" && rest.blanks())
    return name_start(rest.peek()) || rest.peek() == '&' || rest.peek() == '[';
  const std::string_view begun = text_.substr(head_begin_, word_end_ - head_begin_);
  if (first &&
      !diag::closest(begun, {"final", "unset", "check", "offers", "deprecated", "planned"}).empty())
    return false;
  rest = LineAhead(text_, begin);
  (void)rest.path();
  const bool bounds = rest.peek() == '(' || rest.peek() == '<';
  rest.blanks();
  if (upper(word[0])) return bounds || (!rest.colon() && !rest.take("->"));
  return rest.ended() || rest.peek() == '}' || rest.peek() == '?' || rest.peek() == '|' ||
         sets(rest);
}

Token Scanner::missing_field_colon(std::uint32_t begin) {
  const std::string_view before = text_.substr(head_begin_, word_end_ - head_begin_);
  if (upper(before[0]) && name_start(text_[begin]) && !upper(text_[begin])) {  // `Int width`
    LineAhead rest(text_, begin);
    const std::string turned = fmt::format("{}: {}", rest.word(), before);
    diags_
        .report(kUnexpectedToken, span(head_begin_, word_end_), "the name of a field",
                fmt::format("the type `{}`", before))
        .help(fmt::format("the name stands first: `{}`", turned))
        .fix("write it so", {{span(head_begin_, rest.at()), turned}});
    at_ = rest.at();
    return token(TokenType::unexpected, begin);
  }
  const std::string_view line = text_.substr(begin, text_.find_first_of("\n#=}", begin) - begin);
  const std::string_view type = line.substr(0, line.find_first_of(" \t\r"));
  diags_
      .report(kMissingSign, span(begin, begin + static_cast<std::uint32_t>(type.size())), ":",
              fmt::format("before `{}`", type))
      .help("a field has its type behind a colon: `name: Type`")
      .fix("put it there", {{span(word_end_, word_end_), ":"}});
  at_ = begin;
  return token_before(TokenType::colon, word_end_);
}

/// `version version = "1"`: a name behind a name is that of a declaration, which has no value.
bool Scanner::is_doubled(std::uint32_t begin) const {
  const bool type = in_type_ && previous_ == TokenType::colon;
  const bool heads = begins_entry() || previous_ == TokenType::planned ||
                     previous_ == TokenType::private_;
  if (!in_body() || (!heads && !type && !follows_value())) return false;
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  if (word.empty() || !rest.blanks()) return false;
  LineAhead again = rest;
  if (again.word() != word) return false;
  if (type) return again.peek() == '<' || again.peek() == '(';
  const int steps = rest.path();
  const bool blank = rest.blanks();
  if (sets(rest) || (steps > 1 && rest.peek() == '{')) return true;
  if (rest.colon()) return !brackets_.empty() && brackets_.back().fields;
  if (heads && steps == 1 && blank && word == "site" && !rest.word().empty() && rest.blanks())
    return rest.word() == "of";
  if (heads && steps == 1 && blank && word == "expect") return name_start(rest.peek());
  // `node node one {`: a declaration has one name.
  return heads && steps == 1 && blank && declares_here(rest);
}

/// Of a word that stands twice the first is passed over.
Token Scanner::doubled(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  const std::uint32_t end = rest.at();
  rest.blanks();
  const std::uint32_t second = rest.at();
  const auto size = static_cast<std::uint32_t>(word.size());
  diags_.report(kDoubledWord, span(second, second + size), word)
      .label(span(begin, end), "it stands here already")
      .fix("take it away", {{span(end, second + size), ""}});
  at_ = second;
  return this->word(second);
}

/// `network lan lan {`, `cpu: Cpu Cpu`, `port.http http = 80`, and `{ {` where one is never closed.
bool Scanner::repeats_last(std::uint32_t begin) {
  using enum TokenType;
  if (text_[begin] == '{')
    return (previous_ == left_brace || previous_ == block_open) && has_unclosed_brace();
  if (previous_ != name || begin == word_end_ || in_name_) return false;
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  const std::string_view before = text_.substr(0, word_end_);
  if (word.empty() || !before.ends_with(word)) return false;
  if (before.size() > word.size() && name_part(before[before.size() - word.size() - 1]))
    return false;
  if (rest.peek() == '.')  // `service web: std std.web {`: the module of its kind
    return head_ == Head::refined && before_previous_ == colon && brackets_.empty();
  rest.blanks();
  if (head_ == Head::named) return rest.peek() == '{' || rest.ended();
  if (in_type_) return !rest.colon() && !sets(rest) && rest.peek() != '{';
  return head_ == Head::kind && before_previous_ == dot && sets(rest);
}

Token Scanner::next_behind_repeated(std::uint32_t begin) {
  const auto size = text_[begin] == '{'
                        ? 1U
                        : static_cast<std::uint32_t>(LineAhead(text_, begin).word().size());
  diags_.report(kDoubledWord, span(begin, begin + size), text_.substr(begin, size))
      .label(span(word_end_ - size, word_end_), "it stands here already")
      .fix("take it away", {{span(word_end_, begin + size), ""}})
      .unsure();
  at_ = begin + size;
  return next();
}

/// What can be in the body of such a head and not in the head itself.
bool Scanner::begins_body(std::uint32_t begin) const {
  using enum TokenType;
  LineAhead rest(text_, begin);
  LineAhead first = rest;
  const std::string_view word = first.word();
  if ((entry_ == site && word == "of") || joins_values(word)) return false;
  const bool block = head_ == Head::word && entry_ != kind && entry_ != record &&
                     entry_ != default_;
  if (block && is_first_of_block(word) && first.blanks()) return true;
  if (rest.path() == 0) return false;
  LineAhead named = rest;
  rest.blanks();
  if (sets(rest) || (rest.peek() == '{' && head_ != Head::kind)) return true;
  if (begins_fields()) return rest.colon();
  return block && named.blanks() && declares_here(named);
}

/// `x {`, `"x": kind`, or a name at the end of the line.
bool Scanner::declares_here(LineAhead rest) {
  if (!rest.text() && rest.word().empty()) return false;
  rest.blanks();
  return rest.peek() == '{' || rest.colon() || rest.ended();
}

/// `network lan cidr = 10.0.0.0/24 }`
bool Scanner::lacks_brace_here(std::uint32_t begin) {
  if (!closes_for_writer_ || line_start_ || begin == word_end_ || !head_is_whole()) return false;
  if (head_ == Head::kind && brackets_.empty()) return false;  // it has no name
  return begins_body(begin) && unopened_behind();
}

/// `[point  x = 1 }]`: of a list that holds instances or records.
bool Scanner::lacks_brace_of_element(std::uint32_t begin) {
  using enum TokenType;
  if (!closes_for_writer_ || brackets_.empty() || brackets_.back().open != '[') return false;
  const bool element = before_previous_ == left_bracket || before_previous_ == comma ||
                       before_previous_ == dot;
  if (previous_ != name || !element || begin == word_end_) return false;
  LineAhead rest(text_, begin);
  if (rest.path() == 0) return false;
  rest.blanks();
  return sets(rest) && unopened_behind();
}

/// `point  x = 1 },` on a line of its own.
bool Scanner::begins_element() {
  if (brackets_.back().open != '[') return false;
  LineAhead rest(text_, at_);
  if (rest.path() == 0 || !rest.blanks() || rest.path() == 0) return false;
  rest.blanks();
  return sets(rest) && unopened_behind();
}

Token Scanner::missing_brace_of_element() {
  ++opened_for_writer_;
  const std::string_view kind = text_.substr(head_of_element(), word_end_ - head_of_element());
  diags_.report(kMissingSign, span(word_end_, word_end_), "{", fmt::format("behind `{}`", kind))
      .here("its body follows")
      .fix("put it there", {{span(word_end_, word_end_), " {"}});
  const Token t = token_before(TokenType::left_brace, word_end_);
  brackets_.push_back({'{', word_end_, false, line_indent_, 0});
  return t;
}

/// Where the word before begins, with the module it stands behind.
std::uint32_t Scanner::head_of_element() const {
  std::uint32_t at = word_end_;
  while (at > 0 && (name_part(text_[at - 1]) || text_[at - 1] == '.')) --at;
  return at;
}

/// `slow || fast` in a type.
Token Scanner::doubled_pipe(std::uint32_t begin) {
  at_ += 2;
  diags_.report(kUnexpectedCharacter, span(begin, at_), "||")
      .help("what a type may be has one `|` between: `slow | fast`")
      .fix("write one", {{span(begin, at_), "|"}});
  return token(TokenType::pipe, begin);
}

/// `x.` and then `name` on the next line, which is no entry of its own.
bool Scanner::member_below() const {
  LineAhead rest(text_, at_ + 1);
  rest.blanks();
  if (!rest.ended()) return false;
  const std::size_t line = text_.find('\n', rest.at());
  const std::size_t next = text_.find_first_not_of(" \t\r\n", line);
  if (line == std::string_view::npos || next == std::string_view::npos) return false;
  const auto at = static_cast<std::uint32_t>(next);
  if (!name_start(text_[at]) || line_begin(at) != LineBegin::other) return false;
  return !(begins_block(at) && is_path_alone());
}

/// `m.` by itself on the line begins an entry: what stands below is the next one.
bool Scanner::is_path_alone() const {
  if (!in_body()) return false;
  const std::size_t line = text_.rfind('\n', at_) + 1;  // 0 where there is none
  const std::string_view path = text_.substr(line, at_ - line);
  const std::size_t first = path.find_first_not_of(" \t");
  const bool is_path = first != std::string_view::npos && name_start(path[first]) &&
                       std::all_of(path.begin() + static_cast<std::ptrdiff_t>(first), path.end(),
                                   [](char c) { return c == '.' || name_part(c); });
  if (!is_path) return false;
  const std::string_view before = text_.substr(0, line);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return true;
  if (name_part(before[last])) {  // a value that goes on
    std::size_t word = last;
    while (word > 0 && name_part(before[word - 1])) --word;
    return !joins_values(before.substr(word, last + 1 - word));
  }
  return std::string_view("=+-*/%<>&|!?,:([.").find(before[last]) == std::string_view::npos;
}

/// Whether the value ends there: with its line, or what holds it.
bool Scanner::ends_behind(std::uint32_t at) const {
  LineAhead rest(text_, at);
  rest.blanks();
  return rest.ended() || std::string_view("}]),").find(rest.peek()) != std::string_view::npos;
}

Token Scanner::missing_member(std::uint32_t begin) {
  LineAhead rest(text_, ++at_);
  rest.blanks();
  if (cut_off(at_, "a name behind `.`")) return token(TokenType::unexpected, begin);
  diags_
      .report(kUnexpectedToken, span(begin, at_), "a name behind `.`",
              rest.ended() ? "the end of the line" : fmt::format("`{}`", rest.peek()))
      .help("a field or operation of it is named there: `x.name`");
  return token(TokenType::missing, begin);
}

/// `. .name`: where the second dot stands; 0 where there is none.
std::uint32_t Scanner::doubled_dot(std::uint32_t begin) const {
  const std::string_view blanks = in_body() ? " \t" : " \t\r\n";
  const std::size_t second = text_.find_first_not_of(blanks, begin + 1);
  if (second == std::string_view::npos || second == begin + 1 || text_[second] != '.') return 0;
  const char next = second + 1 < text_.size() ? text_[second + 1] : '\n';
  return name_start(next) || next == '"' ? static_cast<std::uint32_t>(second) : 0;
}

/// `std..hw.pi5`: no range begins with a module.
bool Scanner::is_step_of_library(std::uint32_t begin) const {
  constexpr std::string_view kLibrary = "std";
  const bool ends = word_end_ == begin && text_.substr(0, begin).ends_with(kLibrary);
  const std::size_t before = begin - kLibrary.size();
  const bool whole = ends &&
                     (before == 0 || (!name_part(text_[before - 1]) && text_[before - 1] != '.'));
  return closes_for_writer_ && whole && begin + 2 < text_.size() && name_start(text_[begin + 2]);
}

Token Scanner::second_dot(std::uint32_t begin, std::uint32_t second) {
  diags_.report(kDoubledWord, span(second, second + 1), ".")
      .label(span(begin, begin + 1), "it stands here already")
      .fix("take it away", {{span(begin, second), ""}});
  at_ = second + 1;
  return token(TokenType::dot, second);
}

}  // namespace hlab::syntax
