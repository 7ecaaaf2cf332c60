// Who reaches whom, read off the declarations: a directed graph from where packets begin to what answers
// them. A step is there only where a declaration makes it, and remembers which one. docs/reachability.md
// says what counts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::reach {

using model::View;
using program::InstanceId;

enum class PlaceKind : std::uint8_t {
  internet,
  // Where packets begin, or pass.
  in_network,    // somebody in the network
  from_node,     // the machine itself
  from_service,  // a program of the service
  from_person,
  any_node,  // one of the machines of a cluster
  members,   // those machines, as a private network's policy knows them
  pods,      // the pods of a cluster
  routed,    // in another network's addresses, by a route
  tunnel,
  door,  // an ingress controller at one of its addresses
  host_port,
  // What is reached.
  network,
  node,
  cluster,
  endpoint,
  service,
  storage,
};

/// The detail of a network where its members are who use nothing of what others route into it.
inline constexpr std::string_view kNoRoutes = "no routes";

struct Place {
  PlaceKind kind = PlaceKind::internet;
  InstanceId id;       // none for the internet
  std::string detail;  // what tells it from others of its kind and id
};

struct Step {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::string reason;
  Span at;
};

class ReachGraph {
 public:
  /// The number of the place, which is added where it is new.
  std::uint32_t place(PlaceKind kind, InstanceId id = {}, const std::string& detail = {});
  /// None where there is no such place.
  [[nodiscard]] std::uint32_t find(PlaceKind kind, InstanceId id = {},
                                   const std::string& detail = {}) const;
  /// The first reason for a step is kept.
  void step(std::uint32_t from, std::uint32_t to, std::string reason, Span at);

  [[nodiscard]] const std::vector<Place>& places() const { return places_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<std::uint32_t>& out_of(std::uint32_t place) const {
    return out_[place];
  }
  [[nodiscard]] const std::vector<std::uint32_t>& into(std::uint32_t place) const {
    return into_[place];
  }

  static constexpr std::uint32_t kNone = 0xffffffffu;

 private:
  using Key = std::tuple<PlaceKind, std::uint32_t, std::string>;
  std::vector<Place> places_;
  std::vector<Step> steps_;
  std::vector<std::vector<std::uint32_t>> out_;  // numbers of steps
  std::vector<std::vector<std::uint32_t>> into_;
  std::map<Key, std::uint32_t> number_;
  std::unordered_set<std::uint64_t> joined_;
};

/// What begins where: networks and the internet always, the rest only for who asks.
enum class Origins : std::uint8_t { networks, everything };

[[nodiscard]] ReachGraph reach_graph(const program::Program& program, const program::Lab& lab,
                                     Origins origins);

/// `the internet`, `node.pi5`, `service.front at 10.0.0.9`.
[[nodiscard]] std::string place_name(const program::Program& program, const program::Lab& lab,
                                     const Place& place);

}  // namespace hlab::reach
