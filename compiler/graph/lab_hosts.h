// Which service of the lab answers for a host, as an address somewhere in the lab names it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "compiler/model/view.h"

namespace hlab::graph {

struct HostAndPort {
  std::string host;
  std::int64_t port = 0;  // 0 where it is not said
};

/// Of an address of any form: `https://HOST:443/path`, `git@HOST:path`, `oci://HOST/charts`.
[[nodiscard]] HostAndPort host_of_url(std::string_view url);
/// The registry of an image; no host where it does not say one.
[[nodiscard]] HostAndPort host_of_image(std::string_view image);
/// `HOST:PORT` on its own.
[[nodiscard]] HostAndPort host_alone(std::string_view text);

/// What a host means in a cluster: `git.tools.svc.cluster.local`, `git.tools.svc` or, as pods find it too, `git.tools`.
struct InnerName {
  std::string name;    // of the Service
  std::string nspace;  // empty where it is no such name
  bool whole = false;  // with `.svc`: it can mean nothing else
};
[[nodiscard]] InnerName inner_name(const std::string& host);

/// What answers; without an endpoint it is found by its name in the cluster or on a machine.
struct Answering {
  model::View service;
  model::View endpoint;
};

class LabHosts {
 public:
  LabHosts(const program::Program& program, const program::Lab& lab);

  /// For somebody in that cluster: names inside of it mean something there alone.
  [[nodiscard]] Answering find(const HostAndPort& host, const model::View& cluster) const;
  [[nodiscard]] bool empty() const { return by_name_.empty() && in_namespace_.empty(); }

 private:
  void learn_endpoint(const model::View& endpoint);
  void learn_workload(const model::View& workload);
  void learn_machine_ports(const model::View& service);
  void learn_machines(const program::Program& program, const program::Lab& lab);
  [[nodiscard]] Answering on_machine(const HostAndPort& host) const;
  [[nodiscard]] Answering in_cluster(const std::string& host, const model::View& cluster) const;

  using Space = std::pair<program::InstanceId, std::string>;  // cluster, namespace
  std::map<std::string, Answering, std::less<>> by_name_;
  std::map<Space, std::map<std::string, model::View>> in_namespace_;  // by name of the Service
  /// By machine, or by cluster for what answers on all of its machines: thousands of node ports on hundreds of
  /// machines are not kept one by one.
  std::map<std::pair<program::InstanceId, std::int64_t>, Answering> at_port_;
  std::multimap<std::string, program::InstanceId, std::less<>> machines_;  // names and addresses
  std::multimap<program::InstanceId, program::InstanceId> clusters_of_;    // by machine
};

}  // namespace hlab::graph
