#include "compiler/graph/lab_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "compiler/graph/computed_uses.h"
#include "compiler/graph/derived_edges.h"
#include "compiler/graph/file_objects.h"
#include "compiler/graph/parts.h"
#include "compiler/graph/start_order.h"
#include "compiler/graph/value_uses.h"
#include "compiler/model/opener.h"
#include "compiler/program/owners.h"

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
  Linker(const Program& program, const Lab& lab, const std::vector<FileObject>& files,
         bool parts = false)
      : program_(program),
        lab_(lab),
        files_(files),
        parts_(parts),
        endpoint_(program.core_kind("endpoint")),
        secret_(program.core_kind("secret")),
        secret_key_(program.core_kind("secret-key")),
        workload_(program.core_kind("workload")),
        host_service_(program.core_kind("host-service")),
        lab_kind_(program.core_kind("lab")),
        words_(program, lab),
        uses_(program, lab) {}

  LabGraph run() {
    for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
      const InstanceId id(i);
      const program::Instance& instance = lab_.instances[id];
      if (!instance.alone || instance.planned || !instance.settled) continue;
      graph_.nodes.push_back(id);
      top_ = id;
      const std::size_t first = graph_.edges.size();
      walked_.clear();
      walk(id);
      sort(first);
    }
    const std::size_t walked = graph_.edges.size();
    add_derived_edges(program_, lab_, files_, graph_);
    if (parts_) {
      sort(0);
    } else {
      sort(walked);
      merge(walked);
    }
    for (const UseBetween& use : uses_.between_declarations())
      value(whole(use.user), whole(use.of), use.at, use.field);
    add_values();
    return std::move(graph_);
  }

 private:
  void walk(InstanceId id) {
    if (id != top_ && lab_.instances[id].alone && lab_.instances[id].owner.valid()) return hold(id);
    if (parts_ && id != top_ && is_part(View(program_, lab_, id))) return walk_part(id);
    const EdgeCause outer = cause_;
    if (program_.is_kind(lab_.instances[id].kind, endpoint_)) cause_ = EdgeCause::exposure;
    walk_fields(id);
    for (const UseBetween& use : uses_.of_record(id)) value(top_, whole(use.of), use.at, use.field);
    cause_ = outer;
  }

  /// A bundle is there once all is that it holds; what is more than a bundle says itself what it needs of that.
  void hold(InstanceId id) {
    if (recorded_ != nullptr || is_of_library(top_) || lab_.instances[id].planned) return;
    graph_.edges.push_back({top_, id, EdgeMode::start, EdgeCause::use,
                            View(program_, lab_, id).declared_at(),
                            graph_.reasons->keep("part of it")});
  }

  /// Of a family of the library's.
  [[nodiscard]] bool is_of_library(InstanceId id) const {
    const KindId family = program_.kinds[lab_.instances[id].kind].chain.front();
    return program_.modules[program_.kinds[family].module].library;
  }

  /// Whether that is a bundle that holds it.
  [[nodiscard]] bool is_bundle_of(InstanceId id, InstanceId held) const {
    for (InstanceId at = held; lab_.instances[at].owner.valid();) {
      at = program::holder_of(lab_, at);
      if (at == id) return !is_of_library(at);
    }
    return false;
  }

  /// A node of its own, which its declaration has.
  void walk_part(InstanceId id) {
    const View part(program_, lab_, id);
    const bool endpoint = program_.is_kind(lab_.instances[id].kind, endpoint_);
    graph_.nodes.push_back(id);
    graph_.edges.push_back({top_, id, endpoint ? EdgeMode::run : EdgeMode::start, EdgeCause::use,
                            part.declared_at(), graph_.reasons->keep("part of it")});
    const InstanceId outer = top_;
    top_ = id;
    walk(id);
    top_ = outer;
  }

  void walk_fields(InstanceId id) {
    const program::Instance& instance = lab_.instances[id];
    const InstanceId around = std::exchange(holder_, id);
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
          if (!entry.nested.valid()) continue;
          if (recorded_ != nullptr || walked_.insert({top_.index, entry.nested.index}).second)
            walk(entry.nested);
        }
      }
      values(id, slot, fields[f].name);
      if (!refers[f] || slot.result.hollow()) continue;
      const View view(program_, lab_, id);
      const auto name = program_.text(fields[f].name);
      references(fields[f].type, slot.result, view.set_at(name), reason_of(fields[f].name));
    }
    const auto [first, last] = lab_.claims_of.equal_range(id.index);
    for (auto it = first; it != last; ++it) walk(lab_.claims[it->second].made);
    holder_ = around;
  }

  /// Records of a list, or that a function made, lie in no slot; of one slot they may be in several. What those of
  /// others need is found once, for they may hold one another in long chains.
  void held(InstanceId id) {
    const bool own = recorded_ == nullptr && (parts_ || whole(id) == top_);
    if (recorded_ == nullptr && !walked_.insert({top_.index, id.index}).second) return;
    if (own) return walk(id);
    const EdgeCause outer = cause_;
    for (const Need& need : needs_of(id)) {
      cause_ = need.cause;
      if (need.reason == nullptr) {
        value(top_, need.to, need.at, need.field);
      } else {
        add(need.to, need.mode, need.at, need.reason);
      }
    }
    cause_ = outer;
  }

  /// An edge without its beginning.
  struct Need {
    InstanceId to;
    EdgeMode mode;
    EdgeCause cause;
    Span at;
    const std::string* reason;  // none of a value: that is its field
    Symbol field;
  };

  const std::vector<Need>& needs_of(InstanceId id) {
    const auto [found, fresh] = needs_.try_emplace({id.index, static_cast<int>(cause_)});
    if (!fresh) return found->second;
    std::vector<Need> needs;
    const auto outer = std::exchange(recorded_, &needs);
    walk(id);
    recorded_ = outer;
    std::set<std::tuple<std::uint32_t, int, int, bool>> known;
    for (const Need& need : needs) {
      if (known
              .insert({need.to.index, static_cast<int>(need.mode), static_cast<int>(need.cause),
                       need.reason != nullptr})
              .second)
        found->second.push_back(need);
    }
    return found->second;
  }

  /// What a text or a tree is made of is in its words alone: the value has forgotten it.
  void values(InstanceId holder, const Slot& slot, Symbol field) {
    if (recorded_ != nullptr && lies_in_declaration(holder)) return;  // they are its own words
    for (const ValueUse& use : words_.in(holder, slot)) {
      if (use.what.index >= lab_.instances.size()) continue;  // `lab`, by its kind
      value(top_, whole(use.what), use.at, field);
    }
  }

  /// Whether each part down to it stands in a field, and none was made by what computes a value.
  [[nodiscard]] bool lies_in_declaration(InstanceId id) const {
    for (; !lab_.instances[id].alone; id = lab_.instances[id].owner) {
      if (!lab_.instances[id].owner_field.valid()) return false;
    }
    return true;
  }

  void value(InstanceId from, InstanceId to, Span at, Symbol field) {
    if (recorded_ != nullptr)
      return recorded_->push_back({to, EdgeMode::value, cause_, at, nullptr, field});
    const bool counts = from != to && !lab_.instances[from].planned &&
                        !lab_.instances[to].planned &&
                        !program_.is_kind(lab_.instances[to].kind, lab_kind_) &&
                        !is_bundle_of(to, from);
    if (counts)
      values_.push_back({from, to, EdgeMode::value, EdgeCause::use, at, reason_of(field)});
  }

  /// A stronger need says it already.
  void add_values() {
    const auto pair = [](const Edge& e) { return std::pair(e.from.index, e.to.index); };
    const std::size_t known = graph_.edges.size();
    for (const Edge& edge : values_) {
      const auto end = graph_.edges.begin() + static_cast<std::ptrdiff_t>(known);
      const auto at = std::lower_bound(
          graph_.edges.begin(), end, edge,
          [&](const Edge& a, const Edge& b) { return pair(a) < pair(b); });
      if (at == end || pair(*at) != pair(edge)) graph_.edges.push_back(edge);
    }
    sort(known);
    merge(known);
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
        if (value.is(ValueKind::instance)) held(value.as_instance());
        return;
      default: return;
    }
  }

  [[nodiscard]] InstanceId whole(InstanceId id) const {
    while (!lab_.instances[id].alone) {
      if (parts_ && is_part(View(program_, lab_, id))) return id;
      id = lab_.instances[id].owner;
    }
    return id;
  }

  void add(InstanceId to, EdgeMode mode, Span at, const std::string* reason) {
    if (recorded_ != nullptr) return recorded_->push_back({to, mode, cause_, at, reason, {}});
    if (program_.is_kind(lab_.instances[to].kind, secret_key_)) {
      const View of = View(program_, lab_, to).ref("of");
      if (of) to = of.id();
    }
    // A part may well need the whole, and the whole its part; nothing starts after itself.
    const bool itself = to == top_ && holder_ == top_ && mode == EdgeMode::start;
    to = whole(to);
    if ((to == top_ && !itself) || lab_.instances[to].planned || is_bundle_of(to, top_)) return;
    // What a machine's own program is reached by is nothing that hlab sets up with it.
    const bool at_machine = cause_ == EdgeCause::exposure &&
                            program_.is_kind(lab_.instances[top_].kind, host_service_);
    if (at_machine && mode == EdgeMode::start) mode = EdgeMode::run;
    graph_.edges.push_back({top_, to, mode, cause_, at, reason});
    if (mode == EdgeMode::start && program_.is_kind(lab_.instances[to].kind, secret_))
      decryption(View(program_, lab_, to), at, reason);
  }

  /// A secret is there for a service of a cluster once somebody has decrypted it; machines do that
  /// themselves.
  void decryption(const View& secret, Span at, const std::string* reason) {
    if (!program_.is_kind(lab_.instances[top_].kind, workload_)) return;
    if (secret.flag("extern")) return;  // nobody of the lab makes it
    const View cluster = View(program_, lab_, top_).ref("cluster");
    const View by = model::opener_in(secret, cluster);
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
  const std::vector<FileObject>& files_;
  const bool parts_;
  const KindId endpoint_, secret_, secret_key_, workload_, host_service_, lab_kind_;
  ValueUses words_;
  ComputedUses uses_;
  std::vector<Edge> values_;
  std::unordered_map<std::uint32_t, std::vector<bool>> refers_;    // by kind
  std::unordered_map<std::uint32_t, const std::string*> reasons_;  // by name of the field
  LabGraph graph_;
  InstanceId top_;                                            // whose needs are looked at
  std::set<std::pair<std::uint32_t, std::uint32_t>> walked_;  // by declaration or part of it
  std::map<std::pair<std::uint32_t, int>, std::vector<Need>> needs_;  // of records, by cause
  std::vector<Need>* recorded_ = nullptr;  // of the record that is walked for all who hold it
  InstanceId holder_;                      // of the field that is looked at
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

bool is_part(const View& instance) {
  for (const std::string_view kind : {"volume", "endpoint", "disk", "hardware"}) {
    if (instance.is(kind)) return true;
  }
  return false;
}

LabGraph link_parts(const Program& program, const Lab& lab, const LabGraph& graph) {
  LabGraph out = Linker(program, lab, {}, true).run();
  std::sort(out.nodes.begin(), out.nodes.end());
  out.nodes.erase(std::unique(out.nodes.begin(), out.nodes.end()), out.nodes.end());
  for (const InstanceId id : out.nodes) {
    const InstanceId top = View(program, lab, id).top().id();
    const auto at = std::lower_bound(graph.nodes.begin(), graph.nodes.end(), top);
    const auto place = static_cast<std::size_t>(at - graph.nodes.begin());
    const bool known = place < graph.stage.size() && *at == top;
    out.depth.push_back(known ? graph.depth[place] : 0);
    out.stage.push_back(known ? graph.stage[place] : 0);
  }
  return out;
}

LabGraph link(const Program& program, const Lab& lab, diag::Diagnostics& diags) {
  return link_with_files(program, lab, {}, diags);
}

LabGraph link_with_files(const Program& program, const Lab& lab,
                         const std::vector<FileObject>& files, diag::Diagnostics& diags) {
  LabGraph graph = Linker(program, lab, files).run();
  order_starts(graph, program, lab, diags);
  return graph;
}

}  // namespace hlab::graph
