// Words: which are keywords, by what stands around them. All of them stay usable as names of fields,
// most as names of instances and kinds.
#include <algorithm>
#include <array>
#include <utility>

#include "compiler/syntax/describe.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"

namespace hlab::syntax {
namespace {

using Words = std::pair<std::string_view, TokenType>;

constexpr std::array<Words, 16> kReserved{{
    {"if", TokenType::if_},
    {"then", TokenType::then},
    {"else", TokenType::else_},
    {"match", TokenType::match},
    {"for", TokenType::for_},
    {"in", TokenType::in},
    {"is", TokenType::is},
    {"and", TokenType::and_},
    {"or", TokenType::or_},
    {"not", TokenType::not_},
    {"where", TokenType::where},
    {"because", TokenType::because},
    {"true", TokenType::true_},
    {"false", TokenType::false_},
    {"unset", TokenType::unset},
    {"has", TokenType::has},
}};

/// Begin an entry where a value follows.
constexpr std::array<Words, 10> kEntryWords{{
    {"kind", TokenType::kind},
    {"record", TokenType::record},
    {"fn", TokenType::fn},
    {"default", TokenType::default_},
    {"policy", TokenType::policy},
    {"check", TokenType::check},
    {"allow", TokenType::allow},
    {"planned", TokenType::planned},
    {"edition", TokenType::edition},
    {"final", TokenType::final_},
}};

constexpr std::array<Words, 3> kMiddleWords{{
    {"as", TokenType::as},
    {"at", TokenType::at},
    {"by", TokenType::by},
}};

bool value_begins(char c, bool blank) {
  return name_start(c) || digit(c) || c == '"' || c == '(' || c == '[' || c == '-' ||
         (c == '.' && blank);
}

// Whether the word fits what follows it; `rest` stands behind its blanks. Where it does not, the entry is
// an instance of a kind that is called so.

bool imports(LineAhead rest) {
  if (rest.peek() == '/') return true;  // which leads out of the lab
  if (rest.take(".")) return rest.take("/") || rest.take("./") || rest.ended();
  if (!rest.text() && rest.word().empty()) return false;
  rest.blanks();
  return rest.peek() != '{' && !rest.colon();
}

}  // namespace

bool is_word_of_language(std::string_view word) {
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](const Words& one) { return one.first == word; });
}

namespace {

bool declares_site(LineAhead rest) {
  if ((!rest.text() && rest.word().empty()) || !rest.blanks()) return false;
  const std::string_view word = rest.word();
  const bool blank = rest.blanks();
  if (word == "of") return blank;
  // `site cabin home {` and `site cabin for home {`, which are told.
  if (word == "for" || word == "from") (void)rest.word();
  rest.blanks();
  return !word.empty() && rest.peek() == '{';
}

/// `KIND NAME`, where the kind may stand behind a module.
bool leaves_out(LineAhead rest) {
  return name_start(rest.peek()) && rest.path() > 0 && rest.blanks() &&
         (name_start(rest.peek()) || rest.peek() == '"');
}

bool hides(LineAhead rest) { return leaves_out(rest); }

/// `without node.pi5`, too, which is told then.
bool goes_without(LineAhead rest) {
  if (leaves_out(rest)) return true;
  if (!name_start(rest.peek()) || rest.path() < 2) return false;
  rest.blanks();
  return rest.ended() || rest.peek() == '}';
}

bool overrides(LineAhead rest) {
  if (!name_start(rest.peek())) return false;
  const int steps = rest.path();
  rest.blanks();
  return steps > 1 || !(rest.ended() || rest.colon() ||
                        std::string_view("{=,)]}").find(rest.peek()) != std::string_view::npos);
}

/// `expect point { x = 1 } == .at`: a brace that an operator follows is a value.
bool expects(LineAhead rest) {
  if (rest.path() == 0) return value_begins(rest.peek(), true);
  rest.blanks();
  if (rest.colon()) return false;
  if (rest.peek() != '{') return true;
  if (!rest.braces()) return false;
  if (rest.peek() == '.') return true;
  rest.blanks();
  if (std::string_view("=!<>+-*/%?,").find(rest.peek()) != std::string_view::npos) return true;
  const std::string_view word = rest.word();
  return word == "in" || word == "is" || word == "and" || word == "or" || word == "not";
}

bool moves(LineAhead rest) {
  return rest.word() == "from" && rest.blanks() && (name_start(rest.peek()) || rest.peek() == '"');
}

bool offers_member(LineAhead rest) {
  if (rest.word().empty()) return false;
  rest.blanks();
  return rest.peek() == '(';
}

bool deprecates(LineAhead rest) {
  if (rest.word().empty()) return false;
  rest.blanks();
  return rest.colon() || rest.take("->");
}

/// `assert a -> b`, too, which is told then.
bool asserts(LineAhead rest) {
  LineAhead ends = rest;
  std::string_view word = rest.word();
  if (word == "no" && rest.blanks()) {
    ends = rest;
    word = rest.word();
  }
  const auto begins_end = [&] {  // with a bracket for several, which is told
    return name_start(rest.peek()) || rest.peek() == '"' || rest.peek() == '[';
  };
  if (word == "path" && rest.blanks() && begins_end()) return true;
  return name_start(ends.peek()) && ends.path() > 0 && ends.blanks() && ends.take("->");
}

struct FittingWord {
  std::string_view word;
  TokenType type;
  bool (*fits)(LineAhead rest);
};

constexpr std::array<FittingWord, 11> kFittingWords{{
    {"import", TokenType::import_, imports},
    {"private", TokenType::private_, hides},
    {"site", TokenType::site, declares_site},
    {"without", TokenType::without, goes_without},
    {"override", TokenType::override_, overrides},
    {"test", TokenType::test, [](LineAhead rest) { return rest.peek() == '"'; }},
    {"expect", TokenType::expect, expects},
    {"moved", TokenType::moved, moves},
    {"offers", TokenType::offers, offers_member},
    {"deprecated", TokenType::deprecated, deprecates},
    {"assert", TokenType::assert_, asserts},
}};

}  // namespace

bool Scanner::entry_start() const {
  using enum TokenType;
  return previous_ == newline || previous_ == left_brace || previous_ == block_open ||
         previous_ == right_brace || previous_ == planned || previous_ == private_ ||
         previous_ == else_;
}

/// Entries may follow one another on a line: a word after a whole value begins the next one.
bool Scanner::follows_value() const {
  if (!brackets_.empty() && brackets_.back().open != '{') return false;
  using enum TokenType;
  switch (previous_) {
    case string:
    case string_end:
    case integer:
    case floating:
    case domain:
    case true_:
    case false_:
    case right_paren:
    case right_bracket:
    case right_brace:
    case self:
    case question:
    case module_path:
    case missing: return true;
    case greater: return closes_map_;
    case name:
      return before_previous_ != newline && before_previous_ != left_brace &&
             before_previous_ != block_open;
    default: return false;
  }
}

/// Whether a value may end with such a token.
bool Scanner::ends_operand(TokenType type) {
  using enum TokenType;
  switch (type) {
    case name:
    case string:
    case string_end:
    case integer:
    case floating:
    case domain:
    case true_:
    case false_:
    case right_paren:
    case right_bracket:
    case right_brace:
    case self: return true;
    default: return false;
  }
}

/// Whether a value or type may end with the last token.
bool Scanner::ends_value() const {
  return ends_operand(previous_) || previous_ == TokenType::question ||
         previous_ == TokenType::greater;
}

/// A word that begins an entry, or `name`.
TokenType Scanner::entry_word(std::string_view text) const {
  LineAhead rest(text_, at_);
  if (!rest.blanks()) return TokenType::name;
  for (const auto& [word, type] : kEntryWords) {
    if (word == text) return value_begins(rest.peek(), true) ? type : TokenType::name;
  }
  for (const FittingWord& w : kFittingWords) {
    if (w.word == text) return w.fits(rest) ? w.type : TokenType::name;
  }
  return TokenType::name;
}

/// A word that belongs to the one that began the entry, or `name`.
TokenType Scanner::second_word(std::string_view text) const {
  using enum TokenType;
  if (previous_ == moved && text == "from") return from;
  if (previous_ == module_path && text == "as") return as;
  if (previous_ == assert_ && text == "no") return no;
  if ((previous_ == assert_ || previous_ == no) && text == "path") return path;
  return before_previous_ == site && text == "of" ? of : name;
}

TokenType Scanner::keyword(std::string_view text) const {
  using enum TokenType;
  if (previous_ == dot || previous_ == step) return name;
  // A field behind these, or what one was called: any word may be one.
  if (previous_ == unset || previous_ == at || previous_ == deprecated || previous_ == from ||
      (previous_ == arrow && entry_ == deprecated))
    return name;
  LineAhead rest(text_, at_);
  const bool blank = rest.blanks();
  const char follows = rest.peek();
  // `word =`, `word:`, `word.x`, `word {`: a path of fields, whatever the word.
  const bool is_path = (follows == '=' && rest.peek(1) != '=') ||
                       (follows == '+' && rest.peek(1) == '=') || rest.colon() ||
                       (follows == '.' && !blank && rest.peek(1) != '.') || follows == '{';
  const bool answer = follows == '=' && rest.peek(1) == '>' && (text == "true" || text == "false");
  if (answer) return text == "true" ? true_ : false_;  // an arm of a match
  const bool after_block = previous_ == right_brace && text == "else";
  if (is_path && entry_start() && !after_block) return name;
  // The same after a whole entry on its line: no value goes on with `if =` or `in:`.
  if (is_path && follows != '{' && follows != '.' && follows_value()) return name;
  for (const auto& [word, type] : kReserved) {
    if (word == text) return type;
  }
  if (entry_start() || follows_value()) {
    if (const TokenType type = entry_word(text); type != name) return type;
  }
  if (const TokenType type = second_word(text); type != name) return type;
  if (text == "all" && blank && name_start(follows)) return all;
  if (text == "only" && follows == '{') return only;
  const bool dotted = text == "at" && follows == '.';  // which is told
  if (ends_value() && blank && (name_start(follows) || follows == '"' || dotted)) {
    for (const auto& [word, type] : kMiddleWords) {
      if (word == text) return type;
    }
  }
  if (text == "secret" && blank && (name_start(follows) || follows == '&' || follows == '[') &&
      (previous_ == colon || previous_ == left_bracket || previous_ == less || previous_ == comma ||
       previous_ == arrow || previous_ == pipe)) {
    return secret;
  }
  if (text == "Map" && peek() == '<') return map;
  return name;
}

/// Where the path of an override ends: a dot behind it begins a value.
std::uint32_t Scanner::path_ahead() const {
  LineAhead rest(text_, at_);
  rest.blanks();
  rest.path();
  return rest.at();
}

/// The words behind `import`, up to a blank.
Token Scanner::module_path(std::uint32_t begin) {
  while (at_ < text_.size() &&
         std::string_view(" \t\r\n#\"{}[](),;").find(peek()) == std::string_view::npos)
    ++at_;
  if (at_ == begin) return punctuation(begin);
  Token t = token(TokenType::module_path, begin);
  t.payload = symbols_.intern(text_.substr(begin, at_ - begin)).index;
  return t;
}

/// `from import table`: half of what other languages write.
bool Scanner::is_before_import() const {
  LineAhead rest(text_, at_);
  if (!rest.blanks() || rest.word() != "import" || !rest.blanks()) return false;
  return imports(rest);
}

Token Scanner::word(std::uint32_t begin) {
  while (name_part(peek())) ++at_;
  while (at_ > begin + 1 && text_[at_ - 1] == '-') --at_;
  const std::string_view text = text_.substr(begin, at_ - begin);
  TokenType type = keyword(text);
  using enum TokenType;
  if (type == name && head_with(name) == Head::kind && closes_for_writer_) {
    type = meant_word(text);
    if (type != name) tell_meant_word(begin, type);
  }
  if (type == for_ || type == if_ || type == match || type == where) {
    const auto depth = static_cast<std::uint32_t>(brackets_.size());
    if (type != where || heads_.empty() || heads_.back().depth != depth)
      heads_.push_back({depth, type == match});
  }
  if (type == map) ++open_maps_;
  if (type == override_) {
    path_end_ = path_ahead();
    path_depth_ = brackets_.size();
  }
  if (type == then && !heads_.empty() && heads_.back().depth == brackets_.size()) heads_.pop_back();
  if (type == name && text == "from" && entry_start()) line_closed_ = is_before_import();
  Token t = token(type, begin);
  if (type == deprecated) reason_depth_ = static_cast<std::uint32_t>(brackets_.size());
  t.payload = symbols_.intern(text).index;
  previous_is_string_name_ = text == "String";
  return t;
}

bool begins_entry(std::string_view word) {
  return std::any_of(kEntryWords.begin(), kEntryWords.end(),
                     [&](const Words& one) { return one.first == word; });
}

}  // namespace hlab::syntax
