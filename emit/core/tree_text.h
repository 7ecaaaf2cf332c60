// The writers as functions of the language: `yaml(x)`, `toml(x)`.
#pragma once

#include <string>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/values/value.h"

namespace hlab::emit {

/// Appends a tree without instances in the format to `out`; or says what the format cannot hold,
/// else "". A values::TreeText.
[[nodiscard]] std::string tree_text(std::string_view format, const values::Value& tree,
                                    const SymbolTable& symbols, std::string& out);

}  // namespace hlab::emit
