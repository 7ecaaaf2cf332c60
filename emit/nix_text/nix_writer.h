// Prints a NixExpr the way the Nix formatter would lay it out: two spaces, one entry a line, lists of
// more than one item over several lines. The same tree gives the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/nix_text/nix_expr.h"

namespace hlab::emit {

/// A value that came from the lab, and the line (from 1) on which it was written.
struct NixMark {
  std::uint32_t line = 0;
  syntax::ExprId origin;
};

struct NixText {
  std::string text;
  std::vector<NixMark> marks;  // in the order of the text
};

/// A whole file: `header` as comment lines (without `#`), then the expression.
[[nodiscard]] NixText write_nix(std::string_view header, const NixExpr& body);

}  // namespace hlab::emit
