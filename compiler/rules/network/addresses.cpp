// Addresses of nodes, controllers and endpoints against their networks and each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/model/error_watch.h"
#include "compiler/model/reservation.h"
#include "compiler/rules/loop_rounds.h"
#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/rules/network/side_by_side.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Whether two may have one address: whoever has that of the gateway is the gateway, and endpoints of one
/// service answer at other ports of it.
bool bear_each_other(const AddressClaim& first, const AddressClaim& second) {
  const bool is_router = first.holder == first.network &&
                         (second.holder.is("node") || second.holder.is("foreign"));
  if (is_router) return true;
  return first.holder.is("endpoint") && second.holder.is("endpoint") &&
         are_side_by_side(first.holder, second.holder);
}

/// Whether the address is somebody else's: the lab can name it, and not move it.
bool is_foreign(const AddressClaim& claim) {
  return claim.holder.is("foreign") || claim.holder.top().flag("extern");
}

/// What `auto` took where nobody knows what it had to avoid.
bool is_unsure(const AddressClaim& claim) {
  const auto unknown = [](const View& network) {
    return network.value("reserved").is(ValueKind::error) ||
           network.value("range").is(ValueKind::error);
  };
  return !claim.by_hand && (unknown(claim.network) || unknown(ground(claim.network)));
}

/// The claims of a run, and the addresses that its messages propose: one place gets one proposal,
/// however much is wrong with it, and no two places get the same.
class Addresses {
 public:
  Addresses(const RuleInput& input, diag::Diagnostics& diags)
      : input_(input), sources_(input.sources), diags_(diags), claims_(address_claims(input)) {
    std::erase_if(claims_, is_unsure);
    for (const AddressClaim& claim : claims_) {
      claimed_.insert(key_of(*claim.address.address));
      if (claim.by_hand) ++texts_[place_of(claim)];
    }
  }

  void check_duplicates() {
    std::map<std::pair<std::uint32_t, std::string>, std::vector<const AddressClaim*>> known;
    for (const AddressClaim& claim : claims_) {
      const std::string text = claim.holder.text_of(claim.address);
      auto& holders = known[{ground(claim.network).id().index, text}];
      const auto first = std::find_if(holders.begin(), holders.end(), [&](const AddressClaim* one) {
        return !bear_each_other(*one, claim);
      });
      if (first != holders.end()) report_duplicate(own_last(**first, claim), text);
      holders.push_back(&claim);
    }
  }

  void check_outside() {
    for (const AddressClaim& claim : claims_) {
      if (claim.holder == claim.network) continue;  // a check of the network itself
      const bool bounded = claim.network.has("range") && claim.network.is("pool");
      const std::string_view bounds = bounded ? "range" : claim.second ? "cidr6" : "cidr";
      if (claim.second && !claim.network.has("cidr6")) continue;  // which is told
      const Value& known = claim.network.value(bounds);
      if (known.is(ValueKind::error) || inside(claim.address, known)) continue;
      // Given out of a range that lies outside itself, which is told.
      if (!claim.by_hand && inside(claim.address, claim.network.value("range"))) continue;
      auto report = diags_.report(kAddressOutside, claim.at, claim.holder.text_of(claim.address),
                                  claim.network.text(bounds), claim.network.name());
      report.label(claim.network.set_at(bounds), fmt::format("`{}` is this", claim.network.name()));
      tell_way(report, claim);
      if (inside(claim.address, claim.network.value(claim.second ? "cidr" : "cidr6"))) {
        report.help(fmt::format("addresses of that family stand in `address{}.{}`",
                                claim.second ? "" : "6", claim.network.name()));
      } else {
        mend(report, claim);
      }
      report.unsure();
    }
  }

  void check_in_dhcp() {
    for (const AddressClaim& claim : claims_) {
      const View network = ground(claim.network);
      const std::string_view dhcp = claim.second ? "dhcp6" : "dhcp";
      if (claim.holder == claim.network || !inside(claim.address, network.value(dhcp))) continue;
      // The two ranges overlap, which is told (HL4115).
      if (claim.network.is("pool") && inside(claim.address, claim.network.value("range"))) continue;
      if (claim.holder.value("mac").is(ValueKind::error)) continue;
      if (!claim.second && model::is_reservation(claim.holder, claim.network)) continue;
      auto report = diags_.report(kAddressInDhcp, claim.at, claim.holder.text_of(claim.address),
                                  network.name());
      report.label(network.set_at(dhcp), "the DHCP server hands these out");
      tell_way(report, claim);
      mend(report, claim);
      report.unsure();
    }
  }

  /// The first address of an IPv4 network is its name, the last one everybody in it. Of a pool that is a
  /// network of its own, and of two addresses alone (RFC 3021), all are for use.
  void check_whole_network() {
    for (const AddressClaim& claim : claims_) {
      const Value& cidr = claim.network.value("cidr");
      if (!cidr.is(ValueKind::cidr) || !inside(claim.address, cidr)) continue;
      if (cidr.address->family != 4 || cidr.address->prefix > 30) continue;
      if (claim.network.is("pool") && ground(claim.network) == claim.network) continue;
      const auto bits = values::address_bits(*claim.address.address);
      const bool first = bits == values::network_first(*cidr.address);
      if (!first && bits != values::network_last(*cidr.address)) continue;
      auto report = diags_.report(kAddressOfNetwork, claim.at, claimant(claim),
                                  claim.holder.text_of(claim.address), first ? "first" : "last",
                                  ground(claim.network).name());
      tell_way(report, claim);
      if (!(claim.holder == claim.network)) mend(report, claim);  // nobody chooses a gateway
      report.unsure();
    }
  }

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  static Key key_of(const values::Address& address) { return {address.high, address.low}; }
  using Place = std::pair<std::uint32_t, std::uint32_t>;
  static Place place_of(const AddressClaim& claim) { return {claim.at.file.index, claim.at.begin}; }

  using Pair = std::pair<const AddressClaim&, const AddressClaim&>;
  /// Of the lab's own and somebody else's the lab's own gives way; a gateway never does.
  static Pair own_last(const AddressClaim& first, const AddressClaim& claim) {
    const bool swapped = is_foreign(claim) && !is_foreign(first) && first.holder != first.network;
    return swapped ? Pair{claim, first} : Pair{first, claim};
  }

  void report_duplicate(const Pair& both, const std::string& text) {
    const auto& [first, claim] = both;
    auto report = diags_.report(kDuplicateAddress, claim.at, claimant(claim), text,
                                claimant(first));
    report.here(fmt::format("{} takes it here", claimant(claim)));
    report.label(first.at, fmt::format("{} {}", claimant(first),
                                       is_foreign(first) ? "has it, and is not the lab's to move"
                                                         : "took it first"));
    const bool written = claim.at.valid() && sources_.text(claim.at) == text;
    if (!written) tell_computed(report, claim);
    tell_ways(input_, report, said(first), said(claim));
    if (claim.at == first.at) {
      report.help("one text gives both their address: let it differ, or say `auto`");
      return;
    }
    mend(report, claim);
    // What was computed another number would not mend.
    if (!is_foreign(claim) && !written) report.unsure();
  }

  static SaidValue said(const AddressClaim& claim) {
    return {claim.holder, claim.at, claim.address.origin, claim.rounds};
  }

  /// In which round, and by which call, where one text speaks of several.
  void tell_way(diag::Report report, const AddressClaim& claim) {
    tell_ways(input_, report, {}, said(claim));
  }

  /// Where a function or another field gave it.
  void tell_computed(diag::Report report, const AddressClaim& claim) {
    if (!claim.by_hand || !claim.address.origin.valid()) return;
    const Span at = input_.program.ast->exprs[claim.address.origin].span;
    const bool is_there = at.file == claim.at.file && at.begin < claim.at.end &&
                          claim.at.begin < at.end;
    if (!is_there && !sources_.file(at.file).is_library) report.label(at, "computed here");
  }

  /// Of a pool the address is one of its own. What is somebody else's stays where it is.
  void mend(diag::Report report, const AddressClaim& claim) {
    if (is_foreign(claim)) return;
    if (texts_[place_of(claim)] > 1) {  // whatever is written there, all of them would have it
      report.help("one text gives several their addresses: `auto` takes a free one for each");
      return;
    }
    const View& network = claim.network;
    const Span at = claim.at;
    const auto [proposal, fresh] = proposed_.try_emplace(
        {network.id().index, at.file.index, at.begin}, "");
    if (fresh) proposal->second = next_free(network, claim.second);
    const std::string& free = proposal->second;
    if (free.empty()) return;
    report.help(fmt::format("the next free address of `{}`{} is {}", network.name(),
                            network.is("pool") ? "" : " outside its DHCP range", free));
    report.fix("take the next free address", {{at, free}});
  }

  /// Where to look for a free address: from one number up to another, which is no longer meant.
  struct Stretch {
    values::Address address;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };

  static Stretch stretch_of(const View& network, bool second) {
    const Value& range = network.value("range");
    if (!second && range.is(ValueKind::ip_range)) {
      const std::uint64_t last = range.address->last_low;
      return {*range.address, range.address->low, last + 1};
    }
    const Value& cidr = network.value(second ? "cidr6" : "cidr");
    if (!cidr.is(ValueKind::cidr)) return {};
    const int free_bits = (cidr.address->family == 4 ? 32 : 128) - cidr.address->prefix;
    if (free_bits < 2) return {};
    const std::uint64_t size = std::uint64_t{1} << std::min(free_bits, 32);
    const std::uint64_t base = cidr.address->low & ~(size - 1);
    return {*cidr.address, base + (network.is("pool") ? 1 : 2), base + size - 1};
  }

  /// The next address that nobody claims and DHCP does not hand out, as text; "" when there is none.
  std::string next_free(const View& network, bool second) {
    auto [address, begin, last] = stretch_of(network, second);
    // Help for one mistake is not worth a walk through millions.
    const std::uint64_t end = std::min<std::uint64_t>(last, begin + (1 << 16));
    for (std::uint64_t n = begin; n < end; ++n) {
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

  const RuleInput& input_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::vector<AddressClaim> claims_;
  std::set<Key> claimed_;
  std::map<Place, std::size_t> texts_;  // how many claims each says
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::string> proposed_;
};

}  // namespace

void check_addresses(const RuleInput& input, diag::Diagnostics& diags) {
  const model::ErrorWatch looked_at(model::ErrorWatch::Tells::nobody);
  Addresses addresses(input, diags);
  addresses.check_whole_network();
  addresses.check_duplicates();
  addresses.check_outside();
  addresses.check_in_dhcp();
}

}  // namespace hlab::rules
