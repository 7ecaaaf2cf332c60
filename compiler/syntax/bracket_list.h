// A list whose brackets were forgotten, or stand around a part of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/syntax/ast.h"

namespace hlab::syntax {

struct BracketList {
  std::string mended;
  std::vector<diag::Edit> edits;
  bool certain = true;  // false where what the first element is does not show: it may be a list
};

/// The list that `first` begins and that goes on at `sign`, a `,` or `]` behind it; none where what follows
/// the comma can be no more elements.
[[nodiscard]] std::optional<BracketList> bracket_list(std::string_view text, const Expr& first,
                                                      Span sign);

}  // namespace hlab::syntax
