#include "emit/k3s/k3s_map.h"

#include <algorithm>

namespace hlab::emit {

using values::ValueKind;

K3sMap::K3sMap(Doc& doc, const model::View& cluster, std::string_view field, bool server)
    : doc_(doc), cluster_(cluster), server_(server), extra_(cluster.entries(field)) {
  doc_.open_map();
}

const values::Value* K3sMap::added(std::string_view key) const {
  for (const auto& [name, value] : extra_) {
    if (name == key && !value.hollow()) return &value;
  }
  return nullptr;
}

void K3sMap::put_list(KnownK3sKey key, const std::vector<K3sItem>& items) {
  const values::Value* more = added(key.name());
  if (items.empty() || (more != nullptr && more->is(ValueKind::map))) return;
  doc_.key(key.name());
  doc_.open_seq();
  for (const K3sItem& item : items) doc_.item(item.text, item.origin);
  // K3s takes one word where it takes a list of them.
  const bool several = more != nullptr && more->is(ValueKind::list);
  if (more != nullptr) joined_.push_back(key.name());
  if (more != nullptr && !several) put_value(doc_, cluster_, *more, Amounts::kubernetes);
  if (several) {
    for (const values::Value& item : more->list->items)
      put_value(doc_, cluster_, item, Amounts::kubernetes);
  }
  doc_.close();
}

void K3sMap::finish() {
  for (const auto& [name, value] : extra_) {
    const K3sKey* key = find_k3s_key(name);
    const bool usable = key != nullptr && reads(*key, server_) && !key->secret && !value.hollow();
    if (!usable || std::find(joined_.begin(), joined_.end(), name) != joined_.end()) continue;
    doc_.key(name);
    put_value(doc_, cluster_, value, Amounts::kubernetes);
  }
  doc_.close();
}

}  // namespace hlab::emit
