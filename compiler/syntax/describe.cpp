#include "compiler/syntax/describe.h"

#include <fmt/format.h>

#include <array>

namespace hlab::syntax {
namespace {

// clang-format off
constexpr std::array<std::string_view, 98> kNames{
    "", "the end of the line", "a name", "a text", "a text", "a text", "a text",
    "a number", "a number", "a literal", "a pattern", "`true`", "`false`",
    "`if`", "`then`", "`else`", "`match`", "`for`", "`in`", "`is`", "`and`", "`or`", "`not`",
    "`where`", "`has`", "`all`", "`only`", "`because`", "`unset`",
    "`kind`", "`record`", "`fn`", "`default`", "`policy`", "`check`", "`allow`", "`planned`",
    "`edition`", "`final`",
    "`import`", "`private`", "`site`", "`without`", "`override`", "`test`", "`expect`", "`moved`",
    "`offers`", "`deprecated`", "`assert`",
    "a module", "`of`", "`from`", "`no`", "`path`", "`.`", "a text", "`as`", "`at`", "`by`", "`secret`",
    "`Map`",
    "`{`", "`{`", "`}`", "`[`", "`]`", "`(`", "`)`",
    "`=`", "`+=`", "`:`", "`,`", "`.`", "`..`", "`...`", "`?`", "`|`", "`&`", "`->`", "`=>`",
    "`+`", "`-`", "`*`", "`/`", "`%`", "`==`", "`!=`", "`<`", "`<=`", "`>`", "`>=`",
    "`??`", "`.`", "this", "", "", ""};
// clang-format on

}  // namespace

std::string_view describe(TokenType type) {
  const auto index = static_cast<std::size_t>(type);
  return type == TokenType::end || index >= kNames.size() ? "the end of the file" : kNames[index];
}

std::string describe(const Token& token, const SymbolTable& symbols) {
  if (token.type == TokenType::name) return fmt::format("`{}`", symbols.text(token.symbol()));
  if (token.type == TokenType::string && symbols.text(token.symbol()).size() <= 40) {
    return fmt::format("the text \"{}\"", symbols.text(token.symbol()));
  }
  if (token.type == TokenType::string_begin) return "a text with `${ }`";
  return std::string(describe(token.type));
}

}  // namespace hlab::syntax
