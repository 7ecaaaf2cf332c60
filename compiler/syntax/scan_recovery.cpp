// Brackets that nobody closes. Where a line can only begin an entry, or stands further to the left than
// what is open, the scanner closes for the writer, says so once, and the text goes on as it was meant.
// Whether anything is unclosed at all is asked of a second scanner, and only where a line looks odd: a
// sound file may be indented as it likes.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
/// What a line that begins at `at` can only be.
Scanner::LineBegin Scanner::line_begin(std::uint32_t at) const {
  LineAhead rest(text_, at);
  LineAhead head = rest;
  const std::string_view word = head.word();
  while (!word.empty() && head.peek() == '.' && name_start(head.peek(1))) {  // a kind of a module
    head.skip();
    (void)head.word();
  }
  if (head.blanks()) {
    if (word == "if" || word == "for") return LineBegin::block;
    if ((word == "edition" && digit(head.peek())) || (word == "import" && head.peek() == '.'))
      return LineBegin::head;
    if (word == "unset" && name_start(head.peek())) return LineBegin::field;
    const bool value = std::string_view("=:+{").find(head.peek()) == std::string_view::npos;
    if (word == "check" && value) return LineBegin::field;
    if (!word.empty() && !joins_values(word)) {
      if (head.peek() == '"') return LineBegin::head;
      const std::string_view second = head.word();
      if (!second.empty() && !joins_values(second)) return LineBegin::head;
    }
  }
  if (rest.path() == 0) return LineBegin::other;
  rest.blanks();
  const bool sets = rest.peek() == '=' && rest.peek(1) != '=' && rest.peek(1) != '>';
  const bool adds = rest.peek() == '+' && rest.peek(1) == '=';
  return sets || adds || rest.colon() ? LineBegin::field : LineBegin::other;
}

/// Where brackets open that nobody closes, sorted.
const std::vector<std::uint32_t>& Scanner::unclosed() {
  if (unclosed_known_) return unclosed_;
  unclosed_known_ = true;
  SymbolTable symbols;
  Ast ast;
  diag::Diagnostics diags;
  Scanner probe(text_, file_, symbols, ast, diags, limits_, nullptr);
  probe.closes_for_writer_ = false;
  while (probe.next().type != TokenType::end) {}
  const bool swallowed = probe.torn_end_ >= text_.size();
  if (probe.stopped_ || swallowed) return unclosed_;
  unopened_ = std::move(probe.unopened_);
  unclosed_ = std::move(probe.dropped_);
  for (const Bracket& b : probe.brackets_) {
    unclosed_.push_back(b.at);
    unclosed_brace_ = unclosed_brace_ || b.open == '{';
  }
  std::sort(unclosed_.begin(), unclosed_.end());
  return unclosed_;
}

bool Scanner::has_unclosed_brace() {
  (void)unclosed();
  return unclosed_brace_;
}

/// How many brackets the line that begins here leaves open; all of them, where nothing is amiss.
std::size_t Scanner::open_on_new_line() {
  if (brackets_.empty() || !closes_for_writer_ || at_ >= text_.size()) return brackets_.size();
  const Bracket& inner = brackets_.back();
  if (inner.open == '[' || inner.open == '(') return open_after_list();
  if (leaves_match()) return brackets_.size() - 1;
  if (inner.open != '{' || line_indent_ > inner.indent) return brackets_.size();
  return text_[at_] == '}' ? open_before_brace() : open_after_body();
}

/// `b = match c {` and then `d = 3`: no arm begins so.
bool Scanner::leaves_match() {
  if (!brackets_.back().of_match || arm_follows()) return false;
  const LineBegin begin = line_begin(at_);
  return (begin == LineBegin::field || begin == LineBegin::head) && has_unclosed_brace();
}

/// `b = [1, 2` and then `c = 3`.
std::size_t Scanner::open_after_list() {
  if (lacks_brace_of_element(at_) || begins_element()) return brackets_.size();
  const Bracket& list = brackets_.back();
  const LineBegin begin = line_begin(at_);
  const bool clause = begin == LineBegin::block && line_indent_ > list.indent;
  if (begin == LineBegin::other || clause) return brackets_.size();
  const bool argument = list.open == '(' || begin == LineBegin::head;
  const bool more = previous_ == TokenType::comma || previous_ == TokenType::left_paren;
  if (argument && more && line_indent_ > list.indent) return brackets_.size();
  std::size_t kept = brackets_.size();
  while (kept > 0 && (brackets_[kept - 1].open == '[' || brackets_[kept - 1].open == '(')) {
    if (!std::binary_search(unclosed().begin(), unclosed().end(), brackets_[kept - 1].at)) break;
    --kept;
  }
  return kept;
}

/// A `}` that stands under the line of an outer `{` closes that one.
std::size_t Scanner::open_before_brace() {
  const auto at_indent = [&](const Bracket& b) {
    return b.open == '{' && b.indent == line_indent_;
  };
  if (at_indent(brackets_.back())) return brackets_.size();
  const auto outer = std::find_if(brackets_.rbegin(), brackets_.rend(), at_indent);
  if (outer == brackets_.rend() || !has_unclosed_brace()) return brackets_.size();
  const bool in_text = std::any_of(brackets_.rbegin(), outer,
                                   [](const Bracket& b) { return b.open == '$'; });
  return in_text ? brackets_.size() : static_cast<std::size_t>(brackets_.rend() - outer);
}

/// How the body of a `{` stands to the line that opens it.
Scanner::BodyStyle Scanner::body_style(const Bracket& b) const {
  std::uint32_t at = b.at + 1;
  std::uint32_t line = 0;
  for (; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == '\n') line = at + 1;
    if (c == '#') at = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()) - 1);
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '#') break;
  }
  if (at >= at_) return BodyStyle::empty;
  return line == 0 || at - line > b.indent ? BodyStyle::indented : BodyStyle::flush;
}

/// An entry that stands no further in than the line whose `{` is open.
std::size_t Scanner::open_after_body() {
  const LineBegin begin = line_begin(at_);
  std::size_t kept = brackets_.size();
  if (begin == LineBegin::other || !has_unclosed_brace()) return kept;
  for (; kept > 0 && brackets_[kept - 1].open != '$'; --kept) {
    const Bracket& b = brackets_[kept - 1];
    if (b.indent < line_indent_) break;
    if (b.open != '{') continue;
    const BodyStyle style = body_style(b);
    if (style == BodyStyle::flush) break;
    // Who indents one body indents the one in it.
    const bool indents = kept > 1 && brackets_[kept - 2].open == '{' &&
                         body_style(brackets_[kept - 2]) == BodyStyle::indented;
    if (style == BodyStyle::empty && begin == LineBegin::field && !indents) break;
  }
  return kept;
}

bool Scanner::cut_off(std::uint32_t at, std::string wanted) {
  if (!closes_for_writer_ || brackets_.empty() || unclosed_reported_) return false;
  LineAhead rest(text_, at);
  rest.blanks();
  if (!rest.ended() || next_line(rest.at()) != std::string_view::npos) return false;
  cut_ = std::move(wanted);
  return true;
}

/// Brackets above `kept` are closed by the next tokens, which stand behind the last word.
Token Scanner::close_down_to(std::size_t kept) {
  const Bracket& inner = brackets_.back();
  // What does not fit inside, or a text in it that does not end.
  const bool told = inner.open != '{' && std::max(told_at_, torn_text_) > inner.at;
  if (!unclosed_reported_ && !told) {
    const std::string_view shown = inner.open == '$' ? "${" : text_.substr(inner.at, 1);
    auto report = diags_.report(kUnclosed, span(inner.at, inner.at + 1), shown);
    if (at_ >= text_.size())
      report.label(span(word_end_, word_end_),
                   cut_.empty() ? "the file ends here"
                                : fmt::format("the file ends here, where {} is expected", cut_));
  }
  line_closed_ = at_ < text_.size();
  tear(inner.at, line_closed_ ? word_end_ : at_);
  closing_to_ = kept;
  return closing();
}

/// The closing bracket that the text lacks.
Token Scanner::closing() {
  using enum TokenType;
  const char open = brackets_.back().open;
  drop_brackets(brackets_.size() - 1);
  while (!heads_.empty() && heads_.back().depth > brackets_.size()) heads_.pop_back();
  if (brackets_.size() == closing_to_) closing_to_ = kNotClosing;
  const TokenType type = open == '(' ? right_paren : (open == '[' ? right_bracket : right_brace);
  Token t = token_before(open == '$' ? string_end : type, word_end_);
  if (open == '$') t.payload = symbols_.intern("").index;
  t.line_start = false;
  return t;
}

/// `{ a = 1 }`, and no empty pair, or one that stands below what it closes: what goes on behind it lost the line that
/// opened it.
bool Scanner::closes_in_place(const Bracket& open, std::uint32_t close) const {
  const std::string_view between = text_.substr(open.at + 1, close - open.at - 1);
  if (between.find('\n') == std::string_view::npos)
    return between.find_first_not_of(" \t") != std::string_view::npos;
  const std::size_t line = between.rfind('\n') + 1;
  return between.find_first_not_of(" \t", line) == std::string_view::npos &&
         between.size() - line == open.indent;
}

/// A `}` behind which what it would close goes on, while one below closes nothing.
bool Scanner::is_one_too_many(std::uint32_t begin) {
  if (!closes_for_writer_) return false;
  const auto open = std::find_if(brackets_.rbegin(), brackets_.rend(),
                                 [](const Bracket& b) { return b.open == '{'; });
  if (open == brackets_.rend()) return false;
  LineAhead rest(text_, begin + 1);
  rest.blanks();
  bool goes_on = false;
  if (open != brackets_.rbegin()) {
    goes_on = rest.peek() == ',' || rest.peek() == ']';  // in a list
  } else if (!rest.ended()) {
    goes_on = brackets_.size() == 1 && line_begin(rest.at()) == LineBegin::field;
  } else if (const std::size_t next = next_line(rest.at()); next != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(next);
    const bool entry = text_[next] == '}' || line_begin(at) != LineBegin::other || begins_block(at);
    goes_on = entry && at - (text_.rfind('\n', at) + 1) > open->indent &&
              !closes_in_place(*open, begin);
  }
  return goes_on && unopened_behind();
}

/// The first word below the line of `at`.
std::size_t Scanner::next_line(std::uint32_t at) const {
  std::size_t next = text_.find('\n', at);
  while (next != std::string_view::npos) {
    next = text_.find_first_not_of(" \t\r\n", next);
    if (next == std::string_view::npos || text_[next] != '#') return next;
    next = text_.find('\n', next);
  }
  return next;
}

Token Scanner::behind_one_too_many(std::uint32_t begin) {
  ++opened_for_writer_;
  diags_.report(kNotAnEntry, span(begin, begin + 1), "`}`")
      .help("it is one too many: what it would close goes on behind it")
      .fix("take it away", {{span(begin, begin + 1), ""}})
      .unsure();
  return next();
}

/// A token in front of what has been skipped: comments above the next one still belong to that.
Token Scanner::token_before(TokenType type, std::uint32_t at) {
  std::string doc = std::exchange(doc_, std::string());
  const bool line_start = line_start_;
  const std::uint32_t resume = std::exchange(at_, at);
  Token t = token(type, at);
  at_ = resume;
  doc_ = std::move(doc);
  line_start_ = line_start;
  return t;
}

}  // namespace hlab::syntax
