#include "compiler/rules/kubernetes/service_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/suggest.h"

namespace hlab::rules {

using model::View;

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

}  // namespace hlab::rules
