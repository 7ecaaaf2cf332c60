#include "compiler/rules/kubernetes/service_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/suggest.h"

namespace hlab::rules {

using model::View;

std::string host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find_first_of(":/?#")));
}

void check_endpoint_ports(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& service : input.all("container")) {
    const auto ports = service.entries("port");
    std::vector<std::string_view> names;
    for (const auto& [name, port] : ports) names.push_back(name);
    for (const auto& [name, endpoint] : service.held("expose")) {
      const std::string wanted = endpoint.text("port");
      if (wanted.empty() || endpoint.has("service") || names.empty()) continue;
      if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
      auto report = diags.report(kUnknownEndpointPort, endpoint.set_at("port"), service.name(),
                                 wanted);
      report.label(service.declared_at(), fmt::format("its ports: {}", fmt::join(names, ", ")));
      const std::string_view near = diag::closest(wanted, names);
      if (!near.empty()) report.help(fmt::format("did you mean `{}`?", near));
    }
  }
}

void check_backup_places(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& backup : input.all("backup")) {
    const View storage = backup.ref("to");
    if (!storage || !storage.has("endpoint")) continue;
    const std::string host = host_of_url(storage.text("endpoint"));
    for (const View& endpoint : input.all("endpoint")) {
      const View service = endpoint.top();
      const bool leads_here = endpoint.text("fqdn") == host || endpoint.text("dns-address") == host;
      if (!leads_here || !service.is("workload")) continue;
      diags.report(kBackupOnItself, backup.set_at("to"), backup.name(), host, service.path())
          .label(storage.set_at("endpoint"), "the storage is here")
          .label(endpoint.declared_at(), "and that name leads here");
      break;
    }
  }
}

}  // namespace hlab::rules
