#include "emit/core/document_lookup.h"

namespace hlab::emit {

std::uint32_t child_of(const std::vector<Node>& nodes, std::uint32_t map, std::string_view key) {
  if (map == kNoNode || nodes[map].kind != NodeKind::map) return kNoNode;
  for (std::uint32_t child = map + 1; child < nodes[map].end; child = nodes[child].end) {
    if (nodes[child].key == key) return child;
  }
  return kNoNode;
}

std::string_view text_of(const std::vector<Node>& nodes, std::uint32_t map, std::string_view key) {
  const std::uint32_t found = child_of(nodes, map, key);
  return found != kNoNode && nodes[found].kind == NodeKind::string ? nodes[found].text
                                                                   : std::string_view();
}

std::vector<std::uint32_t> items_of(const std::vector<Node>& nodes, std::uint32_t list) {
  std::vector<std::uint32_t> out;
  if (list == kNoNode || nodes[list].kind != NodeKind::seq) return out;
  for (std::uint32_t item = list + 1; item < nodes[list].end; item = nodes[item].end)
    out.push_back(item);
  return out;
}

}  // namespace hlab::emit
