#include "compiler/syntax/format_spacing.h"

namespace hlab::syntax {
namespace {

using enum TokenType;

bool opens_operand(TokenType t) { return t == left_paren || t == left_bracket; }

/// A value may end with it, so that what follows is an operator, a call or an index.
bool ends_operand(const FormatPiece& p) {
  if (p.group != 0 || p.angle) return true;
  switch (p.type) {
    case name:
    case string:
    case string_begin:
    case integer:
    case floating:
    case domain:
    case regex:
    case true_:
    case false_:
    case self:
    case question: return true;
    default: return false;
  }
}

/// `-`, `.` and `&` before a value rather than between two.
bool is_prefix(const FormatPiece* before, const FormatPiece& p) {
  if (p.type == ampersand || p.type == ellipsis) return true;
  if (p.type == minus) return p.apart || before == nullptr || !ends_operand(*before);
  if (p.type == dot) return p.apart || before == nullptr || !ends_operand(*before) || !p.touches;
  return false;
}

}  // namespace

bool space_between(const FormatPiece* before_left, const FormatPiece& left,
                   const FormatPiece& right, const FormatPiece* after_right) {
  if (right.type == range && after_right != nullptr && after_right->type == dot) return true;
  if ((left.type == range || left.type == ellipsis) && right.type == dot) return true;  // `a .. .x`
  if (is_prefix(before_left, left) || left.type == dot || left.type == range) return false;
  if (left.angle && left.type == less) return false;
  if (right.angle || right.type == range || right.type == comma || right.type == question ||
      right.type == colon) {
    return false;
  }
  if (right.type == dot) return is_prefix(&left, right);
  if (right.apart) return true;
  if (opens_operand(right.type) && right.group != 0) return !ends_operand(left);
  return true;
}

}  // namespace hlab::syntax
