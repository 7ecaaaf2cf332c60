#include "compiler/syntax/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/base/utf8.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

constexpr std::size_t kMaxErrors = 1000;  // of one file

/// What people of other languages mean by it.
std::string_view meant(char32_t c) {
  switch (c) {
    case ';': return "entries need no `;`: they stand on lines of their own, or two blanks apart";
    case '$': return "a value stands in a text, and a computed name is one: `\"w-${i}\"`";
    case '!': return "write `not`";
    case '&': return "write `and`";
    case '|': return "write `or`";
    case 0x2013:
    case 0x2014:
    case 0x2212: return "a minus is written `-`";
    case 0xa0: return "this is a no-break space: write an ordinary one";
    default:
      return c < 0x80
                 ? ""
                 : "names are made of a-z, A-Z, 0-9, `-` and `_`; other letters stand in texts";
  }
}

/// Of other languages, and what programs for letters make of `"`.
bool is_quote(char32_t c) {
  return c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/// After these a line may end without ending the expression.
bool continues(TokenType t) {
  using enum TokenType;
  switch (t) {
    case newline:
    case comma:
    case left_brace:
    case block_open:
    case left_bracket:
    case left_paren:
    case dot:
    case arrow:
    case fat_arrow:
    case plus:
    case minus:
    case star:
    case slash:
    case percent:
    case equal:
    case not_equal:
    case less_equal:
    case greater_equal:
    case less:
    case coalesce:
    case pipe:
    case ampersand:
    case range:
    case and_:
    case or_:
    case not_:
    case in:
    case is:
    case then:
    case where:
    case append:
    case ellipsis: return true;
    default: return false;
  }
}

}  // namespace

Scanner::Scanner(std::string_view text, FileId file, SymbolTable& symbols, Ast& ast,
                 diag::Diagnostics& diags, const ParseLimits& limits,
                 std::vector<Comment>* comments)
    : text_(text),
      file_(file),
      symbols_(symbols),
      ast_(ast),
      diags_(diags),
      limits_(limits),
      comments_(comments),
      errors_before_(diags.error_count()) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

Token Scanner::token(TokenType type, std::uint32_t begin) {
  Token t;
  t.type = type;
  t.begin = begin;
  t.end = at_;
  t.line_start = line_start_;
  t.depth = static_cast<std::uint16_t>(brackets_.size());
  if (type == TokenType::newline) open_maps_ = 0;
  if (type == TokenType::newline || brackets_.size() < reason_depth_ || is_entry_word(type))
    reason_depth_ = kNoReason;
  if (type != TokenType::newline) {
    if (!doc_.empty()) {
      t.doc = symbols_.intern(doc_);
      doc_.clear();
    }
    line_start_ = false;
    word_end_ = at_;
  }
  note_entry(type);
  head_ = head_with(type);
  if (type == TokenType::string_begin && head_ == Head::named && !in_name_) {
    in_name_ = true;
    name_depth_ = brackets_.size();
  } else if (brackets_.size() < name_depth_) {
    in_name_ = false;
  }
  if (begins_entry() && type != TokenType::newline) {
    head_begin_ = begin;
    head_indent_ = line_indent_;
  }
  before_previous_ = previous_;
  previous_ = type;
  if (diags_.error_count() > errors_before_ + kMaxErrors && !stopped_) {
    diags_.report(kTooManyErrors, span(begin, at_), static_cast<int>(kMaxErrors));
    stopped_ = true;
  }
  if (++count_ > limits_.max_tokens && !stopped_) {
    diags_.report(kTooManyTokens, span(begin, at_), limits_.max_tokens);
    stopped_ = true;
  }
  return t;
}

void Scanner::comment() {
  const std::uint32_t begin = at_;
  while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  std::string_view body = text_.substr(begin, at_ - begin);
  if (!body.empty() && body.back() == '\r') body.remove_suffix(1);
  const bool doc = body.starts_with("##") && line_start_;
  if (comments_ != nullptr) {
    comments_->push_back(
        {span(begin, begin + static_cast<std::uint32_t>(body.size())), line_start_, doc});
  }
  if (!doc) return;
  body.remove_prefix(2);
  if (body.starts_with(' ')) body.remove_prefix(1);
  if (!doc_.empty()) doc_ += '\n';
  doc_ += body;
}

bool Scanner::skip_blanks() {
  bool ended = false;
  int newlines = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '\n') {
      ++at_;
      ended = true;
      line_start_ = true;
      line_begin_ = at_;
      if (++newlines > 1) doc_.clear();  // a blank line parts a comment from what follows
    } else if (c == '#') {
      comment();
      newlines = 0;
    } else {
      break;
    }
  }
  if (line_start_) line_indent_ = at_ - line_begin_;
  return ended;
}

/// `}` and `else` on two lines are one branch.
bool Scanner::else_follows() const {
  if (previous_ != TokenType::right_brace || text_.substr(at_, 4) != "else") return false;
  const std::string_view rest = text_.substr(at_ + 4);
  const std::size_t next = rest.find_first_not_of(" \t");
  if (next == std::string_view::npos) return false;
  const std::size_t below = rest.find_first_not_of(" \t\r\n", next);  // which is told then
  return rest[next] == '{' || rest.substr(next, 3) == "if " ||
         ((rest[next] == '\n' || rest[next] == '\r') && below != std::string_view::npos &&
          rest[below] == '{');
}

/// Whether the line that ended goes on here: after an operator or a comma, unless an entry begins.
bool Scanner::goes_on() const {
  using enum TokenType;
  if (else_follows()) return true;
  if (previous_ == newline || previous_ == left_brace || previous_ == block_open) return true;
  if (!continues(previous_)) return false;
  const LineBegin begin = line_begin(at_);
  if (begin == LineBegin::field || begin == LineBegin::head) return false;
  // A value may begin with `if`; outside of lists none does with `for`.
  if (begin == LineBegin::block && text_.substr(at_, 3) == "for") return false;
  return previous_ != fat_arrow || !arm_follows();
}

/// `a =>` and then `b => 2`.
bool Scanner::arm_follows() const {
  LineAhead rest(text_, at_);
  if (rest.word().empty()) return false;
  rest.blanks();
  if (rest.take("(")) {
    rest.blanks();
    (void)rest.word();
    rest.blanks();
    if (!rest.take(")")) return false;
    rest.blanks();
  }
  return rest.take("=>");
}

/// The text ends within a body: so does its last line, whether or not a line end stands there.
bool Scanner::body_is_cut_off() const {
  return at_ >= text_.size() && closes_for_writer_ && texts_on_line_ == 0 && !brackets_.empty() &&
         brackets_.back().open == '{';
}

Token Scanner::next() {
  if (closing_to_ != kNotClosing) return closing();
  const bool ended = skip_blanks() || line_closed_ || body_is_cut_off();
  line_closed_ = false;
  if (ended && texts_on_line_ > 0) return end_of_line_in_text(word_end_);
  if (ended) {
    if (const std::size_t kept = open_on_new_line(); kept < brackets_.size())
      return close_down_to(kept);
    const bool counts = brackets_.empty() || brackets_.back().open == '{';
    if (Token lines; counts && find_foreign_lines(lines)) return lines;
    if (counts && !goes_on_by_slip()) {
      if (lacks_brace()) return missing_brace();
      if (!goes_on()) {
        heads_.clear();
        return token_before(TokenType::newline, word_end_);
      }
    }
  }
  if (at_ >= text_.size() || stopped_) {
    if (!brackets_.empty() && !stopped_ && closes_for_writer_) return close_down_to(0);
    at_ = static_cast<std::uint32_t>(text_.size());
    return token(TokenType::end, at_);
  }
  const std::uint32_t begin = at_;
  const char c = peek();
  if (c == '}' && closes_interpolation()) return rest_of_text(begin);
  if (c == '"') return is_second_label(begin) ? second_label(begin) : string(begin);
  if (previous_ == TokenType::import_) return module_path(begin);
  if (c == '/' && is_foreign_comment(begin)) return foreign_comment(begin);
  if (digit(c) || name_start(c) || c == ':') {
    Token special;
    if ((digit(c) || c == ':' || (name_start(c) && c != '_')) && ipv6_or_mac(begin, special))
      return special;
  }
  if (Token slip; find_slip(begin, slip)) return slip;
  if (is_foreign_text(begin)) return foreign_text(begin);
  if (is_bare_text(begin)) return bare_text(begin);
  if (digit(c)) return number(begin);
  if (name_start(c)) {
    if (imports_names(begin)) return import_of_names(begin);
    if (is_declaring_word(begin)) return behind_declaring_word(begin);
    if (expects_in_words(begin)) return code_behind_words(begin);
    if (lacks_colon(begin)) return missing_colon(begin);
    if (lacks_brace_here(begin)) return missing_brace();
    if (lacks_brace_of_element(begin)) return missing_brace_of_element();
    return lacks_path(begin) ? missing_path(begin) : word(begin);
  }
  if (c == '/' && previous_ == TokenType::left_paren && previous_is_string_name_)
    return regex(begin);
  return punctuation(begin);
}

/// Whether the innermost thing that `}` can close is a `${`.
bool Scanner::closes_interpolation() const {
  const auto open = std::find_if(brackets_.rbegin(), brackets_.rend(),
                                 [](const Bracket& b) { return b.open == '{' || b.open == '$'; });
  return open != brackets_.rend() && open->open == '$';
}

Token Scanner::rest_of_text(std::uint32_t begin) {
  for (; brackets_.back().open != '$'; brackets_.pop_back())
    dropped_.push_back(brackets_.back().at);
  const Bracket around = brackets_.back();
  drop_brackets(brackets_.size() - 1);
  while (!heads_.empty() && heads_.back().depth > brackets_.size()) heads_.pop_back();
  ++at_;
  return string_part(begin, false, around.block_text, around.indent, around.close);
}

/// A line ends inside the `${...}` of a text that has to end on its line.
Token Scanner::end_of_line_in_text(std::uint32_t at) {
  const auto text = std::find_if(brackets_.begin(), brackets_.end(),
                                 [](const Bracket& b) { return b.open == '$' && !b.block_text; });
  diags_.report(kUnterminatedString, span(text->at, at))
      .help("close it with `}` and `\"` on the same line");
  tear(text->at, at);
  brackets_.erase(text, brackets_.end());
  while (!heads_.empty() && heads_.back().depth > brackets_.size()) heads_.pop_back();
  texts_on_line_ = 0;
  at_ = at;
  return token(TokenType::unexpected, at);
}

Token Scanner::open(std::uint32_t begin, char c) {
  using enum TokenType;
  TokenType type = c == '(' ? left_paren : (c == '[' ? left_bracket : left_brace);
  bool of_match = false;
  if (c == '{' && !heads_.empty() && heads_.back().depth == brackets_.size()) {
    type = block_open;
    of_match = heads_.back().match;
    heads_.pop_back();
  }
  if (brackets_.size() >= limits_.max_nesting && !stopped_) {
    diags_.report(kTooDeeplyNested, span(begin, at_), limits_.max_nesting);
    stopped_ = true;
  }
  const bool fields = begins_fields();
  const bool of_test = c == '{' && head_ == Head::word && entry_ == test;
  Token t = token(type, begin);
  brackets_.push_back({c, begin, false, line_indent_, 0, c == '{' && fields, of_test, of_match});
  return t;
}

void Scanner::drop_brackets(std::size_t kept) {
  for (; brackets_.size() > kept; brackets_.pop_back()) {
    if (brackets_.back().open == '$' && !brackets_.back().block_text) --texts_on_line_;
  }
}

Token Scanner::close(std::uint32_t begin, char c) {
  using enum TokenType;
  const char wanted = c == ')' ? '(' : (c == ']' ? '[' : '{');
  // A brace closes whatever was left open inside it.
  if (c == '}') {
    auto match = std::find_if(brackets_.rbegin(), brackets_.rend(),
                              [](const Bracket& b) { return b.open == '{'; });
    if (match != brackets_.rend()) {
      for (auto inner = brackets_.rbegin(); inner != match; ++inner) dropped_.push_back(inner->at);
      drop_brackets(static_cast<std::size_t>(brackets_.rend() - match));
    } else {
      unopened_.push_back(begin);
    }
  }
  const TokenType type = c == ')' ? right_paren : (c == ']' ? right_bracket : right_brace);
  if (!brackets_.empty() && brackets_.back().open == wanted) brackets_.pop_back();
  while (!heads_.empty() && heads_.back().depth > brackets_.size()) heads_.pop_back();
  return token(type, begin);
}

Token Scanner::punctuation(std::uint32_t begin) {
  using enum TokenType;
  const char c = peek();
  const char d = peek(1);
  const auto take = [&](std::uint32_t n, TokenType type) {
    at_ += n;
    return token(type, begin);
  };
  switch (c) {
    case '{':
    case '[':
    case '(': ++at_; return open(begin, c);
    case '}': ++at_; return is_one_too_many(begin) ? behind_one_too_many(begin) : close(begin, c);
    case ']':
    case ')': ++at_; return close(begin, c);
    case '=':
      if (d == '=') return take(2, equal);
      return d == '>' ? take(2, fat_arrow) : take(1, assign);
    case '+': return d == '=' ? take(2, append) : take(1, plus);
    case '-': return d == '>' ? take(2, arrow) : take(1, minus);
    case '!':
      if (d == '=') return take(2, not_equal);
      break;
    case '<': return d == '=' ? take(2, less_equal) : take(1, less);
    case '>':
      if (d == '=' && open_maps_ == 0) return take(2, greater_equal);
      closes_map_ = open_maps_ > 0;
      if (closes_map_) --open_maps_;
      return take(1, greater);
    case '?': return d == '?' ? take(2, coalesce) : take(1, question);
    case '.':
      if (d == '.' && peek(2) == '.') return is_long_range() ? long_range() : take(3, ellipsis);
      if (d == '.')
        return is_step_of_library(begin) ? second_dot(begin, begin + 1) : take(2, range);
      if (begin < path_end_ && brackets_.size() == path_depth_) return take(1, step);
      if (name_start(d) || d == '"') return take(1, dot);
      if (const std::uint32_t second = doubled_dot(begin)) return second_dot(begin, second);
      if (word_end_ != begin || line_start_ || !ends_operand(previous_)) return take(1, self);
      if (member_below()) return take(1, dot);
      return ends_behind(begin + 1) ? missing_member(begin) : take(1, self);
    case ':': return take(1, colon);
    case ',': return take(1, comma);
    case '|':
      if (d != '|') return take(1, pipe);
      if (in_type_) return doubled_pipe(begin);
      break;
    case '&':
      if (d != '&') return take(1, ampersand);
      break;
    case '*': return take(1, star);
    case '/': return take(1, slash);
    case '%': return take(1, percent);
    default: break;
  }
  const CodePoint point = decode_utf8(text_, at_);
  at_ += point.size;
  if (point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0) || point.value == 0xfeff ||
      is_bidi_control(point.value)) {
    diags_.report(kControlCharacter, span(begin, at_), fmt::format("U+{:04X}", point.value));
  } else {
    if (c == '&' || c == '|') at_ = begin + 2;
    if (is_quote(point.value)) return other_quotes(begin);
    auto report = diags_.report(kUnexpectedCharacter, span(begin, at_),
                                text_.substr(begin, at_ - begin));
    const bool in_list = !brackets_.empty() && brackets_.back().open != '{';
    if (c == ';' && in_list) {
      report.help("elements have `,` between them").fix("write it so", {{span(begin, at_), ","}});
      return token(unexpected, begin);
    }
    if (c == ';') end_of_line(begin, report);
    const bool field = point.value == '!' && text_.substr(at_).starts_with(':');
    if (field)
      report.help("a field is required as it is; what may be absent has a `?`: `name: Int?`");
    if (const std::string_view help = meant(point.value); !help.empty() && !field)
      report.help(std::string(help));
  }
  return token(unexpected, begin);
}

/// Several `;` are one mistake, and what stands behind them goes to where an entry may begin.
void Scanner::end_of_line(std::uint32_t begin, diag::Report& report) {
  const std::size_t next = std::min(text_.find_first_not_of(" \t\r;", at_), text_.size());
  const std::size_t last = text_.rfind(';', next);
  at_ = std::max(at_, static_cast<std::uint32_t>(last) + 1);
  const bool ends = next == text_.size() || text_[next] == '\n' || text_[next] == '}' ||
                    text_[next] == '#';
  report.fix("take it away", {{span(begin, at_), ends ? "" : "  "}});
}

}  // namespace hlab::syntax
