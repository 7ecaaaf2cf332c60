#include "compiler/syntax/foreign_words.h"

#include <cctype>

#include "compiler/syntax/describe.h"

namespace hlab::syntax {

std::string_view instead_of_entry(TokenType found, std::string_view before,
                                  std::string_view behind) {
  using enum TokenType;
  switch (found) {
    case integer:
    case floating: {
      if (before.ends_with('.')) return "a number begins with a digit: `0.5`";
      const std::size_t next = behind.find_first_not_of(' ');
      const bool key = next != std::string_view::npos &&
                       (behind[next] == '=' || behind[next] == '{');
      return key ? "a key that is no name stands in quotes: `\"1\" = ...`" : "";
    }
    case comma: return "entries stand on lines of their own, or two blanks apart, without commas";
    case plus:
      return "a value goes on in the next line where `+` ends this one; a computed name is one text: `\"pi-${i}\"`";
    case slash:
    case minus:
    case percent:
    case star: return "a comment begins with `#`";
    case less: return "a list is `[T]`, a map `Map<T>`, what may be absent `T?`";
    case left_bracket: return "a list of Int is written `[Int]`; the ends of a way are names";
    case or_: return "what a type may be has `|` between: `slow | fast`";
    case question: return "a choice is written `if c then a else b`";
    case assign:
      return "a declaration is `kind name { ... }`; values are set with `=` inside of it";
    case colon: return "a text stands in quotes; a field is declared as `name: Type`";
    case self:
    case dot:
      if (behind.starts_with('/')) return "a folder is imported: `import ./office`";
      return "fields are set without the dot: `name = ...`";
    case left_brace:
      return "a brace is the body of what has a name: `kind name { ... }`, and in a body `field { ... }`";
    case pipe: return "a union goes on in the next line where `|` ends this one";
    case left_paren: return "a function is declared as `fn name(x: Int) -> Int = ...`";
    default: return "";
  }
}

bool names_variable(std::string_view word) {
  return word == "let" || word == "var" || word == "const" || word == "local" || word == "val";
}

namespace {

constexpr std::string_view kCompare = "values are compared with `==`";
constexpr std::string_view kChoice = "a choice is written `if c then a else b`";
constexpr std::string_view kLambda =
    "there are no functions without a name: one for each is `[x + 1 for x in xs where x > 1]`";
constexpr std::string_view kFunction =
    "a function is one value: `fn f(x: Int) -> Int = x + 1`, and several lines stand in parentheses";
constexpr std::string_view kReserved = "that is a word of the language: choose another name";

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_value(TokenType found) {
  using enum TokenType;
  return found == string || found == string_begin || found == integer || found == floating ||
         found == domain || found == true_ || found == false_;
}

std::string_view last_word(std::string_view before) {
  before = before.substr(0, before.find_last_not_of(" \t") + 1);
  return before.substr(before.find_last_of(" \t{([") + 1);
}

/// Where a value should begin.
std::string_view instead_of_value(const Unfit& u) {
  using enum TokenType;
  const std::string_view before = u.before.substr(0, u.before.find_last_not_of(" \t") + 1);
  if (u.behind.starts_with("//") || u.behind.starts_with("/*") ||
      (before.ends_with('/') && (u.found == slash || u.found == star)))
    return "a comment begins with `#`";
  if (u.found == newline && before.ends_with('='))
    return "a value begins on the line of its `=`, and goes over several inside of `( )`";
  if (u.found == assign && (before.ends_with("==") || before.ends_with("!="))) return kCompare;
  if ((u.found == string_end || u.found == string_middle) && before.ends_with("${"))
    return "a value stands between the braces; `\\${` writes the signs themselves";
  if (u.found == plus) return "texts, lists and numbers are joined with one `+`";
  if (u.found == star && before.ends_with('*'))
    return "there is no power: a number is multiplied with itself";
  if (u.found == greater && before.ends_with('<')) return "values that differ: `a != b`";
  if ((u.found == range || u.found == ellipsis) && u.behind.size() > 2)
    return "a field of this instance is `.name`, with one dot";
  if (u.found == assign && contains(u.before, "override "))
    return "what it was and what it is: `override a.b 1 -> 2`";
  if (u.found == less) return "a list is `[a, b]`, a text of several lines stands in `\"\"\"`";
  if (u.found == arrow && contains(u.before, "override "))
    return "what it was stands before it: `override a.b 1 -> 2`, or `any`";
  return "";
}

/// Where a type should stand.
std::string_view instead_of_type(const Unfit& u) {
  using enum TokenType;
  const bool union_ = contains(u.behind, "|") || contains(u.before, "|");
  if (u.found == string && union_) return "the words of a union have no quotes: `slow | fast`";
  if (is_value(u.found) || u.found == assign)
    return "a value is set with `=`; `:` declares a field with its type";
  if (u.found == question) return "what may be absent has it behind: `Int?`";
  if (u.found == left_brace) return "a map is written `Map<T>`; a record has a name";
  if (u.found == pipe) return "one `|` stands between the words: `slow | fast`";
  return "";
}

/// Within a value, where something of it should follow.
std::string_view instead_of_part(const Unfit& u) {
  using enum TokenType;
  const bool brace = u.found == left_brace || u.found == block_open;
  if (u.wanted == "`then`" && brace)
    return "inside of a value it is `if c then a else b`, without braces";
  const bool head = u.wanted == "`then`" || u.wanted == "`{`" || u.wanted == "`,`";
  if (head && u.found == assign) return u.behind.starts_with("=<") ? "it is `<=`" : kCompare;
  if (u.wanted == "`then`" || u.wanted == "`else`") return kChoice;
  if (u.wanted == "`{`" && u.found == else_) return kChoice;
  const bool ends = u.found == right_brace || u.found == newline || u.found == comma;
  const std::size_t loop = u.before.find(" for ");
  if (u.wanted == "`{`" && ends && loop != std::string_view::npos &&
      u.before.substr(0, loop).find_first_not_of(" \t") != std::string_view::npos)
    return "a list of what a loop makes stands in brackets: `[e for x in xs where c]`";
  if (u.found == where && u.wanted != "`{`")
    return "those for which it holds: `[x for x in all KIND where c]`";
  if (u.wanted == "`]`" && u.found == if_)
    return "those for which it holds: `[e for x in xs where c]`";
  const bool lambda = u.found == fat_arrow || u.found == arrow || u.found == pipe ||
                      last_word(u.before) == "lambda";
  if (u.wanted == "`)`" && lambda) return kLambda;
  if (u.wanted == "`)`" && u.found == colon)
    return contains(u.before, "fn(") || contains(u.before, "lambda")
               ? kLambda
               : "arguments are named with `=`: `f(x = 1)`";
  if ((contains(u.wanted, "`for`") && u.found == pipe) || (u.wanted == "`]`" && u.found == for_))
    return "a list of what a loop makes: `[e for x in xs where c]`";
  if (u.wanted == "`)`" && u.found == comma) return "a list stands in brackets: `[a, b]`";
  if (u.wanted == "`}`" && (u.found == name || u.found == string || u.found == integer))
    return "arms of a `match` stand on lines of their own, or have `,` between them";
  if (contains(u.wanted, "`]`") && contains(u.wanted, "`,`") &&
      (u.found == name || is_value(u.found)))
    return "elements of a list have `,` between them";
  if (u.wanted == "`=>`" && u.found == assign)
    return "an arm of a `match` is `word => value`; of what is matched a brace stands in parentheses";
  if (u.wanted == "`=>`" && (u.found == colon || u.found == arrow || last_word(u.before) == "case"))
    return "an arm of a `match` is `word => value`";
  if (u.found == else_ && contains(u.before, " match ")) return "all the others are `_ => ...`";
  if (u.wanted == "`in`") return "a loop is written `for x in xs { ... }`";
  if (u.wanted == "`..`") return "the ends of a number: `Int(1..5)`, `Int(1..)`";
  return "";
}

/// `f"x"` and `"a" "b"`: the second part is read as the name of an entry.
std::string_view instead_of_text(std::string_view before) {
  before = before.substr(0, before.find_last_not_of(" \t") + 1);
  const std::size_t open = before.size() < 2 ? std::string_view::npos
                                             : before.rfind('"', before.size() - 2);
  if (!before.ends_with('"') || open == std::string_view::npos) return "";
  before = before.substr(0, open);
  if (before.ends_with(' ')) {
    before = before.substr(0, before.find_last_not_of(' ') + 1);
    return before.ends_with('"') ? "texts are joined with `+`, or `${ }` within one" : "";
  }
  const bool letter = !before.empty() &&
                      std::isalpha(static_cast<unsigned char>(before.back())) != 0;
  return letter ? "a text has no letter in front: `${ }` puts a value into any of them" : "";
}

/// Where a name should stand, or what goes on behind one.
std::string_view instead_of_name(const Unfit& u) {
  using enum TokenType;
  const bool names = u.wanted.starts_with("a name");
  const std::string_view behind = last_word(u.before);
  if (names && (behind == "is" || behind == "not") && (u.found == not_ || is_value(u.found)))
    return "`is` asks for a word or a kind; values are compared with `==` and `!=`";
  if (names && u.found == left_bracket && contains(u.before, "assert "))
    return "an end of a path is one name: write an `assert` for each of several";
  if (names && behind == "for") return "a loop is written `for x in xs { ... }`";
  if (names && behind == "fn" && u.found == left_paren)
    return "a function has a name: `fn f(x: Int) -> Int = x + 1`";
  const bool entry = u.wanted.starts_with("`=` and a value");
  if (entry && u.found == equal) return "a value is set with one `=`";
  if (entry && u.found == question)
    return "what may be absent has it behind its type: `name: Int?`";
  if (entry && u.found == left_paren) return kFunction;
  if (entry && u.found == right_brace && contains(u.before, "= {"))
    return "a brace holds entries; a value alone stands without one: `= x`";
  const bool sets = u.found == colon || u.found == fat_arrow || u.found == arrow ||
                    is_value(u.found);
  if (entry && !instead_of_text(u.before).empty()) return instead_of_text(u.before);
  if (entry && behind == "unless") return "it is written `if not c { ... }`";
  if (entry && behind == "while") return "loops go over a list: `for x in xs { ... }`";
  if (entry && (behind == "switch" || behind == "case"))
    return "one of several values is chosen by `match x { a => 1, b => 2 }`";
  if (entry && sets) return "a value is set with `=`";
  const std::string_view word = describe(u.found);
  const bool reserved = word.size() > 3 && word[0] == '`' && word[1] >= 'a' && word[1] <= 'z';
  const bool declares = names || u.wanted == "`)`" || entry;
  if (reserved && !is_entry_word(u.found) && declares) return kReserved;
  if (reserved && u.wanted == "a type") return "that is a word of the language: choose another";
  return "";
}

/// Behind a word that says what was begun.
std::string_view instead_after(const Unfit& u) {
  using enum TokenType;
  const std::string_view word = last_word(u.before);
  const bool names = u.wanted.starts_with("a name");
  if (u.wanted == "`:`" && u.found == assign && contains(u.before, "final "))
    return "`final` stands where a kind declares the field: `final name: Type = ...`";
  if (word == "planned" && names && is_entry_word(u.found)) {
    return u.found == private_ ? "`private` stands first: `private planned ...`"
                               : "`planned` stands before a declaration: `planned node x { ... }`";
  }
  if (word == "planned" && names && u.found == for_)
    return "`planned` stands before the declarations in the loop";
  if (word == "at" && names && (u.found == dot || u.found == self))
    return "`at` names the field without its dot: `at name`";
  if (word == "from" && u.wanted.starts_with("`=` and a value") && u.found == newline)
    return "a folder is imported as a whole: `import ./office`";
  if (word == "site" && (u.found == string || u.found == string_begin))
    return "a site has a name, which `--site` and the name of its lock file say";
  if (word == "path" && u.found == string) return "the ends of a way are names, without quotes";
  if (names && u.found == string_begin)
    return "what is left out is called by its name as it is, without `${ }`";
  if (names && (u.found == newline || u.found == right_brace) && contains(word, "."))
    return "`without` names a kind and a declaration, with a blank between them";
  if (u.found == where && u.wanted == "`{`")
    return "`where` stands before `as`: `for x in xs where c as name { ... }`";
  return "";
}

/// In the head of a declaration.
std::string_view instead_of_head(const Unfit& u) {
  using enum TokenType;
  if (u.wanted == "`=`") return kFunction;
  if (u.wanted == "`{`" && (u.found == colon || u.found == name))
    return "`kind b is a { ... }` refines a kind";
  if (u.wanted == "`,`" && (u.found == right_brace || u.found == newline))
    return "a check says what is wrong: `check c, \"...\"`";
  if (u.wanted == "`:`" && (u.found == comma || u.found == right_paren))
    return "a parameter has a type: `x: Int`";
  return "";
}

}  // namespace

std::string_view instead_of_more(TokenType found, std::string_view behind) {
  using enum TokenType;
  if (found == assign) {
    if (behind.starts_with("=<")) return "it is `<=`";
    return behind.starts_with("=!") ? "it is `!=`" : kCompare;
  }
  if (found == string || found == string_begin)
    return "texts are joined with `+`, or `${ }` within one";
  if (found == fat_arrow)
    return behind.starts_with("=> ") ? "at least is `>=`; there are no functions without a name"
                                     : "";
  if (found == dot || found == self) return "texts are joined with `+`";
  if (found == ampersand) return "write `and`; texts are joined with `+`";
  if (found == pipe) return "write `or`; a union goes on in the next line where `|` ends this one";
  if (found == slash) return "a comment begins with `#`";
  return "";
}

std::string_view instead_of(const Unfit& unfit) {
  std::string_view help = instead_after(unfit);
  if (help.empty() && unfit.wanted == "a value") help = instead_of_value(unfit);
  if (help.empty() && unfit.wanted == "a type") help = instead_of_type(unfit);
  if (help.empty()) help = instead_of_part(unfit);
  if (help.empty()) help = instead_of_head(unfit);
  return help.empty() ? instead_of_name(unfit) : help;
}

}  // namespace hlab::syntax
