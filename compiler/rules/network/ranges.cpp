// Ranges of one network that give out addresses: DHCP and pools share none, and no machine sits in a
// pool.
#include <fmt/format.h>

#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

struct Range {
  std::string who;
  const Value* range;
  Span at;
};

bool overlap(const values::Address& a, const values::Address& b) {
  return a.family == b.family && values::address_bits(a) <= values::range_last(b) &&
         values::address_bits(b) <= values::range_last(a);
}

std::vector<View> pools_in(const RuleInput& input, const View& network) {
  std::vector<View> out;
  for (const View& pool : input.all("pool")) {
    if (pool.ref("of") == network && pool.value("range").is(ValueKind::ip_range))
      out.push_back(pool);
  }
  return out;
}

std::vector<Range> ranges_in(const RuleInput& input, const View& network) {
  std::vector<Range> out;
  for (const std::string_view dhcp : {"dhcp", "dhcp6"}) {
    if (!network.value(dhcp).is(ValueKind::ip_range)) continue;
    out.push_back(
        {fmt::format("the {} range of `{}`", dhcp == "dhcp" ? "DHCP" : "DHCPv6", network.name()),
         &network.value(dhcp), network.set_at(dhcp)});
  }
  for (const View& pool : pools_in(input, network)) {
    out.push_back(
        {fmt::format("the pool `{}`", pool.name()), &pool.value("range"), pool.set_at("range")});
  }
  return out;
}

}  // namespace

void check_ranges(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& network : input.all("network")) {
    if (network.is("pool")) continue;
    const std::vector<Range> ranges = ranges_in(input, network);
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const values::Address& mine = *ranges[i].range->address;
        const values::Address& theirs = *ranges[k].range->address;
        if (!overlap(mine, theirs)) continue;
        auto report = diags.report(kRangesOverlap, ranges[i].at, ranges[i].who,
                                   values::ip_range_text(mine), ranges[k].who,
                                   values::ip_range_text(theirs));
        report.label(ranges[k].at, fmt::format("{} is here", ranges[k].who));
        break;
      }
    }
  }
}

void check_addresses_in_pools(const RuleInput& input, diag::Diagnostics& diags) {
  for (const AddressClaim& claim : address_claims(input)) {
    if (claim.network.is("pool")) continue;
    for (const View& pool : pools_in(input, claim.network)) {
      if (!inside(claim.address, pool.value("range"))) continue;
      auto report = diags.report(kAddressInPool, claim.at, claimant(claim),
                                 claim.holder.text_of(claim.address), pool.name());
      report.label(pool.set_at("range"), "services get their addresses from here");
      break;
    }
  }
}

}  // namespace hlab::rules
