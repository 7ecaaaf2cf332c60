#include "compiler/placement/cluster_amounts.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/placement/machine_loss.h"
#include "compiler/placement/sums.h"

namespace hlab::placement {

using model::View;

namespace {

/// More amounts would make the search slow, and no lab asks for so many ports.
constexpr std::size_t kMostPortAmounts = 48;

void add_amount(ClusterProblem& where, Amount amount) {
  where.problem.amounts.push_back(std::move(amount));
  for (Machine& machine : where.problem.machines) machine.has.push_back(0);
  for (Pods& pods : where.problem.pods) pods.needs.push_back(0);
}

/// Slices of all graphics processors of one maker.
std::int64_t slices_of(const View& node, std::string_view maker) {
  std::int64_t slices = 0;
  for (const auto& [name, gpu] : node.held("gpu")) {
    if (gpu.text("maker") == maker) slices += gpu.number("count", 1) * gpu.number("slices", 1);
  }
  return slices;
}

/// What the driver has on the node; without a disk for it, what the machine's own disk has.
std::int64_t room_for(const View& driver, const View& node) {
  if (const auto room = disk_room(driver, node); driver && room) return *room;
  const View hardware = node.ref("hardware");
  return hardware.has("disk") ? std::min(hardware.number("disk"), kUncounted) : kUncounted;
}

/// What the pods of each service keep on their machine, by driver.
std::map<std::uint32_t, std::vector<std::pair<std::size_t, View>>> local_volumes(
    const ClusterProblem& where) {
  std::map<std::uint32_t, std::vector<std::pair<std::size_t, View>>> out;
  for (std::size_t i = 0; i < where.services.size(); ++i) {
    for (const auto& [name, volume] : where.services[i].held("volume")) {
      if (lies_on_its_node(volume)) out[volume.ref("on").id().index].emplace_back(i, volume);
    }
  }
  return out;
}

/// A port that matters to the scheduler: who asks, and which machines have it no more.
struct Contest {
  std::set<std::size_t> askers;
  std::set<std::size_t> taken_on;
  friend auto operator<=>(const Contest&, const Contest&) = default;
};

bool takes_over(const View& service, HostPort port) {
  const std::vector<AskedPort> asked = asked_ports(service);
  return std::any_of(asked.begin(), asked.end(),
                     [&](const AskedPort& one) { return one.port == port && one.takes_over; });
}

std::map<HostPort, Contest> contests_of(ClusterProblem& where,
                                        const std::vector<PortClaim>& claims) {
  std::map<HostPort, Contest> out;
  for (std::size_t i = 0; i < where.services.size(); ++i) {
    for (const HostPort port : ports_of_pods(where.services[i])) out[port].askers.insert(i);
  }
  std::set<HostPort> asked;
  for (const auto& [port, _] : out) asked.insert(port);
  for (const PortClaim& claim : claims_by_node(claims, asked)) {
    const auto contest = out.find(claim.port);
    const auto node = std::find(where.nodes.begin(), where.nodes.end(), claim.node);
    if (node == where.nodes.end()) continue;
    const auto& askers = contest->second.askers;
    const bool is_free = std::any_of(askers.begin(), askers.end(), [&](std::size_t asker) {
      const View& service = where.services[asker];
      return service == claim.holder || (claim.yields && takes_over(service, claim.port));
    });
    if (is_free) continue;
    contest->second.taken_on.insert(static_cast<std::size_t>(node - where.nodes.begin()));
    where.taken.push_back(claim);
  }
  return out;
}

bool matters(const ClusterProblem& where, const Contest& contest) {
  return contest.askers.size() > 1 || !contest.taken_on.empty() ||
         where.problem.pods[*contest.askers.begin()].count > 1;
}

}  // namespace

void add_gpus(ClusterProblem& where) {
  std::map<std::uint32_t, std::vector<std::size_t>> askers;  // by plugin
  for (std::size_t i = 0; i < where.services.size(); ++i) {
    const View plugin = where.services[i].ref("gpu").ref("by");
    // One of another cluster is told as such: nothing of the nodes here would help.
    if (plugin && plugin.ref("cluster") == where.cluster) askers[plugin.id().index].push_back(i);
  }
  for (const auto& [_, services] : askers) {
    const View plugin = where.services[services.front()].ref("gpu").ref("by");
    add_amount(where, {plugin.text("resource"), kGpu});
    for (std::size_t m = 0; m < where.nodes.size(); ++m) {
      where.problem.machines[m].has.back() = slices_of(where.nodes[m], plugin.text("maker"));
    }
    for (const std::size_t i : services) {
      where.problem.pods[i].needs.back() = where.services[i].ref("gpu").number("slices", 1);
    }
  }
}

void add_disks(ClusterProblem& where) {
  for (const auto& [_, volumes] : local_volumes(where)) {
    const View driver = volumes.front().second.ref("on");
    Amounts rooms;
    for (const View& node : where.nodes) rooms.push_back(room_for(driver, node));
    if (std::all_of(rooms.begin(), rooms.end(), [](auto room) { return room == kUncounted; }))
      continue;
    add_amount(where, {"disk", kDisk});
    for (std::size_t m = 0; m < rooms.size(); ++m) where.problem.machines[m].has.back() = rooms[m];
    for (const auto& [pods, volume] : volumes) {
      std::int64_t& needs = where.problem.pods[pods].needs.back();
      needs = std::min(sum_of(needs, volume.number("size")), kUncounted);
    }
  }
}

void add_ports(ClusterProblem& where, const std::vector<PortClaim>& claims) {
  std::set<Contest> known;  // ports that nothing tells apart are one amount
  for (const auto& [port, contest] : contests_of(where, claims)) {
    if (!matters(where, contest) || !known.insert(contest).second) continue;
    if (known.size() > kMostPortAmounts) {
      where.complete = false;
      return;
    }
    add_amount(where, {"port", kPorts});
    for (std::size_t m = 0; m < where.nodes.size(); ++m) {
      where.problem.machines[m].has.back() = contest.taken_on.contains(m) ? 0 : 1;
    }
    for (const std::size_t i : contest.askers) where.problem.pods[i].needs.back() = 1;
  }
}

}  // namespace hlab::placement
