#include "compiler/syntax/near_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"

namespace hlab::syntax {
namespace {

constexpr std::string_view kBlanks = " \t";

std::vector<std::string_view> entry_words() {
  return {"if",      "for",      "unset",   "kind",    "record", "fn",     "default",    "policy",
          "check",   "allow",    "planned", "edition", "final",  "import", "private",    "site",
          "without", "override", "test",    "expect",  "moved",  "offers", "deprecated", "assert"};
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What is compared or joined, and no declaration goes on so.
bool is_condition(LineAhead rest) {
  if (std::string_view(".([").find(rest.peek()) != std::string_view::npos || digit(rest.peek()))
    return true;
  LineAhead first = rest;
  if (one_of(first.word(), {"not", "true", "false", "all", "has"})) return true;
  const int steps = rest.path();
  if (steps == 0) return false;
  if (rest.peek() == '(' || rest.peek() == '[' || rest.peek() == ',') return true;
  rest.blanks();
  if (rest.peek() == '=') return rest.peek(1) == '=';
  if (std::string_view("!<>+-*/%?,").find(rest.peek()) != std::string_view::npos) return true;
  return one_of(rest.word(), {"in", "is", "and", "or", "not"});
}

/// Whether an entry of that word goes on as what stands behind it and its blanks.
bool fits(std::string_view word, LineAhead rest) {
  if (word == "if" || word == "check" || word == "expect") return is_condition(rest);
  if (word == "edition") return digit(rest.peek());
  if (word == "allow") {
    while (name_part(rest.peek())) rest.skip();
    return rest.blanks() && rest.peek() == '"';
  }
  if (word == "import") return rest.take("./") || rest.take("../");
  if (word == "test") return rest.text() && (rest.blanks(), rest.peek() == '{');
  if (word == "moved") return rest.word() == "from" && rest.blanks();
  if (word == "assert") {
    const std::string_view next = rest.word();
    return (next == "path" || next == "no") && rest.blanks();
  }
  if (word == "override") return rest.path() > 1 && rest.blanks();
  if (word == "without")
    return rest.path() > 0 && rest.blanks() && rest.path() > 0 &&
           (rest.blanks(), rest.ended() || rest.peek() == '}');
  const bool named = !rest.word().empty();
  const bool blank = rest.blanks();
  if (word == "final") return named && rest.colon();
  if (word == "deprecated") return named && (rest.colon() || rest.take("->"));
  if (word == "fn" || word == "offers") return named && !blank && rest.peek() == '(';
  if (word == "unset") return named && (rest.ended() || rest.peek() == '}');
  if (word == "kind" || word == "record") return named && rest.word() == "is";
  if (word == "site") return named && rest.word() == "of";
  if (word == "for") return named && (rest.peek() == ',' || rest.word() == "in");
  if (word == "planned" || word == "private") return named && rest.path() > 0;
  return false;
}

/// Where the same word stands elsewhere as none that is near, somebody has a name of it. So is one that stands often.
template <class IsNear>
bool is_name_of_file(std::string_view text, std::uint32_t at, std::string_view written,
                     IsNear is_near) {
  constexpr int kMostSeen = 8;
  int seen = 0;
  for (std::size_t found = text.find(written); found != std::string_view::npos;
       found = text.find(written, found + written.size())) {
    const std::size_t end = found + written.size();
    const bool whole = (found == 0 || !name_part(text[found - 1])) &&
                       (end == text.size() || !name_part(text[end]));
    if (!whole || found == at) continue;
    if (!is_near(static_cast<std::uint32_t>(found))) return true;
    if (++seen == kMostSeen) return false;
  }
  return false;
}

/// First on its line, or behind a brace.
bool begins_statement(std::string_view text, std::uint32_t at) {
  const std::size_t before = text.substr(0, at).find_last_not_of(kBlanks);
  return before == std::string_view::npos ||
         std::string_view("\n{}").find(text[before]) != std::string_view::npos;
}

bool is_turned(std::string_view a, std::string_view b) {
  return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

/// `moved form b`
std::optional<NearWord> near_from(std::string_view text, std::uint32_t at) {
  LineAhead rest(text, at);
  const std::string_view written = rest.word();
  if (written == "from" || diag::closest(written, {"from"}).empty()) return std::nullopt;
  return NearWord{at, rest.at(), "from"};
}

std::optional<NearWord> entry_word_at(std::string_view text, std::uint32_t at) {
  LineAhead rest(text, at);
  const std::string_view written = rest.word();
  const std::uint32_t end = rest.at();
  if (written.size() < 2 || !rest.blanks() || joins_values(written)) return std::nullopt;
  if (one_of(written, {"elif", "elsif", "elseif"}) && is_condition(rest))
    return NearWord{at, end, "else if"};
  if (written == "moved") return near_from(text, rest.at());
  std::vector<std::string_view> words = entry_words();
  if (std::find(words.begin(), words.end(), written) != words.end()) return std::nullopt;
  const bool begins = begins_statement(text, at);
  std::erase_if(words, [&](std::string_view word) {
    if (word == "if" && !is_turned(word, written)) return true;
    const bool condition = word == "if" || word == "check" || word == "expect" || word == "edition";
    return (condition && !begins) || !fits(word, rest);
  });
  const std::string_view near = diag::closest(written, words);
  return near.empty() ? std::nullopt : std::optional(NearWord{at, end, near});
}

}  // namespace

std::optional<NearWord> near_entry_word(std::string_view text, std::uint32_t at) {
  const std::size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
  const std::uint32_t begin = line == std::string_view::npos ? 0
                                                             : static_cast<std::uint32_t>(line) + 1;
  for (std::uint32_t word = at + 1; word-- > begin;) {
    if (!name_start(word < text.size() ? text[word] : '\n')) continue;
    const bool first = word == begin || kBlanks.find(text[word - 1]) != std::string_view::npos ||
                       text[word - 1] == '{';
    if (!first) continue;
    const auto near = entry_word_at(text, word);
    if (!near) continue;
    const auto is_near = [&](std::uint32_t other) {
      return entry_word_at(text, other).has_value();
    };
    const std::string_view written = text.substr(near->begin, near->end - near->begin);
    if (!is_name_of_file(text, near->begin, written, is_near)) return near;
  }
  return std::nullopt;
}

/// A word that stands once in the file, and is none of the language.
bool is_slip(std::string_view text, std::uint32_t at, std::string_view written) {
  const bool known = one_of(written,
                            {"any", "auto", "learned", "path", "no", "from", "yes", "none"});
  return !known && !is_name_of_file(text, at, written, [](std::uint32_t) { return false; });
}

std::optional<NearWord> near_middle_word(std::string_view text, std::uint32_t at,
                                         std::string_view wanted) {
  std::vector<std::string_view> words{"and", "or", "in", "is"};
  for (std::size_t open = wanted.find('`'); open != std::string_view::npos;) {
    const std::size_t close = wanted.find('`', open + 1);
    if (close == std::string_view::npos) break;
    const std::string_view word = wanted.substr(open + 1, close - open - 1);
    if (!word.empty() && name_start(word[0])) words.push_back(word);
    open = wanted.find('`', close + 1);
  }
  if (wanted.find("`]`") != std::string_view::npos || wanted == "`{`") words.push_back("where");
  LineAhead rest(text, at);
  const std::string_view written = rest.word();
  const std::string_view near = diag::closest(written, words);
  if (near.empty() || written.size() < 2 || written == "of" || joins_values(written))
    return std::nullopt;
  if (near.size() == 2 && !is_turned(near, written) && wanted.find(near) == std::string_view::npos)
    return std::nullopt;
  if (!is_slip(text, at, written) || !rest.blanks()) return std::nullopt;
  const std::uint32_t end = at + static_cast<std::uint32_t>(written.size());
  if (near != "for") return NearWord{at, end, near};
  if (rest.word().empty()) return std::nullopt;
  rest.blanks();
  return rest.word() == "in" ? std::optional(NearWord{at, end, near}) : std::nullopt;
}

std::optional<NearWord> near_match(std::string_view text, std::uint32_t at) {
  const std::size_t brace = text.substr(0, at).rfind('{');
  if (brace == std::string_view::npos) return std::nullopt;
  const std::size_t line = text.substr(0, brace).rfind('\n') + 1;
  for (std::size_t word = brace; word-- > line;) {
    const bool first = name_start(text[word]) &&
                       (word == line || kBlanks.find(text[word - 1]) != std::string_view::npos);
    if (!first) continue;
    LineAhead rest(text, static_cast<std::uint32_t>(word));
    const std::string_view written = rest.word();
    if (diag::closest(written, {"match"}).empty() || !rest.blanks()) continue;
    // Where a value begins: `mark patch {` declares.
    const std::size_t before = text.substr(0, word).find_last_not_of(" \t\n");
    const bool value = before != std::string_view::npos &&
                       std::string_view("=(,[>+").find(text[before]) != std::string_view::npos;
    if (!value || !is_slip(text, static_cast<std::uint32_t>(word), written)) continue;
    const auto begin = static_cast<std::uint32_t>(word);
    return NearWord{begin, begin + static_cast<std::uint32_t>(written.size()), "match"};
  }
  return std::nullopt;
}

}  // namespace hlab::syntax
