#include "compiler/reach/reach_graph.h"

#include <fmt/format.h>

#include "compiler/reach/builder.h"

namespace hlab::reach {

std::uint32_t ReachGraph::place(PlaceKind kind, InstanceId id, const std::string& detail) {
  const auto next = static_cast<std::uint32_t>(places_.size());
  const auto [at, fresh] = number_.try_emplace(Key{kind, id.index, detail}, next);
  if (fresh) {
    places_.push_back({kind, id, detail});
    out_.emplace_back();
    into_.emplace_back();
  }
  return at->second;
}

std::uint32_t ReachGraph::find(PlaceKind kind, InstanceId id, const std::string& detail) const {
  const auto found = number_.find(Key{kind, id.index, detail});
  return found == number_.end() ? kNone : found->second;
}

void ReachGraph::step(std::uint32_t from, std::uint32_t to, std::string reason, Span at) {
  if (from == to || !joined_.insert(std::uint64_t{from} << 32 | to).second) return;
  const auto number = static_cast<std::uint32_t>(steps_.size());
  steps_.push_back({from, to, std::move(reason), at});
  out_[from].push_back(number);
  into_[to].push_back(number);
}

ReachGraph reach_graph(const program::Program& program, const program::Lab& lab, Origins origins) {
  ReachGraph graph;
  Builder builder(program, lab, graph);
  builder.add_networks();
  builder.add_arrivals();
  builder.add_machines();
  builder.add_doors();
  builder.add_endpoints();
  builder.add_storages();
  if (origins == Origins::everything) builder.add_origins();
  return graph;
}

std::string place_name(const program::Program& program, const program::Lab& lab,
                       const Place& place) {
  if (place.kind == PlaceKind::internet) return "the internet";
  const std::string path = program::instance_path(program, lab, place.id);
  switch (place.kind) {
    case PlaceKind::in_network:
      if (place.detail.empty()) return path;
      return fmt::format("{} ({})", path,
                         place.detail == kNoRoutes
                             ? "not what its machines route into it"
                             : fmt::format("of that what `{}` itself routes", place.detail));
    case PlaceKind::any_node:
    case PlaceKind::members: return "the machines of " + path;
    case PlaceKind::pods: return "the pods of " + path;
    case PlaceKind::routed: return "addresses of " + path;
    case PlaceKind::door: return fmt::format("{} at {}", path, place.detail);
    case PlaceKind::host_port: return fmt::format("{} of {}", place.detail, path);
    default: return path;
  }
}

}  // namespace hlab::reach
