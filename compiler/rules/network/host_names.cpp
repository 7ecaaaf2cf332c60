// Host names: each leads to one place.
#include <fmt/format.h>

#include <map>

#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

using model::View;

namespace {

struct Named {
  View what;
  std::string path;  // of the requests it takes; "" takes all
  Span at;
};

}  // namespace

void check_host_names(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::string, std::vector<Named>> names;
  const auto labs = input.all("lab");
  const std::string domain = labs.empty() ? "" : labs.front().text("domain");
  for (const View& node : input.all("node")) {
    names[fmt::format("{}.{}", node.name(), domain)].push_back({node, "", node.declared_at()});
  }
  for (const View& endpoint : input.all("endpoint")) {
    const std::string name = endpoint.text("fqdn");
    if (name.empty()) continue;  // could not be computed, which was told
    const std::string path = endpoint.text("protocol") == "http" ? endpoint.text("path") : "";
    const Span at = endpoint.has("host") ? endpoint.set_at("host") : endpoint.declared_at();
    names[name].push_back({endpoint, path, at});
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
        auto report = diags.report(kDuplicateHostName, owners[i].at, theirs, mine, name);
        report.label(owners[k].at, fmt::format("{} has the name already", theirs));
        if (owners[i].what.is("endpoint"))
          report.help("say another `host` here, such as `host = \"NAME\"`");
        break;
      }
    }
  }
}

}  // namespace hlab::rules
