// Who gives names while the cluster does not.
#include <map>
#include <string>

#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

void check_resolvers(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::string, View> in_cluster;
  for (const AddressClaim& claim : address_claims(input)) {
    const View service = claim.holder.top();
    if (service.is("workload"))
      in_cluster.emplace(claim.holder.text_of(claim.address), claim.holder);
  }
  for (const View& network : input.all("network")) {
    const Value& servers = network.value("dns");
    if (!servers.is(ValueKind::list) || servers.list->items.empty()) continue;
    std::vector<View> answering;
    for (const Value& server : servers.list->items) {
      const auto found = in_cluster.find(network.text_of(server));
      if (found == in_cluster.end()) break;
      answering.push_back(found->second);
    }
    if (answering.size() != servers.list->items.size()) continue;
    auto report = diags.report(kNoOtherResolver, network.set_at("dns"), network.name());
    for (const View& one : answering) report.label(one.declared_at(), "answers here");
    report.help("add one that goes on without the cluster as the last one: `9.9.9.9`");
  }
}

}  // namespace hlab::rules
