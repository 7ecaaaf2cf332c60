// Host names and ports of machines: each has one owner.
#include <fmt/format.h>

#include <map>
#include <set>

#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

using model::View;

namespace {

struct Named {
  View what;
  std::string path;  // of the requests it takes; "" takes all
  Span at;
};

/// The nodes on which a service may run: what it says, else its whole cluster.
std::vector<View> places(const View& service) {
  const auto on = service.refs("on");
  if (!on.empty()) return on;
  const View cluster = service.ref("cluster");
  return cluster ? cluster.refs("nodes") : std::vector<View>();
}

}  // namespace

void check_host_names(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::string, std::vector<Named>> names;
  const auto labs = input.all("lab");
  const std::string domain = labs.empty() ? "" : labs.front().text("domain");
  for (const View& node : input.all("node")) {
    names[fmt::format("{}.{}", node.name(), domain)].push_back({node, "", node.declared_at()});
  }
  for (const View& endpoint : input.all("endpoint")) {
    const std::string path = endpoint.text("protocol") == "http" ? endpoint.text("path") : "";
    const Span at = endpoint.has("host") ? endpoint.set_at("host") : endpoint.declared_at();
    names[endpoint.text("fqdn")].push_back({endpoint, path, at});
  }
  for (const View& foreign : input.all("foreign")) {
    for (const std::string& host : foreign.texts("hosts")) {
      names[host].push_back({foreign, "", foreign.set_at("hosts")});
    }
  }
  for (const auto& [name, owners] : names) {
    for (std::size_t i = 1; i < owners.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const bool both_http = !owners[i].path.empty() && !owners[k].path.empty();
        if (both_http && owners[i].path != owners[k].path) continue;
        const std::string mine = fmt::format("`{}`", owners[i].what.path());
        const std::string theirs = fmt::format("`{}`", owners[k].what.path());
        diags.report(kDuplicateHostName, owners[i].at, theirs, mine, name)
            .label(owners[k].at, fmt::format("{} has the name already", theirs));
        break;
      }
    }
  }
}

void check_host_ports(const RuleInput& input, diag::Diagnostics& diags) {
  struct Claim {
    View service;
    Span at;
  };
  std::map<std::tuple<std::uint32_t, std::int64_t, std::string>, Claim> taken;
  std::set<std::pair<std::uint32_t, std::uint32_t>> told;
  const auto claim = [&](const View& node, std::int64_t port, const std::string& protocol,
                         const View& service, Span at) {
    const auto [known, fresh] = taken.try_emplace({node.id().index, port, protocol},
                                                  Claim{service, at});
    if (fresh || known->second.service == service) return;
    if (known->second.service.is("cluster") && service.is("cluster")) return;  // a rule of its own
    if (!told.insert({known->second.service.id().index, service.id().index}).second) return;
    diags
        .report(kHostPortClash, at, port, node.name(),
                fmt::format("`{}`", known->second.service.path()),
                fmt::format("`{}`", service.path()))
        .label(known->second.at, "taken here first");
  };
  for (const View& cluster : input.all("cluster")) {
    if (!cluster.has("api-port")) continue;
    for (const View& node : cluster.refs("servers")) {
      claim(node, cluster.number("api-port"), "tcp", cluster, cluster.set_at("servers"));
    }
  }
  for (const View& service : input.all("service")) {
    const auto ports = service.held("host-port");
    const bool shares = service.flag("host-network") && !service.refs("on").empty();
    if (ports.empty() && !shares) continue;
    for (const View& node : places(service)) {
      for (const auto& [name, port] : ports) {
        claim(node, port.number("port"), port.text("protocol"), service, port.declared_at());
      }
      if (!shares) continue;
      for (const auto& [name, port] : service.entries("port")) {
        claim(node, port.number, "tcp", service, service.set_at("port"));
      }
    }
  }
}

}  // namespace hlab::rules
