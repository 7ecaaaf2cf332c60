// What a cluster cannot lend to another one: its ingress, addresses, storage, processors, certificates.
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "compiler/reach/facts.h"
#include "compiler/rules/order/order_rules.h"

namespace hlab::rules {
namespace {

using model::View;

class Crossings {
 public:
  Crossings(const RuleInput& input, diag::Diagnostics& diags) : input_(input), diags_(diags) {}

  void run() {
    for (const View& cluster : input_.all("cluster")) own_parts(cluster);
    for (const View& workload : input_.all("workload")) {
      if (workload.flag("extern") || !workload.ref("cluster")) continue;
      for (const auto& [name, endpoint] : workload.held("expose")) exposed(workload, endpoint);
      for (const auto& [name, volume] : workload.held("volume")) {
        crosses(workload, volume.ref("on"), volume.set_at("on"), "keep its volume");
      }
      const View gpu = workload.ref("gpu");
      if (gpu) crosses(workload, gpu.ref("by"), gpu.set_at("by"), "give it a graphics processor");
      addresses(workload, workload);
    }
    for (const View& node : input_.all("node")) disks(node);
  }

 private:
  void own_parts(const View& cluster) {
    report_if(cluster, cluster, cluster.ref("ingress"), cluster.set_at("ingress"),
              "take its requests");
    report_if(cluster, cluster, cluster.ref("default-storage"), cluster.set_at("default-storage"),
              "keep its volumes");
    report_if(cluster, cluster, cluster.ref("cni"), cluster.set_at("cni"),
              "give its pods a network");
  }

  void exposed(const View& workload, const View& endpoint) {
    addresses(workload, endpoint);
    if (endpoint.text("protocol") != "http") return;
    crosses(workload, endpoint.ref("ingress"), endpoint.set_at("ingress"), "hand requests to it");
    if (hands_to_controller(endpoint.ref("through"), workload.ref("cluster")))
      crosses(workload, endpoint.ref("through"), endpoint.set_at("through"), "hand requests to it");
    const View issuer = endpoint.ref("issuer");
    if (issuer) {
      crosses(workload, issuer.ref("operator"), endpoint.set_at("issuer"),
              "have its certificate signed", fmt::format("the `operator` of `{}`", issuer.path()));
    }
  }

  void addresses(const View& workload, const View& holder) {
    for (const reach::AddressEntry& entry : reach::addresses_of(holder)) {
      if (entry.network.is("pool"))
        crosses(workload, entry.network.ref("by"), entry.at, "answer for its address",
                fmt::format("`by` of `{}`", entry.network.path()));
    }
  }

  /// A disk of a node that is in another cluster than what would store there.
  void disks(const View& node) {
    for (const View& cluster : input_.all("cluster")) {
      bool member = false;
      for (const View& one : cluster.refs("nodes")) member = member || one == node;
      if (!member) continue;
      for (const auto& [name, disk] : node.held("disk")) {
        report_if(node, cluster, disk.ref("storage"), disk.set_at("storage"), "store on its disk");
      }
    }
  }

  /// A tunnel that hands all it gets to a controller of another cluster. Of one that a lab makes itself nothing is known.
  static bool hands_to_controller(const View& tunnel, const View& cluster) {
    if (!tunnel || !tunnel.has_field("to")) return false;
    const View controller = tunnel.ref("to");
    return controller && !(controller.ref("cluster") == cluster);
  }

  /// `by_what`: which field says who it is, where that is not the place.
  void crosses(const View& workload, const View& other, Span at, std::string_view what,
               const std::string& by_what = "") {
    report_if(workload, workload.ref("cluster"), other, at, what, by_what);
  }

  void report_if(const View& asker, const View& cluster, const View& other, Span at,
                 std::string_view what, const std::string& by_what = "") {
    if (!other || other.flag("extern")) return;
    const View there = other.ref("cluster");
    if (!there || !cluster || there == cluster) return;
    if (!told_.emplace(asker.id(), other.id()).second) return;
    auto report = diags_.report(kOtherCluster, at, other.path(), there.path());
    report.here(fmt::format("it cannot {} in `{}`", what, cluster.path()));
    report.label(other.declared_at(), fmt::format("`{}` runs in `{}`", other.path(), there.path()));
    report.help(fmt::format("name one that runs in `{}`{}, or let `{}` run in `{}`", cluster.path(),
                            by_what.empty() ? "" : ": " + by_what + " says who it is",
                            asker == cluster ? other.name() : asker.name(),
                            asker == cluster ? cluster.path() : there.path()));
  }

  const RuleInput& input_;
  diag::Diagnostics& diags_;
  std::set<std::pair<program::InstanceId, program::InstanceId>> told_;
};

}  // namespace

void check_other_cluster(const RuleInput& input, diag::Diagnostics& diags) {
  if (input.all("cluster").size() > 1) Crossings(input, diags).run();
}

}  // namespace hlab::rules
