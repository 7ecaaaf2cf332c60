#include "compiler/rules/network/claims.h"

#include <fmt/format.h>

#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

void claims_of(const RuleInput& input, const View& holder, std::vector<AddressClaim>& out) {
  const Value& addresses = holder.value("address");
  if (!addresses.is(ValueKind::map)) return;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance || !item.value.is(ValueKind::ip)) continue;
    AddressClaim claim;
    claim.network = View(input.program, input.lab, program::InstanceId(item.key.id));
    claim.holder = holder;
    claim.address = item.value;
    claim.at = holder.entry_at("address", item.key);
    const auto how = item.value.origin.valid()
                         ? input.program.resolutions[item.value.origin.index].kind
                         : program::ResolutionKind::none;
    claim.by_hand = how != program::ResolutionKind::lease_auto &&
                    how != program::ResolutionKind::lease_learned;
    out.push_back(claim);
  }
}

}  // namespace

std::vector<AddressClaim> address_claims(const RuleInput& input) {
  std::vector<AddressClaim> out;
  for (const View& network : input.all("network")) {
    if (!network.value("gateway").is(ValueKind::ip) || network.is("pool")) continue;
    out.push_back({network, network, network.value("gateway"), network.set_at("gateway"), true});
  }
  for (const std::string_view kind : {"node", "ingress-controller", "endpoint", "foreign"}) {
    for (const View& holder : input.all(kind)) claims_of(input, holder, out);
  }
  return out;
}

std::string claimant(const AddressClaim& claim) {
  if (claim.holder == claim.network)
    return fmt::format("the gateway of `{}`", claim.network.name());
  return fmt::format("`{}`", claim.holder.path());
}

bool inside(const Value& address, const Value& where) {
  if (!address.is(ValueKind::ip)) return false;
  if (where.is(ValueKind::cidr)) return values::network_has(*where.address, *address.address);
  if (where.is(ValueKind::ip_range)) return values::range_has(*where.address, *address.address);
  return false;
}

}  // namespace hlab::rules
