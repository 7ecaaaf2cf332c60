// Trees that a lab writes for others to read (`objects`, `spec`, `values`), looked into by name.
#pragma once

#include <string_view>

#include "compiler/model/view.h"

namespace hlab::model {

/// The entry of that name; null where the tree is no map or has none.
[[nodiscard]] const values::Value* tree_entry(const View& holder, const values::Value& tree,
                                              std::string_view name);

/// The text that stands in an entry of an entry (`metadata`, `name`); null where that is none.
[[nodiscard]] const values::Value* tree_text(const View& holder, const values::Value& tree,
                                             std::string_view name, std::string_view inner);

}  // namespace hlab::model
