// Nodes of a document by name. A node that is not there is `kNoNode`, of which everything else is not there either.
#pragma once

#include <string_view>
#include <vector>

#include "emit/core/document.h"

namespace hlab::emit {

/// The entry of a map.
[[nodiscard]] std::uint32_t child_of(const std::vector<Node>& nodes, std::uint32_t map,
                                     std::string_view key);
/// The text of an entry; "" of what is no text.
[[nodiscard]] std::string_view text_of(const std::vector<Node>& nodes, std::uint32_t map,
                                       std::string_view key);
/// The items of a list.
[[nodiscard]] std::vector<std::uint32_t> items_of(const std::vector<Node>& nodes,
                                                  std::uint32_t list);

}  // namespace hlab::emit
