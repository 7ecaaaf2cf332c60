// Addresses of nodes, controllers and endpoints against their networks and each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/model/reservation.h"
#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// The network whose addresses they are: a pool inside a network shares its addresses.
View ground(const View& network) {
  if (!network.is("pool") || !network.ref("of")) return network;
  const View of = network.ref("of");
  const std::string cidr = network.text("cidr");
  return cidr == of.text("cidr") || cidr == of.text("cidr6") ? of : network;
}

/// The claims of a run, and the addresses that its messages propose: one place gets one proposal,
/// however much is wrong with it, and no two places get the same.
class Addresses {
 public:
  Addresses(const RuleInput& input, diag::Diagnostics& diags)
      : sources_(input.sources), diags_(diags), claims_(address_claims(input)) {
    for (const AddressClaim& claim : claims_) claimed_.insert(key_of(*claim.address.address));
  }

  void check_duplicates() {
    std::map<std::pair<std::uint32_t, std::string>, const AddressClaim*> first;
    for (const AddressClaim& claim : claims_) {
      const View network = ground(claim.network);
      const std::string text = claim.holder.text_of(claim.address);
      const auto [known, fresh] = first.try_emplace({network.id().index, text}, &claim);
      if (fresh) continue;
      auto report = diags_.report(kDuplicateAddress, claim.at, claimant(claim), text,
                                  claimant(*known->second));
      report.here(fmt::format("{} takes it here", claimant(claim)));
      report.label(known->second->at, fmt::format("{} took it first", claimant(*known->second)));
      mend(report, network, claim);
      // What was computed, or is said once for several, another number would not mend.
      const bool written = claim.at.valid() && sources_.text(claim.at) == text;
      if (!written || claim.at == known->second->at) report.unsure();
    }
  }

  void check_outside() {
    for (const AddressClaim& claim : claims_) {
      if (claim.holder == claim.network) continue;  // a check of the network itself
      const bool bounded = claim.network.has("range") && claim.network.is("pool");
      const std::string_view bounds = bounded ? "range" : claim.second ? "cidr6" : "cidr";
      if (claim.second && !claim.network.has("cidr6")) {
        report_no_second(claim);
        continue;
      }
      if (inside(claim.address, claim.network.value(bounds))) continue;
      auto report = diags_.report(kAddressOutside, claim.at, claim.holder.text_of(claim.address),
                                  claim.network.text(bounds), claim.network.name());
      report.label(claim.network.set_at(bounds), fmt::format("`{}` is this", claim.network.name()));
      if (inside(claim.address, claim.network.value(claim.second ? "cidr" : "cidr6"))) {
        report.help(fmt::format("addresses of that family stand in `address{}.{}`",
                                claim.second ? "" : "6", claim.network.name()));
      } else if (!bounded) {
        mend(report, claim.network, claim);
      }
      report.unsure();
    }
  }

  void check_in_dhcp() {
    for (const AddressClaim& claim : claims_) {
      const View network = ground(claim.network);
      const std::string_view dhcp = claim.second ? "dhcp6" : "dhcp";
      if (claim.holder == claim.network || !inside(claim.address, network.value(dhcp))) continue;
      if (!claim.second && model::is_reservation(claim.holder, claim.network)) continue;
      auto report = diags_.report(kAddressInDhcp, claim.at, claim.holder.text_of(claim.address),
                                  network.name());
      report.label(network.set_at(dhcp), "the DHCP server hands these out");
      mend(report, network, claim);
      report.unsure();
    }
  }

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  static Key key_of(const values::Address& address) { return {address.high, address.low}; }

  void report_no_second(const AddressClaim& claim) {
    diags_
        .report(kNoSecondFamily, claim.at, claim.network.name(),
                claim.holder.text_of(claim.address))
        .label(claim.network.declared_at(), "it has no `cidr6`")
        .help("say its IPv6 range: `cidr6 = fd12:3456:789a::/64`");
  }

  void mend(diag::Report report, const View& network, const AddressClaim& claim) {
    const Span at = claim.at;
    const auto [proposal, fresh] = proposed_.try_emplace(
        {network.id().index, at.file.index, at.begin}, "");
    if (fresh) proposal->second = next_free(network, claim.second);
    const std::string& free = proposal->second;
    if (free.empty()) return;
    report.help(fmt::format("the next free address of `{}` outside its DHCP range is {}",
                            network.name(), free));
    report.fix("take the next free address", {{at, free}});
  }

  /// The next address that nobody claims and DHCP does not hand out, as text; "" when there is none.
  std::string next_free(const View& network, bool second) {
    const Value& cidr = network.value(second ? "cidr6" : "cidr");
    if (!cidr.is(ValueKind::cidr)) return "";
    const int free_bits = (cidr.address->family == 4 ? 32 : 128) - cidr.address->prefix;
    if (free_bits < 2) return "";
    values::Address address = *cidr.address;
    const std::uint64_t size = std::uint64_t{1} << std::min(free_bits, 32);
    const std::uint64_t base = address.low & ~(size - 1);
    // Help for one mistake is not worth a walk through millions.
    const std::uint64_t end = base + std::min<std::uint64_t>(size - 1, 1 << 16);
    for (std::uint64_t n = base + 2; n < end; ++n) {
      address.low = n;
      Value candidate = values::make(ValueKind::ip, {});
      candidate.address = &address;
      bool taken = inside(candidate, network.value(second ? "dhcp6" : "dhcp"));
      const Value& reserved = network.value("reserved");
      if (reserved.is(ValueKind::list)) {
        for (const Value& range : reserved.list->items) taken = taken || inside(candidate, range);
      }
      if (!taken && claimed_.insert(key_of(address)).second) return values::ip_text(address);
    }
    return "";
  }

  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::vector<AddressClaim> claims_;
  std::set<Key> claimed_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::string> proposed_;
};

}  // namespace

void check_addresses(const RuleInput& input, diag::Diagnostics& diags) {
  Addresses addresses(input, diags);
  addresses.check_duplicates();
  addresses.check_outside();
  addresses.check_in_dhcp();
}

void check_network_overlap(const RuleInput& input, diag::Diagnostics& diags) {
  struct Block {
    std::string name;
    Value cidr;
    Span at;
    View cluster;  // whose pods or services they are; none for a network
  };
  std::vector<Block> blocks;
  for (const View& network : input.all("network")) {
    if (ground(network) != network || !network.value("cidr").is(ValueKind::cidr)) continue;
    for (const std::string_view field : {"cidr", "cidr6"}) {
      if (!network.value(field).is(ValueKind::cidr)) continue;
      blocks.push_back({fmt::format("network `{}`", network.name()), network.value(field),
                        network.set_at(field), View()});
    }
  }
  for (const View& cluster : input.all("cluster")) {
    for (const auto& [field, what] :
         {std::pair("pod-cidr", "pods"), std::pair("service-cidr", "services"),
          std::pair("pod-cidr6", "pods"), std::pair("service-cidr6", "services")}) {
      if (!cluster.value(field).is(ValueKind::cidr)) continue;
      blocks.push_back({fmt::format("the range of {} in `{}`", what, cluster.name()),
                        cluster.value(field), cluster.set_at(field), cluster});
    }
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const values::Address& a = *blocks[i].cidr.address;
      const values::Address& b = *blocks[k].cidr.address;
      const bool overlap = a.family == b.family &&
                           (values::network_covers(a, b) || values::network_covers(b, a));
      const bool one_cluster = blocks[i].cluster &&
                               blocks[k].cluster;  // a check of the cluster itself
      if (!overlap || one_cluster) continue;
      diags
          .report(kNetworksOverlap, blocks[i].at, blocks[i].name, values::cidr_text(a),
                  blocks[k].name, values::cidr_text(b))
          .label(blocks[k].at, fmt::format("{} is here", blocks[k].name));
    }
  }
}

}  // namespace hlab::rules
