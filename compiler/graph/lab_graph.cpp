#include "compiler/graph/lab_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "compiler/graph/derived_edges.h"
#include "compiler/graph/start_order.h"

namespace hlab::graph {
namespace {

using model::View;
using program::KindId;
using program::Lab;
using program::Program;
using program::Slot;
using program::SlotShape;
using program::TypeId;
using types::TypeKind;
using values::Value;
using values::ValueKind;

class Linker {
 public:
  Linker(const Program& program, const Lab& lab)
      : program_(program),
        lab_(lab),
        endpoint_(program.core_kind("endpoint")),
        secret_(program.core_kind("secret")),
        secret_key_(program.core_kind("secret-key")),
        workload_(program.core_kind("workload")) {}

  LabGraph run() {
    for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
      const InstanceId id(i);
      const program::Instance& instance = lab_.instances[id];
      if (instance.owner.valid() || instance.planned || !instance.settled) continue;
      graph_.nodes.push_back(id);
      top_ = id;
      const std::size_t first = graph_.edges.size();
      walk(id);
      sort(first);
    }
    const std::size_t walked = graph_.edges.size();
    add_derived_edges(program_, lab_, graph_);
    sort(walked);
    merge(walked);
    return std::move(graph_);
  }

 private:
  void walk(InstanceId id) {
    const EdgeCause outer = cause_;
    if (program_.is_kind(lab_.instances[id].kind, endpoint_)) cause_ = EdgeCause::exposure;
    walk_fields(id);
    cause_ = outer;
  }

  void walk_fields(InstanceId id) {
    const program::Instance& instance = lab_.instances[id];
    const auto& fields = program_.kinds[instance.kind].fields;
    const std::vector<bool>& refers = fields_that_refer(instance.kind);
    for (std::uint32_t f = 0; f < instance.slot_count; ++f) {
      const Slot& slot = lab_.slot(id, f);
      if (slot.shape == SlotShape::nested) {
        walk(slot.nested);
        continue;
      }
      if (slot.shape == SlotShape::entries) {
        for (const program::MapEntry& entry : slot.entries) {
          if (entry.nested.valid()) walk(entry.nested);
        }
      }
      if (!refers[f] || slot.result.hollow()) continue;
      const View view(program_, lab_, id);
      const auto name = program_.text(fields[f].name);
      references(fields[f].type, slot.result, view.set_at(name), reason_of(fields[f].name));
    }
    const auto [first, last] = lab_.claims_of.equal_range(id.index);
    for (auto it = first; it != last; ++it) walk(lab_.claims[it->second].made);
  }

  /// A field by its name.
  const std::string* reason_of(Symbol field) {
    const std::string*& known = reasons_[field.index];
    if (known == nullptr) known = graph_.reasons->keep(fmt::format("`{}`", program_.text(field)));
    return known;
  }

  /// By field of the kind.
  const std::vector<bool>& fields_that_refer(KindId kind) {
    const auto [known, fresh] = refers_.try_emplace(kind.index);
    if (fresh) {
      for (const program::Field& field : program_.kinds[kind].fields)
        known->second.push_back(may_refer(field.type));
    }
    return known->second;
  }

  /// Whether a value of the type can hold a reference; most fields cannot.
  bool may_refer(TypeId id) const {
    if (!id.valid()) return false;
    const types::Type& type = program_.types[id];
    switch (type.kind) {
      case TypeKind::reference:
      case TypeKind::secret:
      case TypeKind::nested: return true;
      case TypeKind::optional:
      case TypeKind::list: return may_refer(type.a);
      case TypeKind::map: return type.b.valid() || may_refer(type.a);
      case TypeKind::symbols:
        for (const types::Tag& tag : program_.types.tags(id)) {
          if (may_refer(tag.payload)) return true;
        }
        return false;
      default: return false;
    }
  }

  /// References by the type of the place, secrets in texts included.
  void references(TypeId type_id, const Value& value, Span at, const std::string* reason) {
    if (!type_id.valid() || value.hollow()) return;
    const types::Type& type = program_.types[type_id];
    switch (type.kind) {
      case TypeKind::optional:
      case TypeKind::list:
        if (type.kind == TypeKind::list && value.is(ValueKind::list)) {
          for (const Value& item : value.list->items) references(type.a, item, at, reason);
          return;
        }
        return references(type.a, value, at, reason);
      case TypeKind::map:
        if (!value.is(ValueKind::map)) return;
        for (const values::MapItem& item : value.map->items) {
          if (item.key.is_instance) add(InstanceId(item.key.id), EdgeMode::value, at, reason);
          references(type.a, item.value, at, reason);
        }
        return;
      case TypeKind::reference:
        if (value.is(ValueKind::instance)) add(value.as_instance(), type.mode, at, reason);
        return;
      case TypeKind::secret:
        if (value.is(ValueKind::instance)) add(value.as_instance(), EdgeMode::start, at, reason);
        if (value.is(ValueKind::secret_text)) {
          for (const Value& part : value.list->items) references(type_id, part, at, reason);
        }
        return;
      case TypeKind::symbols:
        if (!value.is(ValueKind::variant)) return;
        if (const types::Tag* tag = program_.types.find_tag(type_id, value.variant->tag)) {
          references(tag->payload, value.variant->payload, at, reason);
        }
        return;
      case TypeKind::nested:
        if (value.is(ValueKind::instance) && lab_.instances[value.as_instance()].owner == top_)
          return;
        if (value.is(ValueKind::instance)) walk(value.as_instance());
        return;
      default: return;
    }
  }

  void add(InstanceId to, EdgeMode mode, Span at, const std::string* reason) {
    if (program_.is_kind(lab_.instances[to].kind, secret_key_)) {
      const View of = View(program_, lab_, to).ref("of");
      if (of) to = of.id();
    }
    while (lab_.instances[to].owner.valid()) to = lab_.instances[to].owner;
    if (to == top_ || lab_.instances[to].planned) return;
    graph_.edges.push_back({top_, to, mode, cause_, at, reason});
    if (mode == EdgeMode::start && program_.is_kind(lab_.instances[to].kind, secret_))
      decryption(View(program_, lab_, to), at, reason);
  }

  /// A secret is there for a service of a cluster once somebody has decrypted it; machines do that
  /// themselves.
  void decryption(const View& secret, Span at, const std::string* reason) {
    if (!program_.is_kind(lab_.instances[top_].kind, workload_)) return;
    const View by = secret.ref("store").ref("operator");
    if (by && by.id() != top_) add(by.id(), EdgeMode::start, at, reason);
  }

  static auto key(const Edge& e) {
    return std::tuple(e.from.index, e.to.index, static_cast<int>(e.mode));
  }
  static bool before(const Edge& a, const Edge& b) {
    return std::pair(key(a), static_cast<int>(a.cause)) <
           std::pair(key(b), static_cast<int>(b.cause));
  }

  /// From an edge on. Of several edges of one kind the strongest cause stays.
  void sort(std::size_t first) {
    const auto begin = graph_.edges.begin() + static_cast<std::ptrdiff_t>(first);
    if (!std::is_sorted(begin, graph_.edges.end(), before))
      std::stable_sort(begin, graph_.edges.end(), before);
    drop_repeats(first);
  }

  /// What is sorted before an edge with what is sorted from it on.
  void merge(std::size_t middle) {
    if (middle == graph_.edges.size()) return;
    const auto at = graph_.edges.begin() + static_cast<std::ptrdiff_t>(middle);
    std::inplace_merge(graph_.edges.begin(), at, graph_.edges.end(), before);
    drop_repeats(0);
  }

  void drop_repeats(std::size_t first) {
    const auto same = [](const Edge& a, const Edge& b) { return key(a) == key(b); };
    const auto begin = graph_.edges.begin() + static_cast<std::ptrdiff_t>(first);
    graph_.edges.erase(std::unique(begin, graph_.edges.end(), same), graph_.edges.end());
  }

  const Program& program_;
  const Lab& lab_;
  const KindId endpoint_, secret_, secret_key_, workload_;
  std::unordered_map<std::uint32_t, std::vector<bool>> refers_;    // by kind
  std::unordered_map<std::uint32_t, const std::string*> reasons_;  // by name of the field
  LabGraph graph_;
  InstanceId top_;
  EdgeCause cause_ = EdgeCause::use;
};

}  // namespace

std::uint32_t LabGraph::depth_of(InstanceId id) const {
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), id);
  if (found == nodes.end() || *found != id) return 0;
  const auto index = static_cast<std::size_t>(found - nodes.begin());
  return index < depth.size() ? depth[index] : 0;
}

std::vector<InstanceId> LabGraph::in_start_order() const {
  std::vector<std::size_t> order(nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return stage[a] < stage[b]; });
  std::vector<InstanceId> out;
  out.reserve(order.size());
  for (const std::size_t at : order) out.push_back(nodes[at]);
  return out;
}

std::vector<const Edge*> LabGraph::needs_of(InstanceId id) const {
  std::vector<const Edge*> out;
  auto it = std::lower_bound(edges.begin(), edges.end(), id,
                             [](const Edge& e, InstanceId wanted) { return e.from < wanted; });
  for (; it != edges.end() && it->from == id; ++it) out.push_back(&*it);
  return out;
}

LabGraph link(const Program& program, const Lab& lab, diag::Diagnostics& diags) {
  LabGraph graph = Linker(program, lab).run();
  order_starts(graph, program, lab, diags);
  return graph;
}

}  // namespace hlab::graph
