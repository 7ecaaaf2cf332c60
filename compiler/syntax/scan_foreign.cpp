// What people write who come from other languages, where it reaches over more than one token: lists of lines,
// texts of several lines, other quotes, a word before a code. Each is told once, with how it is written.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// The line that begins at `at`, without its end.
std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// Up to a brace that closes what the line does not open.
std::string_view within_body(std::string_view line) {
  int open = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    LineAhead inside(line, static_cast<std::uint32_t>(at));
    if (inside.text()) {
      at = inside.at() - 1;
    } else if (line[at] == '{') {
      ++open;
    } else if (line[at] == '}' && --open < 0) {
      return line.substr(0, at);
    }
  }
  return line;
}

bool is_dash(std::string_view line) {
  return line.starts_with("- ") || line == "-" || line == "-\r";
}

/// Lines of one block, the first of which begins at `at`: those below it that stand as far in, while `goes_on`
/// says so of one that stands no further in. The end of the last.
template <class GoesOn>
std::uint32_t block_below(std::string_view text, std::size_t at, GoesOn goes_on) {
  const std::size_t base = indent_of(line_at(text, at));
  std::size_t end = at;
  while (at < text.size()) {
    const std::string_view line = line_at(text, at);
    const std::string_view written = trimmed(line);
    const std::size_t indent = indent_of(line);
    const bool blank = written.empty() || written.starts_with('#');
    if (!blank && (indent < base || (indent == base && !goes_on(line.substr(indent))))) break;
    const std::string_view own = within_body(line);
    if (!blank) end = at + own.find_last_not_of(" \t\r") + 1;
    if (own.size() < line.size()) break;
    at += line.size() + 1;
  }
  return static_cast<std::uint32_t>(std::min(end, text.size()));
}

/// What the elements of lines such as `- "a"` are in a list; `certain` where each can be nothing else.
struct Elements {
  std::vector<std::string> written;
  bool certain = true;
  bool simple = true;
};

void add_element(Elements& out, std::string_view written) {
  const bool text = written.size() > 1 && written.front() == '"' && written.back() == '"' &&
                    written.find('"', 1) + 1 == written.size();
  const bool quoted = written.size() > 1 && written.front() == '\'' && written.back() == '\'';
  if (text) {
    out.written.emplace_back(written);
  } else if (written.empty() || written.find_first_of("\"\\#{}[]$") != std::string_view::npos ||
             written.find(": ") != std::string_view::npos || written.back() == ':') {
    out.simple = false;
  } else if (quoted) {
    out.written.push_back(fmt::format("\"{}\"", written.substr(1, written.size() - 2)));
  } else {
    const bool number = written.find_first_not_of("0123456789") == std::string_view::npos;
    const bool name = name_start(written[0]) &&
                      std::all_of(written.begin(), written.end(), name_part);
    out.certain = out.certain && number;
    out.written.push_back(number || name ? std::string(written) : fmt::format("\"{}\"", written));
  }
}

Elements elements_of(std::string_view block) {
  Elements out;
  for (std::size_t at = 0; at < block.size(); at += line_at(block, at).size() + 1) {
    const std::string_view line = trimmed(line_at(block, at));
    if (line.empty() || line.starts_with('#')) continue;
    if (!is_dash(line)) {
      out.simple = false;
      break;
    }
    add_element(out, trimmed(line.substr(1)));
  }
  return out;
}

/// `"one",` and more lines of it: where the elements end, and whether a `]` stands behind them.
struct LinesOfList {
  std::uint32_t end = 0;  // 0 where the lines are none
  bool closed = false;
};

LinesOfList lines_of_list(std::string_view text, std::uint32_t begin) {
  int open = 0;
  int commas = 0;
  std::size_t last = begin;
  for (std::size_t at = begin; at < text.size(); ++at) {
    LineAhead inside(text, static_cast<std::uint32_t>(at));
    const char c = text[at];
    if (text.substr(at, 3) == "\"\"\"") return {};
    if (inside.text()) {
      at = inside.at() - 1;
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
      continue;
    } else if (c == '\n' && open == 0 && text[last] != ',') {
      const std::size_t next = text.find_first_not_of(" \t\r\n", at);
      if (next == std::string_view::npos || text[next] != ']') break;
    } else if (std::string_view("[({").find(c) != std::string_view::npos) {
      ++open;
    } else if (std::string_view("])}").find(c) != std::string_view::npos && --open < 0) {
      if (c != ']') break;
      return commas > 0 ? LinesOfList{static_cast<std::uint32_t>(last) + 1, true} : LinesOfList{};
    } else if (c == ',' && open == 0) {
      ++commas;
    } else if (c == '=' && open == 0) {
      return {};
    }
    if (std::string_view(" \t\r\n").find(text[at]) == std::string_view::npos) last = at;
  }
  return commas > 0 ? LinesOfList{static_cast<std::uint32_t>(last) + 1, false} : LinesOfList{};
}

}  // namespace

/// `a = 1` and below it `+ 2`: the operator that begins the line; "" where that is none.
std::string_view Scanner::operator_on_next_line() const {
  constexpr std::array<std::string_view, 12> kOperators{"+", "==", "!=",  "<=", ">=", "<",
                                                        ">", "??", "and", "or", "&&", "||"};
  const bool asks = entry_ == TokenType::check || entry_ == TokenType::assert_;
  const std::string_view begun = text_.substr(head_begin_, word_end_ - head_begin_);
  if (!closes_for_writer_ || line_indent_ < head_indent_ || !ends_operand(previous_) ||
      (!asks && begun.find('=') == std::string_view::npos))
    return "";
  for (const std::string_view sign : kOperators) {
    LineAhead rest(text_, at_);
    if (!rest.take(sign) || !rest.blanks()) continue;
    // `and = 1`: a field that cannot be called so.
    const bool value = !rest.ended() &&
                       std::string_view("=:{").find(rest.peek()) == std::string_view::npos;
    return value ? sign : "";
  }
  return "";
}

void Scanner::tell_operator_on_next_line(std::string_view sign) {
  if (sign == "&&" || sign == "||") return;  // that is told of them
  const auto end = static_cast<std::uint32_t>(at_ + sign.size());
  LineAhead rest(text_, end);
  rest.blanks();
  diags_.report(kNotAnEntry, span(at_, end), fmt::format("`{}`", sign))
      .help(fmt::format("a value goes on in the next line where `{}` ends this one", sign))
      .fix("put it there",
           {{span(word_end_, word_end_), fmt::format(" {}", sign)}, {span(at_, rest.at()), ""}});
}

/// The line that ended goes on as in another language.
bool Scanner::find_foreign_lines(Token& out) {
  if (!closes_for_writer_ || at_ >= text_.size() || !in_body()) return false;
  const bool value = previous_ == TokenType::assign && (sets_field_ || entry_ == TokenType::fn);
  const bool named = previous_ == TokenType::colon && line_indent_ >= head_indent_ &&
                     (before_previous_ == TokenType::name || before_previous_ == TokenType::string);
  if (!value && !named) return false;
  if (line_indent_ >= head_indent_ && is_dash(line_at(text_, at_))) {
    out = lines_of_dashes(value);
    return true;
  }
  if (named && is_indented_map()) {
    out = indented_map();
    return true;
  }
  if (value && value_on_next_line() && lines_of_list(text_, at_).end > 0) {
    out = lines_without_brackets();
    return true;
  }
  return false;
}

/// `args =` or `args:`, and then `- "--debug"`.
Token Scanner::lines_of_dashes(bool value) {
  const std::uint32_t dash = at_;
  const std::uint32_t begin = line_begin_;
  const std::uint32_t end = block_below(text_, begin, is_dash);
  const Elements elements = elements_of(text_.substr(begin, end - begin));
  std::string_view field = text_.substr(head_begin_, word_end_ - head_begin_);
  field = trimmed(field.substr(0, field.find_first_of("=:\n")));
  auto report = diags_.report(kUnexpectedToken, span(dash, dash + 1), "a list in brackets", "`-`");
  const std::string list = fmt::format("[{}]", fmt::join(elements.written, ", "));
  if (!elements.simple || list.size() > 80) {
    report.help(fmt::format(
        "a list stands in brackets, a tree in braces: `{} = [{{ a = 1 }}, ...]`", field));
  } else {
    report.help(fmt::format("a list stands in brackets: `{} = {}`", field, list))
        .fix("write it so", {{span(word_end_ - 1, end), (value ? "= " : " = ") + list}});
    if (!elements.certain) report.unsure();
  }
  at_ = end;
  return token(value ? TokenType::missing : TokenType::unexpected, dash);
}

/// `services:` and below it, further in, `web:`.
bool Scanner::is_indented_map() const {
  if (line_indent_ <= head_indent_ || in_fields()) return false;
  LineAhead rest(text_, at_);
  if (rest.path() != 1 || !rest.colon()) return false;
  rest.skip();
  return rest.peek() == ' ' || rest.ended();
}

Token Scanner::indented_map() {
  const std::uint32_t begin = word_end_ - 1;
  const std::string_view name = text_.substr(head_begin_, begin - head_begin_);
  diags_.report(kUnexpectedToken, span(begin, word_end_), "`{`", "`:`")
      .help(fmt::format(
          "what belongs to `{0}` stands in braces, and a value behind `=`: `{0} {{ a = 1 }}`",
          name));
  at_ = block_below(text_, line_begin_, [](std::string_view) { return true; });
  return token(TokenType::unexpected, begin);
}

/// `new node one {`
bool Scanner::is_declaring_word(std::uint32_t begin) const {
  constexpr std::array<std::string_view, 16> kWords{
      "new", "def",  "define",   "declare", "create", "resource", "let", "add",
      "pub", "open", "abstract", "sealed",  "static", "public",   "var", "export"};
  if (!closes_for_writer_ || !begins_entry()) return false;
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  if (std::find(kWords.begin(), kWords.end(), word) == kWords.end() || !rest.blanks()) return false;
  if (!name_start(rest.peek())) return false;
  if (rest.path() == 0 || !rest.blanks() || (!rest.text() && rest.word().empty())) return false;
  rest.blanks();
  return rest.peek() == '{' || rest.colon();
}

Token Scanner::behind_declaring_word(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  const std::uint32_t end = rest.at();
  rest.blanks();
  diags_.report(kUnexpectedToken, span(begin, end), "a kind", fmt::format("`{}`", word))
      .help("a declaration begins with its kind: `network lan { ... }`")
      .fix("take it away", {{span(begin, rest.at()), ""}});
  at_ = rest.at();
  return this->word(at_);
}

/// `from office import desk`, `from ./office import desk`
bool Scanner::imports_names(std::uint32_t begin) const {
  if (!closes_for_writer_ || !begins_entry()) return false;
  LineAhead rest(text_, begin);
  if (rest.word() != "from" || !rest.blanks()) return false;
  while (rest.take(".") || rest.take("/")) {}
  if (rest.path() == 0 || !rest.blanks()) return false;
  return rest.word() == "import";
}

Token Scanner::import_of_names(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  (void)rest.word();
  const std::uint32_t end = rest.at();
  rest.blanks();
  while (rest.take(".") || rest.take("/")) {}
  const std::uint32_t folder = rest.at();
  (void)rest.path();
  const std::string_view named = trimmed(text_.substr(folder, rest.at() - folder));
  const bool plain = named.find_first_of("\".") == std::string_view::npos;
  diags_.report(kNotAnEntry, span(begin, end), "`from`")
      .help(fmt::format("a folder is imported as a whole, `import ./{0}`, and what it declares is "
                        "then called `{0}.desk`",
                        plain ? named : "office"));
  const std::string_view line = text_.substr(0, text_.find('\n', begin));
  at_ = static_cast<std::uint32_t>(std::min(line.find('#', begin), line.size()));
  return token(TokenType::unexpected, begin);
}

/// `x =` and below it `"a",` and more, without a `[`.
Token Scanner::lines_without_brackets() {
  const LinesOfList lines = lines_of_list(text_, at_);
  auto report = diags_.report(kMissingSign, span(word_end_ - 1, word_end_), "[", "behind `=`");
  report.here("a list follows").help("a list stands in brackets: `[a, b]`");
  std::vector<diag::Edit> edits{{span(word_end_, word_end_), " ["}};
  if (lines.closed) {
    report.fix("put it there", std::move(edits));
    const Token t = token_before(TokenType::left_bracket, word_end_);
    brackets_.push_back({'[', word_end_, false, head_indent_, 0});
    return t;
  }
  edits.push_back({span(lines.end, lines.end), "]"});
  report.fix("put them there", std::move(edits));
  const std::uint32_t begin = at_;
  at_ = lines.end;
  return token(TokenType::missing, begin);
}

/// `expect error HL3001`
bool Scanner::expects_in_words(std::uint32_t begin) const {
  constexpr std::array<std::string_view, 12> kWords{"error",   "errors",  "warning", "fail",
                                                    "fails",   "failure", "code",    "diagnostic",
                                                    "problem", "to",      "a",       "an"};
  if (previous_ != TokenType::expect) return false;
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  if (std::find(kWords.begin(), kWords.end(), word) == kWords.end() || !rest.blanks()) return false;
  const std::string_view code = rest.word();
  if (!code.starts_with("HL") || code.size() < 3 || !digit(code[2])) return false;
  rest.blanks();
  return rest.ended() || rest.peek() == '}' || rest.peek() == ',' || name_start(rest.peek());
}

Token Scanner::code_behind_words(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  const std::string_view word = rest.word();
  const std::uint32_t end = rest.at();
  rest.blanks();
  const std::uint32_t code = rest.at();
  diags_
      .report(kUnexpectedToken, span(begin, end), "a condition or a code",
              fmt::format("`{}`", word))
      .help(fmt::format("what is expected is named by its code alone: `expect {}`", rest.word()))
      .fix("take it away", {{span(begin, code), ""}});
  at_ = code;
  return this->word(code);
}

/// `resource "a" "b" {`
bool Scanner::is_second_label(std::uint32_t begin) const {
  if (!closes_for_writer_ || head_ != Head::named || in_name_ || previous_ != TokenType::string)
    return false;
  LineAhead rest(text_, begin);
  if (!rest.text()) return false;
  rest.blanks();
  return rest.peek() == '{';
}

Token Scanner::second_label(std::uint32_t begin) {
  LineAhead rest(text_, begin);
  (void)rest.text();
  diags_
      .report(kUnexpectedToken, span(begin, rest.at()), "`{`",
              fmt::format("the text {}", text_.substr(begin, rest.at() - begin)))
      .help("a declaration has a kind and one name: `network lan { ... }`");
  at_ = rest.at();
  return next();
}

/// `<<EOF`, `'''`, a backtick, and `|` or `>` at the end of a line, where a value should stand.
bool Scanner::is_foreign_text(std::uint32_t begin) const {
  if (!closes_for_writer_ || (previous_ != TokenType::assign && previous_ != TokenType::colon))
    return false;
  const std::string_view rest = text_.substr(begin);
  if (rest.starts_with("'''") || rest.starts_with("<<")) return true;
  if (rest[0] != '|' && rest[0] != '>') return false;
  const std::size_t sign = rest.size() > 1 && (rest[1] == '-' || rest[1] == '+') ? 2 : 1;
  LineAhead behind(text_, begin + static_cast<std::uint32_t>(sign));
  behind.blanks();
  const std::size_t below = text_.find_first_not_of(
      "\r\n", std::min(text_.find('\n', begin), text_.size()));
  return behind.ended() && below != std::string_view::npos &&
         indent_of(text_.substr(below)) > head_indent_;
}

Token Scanner::foreign_text(std::uint32_t begin) {
  const std::string_view rest = text_.substr(begin);
  std::size_t end = rest.find('\n');
  if (rest.starts_with("'''")) {
    end = rest.find("'''", 3);
    if (end != std::string_view::npos) end += 3;
  } else if (rest.starts_with("<<")) {
    const std::size_t word = rest.find_first_not_of("<-~\"'", 2);
    LineAhead behind(text_, begin + static_cast<std::uint32_t>(std::min(word, rest.size())));
    const std::string_view mark = behind.word();
    for (std::size_t line = end; !mark.empty() && line < rest.size();
         line = rest.find('\n', line + 1)) {
      LineAhead first(text_, begin + static_cast<std::uint32_t>(line) + 1);
      first.blanks();
      if (first.word() != mark) continue;
      end = first.at() - begin;
      break;
    }
  } else if (end != std::string_view::npos) {
    end = block_below(text_, begin + end + 1, [](std::string_view) { return true; }) - begin;
  }
  at_ = begin + static_cast<std::uint32_t>(std::min(end, rest.size()));
  const std::uint32_t sign = begin + (rest[0] == '|' || rest[0] == '>' ? 1
                                      : rest[0] == '<'                 ? 2
                                                                       : 3);
  diags_
      .report(kUnexpectedToken, span(begin, sign), "a value",
              fmt::format("`{}`", text_.substr(begin, sign - begin)))
      .help("a text of several lines stands between `\"\"\"` and `\"\"\"`");
  return token(TokenType::unexpected, begin);
}

/// `'a'`, `“a”` and the like: one mistake, however much stands between them.
/// `''` or `'''` and lines up to the next ones: where they end; `begin` where it is no such text.
std::uint32_t Scanner::end_of_quoted_lines(std::uint32_t begin) const {
  if (!text_.substr(begin).starts_with("''")) return begin;
  const std::string_view quotes = text_.substr(begin).starts_with("'''") ? "'''" : "''";
  const std::size_t inside = begin + quotes.size();
  const std::size_t close = text_.find(quotes, inside);
  const bool lines = close != std::string_view::npos &&
                     text_.substr(inside, close - inside).find('\n') != std::string_view::npos;
  return lines ? static_cast<std::uint32_t>(close + quotes.size()) : begin;
}

/// `// text` and `/* text */`; what follows such a one belongs to it.
bool Scanner::is_foreign_comment(std::uint32_t begin) const {
  const std::string_view rest = text_.substr(begin);
  const bool line = rest.starts_with("// ") && (line_start_ || text_[begin - 1] == ' ');
  return line || rest.starts_with("/*");
}

Token Scanner::foreign_comment(std::uint32_t begin) {
  std::size_t end = std::min(text_.find('\n', begin), text_.size());
  const bool of_lines = text_[begin + 1] == '*';
  if (of_lines) {
    const std::size_t close = text_.find("*/", begin + 2);
    if (close != std::string_view::npos) end = close + 2;
  } else {
    while (end < text_.size()) {  // the lines below that are comments too
      const std::size_t next = text_.find_first_not_of(" \t\r\n", end);
      if (next == std::string_view::npos || !text_.substr(next).starts_with("//")) break;
      end = std::min(text_.find('\n', next), text_.size());
    }
  }
  diags_.report(kNotAnEntry, span(begin, begin + 2), fmt::format("`{}`", text_.substr(begin, 2)))
      .help("a comment begins with `#`");
  at_ = static_cast<std::uint32_t>(end);
  return token(TokenType::unexpected, begin);
}

Token Scanner::other_quotes(std::uint32_t begin) {
  constexpr std::array<std::string_view, 9> kQuotes{
      "'", "`", "\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb"};
  const auto quote_at = [&](std::size_t at) -> std::size_t {
    for (const std::string_view quote : kQuotes) {
      if (text_.substr(at).starts_with(quote)) return quote.size();
    }
    return 0;
  };
  if (const std::uint32_t end = end_of_quoted_lines(begin); end != begin) {
    diags_.report(kUnexpectedCharacter, span(begin, begin + 2), text_.substr(begin, 2))
        .help("a text of several lines stands in `\"\"\"`");
    at_ = end;
    return token(TokenType::unexpected, begin);
  }
  const std::size_t opened = quote_at(begin);
  const std::size_t line = std::min(text_.find('\n', begin), text_.size());
  std::size_t close = begin + opened;
  const auto closes = [&](std::size_t at) {
    const bool same = text_[begin] == '\'' || text_[begin] == '`';
    return text_[at] == '"' || (same ? text_[at] == text_[begin] : quote_at(at) > 1);
  };
  while (close < line && !closes(close)) ++close;
  const bool whole = close < line;
  const std::size_t inside = begin + opened;
  const std::string_view written = text_.substr(inside, close - inside);
  if (whole) at_ = static_cast<std::uint32_t>(close + std::max<std::size_t>(quote_at(close), 1));
  auto report = diags_.report(kUnexpectedCharacter, span(begin, at_),
                              text_.substr(begin, at_ - begin));
  report.help("texts stand in double quotes: \"...\"");
  if (whole && written.find_first_of("\"\\$") == std::string_view::npos)
    report.fix("write it so", {{span(begin, at_), fmt::format("\"{}\"", written)}});
  return token(TokenType::unexpected, begin);
}

}  // namespace hlab::syntax
