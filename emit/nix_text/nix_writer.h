// Prints a NixExpr the way the Nix formatter would lay it out: two spaces, one entry a line, lists of
// more than one item over several lines. The same tree gives the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "emit/core/line_origin.h"
#include "emit/nix_text/nix_expr.h"

namespace hlab::emit {

/// A whole file: `header` as comment lines (without `#`), then the expression. `lines`, if wanted, gets
/// what stands on which line.
[[nodiscard]] std::string write_nix(std::string_view header, const NixExpr& body,
                                    LineSources* lines = nullptr);

}  // namespace hlab::emit
