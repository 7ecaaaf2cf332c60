#include "compiler/syntax/foreign_words.h"

#include "compiler/syntax/describe.h"

namespace hlab::syntax {

std::string_view instead_of_entry(TokenType found) {
  using enum TokenType;
  switch (found) {
    case comma: return "entries stand on lines of their own, or two blanks apart, without commas";
    case plus:
      return "a value goes on in the next line where `+` ends this one; a computed name is one text: `\"pi-${i}\"`";
    case slash:
    case minus:
    case star: return "a comment begins with `#`";
    case less: return "a list is `[T]`, a map `Map<T>`, what may be absent `T?`";
    case left_bracket: return "a list of Int is written `[Int]`";
    case question: return "a choice is written `if c then a else b`";
    case assign:
      return "a declaration is `kind name { ... }`; values are set with `=` inside of it";
    case colon: return "a text stands in quotes; a field is declared as `name: Type`";
    case self:
    case dot: return "fields are set without the dot: `name = ...`";
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

std::string_view instead_of(std::string_view wanted, TokenType found) {
  using enum TokenType;
  const auto wants = [&](std::string_view part) {
    return wanted.find(part) != std::string_view::npos;
  };
  const bool value = found == string || found == string_begin || found == integer ||
                     found == floating || found == domain || found == true_ || found == false_ ||
                     found == assign;
  if (wanted == "a type" && value)
    return "a value is set with `=`; `:` declares a field with its type";
  if (found == colon && wants("`=`")) return "a value is set with `=`";
  if (found == equal && wants("`=`")) return "a value is set with one `=`";
  if (wanted == "`then`" && (found == left_brace || found == block_open)) {
    return "inside of a value it is `if c then a else b`, without braces";
  }
  if (wanted == "`{`" && (found == colon || found == name))
    return "`kind b is a { ... }` refines a kind";
  if ((wants("`for`") && found == pipe) || (wanted == "`]`" && found == for_)) {
    return "a list of what a loop makes: `[e for x in xs where c]`";
  }
  if (wanted == "`}`" && (found == name || found == string || found == integer))
    return "arms of a `match` stand on lines of their own, or have `,` between them";
  if (wanted == "`)`" && found == comma) return "a list stands in brackets: `[a, b]`";
  if (wanted == "`,`" && (found == right_brace || found == newline)) {
    return "a check says what is wrong: `check c, \"...\"`";
  }
  const std::string_view word = describe(found);
  const bool reserved = word.size() > 3 && word[0] == '`' && word[1] >= 'a' && word[1] <= 'z';
  const bool declares = wanted.starts_with("a name") || wanted == "`)`" ||
                        wanted.starts_with("`=` and a value");
  if (reserved && !is_entry_word(found) && declares)
    return "that is a word of the language: choose another name";
  if (reserved && wanted == "a type") return "that is a word of the language: choose another";
  if (wants("`]`") && wants("`,`") && (found == name || value))
    return "elements of a list have `,` between them";
  if (wanted == "`:`" && (found == comma || found == right_paren))
    return "a parameter has a type: `x: Int`";
  return "";
}

std::string_view instead_after(std::string_view word, std::string_view wanted, TokenType found) {
  using enum TokenType;
  const bool names = wanted.starts_with("a name");
  if (word == "planned" && names && is_entry_word(found)) {
    return found == private_ ? "`private` stands first: `private planned ...`"
                             : "`planned` stands before a declaration: `planned node x { ... }`";
  }
  if (word == "planned" && names && found == for_)
    return "`planned` stands before the declarations in the loop";
  if (word == "at" && names && (found == dot || found == self))
    return "`at` names the field without its dot: `at name`";
  if (word == "site" && (found == string || found == string_begin))
    return "a site has a name, which `--site` and the name of its lock file say";
  if (word == "path" && found == string) return "the ends of a way are names, without quotes";
  if (names && found == string_begin)
    return "what is left out is called by its name as it is, without `${ }`";
  if (names && (found == newline || found == right_brace) && word.find('.') != word.npos)
    return "`without` names a kind and a declaration, with a blank between them";
  if (found == where && wanted == "`{`")
    return "`where` stands before `as`: `for x in xs where c as name { ... }`";
  return instead_of(wanted, found);
}

}  // namespace hlab::syntax
