#include "compiler/model/tree_entry.h"

namespace hlab::model {

using values::Value;
using values::ValueKind;

const Value* tree_entry(const View& holder, const Value& tree, std::string_view name) {
  if (!tree.is(ValueKind::map)) return nullptr;
  const Symbol key = holder.program().symbols->find(name);
  return key.valid() ? tree.map->find(values::MapKey::of(key)) : nullptr;
}

const Value* tree_text(const View& holder, const Value& tree, std::string_view name,
                       std::string_view inner) {
  const Value* part = tree_entry(holder, tree, name);
  const Value* found = part == nullptr ? nullptr : tree_entry(holder, *part, inner);
  return found != nullptr && found->is(ValueKind::string) ? found : nullptr;
}

}  // namespace hlab::model
