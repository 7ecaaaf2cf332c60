// Which neighbours on a line are parted by a blank.
#pragma once

#include "compiler/syntax/format_tree.h"

namespace hlab::syntax {

/// `before_left` is none where `left` begins its item, `after_right` where `right` ends it.
bool space_between(const FormatPiece* before_left, const FormatPiece& left,
                   const FormatPiece& right, const FormatPiece* after_right);

}  // namespace hlab::syntax
