#include "compiler/graph/workload_trees.h"

namespace hlab::graph {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

void walk(const program::Program& program, const Value& tree,
          const std::function<void(std::string_view, const Value&)>& take) {
  if (tree.is(ValueKind::list)) {
    for (const Value& item : tree.list->items) walk(program, item, take);
  }
  if (!tree.is(ValueKind::map)) return;
  for (const values::MapItem& item : tree.map->items) {
    walk(program, item.value, take);
    if (!item.key.is_instance && item.value.is(ValueKind::string))
      take(program.text(Symbol(item.key.id)), item.value);
  }
}

}  // namespace

Span WorkloadTree::place_of(const Value& value) const {
  const program::Program& program = holder.program();
  const Span at = value.origin.valid() ? program.ast->exprs[value.origin].span : Span{};
  const bool own = at.valid() && !program.modules[program.module_of(at)].library;
  return own ? at : holder.set_at(field);
}

WorkloadTree chart_values(const View& helm) { return {helm, "values", helm.value("values")}; }

std::vector<WorkloadTree> object_trees(const View& workload) {
  std::vector<WorkloadTree> out;
  for (const std::string_view field : {"objects", "cluster-objects"}) {
    for (const auto& [name, object] : workload.entries(field))
      out.push_back({workload, field, object});
  }
  if (!workload.is("object")) return out;
  for (const std::string_view field : {"spec", "body"}) {
    if (workload.has(field)) out.push_back({workload, field, workload.value(field)});
  }
  return out;
}

void each_text(const WorkloadTree& tree,
               const std::function<void(std::string_view, const Value&)>& take) {
  walk(tree.holder.program(), tree.tree, take);
}

}  // namespace hlab::graph
