// How the graph is made, part by part. A packet that comes into a network is an `Arrival`; what has an
// address there asks each arrival whether it gets as far as that address.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/reach/facts.h"
#include "compiler/reach/reach_graph.h"
#include "compiler/values/value.h"

namespace hlab::reach {

using values::Address;
using values::Value;

struct Arrival {
  std::uint32_t place = 0;
  View network;                 // or a pool
  std::optional<Address> only;  // a route leads to these addresses alone
  bool global = false;          // from the internet: to addresses that it knows
  View policy;                  // of the private network whose access policy decides, if one does
};

class Builder {
 public:
  Builder(const program::Program& program, const program::Lab& lab, ReachGraph& graph)
      : program_(program), lab_(lab), graph_(graph), internet_(graph.place(PlaceKind::internet)) {}

  void add_networks();
  void add_arrivals();
  void add_machines();
  void add_doors();
  void add_endpoints();
  void add_storages();
  void add_origins();

 private:
  [[nodiscard]] std::vector<View> all(std::string_view kind) const {
    return model::all(program_, lab_, kind);
  }

  // arrivals.cpp
  void add_router(const View& network);
  void add_subnet_router(const View& node, const View& overlay);
  void add_route(const View& node, const View& overlay, const Value& route);
  /// Those that get to the address of a machine in the network; the address may not be known yet.
  [[nodiscard]] std::vector<const Arrival*> arrivals_at(const View& network,
                                                        const Value& address) const;
  /// Those that get to an address of a pool.
  [[nodiscard]] std::vector<const Arrival*> arrivals_in_pool(const View& pool,
                                                             const Value& address) const;

  // machines.cpp
  /// What a machine lets in: NixOS opens a port on one interface, on Debian nothing shuts any.
  struct Firewall {
    bool shuts = false;
    std::string house;   // the interface for what the house may reach
    std::string inside;  // and for what the cluster may
    [[nodiscard]] bool opens(const std::string& interface, bool for_house) const {
      return !shuts || interface == (for_house ? house : inside);
    }
  };
  const Firewall& firewall_of(const View& node);
  void add_node(const View& node);
  void add_host_ports(const View& service);
  void add_host_port(const View& service, const View& node, const HostPort& port);
  void add_name_server(const View& service);
  void add_cluster(const View& cluster);

  // doors.cpp
  void add_door(const View& controller, const View& pool, const Value& address, Span at);
  void add_machine_door(const View& controller);
  void open_endpoints(std::uint32_t door, const View& controller, const View& pool);

  // endpoints.cpp
  void add_address(const View& endpoint, const View& pool, const Value& address, Span at);
  void add_machine_endpoint(const View& service, const View& endpoint);
  using Reached = std::map<std::uint32_t, View>;  // by where the packets come from
  const Reached& reaching_machines(const View& cluster, bool granted);
  void add_node_port(const View& service, const View& endpoint);
  void add_tunnel(const View& endpoint);

  // origins.cpp
  void add_node_origin(const View& node);
  std::uint32_t among(const View& node, const View& network);
  void add_questions(std::uint32_t from, const View& overlay);
  void add_member(const View& node, const View& overlay);
  void add_service_origin(const View& service);
  void add_person(const View& person);
  void add_admin(std::uint32_t from, const View& person, const View& overlay);
  void add_cluster_origin(const View& cluster);

  const program::Program& program_;
  const program::Lab& lab_;
  ReachGraph& graph_;
  std::uint32_t internet_;
  std::vector<Arrival> arrivals_;
  std::map<std::uint32_t, Firewall> firewalls_;                    // by node
  std::map<std::pair<std::uint32_t, bool>, Reached> to_machines_;  // by cluster
};

}  // namespace hlab::reach
