// Slips of the pen that change how the lines after them read: a sign or a word forgotten, a text without
// its quotes. Each is told once where it happened, and what was meant is read on, so that nothing else
// of the file looks wrong. All of them stand where no sound text can.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

/// How far is looked whether signs are a text without its quotes: long runs would be gone through at each of their places.
constexpr std::size_t kLongestRun = 400;

bool ends_run(char c) {
  switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case '"':
    case '\'':
    case '#':
    case '{':
    case '}':
    case '[':
    case ']':
    case '(':
    case ')':
    case ',':
    case ';': return true;
    default: return false;
  }
}

/// Where a run of signs without a blank ends: what someone meant as a text, with its `${...}`.
std::uint32_t run_end(std::string_view text, std::uint32_t at) {
  while (at < text.size()) {
    if (text.substr(at, 2) == "${") {
      const std::size_t close = text.find_first_of("}\n", at);
      if (close == std::string_view::npos || text[close] == '\n') return at;
      at = static_cast<std::uint32_t>(close) + 1;
      continue;
    }
    if (ends_run(text[at])) return at;
    ++at;
  }
  return at;
}

/// Where the text ends that such a run begins: at a blank, or at what closes a list or body around it.
std::uint32_t text_end(std::string_view text, std::uint32_t at, bool in_list) {
  int open = 0;
  while (true) {
    at = run_end(text, at);
    const char c = at < text.size() ? text[at] : '\n';
    const char next = at + 1 < text.size() ? text[at + 1] : '\n';
    if (std::string_view(" \t\r\n{}").find(c) != std::string_view::npos) return at;
    const bool last = std::string_view(" \t\r\n").find(next) != std::string_view::npos;
    if ((c == ',' && (in_list || last)) || (c == ';' && last)) return at;
    if (c == '(' || c == '[') ++open;
    if ((c == ')' || c == ']') && --open < 0) return at;
    ++at;
  }
}

/// Words that join values or begin an entry behind one.
bool is_language(std::string_view word) {
  constexpr std::array<std::string_view, 17> kWords{
      "for",     "unset",      "moved",  "check",  "allow",   "planned",
      "private", "without",    "expect", "from",   "default", "offers",
      "import",  "deprecated", "final",  "assert", "override"};
  return joins_values(word) || std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// `Ann of the Lab`: where several words end that one blank parts, and that nothing makes an entry of.
/// The begin where they are no such thing.
std::uint32_t words_end(std::string_view text, std::uint32_t begin) {
  LineAhead rest(text, begin);
  for (int words = 1;; ++words) {
    const std::string_view word = rest.word();
    if (word.empty() || is_language(word)) return begin;
    const std::uint32_t end = rest.at();
    const bool one = rest.peek() == ' ' && rest.peek(1) != ' ';
    const bool blank = rest.blanks();
    if (one && name_start(rest.peek())) continue;
    const bool ends = rest.ended() || (blank && (rest.peek() == '}' || name_start(rest.peek())));
    return ends && words > 1 ? end : begin;
  }
}

/// What may end a value, so that a number right behind it can be no more of it.
bool ends_operand_text(std::string_view run) {
  return name_part(run.back()) && run.back() != '-' && !is_language(run);
}

/// `0 3 * * *`, `Mon 03:30`, `curl -s https://...`: where several runs end that blanks part, and that can be no
/// value: one of them is a number behind an operand, or holds `://`, or the first is a `*`. The begin where they
/// are no such thing.
std::uint32_t runs_end(std::string_view text, std::uint32_t begin) {
  bool proven = text[begin] == '*';
  std::string_view before;
  std::uint32_t end = begin;
  for (LineAhead rest(text, begin);;) {
    const std::uint32_t at = rest.at();
    while (!rest.ended() && std::string_view(" \t}").find(rest.peek()) == std::string_view::npos)
      rest.skip();
    const std::string_view run = text.substr(at, rest.at() - at);
    if (run.empty()) break;
    if (run.find_first_of("\"'(){[]=|$") != std::string_view::npos) return begin;
    if (!before.empty()) {
      const bool number = digit(run[0]) && ends_operand_text(before);
      // `3 blind mice`: no declaration stands behind a value.
      const bool third = end > begin && digit(text[begin]) && name_start(before[0]) &&
                         name_start(run[0]) && !is_language(before) && !is_language(run);
      proven = proven || number || third || run.find("://") != std::string_view::npos;
    }
    if (is_language(run) && !proven) return begin;
    before = run;
    end = rest.at();
    const std::uint32_t blank = rest.at();
    rest.blanks();
    LineAhead next = rest;
    if (next.path() == 0) continue;
    next.blanks();
    const bool field = next.peek() == '=' || next.peek() == '{' ||
                       (next.colon() && next.peek(1) != '/') ||
                       (next.peek() == '+' && next.peek(1) == '=');
    if (field || rest.at() > blank + 1) break;
  }
  return proven ? end : begin;
}

/// `v1.34`: a number right behind the dot of a word. Behind a number it is a fraction.
bool has_number_as_member(std::string_view run) {
  bool of_word = false;
  for (std::size_t i = 0; i + 1 < run.size(); ++i) {
    const bool begins = i == 0 || !name_part(run[i - 1]);
    if (begins) of_word = name_start(run[i]);
    const bool word = i > 0 && name_part(run[i - 1]) && run[i - 1] != '-' && of_word;
    if (run[i] == '.' && word && digit(run[i + 1])) return true;
  }
  return false;
}

/// `1.2.3`, `2.0.1-rc1`, `2024-01-31`: three numbers, of which no value is made. `2024-10-11` is a difference.
bool is_version_or_date(std::string_view run) {
  std::size_t at = 0;
  bool zero = false;
  const std::size_t sign = run.find_first_not_of("0123456789");
  if (sign == 0 || sign == std::string_view::npos || (run[sign] != '.' && run[sign] != '-'))
    return false;
  for (int parts = 1;; ++parts) {
    const std::size_t begin = at;
    while (at < run.size() && digit(run[at])) ++at;
    if (at == begin) return false;
    zero = zero || (parts > 1 && run[begin] == '0' && at > begin + 1);
    const bool more = at < run.size() && run[at] == run[sign] && parts < 3;
    if (more) {
      ++at;
      continue;
    }
    if (parts < 3) return false;
    const bool ends = at == run.size();
    return run[sign] == '.' ? ends || run[at] == '-' || run[at] == '+' : ends && zero;
  }
}

/// Whether no value can be written so: an address of the web, a mail address, a path, a version.
bool reads_as_text(std::string_view run) {
  if (run.size() < 2) return false;
  if (run.find("${") != std::string_view::npos) return true;
  if (run.front() == '/' || run.starts_with("~/")) return run[1] != '/' || run.size() > 2;
  const std::size_t colon = run.find(':');
  if (colon != std::string_view::npos && colon + 1 < run.size()) return true;
  return run.find('@') != std::string_view::npos || has_number_as_member(run) ||
         is_version_or_date(run);
}

/// `x in xs`, or `i, x in xs`.
bool goes_round(LineAhead rest) {
  if (rest.word().empty()) return false;
  rest.blanks();
  if (rest.take(",")) {
    rest.blanks();
    if (rest.word().empty()) return false;
    rest.blanks();
  }
  return rest.word() == "in" && rest.blanks();
}

/// `x of home {`
bool declares_site(LineAhead rest) {
  if (rest.word().empty() || !rest.blanks() || rest.word() != "of" || !rest.blanks()) return false;
  if (rest.word().empty()) return false;
  rest.blanks();
  return rest.peek() == '{';
}

/// `node one {`, `service web: container`
bool declares_one(LineAhead rest) {
  LineAhead first = rest;
  if (joins_values(first.word()) || rest.path() == 0 || !rest.blanks()) return false;
  if (!rest.text() && (first = rest, joins_values(first.word()) || rest.word().empty()))
    return false;
  rest.blanks();
  return rest.peek() == '{' || rest.colon() || rest.ended();
}

/// What stands behind `assert` is compared or joined: no declaration goes on so.
bool asserts_condition(LineAhead rest) {
  if (rest.peek() == '.' || rest.peek() == '(' || digit(rest.peek())) return true;
  LineAhead first = rest;
  if (first.word() == "not") return true;
  const int steps = rest.path();
  if (steps > 1 || (steps == 1 && (rest.peek() == '(' || rest.peek() == '['))) return true;
  if (steps == 0 || !rest.blanks()) return steps == 1 && rest.peek() == ',';
  if (rest.take("->")) return false;
  if (std::string_view("=!<>+-*/%?,").find(rest.peek()) != std::string_view::npos) return true;
  const std::string_view word = rest.word();
  return word == "in" || word == "is" || word == "and" || word == "or" || word == "not";
}

}  // namespace

/// Which part of the head of an entry the token is.
Scanner::Head Scanner::head_with(TokenType type) const {
  using enum TokenType;
  if (in_name_text(type)) return Head::named;
  const bool else_if = previous_ == else_ && type == if_;
  if (begins_entry() || previous_ == planned || previous_ == private_ || else_if) {
    const bool word = type == kind || type == record || type == policy || type == default_ ||
                      type == test || type == site || type == for_ || type == if_;
    return type == name ? Head::kind : (word ? Head::word : Head::none);
  }
  switch (head_) {
    case Head::kind:
      if (type == dot || previous_ == dot) return type == string_begin ? Head::none : Head::kind;
      return type == name || type == string ? Head::named : Head::none;
    case Head::named: return type == colon ? Head::refined : Head::none;
    case Head::refined: return type == name || type == dot ? Head::refined : Head::none;
    case Head::word: {
      const bool ends = type == newline || type == left_brace || type == block_open;
      return ends || type == assign ? Head::none : Head::word;
    }
    default: return Head::none;
  }
}

/// A part of a name that is computed: `node "w-${i}"`.
bool Scanner::in_name_text(TokenType type) const {
  if (type == TokenType::string_begin) return head_ == Head::kind && previous_ == TokenType::name;
  return in_name_;
}

/// Whether the last token ended an entry or opened a body.
bool Scanner::begins_entry() const {
  using enum TokenType;
  return previous_ == newline || previous_ == left_brace || previous_ == block_open ||
         previous_ == right_brace;
}

/// A body may begin behind what has been read of the entry.
bool Scanner::head_is_whole() const {
  const bool word = previous_ == TokenType::name || previous_ == TokenType::string ||
                    previous_ == TokenType::string_end;
  // `for x in [a for a in b]`: what stands in its brackets is no body of it.
  const bool in_bracket = !brackets_.empty() && brackets_.back().open != '{' &&
                          brackets_.back().at >= head_begin_;
  if (in_name_ || in_bracket) return false;
  return head_ == Head::word ? ends_operand(previous_) : head_ != Head::none && word;
}

/// `service db std.postgres {`: two declarations never follow one another so.
bool Scanner::lacks_colon(std::uint32_t begin) const {
  if (head_ != Head::named || in_name_ || line_start_ || !closes_for_writer_) return false;
  LineAhead rest(text_, begin);
  LineAhead first = rest;
  const std::string_view word = first.word();
  if (joins_values(word) || rest.path() == 0) return false;
  rest.blanks();
  return rest.peek() == '{' || rest.ended();
}

Token Scanner::missing_colon(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  (void)rest.path();
  const std::string_view kind = text_.substr(begin, rest.at() - begin);
  diags_.report(kMissingSign, span(begin, rest.at()), ":", fmt::format("before `{}`", kind))
      .help("what a declaration is in particular stands behind a colon: `service db: std.postgres`")
      .fix("put it there", {{span(word_end_, word_end_), ":"}});
  at_ = begin;
  return token_before(TokenType::colon, word_end_);
}

/// A word of the language that the first word of an entry was meant to be, or `name`.
TokenType Scanner::meant_word(std::string_view written) const {
  LineAhead rest(text_, at_);
  if (!begins_entry() || !rest.blanks()) return TokenType::name;
  if (written == "assert" && asserts_condition(rest))
    return !brackets_.empty() && brackets_.back().of_test ? TokenType::expect : TokenType::check;
  if (written == "assert") return TokenType::name;
  if (goes_round(rest)) return TokenType::for_;
  if (declares_site(rest) && !diag::closest(written, {"site"}).empty()) return TokenType::site;
  if (!declares_one(rest)) return TokenType::name;
  const std::string_view near = diag::closest(written, {"planned", "private"});
  if (near.empty()) return TokenType::name;
  return near == "planned" ? TokenType::planned : TokenType::private_;
}

void Scanner::tell_meant_word(std::uint32_t begin, TokenType meant) {
  const std::string_view written = text_.substr(begin, at_ - begin);
  if (meant == TokenType::check || meant == TokenType::expect) {
    const std::string_view word = meant == TokenType::check ? "check" : "expect";
    auto report = diags_.report(kMissingSign, span(begin, at_), "path", "behind `assert`");
    if (brackets_.empty()) {  // no check stands at the top of a file
      report.help(
          "`assert path a -> b` is about ways between two places; a condition stands in a policy: "
          "`policy NAME { check c, \"...\" }`");
      return;
    }
    const std::string_view rest = text_.substr(at_, text_.find_first_of("\n#", at_) - at_);
    const bool says = meant == TokenType::expect || rest.find(',') != std::string_view::npos;
    report.help(fmt::format(
        "`assert path a -> b` is about ways between two places; a condition is {} `{}`{}",
        meant == TokenType::check ? "a" : "an", word,
        says ? "" : ", which says what is wrong: `check c, \"...\"`"));
    if (says) report.fix(fmt::format("write `{}`", word), {{span(begin, at_), std::string(word)}});
    return;
  }
  const std::string_view word = meant == TokenType::for_      ? "for"
                                : meant == TokenType::site    ? "site"
                                : meant == TokenType::planned ? "planned"
                                                              : "private";
  diags_.report(kMisspeltWord, span(begin, at_), written)
      .help(fmt::format("did you mean `{}`?", word))
      .fix(fmt::format("write `{}`", word), {{span(begin, at_), std::string(word)}});
}

/// `network lan` and then `{` on a line of its own.
bool Scanner::brace_on_next_line() const {
  return at_ < text_.size() && text_[at_] == '{' &&
         (head_is_whole() || previous_ == TokenType::else_);
}

void Scanner::tell_brace_on_next_line() {
  auto report = diags_.report(kMissingSign, span(at_, at_ + 1), "{", "on the line above");
  report.help("the brace of a body stands on the line of its name: `network lan {`");
  const std::string_view between = text_.substr(word_end_, at_ - word_end_);
  if (between.find('#') == std::string_view::npos)
    report.fix("put it there", {{span(word_end_, at_), " "}});
}

/// `network lan` and then its fields, further in, with a `}` below that closes nothing.
bool Scanner::lacks_brace() {
  if (closes_for_writer_ && !heads_.empty() && heads_.back().depth == brackets_.size() &&
      head_ == Head::none && ends_operand(previous_) && arm_follows())
    return unopened_behind();  // of a `match`
  if (!closes_for_writer_ || !head_is_whole() || line_indent_ <= head_indent_) return false;
  if (torn_at(word_end_)) return false;  // the text that does not end holds it
  const LineBegin begin = line_begin(at_);
  const bool declares = (head_ == Head::word && begin != LineBegin::other) ||  // in a loop, a site
                        begin == LineBegin::block || entry_ == TokenType::test;
  if (begin != LineBegin::field && !declares && !begins_block(at_)) return false;
  return unopened_behind();
}

/// Whether a `}` comes that closes nothing.
bool Scanner::unopened_behind() {
  (void)unclosed();
  return opened_for_writer_ < unopened_.size() && unopened_.back() > at_;
}

bool Scanner::begins_block(std::uint32_t at) const {
  LineAhead rest(text_, at);
  if (rest.path() == 0) return false;
  rest.blanks();
  return rest.peek() == '{';
}

Token Scanner::missing_brace() {
  ++opened_for_writer_;
  const std::string_view head = text_.substr(head_begin_, word_end_ - head_begin_);
  diags_
      .report(kMissingSign, span(word_end_, word_end_), "{",
              fmt::format("behind `{}`", head.substr(0, head.find('\n'))))
      .here("its body follows")
      .fix("put it there", {{span(word_end_, word_end_), " {"}});
  const bool block = !heads_.empty() && heads_.back().depth == brackets_.size();
  const bool of_match = block && heads_.back().match;
  if (block) heads_.pop_back();
  const bool fields = begins_fields();
  const bool of_test = head_ == Head::word && entry_ == TokenType::test;
  const Token t = token_before(block ? TokenType::block_open : TokenType::left_brace, word_end_);
  brackets_.push_back({'{', word_end_, false, head_indent_, 0, fields, of_test, of_match});
  return t;
}

/// `x =` and then the value on the next line, further in: no entry is written so.
bool Scanner::value_on_next_line() const {
  if (previous_ != TokenType::assign || line_indent_ <= head_indent_) return false;
  const char c = at_ < text_.size() ? text_[at_] : '\n';
  const bool value = name_start(c) || digit(c) ||
                     std::string_view("\"[(.-").find(c) != std::string_view::npos;
  return value && line_begin(at_) == LineBegin::other && !begins_block(at_);
}

void Scanner::tell_value_on_next_line() {
  auto report = diags_.report(kUnexpectedToken, span(word_end_, word_end_), "a value",
                              "the end of the line");
  report.here("the line ends here");
  report.help("a value begins on the line of its `=`, and goes on in the next inside of brackets");
  const std::string_view between = text_.substr(word_end_, at_ - word_end_);
  if (between.find('#') == std::string_view::npos)
    report.fix("put it there", {{span(word_end_, at_), " "}});
}

/// The line that ended goes on all the same, once that is told.
bool Scanner::goes_on_by_slip() {
  if (brace_on_next_line()) {
    tell_brace_on_next_line();
    return true;
  }
  if (const std::string_view sign = operator_on_next_line(); !sign.empty()) {
    tell_operator_on_next_line(sign);
    return true;
  }
  if (!value_on_next_line()) return false;
  tell_value_on_next_line();
  return true;
}

/// `1...9` and `.first...last`: what is spread has a blank or a bracket before it.
bool Scanner::is_long_range() const {
  return ends_operand(previous_) && word_end_ == at_ && (digit(peek(3)) || name_start(peek(3)));
}

Token Scanner::long_range() {
  const std::uint32_t begin = at_;
  if (name_start(peek(3))) {  // up to a field of what stands around
    at_ += 2;
    diags_.report(kUnexpectedToken, span(begin, at_ + 1), "`..`", "`...`")
        .help("a range has two dots; a blank parts them from that of a field: `a.first.. .last`")
        .fix("put a blank", {{span(at_, at_), " "}})
        .unsure();
    return token(TokenType::range, begin);
  }
  at_ += 3;
  diags_.report(kUnexpectedToken, span(begin, at_), "`..`", "`...`")
      .help("a range has two dots")
      .fix("write two", {{span(begin, at_), ".."}});
  return token(TokenType::range, begin);
}

/// `assert a -> b`
bool Scanner::lacks_path(std::uint32_t begin) const {
  const std::string_view word = LineAhead(text_, begin).word();
  return (previous_ == TokenType::assert_ && word != "no" && word != "path") ||
         (previous_ == TokenType::no && word != "path");
}

Token Scanner::missing_path(std::uint32_t begin) {
  diags_
      .report(kMissingSign, span(begin, begin), "path",
              previous_ == TokenType::no ? "behind `no`" : "behind `assert`")
      .help("ways are asserted as `assert path a -> b` and `assert no path a -> b`")
      .fix("put it there", {{span(word_end_, word_end_), " path"}});
  at_ = begin;
  return token_before(TokenType::path, word_end_);
}

/// `image = nginx:1.29.0`
bool Scanner::is_bare_text(std::uint32_t begin) const {
  using enum TokenType;
  const bool in_list = !brackets_.empty() && brackets_.back().open == '[';
  if (names_by_variable(begin)) return true;
  const bool value = previous_ == assign || previous_ == fat_arrow || previous_ == then ||
                     previous_ == else_ || previous_ == coalesce ||
                     (in_list && (previous_ == left_bracket || previous_ == comma));
  if (!value) return false;
  const std::string_view near = text_.substr(0, begin + kLongestRun);
  if (previous_ == assign && (words_end(near, begin) > begin || runs_end(near, begin) > begin))
    return true;
  return reads_as_text(near.substr(begin, run_end(near, begin) - begin));
}

/// `node pi-${i} {`: a computed name.
bool Scanner::names_by_variable(std::uint32_t begin) const {
  if (head_ != Head::kind || previous_ == TokenType::dot || !name_start(text_[begin])) return false;
  LineAhead name(text_, begin);
  (void)name.word();
  while (name.peek() == '-') name.skip();
  return name.peek() == '$' && name.peek(1) == '{' && run_end(text_, begin) > name.at();
}

Token Scanner::bare_text(std::uint32_t begin) {
  const bool named = names_by_variable(begin);
  const bool in_list = !brackets_.empty() && brackets_.back().open != '{';
  at_ = std::max(named ? run_end(text_, begin) : text_end(text_, begin, in_list),
                 words_end(text_, begin));
  if (!named && previous_ == TokenType::assign) at_ = std::max(at_, runs_end(text_, begin));
  const std::string_view written = text_.substr(begin, at_ - begin);
  auto report = diags_.report(kBareText, span(begin, at_), written);
  if (digit(written.front()) && written.find("${") != std::string_view::npos) {
    report.help(written.find('/') != std::string_view::npos
                    ? "a network is computed from a larger one: `10.20.0.0/16.subnet(24, i)`"
                    : "an address is computed from its network: `lan.cidr.host(20 + i)`");
    return token(TokenType::unexpected, begin);
  }
  if (written.find_first_of("\"\\") == std::string_view::npos)
    report.fix("put quotes around it", {{span(begin, at_), fmt::format("\"{}\"", written)}});
  if (!named) report.unsure();  // the type of the place decides: compiler/check/bare_text.cpp
  const bool computed = written.find("${") != std::string_view::npos;
  Token t = token(computed ? TokenType::unexpected : TokenType::string, begin);
  t.payload = symbols_.intern(written).index;
  return t;
}

}  // namespace hlab::syntax
