// Tokens. The order of the types is that of `tokens { ... }` in grammar/HlabParser.g4; parse.cpp
// asserts it.
#pragma once

#include <cstdint>

#include "compiler/base/symbol.h"

namespace hlab::syntax {

enum class TokenType : std::uint16_t {
  end = 0xffff,
  newline = 1,
  name,
  string,
  string_begin,
  string_middle,
  string_end,
  integer,
  floating,
  domain,
  regex,
  true_,
  false_,
  if_,
  then,
  else_,
  match,
  for_,
  in,
  is,
  and_,
  or_,
  not_,
  where,
  has,
  all,
  only,
  because,
  unset,
  kind,
  record,
  fn,
  default_,
  policy,
  check,
  allow,
  planned,
  edition,
  final_,
  import_,
  private_,
  site,
  without,
  override_,
  test,
  expect,
  moved,
  offers,
  deprecated,
  assert_,
  module_path,
  of,
  from,
  no,
  path,
  step,
  reason,
  as,
  at,
  by,
  secret,
  map,
  left_brace,
  block_open,
  right_brace,
  left_bracket,
  right_bracket,
  left_paren,
  right_paren,
  assign,
  append,
  colon,
  comma,
  dot,
  range,
  ellipsis,
  question,
  pipe,
  ampersand,
  arrow,
  fat_arrow,
  plus,
  minus,
  star,
  slash,
  percent,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  coalesce,
  self,
  unexpected,
  missing,  // a value or type that was forgotten, which has been told
};

/// The words that begin an entry and nothing else.
[[nodiscard]] inline bool is_entry_word(TokenType t) {
  return t >= TokenType::kind && t <= TokenType::assert_;
}

struct Token {
  TokenType type = TokenType::end;
  bool line_start = false;  // first on its line
  std::uint16_t depth = 0;  // open brackets before it
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t payload = 0xffffffffu;  // Symbol of a text or name, LiteralId of a literal
  Symbol doc;                           // `##` lines right above

  [[nodiscard]] Symbol symbol() const { return Symbol(payload); }
};

}  // namespace hlab::syntax
