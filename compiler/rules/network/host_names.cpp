// Host names: each leads to one place.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "compiler/rules/loop_rounds.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/rules/network/side_by_side.h"
#include "compiler/rules/network/way_rules.h"

namespace hlab::rules {

using model::View;

namespace {

struct Named {
  View what;
  std::string path;  // of the requests it takes; "" takes all
  Span at;
  syntax::ExprId origin = {};  // what made the name

  [[nodiscard]] SaidValue said() const { return {what, at, origin, rounds_of(what)}; }
};

/// `/x` and `/x/` are one path.
std::string path_of(const View& endpoint) {
  std::string path = endpoint.text("path");
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

/// Whether the endpoint is at the machine: its service runs there and nowhere else, and it has no address of its own.
bool is_at(const View& endpoint, const View& node) {
  const View service = endpoint.top();
  const std::vector<View> on = service.refs("on");
  if (service.is("workload") || on.size() != 1 || !(on.front() == node)) return false;
  const std::string leads_to = endpoint.text("dns-address");
  const auto addresses = node.entries("address");
  return leads_to.empty() || std::any_of(addresses.begin(), addresses.end(), [&](const auto& one) {
           return node.text_of(one.second) == leads_to;
         });
}

/// Where a name leads, as a message says it.
struct Ways {
  std::string inside;   // of those in the house and in the private network
  std::string outside;  // of everybody else
};

Ways ways_of(const View& endpoint) {
  if (!endpoint.is("endpoint")) return {};
  const View tunnel = endpoint.ref("through");
  return {endpoint.text("dns-address"),
          tunnel ? fmt::format("the tunnel `{}`", tunnel.path()) : ""};
}

bool differ(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}

/// Two places to which one name leads for the same people; whoever asks for it gets either.
std::optional<std::pair<std::string, std::string>> two_places(const Named& one,
                                                              const Named& other) {
  const Ways mine = ways_of(one.what);
  const Ways theirs = ways_of(other.what);
  if (differ(mine.inside, theirs.inside)) return std::pair(mine.inside, theirs.inside);
  if (differ(mine.outside, theirs.outside)) return std::pair(mine.outside, theirs.outside);
  return std::nullopt;
}

/// Whether both may have the name.
bool may_share(const Named& one, const Named& other) {
  if (one.what.is("endpoint") && other.what.is("endpoint")) {
    if (!one.path.empty() && !other.path.empty() && one.path != other.path) return true;
    return one.what.text("dns-address") == other.what.text("dns-address") &&
           are_side_by_side(one.what, other.what);
  }
  if (one.what.is("node")) return other.what.is("endpoint") && is_at(other.what, one.what);
  return one.what.is("endpoint") && other.what.is("node") && is_at(one.what, other.what);
}

/// What would mend it, by what the two have in common.
std::string help_for(const RuleInput& input, const Named& one, const Named& other) {
  if (const auto part = part_that_differs(input, other.said(), one.said()))
    return fmt::format("one text names both: let it differ, such as `host = \"NAME-{}\"`", *part);
  const bool is_apart = one.what.is("endpoint") && other.what.is("endpoint") &&
                        are_side_by_side(one.what, other.what);
  if (is_apart)
    return "its address is another one: give both the same, or say another `host` here, such as `host = \"NAME\"`";
  return "say another `host` here, such as `host = \"NAME\"`";
}

void report_same(const RuleInput& input, const std::string& name, const Named& one,
                 const Named& other, diag::Diagnostics& diags) {
  const std::string mine = fmt::format("`{}`", one.what.path());
  const std::string theirs = fmt::format("`{}`", other.what.path());
  auto report = diags.report(kDuplicateHostName, one.at, theirs, mine, name);
  report.label(other.at, fmt::format("{} has the name already", theirs));
  tell_ways(input, report, other.said(), one.said());
  if (one.what.is("endpoint")) report.help(help_for(input, one, other));
}

void report_apart(const std::string& name, const Named& one, const Named& other,
                  diag::Diagnostics& diags) {
  const auto places = two_places(one, other);
  diags.report(kNameAtTwoAddresses, one.at, name, places->second, places->first)
      .label(other.at, fmt::format("`{}` takes its `{}` at {}", other.what.path(), other.path,
                                   places->second))
      .help("say another `host` here, such as `host = \"NAME\"`");
}

void check_owners(const RuleInput& input, const std::string& name, const std::vector<Named>& owners,
                  diag::Diagnostics& diags) {
  for (auto one = owners.begin(); one != owners.end(); ++one) {
    const auto same = std::find_if(owners.begin(), one,
                                   [&](const Named& other) { return !may_share(*one, other); });
    if (same != one) {
      report_same(input, name, *one, *same, diags);
      continue;
    }
    const auto apart = std::find_if(owners.begin(), one, [&](const Named& other) {
      return two_places(*one, other).has_value();
    });
    if (apart != one) report_apart(name, *one, *apart, diags);
  }
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
    const std::string name = endpoint.text("fqdn");
    if (name.empty()) continue;  // could not be computed, which was told
    const std::string path = endpoint.text("protocol") == "http" ? path_of(endpoint) : "";
    const Span at = endpoint.has("host") ? endpoint.set_at("host") : endpoint.declared_at();
    names[name].push_back({endpoint, path, at, endpoint.value("host").origin});
  }
  for (const View& foreign : input.all("foreign")) {
    for (const std::string& host : foreign.texts("hosts")) {
      names[host].push_back({foreign, "", foreign.set_at("hosts")});
    }
  }
  for (const auto& [name, owners] : names) check_owners(input, name, owners, diags);
}

}  // namespace hlab::rules
