#include "compiler/rules/network/claims.h"

#include <fmt/format.h>

#include "compiler/rules/loop_rounds.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

void claims_of(const RuleInput& input, const View& holder, bool second,
               std::vector<AddressClaim>& out) {
  const std::string_view field = second ? "address6" : "address";
  const Value& addresses = holder.value(field);
  if (!addresses.is(ValueKind::map)) return;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance || !item.value.is(ValueKind::ip)) continue;
    AddressClaim claim;
    claim.network = View(input.program, input.lab, program::InstanceId(item.key.id));
    claim.holder = holder;
    claim.address = item.value;
    claim.at = holder.entry_at(field, item.key);
    claim.rounds = rounds_of(holder, field, item.key);
    claim.second = second;
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
    if (network.is("pool")) continue;
    for (const bool second : {false, true}) {
      const std::string_view field = second ? "gateway6" : "gateway";
      if (!network.value(field).is(ValueKind::ip)) continue;
      out.push_back({network, network, network.value(field), network.set_at(field),
                     rounds_of(network), second});
    }
  }
  for (const std::string_view kind : {"node", "ingress-controller", "endpoint", "foreign"}) {
    for (const View& holder : input.all(kind)) claims_of(input, holder, false, out);
  }
  for (const View& node : input.all("node")) claims_of(input, node, true, out);
  return out;
}

View ground(const View& network) {
  if (!network.is("pool") || !network.ref("of")) return network;
  const View of = network.ref("of");
  const std::string cidr = network.text("cidr");
  return cidr == of.text("cidr") || cidr == of.text("cidr6") ? of : network;
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
