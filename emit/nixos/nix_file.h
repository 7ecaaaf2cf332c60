// A Nix expression as a file of the tree.
#pragma once

#include <string>
#include <string_view>

#include "emit/core/emitter.h"
#include "emit/nix_text/nix_expr.h"

namespace hlab::emit {

/// `declaration` is who the header names. A text that Nix cannot hold is reported, and the file
/// left out.
void add_nix(const EmitInput& input, EmitOutput& output, std::string path, const NixExpr& body,
             const model::View& declaration);

/// A field as a Nix string that remembers where it comes from.
[[nodiscard]] NixExpr nix_text_of(const model::View& view, std::string_view field);
[[nodiscard]] NixExpr nix_texts_of(const model::View& view, std::string_view field);
[[nodiscard]] NixExpr nix_text_of(const model::View& view, const values::Value& value);

/// `a.b = { c = 1; };`, or `a.b.c = 1;` where there is only one entry.
NixEntry& set_flat(NixExpr& body, NixNames path, NixExpr set);

}  // namespace hlab::emit
