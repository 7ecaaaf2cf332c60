// Who gives out the addresses of a network: hlab by `auto`, or the network itself, from which hlab learns them.
#include <fmt/format.h>

#include "compiler/rules/network/network_rules.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using program::ResolutionKind;
using values::Value;
using values::ValueKind;

namespace {

/// An address that somebody says, or asks for.
struct Said {
  View network;
  View holder;
  bool second = false;  // in `address6`
  Value value;
  ResolutionKind how = ResolutionKind::none;
  Span at;

  [[nodiscard]] std::string field() const {
    return fmt::format("address{}.{}", second ? "6" : "", network.name());
  }
};

void add_said(const RuleInput& input, const View& holder, bool second, std::vector<Said>& out) {
  const std::string_view field = second ? "address6" : "address";
  const Value& addresses = holder.value(field);
  if (!addresses.is(ValueKind::map)) return;
  for (const values::MapItem& item : addresses.map->items) {
    if (!item.key.is_instance) continue;
    const View network(input.program, input.lab, program::InstanceId(item.key.id));
    const auto how = item.value.origin.valid()
                         ? input.program.resolutions[item.value.origin.index].kind
                         : ResolutionKind::none;
    out.push_back({network, holder, second, item.value, how, holder.entry_at(field, item.key)});
  }
}

/// Whether `hlab learn` can find its machines in a tailnet: it is one, or has the addresses of one.
bool is_learnable(const View& network) {
  if (network.is("tailscale")) return true;
  constexpr std::uint64_t kTailnet = 0x64400000;  // 100.64.0.0/10
  constexpr std::uint64_t kLast = 0x647fffff;
  const Value& cidr = network.value("cidr");
  if (!cidr.is(ValueKind::cidr) || cidr.address->family != 4) return true;  // nothing is proven
  return values::network_first(*cidr.address) <= kLast &&
         values::network_last(*cidr.address) >= kTailnet;
}

void check_family(const Said& said, diag::Diagnostics& diags) {
  if (!said.second || !said.network.value("cidr6").is(ValueKind::absent)) return;
  const std::string what = said.value.is(ValueKind::ip) && said.how != ResolutionKind::lease_auto
                               ? said.holder.text_of(said.value)
                               : "this one";
  diags.report(kNoSecondFamily, said.at, said.network.name(), what)
      .label(said.network.declared_at(), "it has no `cidr6`")
      .help("say its IPv6 range: `cidr6 = fd12:3456:789a::/64`");
}

void check_giver(const Said& said, diag::Diagnostics& diags) {
  if (said.how == ResolutionKind::lease_auto && said.network.is("tailscale")) {
    diags
        .report(kAutoInTailnet, said.at, said.network.name(),
                fmt::format("`{}`", said.holder.path()))
        .help(fmt::format("`{} = learned`, and `hlab learn` once it has joined", said.field()));
  }
  if (said.how == ResolutionKind::lease_learned && !is_learnable(said.network)) {
    diags
        .report(kLearnedNowhere, said.at,
                fmt::format("`{}` in `{}`", said.holder.path(), said.network.name()))
        .help(fmt::format(
            "say its address, or `{0} = auto`; where a DHCP server hands it out, reserve it there and say `mac.{1}` too",
            said.field(), said.network.name()));
  }
}

}  // namespace

void check_address_givers(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<Said> all;
  for (const View& node : input.all("node")) {
    for (const bool second : {false, true}) add_said(input, node, second, all);
  }
  for (const Said& said : all) {
    check_family(said, diags);
    check_giver(said, diags);
  }
}

bool waits_in_vain(const View& network) { return !is_learnable(network); }

}  // namespace hlab::rules
