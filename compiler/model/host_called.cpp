#include "compiler/model/host_called.h"

#include <fmt/format.h>

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

}  // namespace hlab::model
