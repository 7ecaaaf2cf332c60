#include "compiler/model/host_called.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::model {

bool is_called(const View& node, const std::string& host) {
  if (host == node.name() || host == node.text("fqdn") || host == node.text("reach")) return true;
  for (const std::string_view field : {"address", "address6"}) {
    const Value& addresses = node.value(field);
    if (!addresses.is(ValueKind::map)) continue;
    for (const values::MapItem& item : addresses.map->items) {
      if (item.value.is(ValueKind::ip) && node.text_of(item.value) == host) return true;
      if (!item.key.is_instance) continue;
      const View network(node.program(), node.lab(), InstanceId(item.key.id));
      const std::string domain = network.text("domain");
      if (!domain.empty() && host == fmt::format("{}.{}", node.name(), domain)) return true;
    }
  }
  return false;
}

bool names_machine(const View& holder, const Value& tree, const View& node) {
  if (tree.is(ValueKind::map)) {
    return std::any_of(
        tree.map->items.begin(), tree.map->items.end(),
        [&](const values::MapItem& item) { return names_machine(holder, item.value, node); });
  }
  if (tree.is(ValueKind::list)) {
    return std::any_of(tree.list->items.begin(), tree.list->items.end(),
                       [&](const Value& item) { return names_machine(holder, item, node); });
  }
  if (!tree.is(ValueKind::string) && !tree.is(ValueKind::ip)) return false;
  return is_called(node, holder.text_of(tree));
}

}  // namespace hlab::model
