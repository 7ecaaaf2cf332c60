// Ports of machines: each has one owner.
#include <fmt/format.h>

#include <map>
#include <set>

#include "compiler/placement/port_claims.h"
#include "compiler/rules/loop_rounds.h"
#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

using model::View;
using placement::HostPort;
using placement::PortClaim;

namespace {

/// Whether the two may stand side by side after all.
bool bear_each_other(const PortClaim& one, const PortClaim& other) {
  if (one.holder == other.holder) return true;
  if (one.holder.is("cluster") && other.holder.is("cluster")) return true;  // a rule of its own
  return (one.yields && other.takes_over) || (one.takes_over && other.yields);
}

/// A port that a kind of the library takes is the doing of who declares one.
Span place_of(const RuleInput& input, const PortClaim& claim) {
  const bool is_library = claim.at.valid() && input.sources.file(claim.at.file).is_library;
  return is_library && claim.holder ? claim.holder.declared_at() : claim.at;
}

void tell(const RuleInput& input, const PortClaim& first, const PortClaim& second,
          diag::Diagnostics& diags) {
  auto report = diags.report(kHostPortClash, place_of(input, second), second.port.number,
                             second.node.name(), first.what, second.what);
  report.label(place_of(input, first), "taken here first");
  tell_rounds(input, report, rounds_of(first.holder), rounds_of(second.holder));
  if (!first.yields) return;
  if (first.port == HostPort{22, false}) {
    report.help(
        "let it take another port; where SSH of the machine answers at another one, say `takes-over = true` of the port");
    return;
  }
  report.help(
      "turn it off with a file `/etc/systemd/resolved.conf.d/10-no-stub.conf` (`[Resolve]`, `DNSStubListener=no`) and "
      "say `takes-over = true` of the port; or `resolver-stub = false` of the system, where it is off already");
}

/// Ports that more than one claim is about.
std::set<HostPort> contested(const std::vector<PortClaim>& claims) {
  std::set<HostPort> once;
  std::set<HostPort> out;
  for (const PortClaim& claim : claims) {
    if (!once.insert(claim.port).second) out.insert(claim.port);
  }
  return out;
}

/// What takes a port of machines says it once.
void check_names_of_ports(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& service : input.all("host-service")) {
    if (service.flag("extern")) continue;
    std::map<std::string, std::pair<std::string_view, View>> first;
    for (const auto& [name, port] : service.held("host-port")) {
      if (!port.has("port")) continue;  // could not be handed out, which was told
      const std::string text = fmt::format("port {}/{}", port.number("port"),
                                           port.text("protocol"));
      const auto [known, fresh] = first.try_emplace(text, name, port);
      if (fresh) continue;
      const auto& [their_name, theirs] = known->second;
      diags.report(kPortUnderTwoNames, port.declared_at(), their_name, name, service.path(), text)
          .label(theirs.declared_at(), "said here first");
    }
  }
}

}  // namespace

void check_host_ports(const RuleInput& input, diag::Diagnostics& diags) {
  check_names_of_ports(input, diags);
  const std::vector<PortClaim> all = placement::port_claims(input.program, input.lab);
  const std::vector<PortClaim> claims = placement::claims_by_node(all, contested(all));
  std::map<std::pair<std::uint32_t, HostPort>, const PortClaim*> taken;
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  for (const PortClaim& claim : claims) {
    const auto [known, fresh] = taken.try_emplace({claim.node.id().index, claim.port}, &claim);
    if (fresh) continue;
    const PortClaim& first = *known->second;
    if (bear_each_other(first, claim)) {
      if (first.yields) known->second = &claim;  // the system's own is gone then
      continue;
    }
    if (told.insert({first.holder.id().index, claim.holder.id().index}).second)
      tell(input, first, claim, diags);
  }
}

}  // namespace hlab::rules
