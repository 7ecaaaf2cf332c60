#include "compiler/rules/kubernetes/twice_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/graph/handover.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Of one cluster; what is said of none lies in the lab's only one.
std::string in_cluster(const View& service) {
  const View cluster = service.ref("cluster");
  return cluster ? cluster.path() : "";
}

/// By an engine of the lab, which renders charts itself. Flux, which is none of its services, has Helm install them.
bool is_rendered(const std::vector<graph::Handover>& handovers, const View& service) {
  return std::any_of(handovers.begin(), handovers.end(),
                     [&](const graph::Handover& one) { return one.engine && one.brings(service); });
}

}  // namespace

void check_releases(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  std::set<std::string> once;
  bool any_twice = false;
  for (const View& service : input.all("helm")) {
    if (service.flag("extern")) continue;
    const std::string key = fmt::format("{} {} {}", in_cluster(service), service.text("namespace"),
                                        service.text("release"));
    any_twice = !once.insert(key).second || any_twice;
    claims.push_back({key,
                      fmt::format("the Helm release `{}` in namespace `{}`",
                                  service.text("release"), service.text("namespace")),
                      service, service.set_at("release")});
  }
  if (!any_twice) return;
  const auto handovers = graph::handovers(input.program, input.lab, input.graph);
  std::erase_if(claims,
                [&](const SingleClaim& claim) { return is_rendered(handovers, claim.holder); });
  report_claimed_twice(input, kReleaseTwice, claims, diags);
}

void check_classes(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  const auto claim = [&](std::string_view kind, std::string_view field, std::string_view what) {
    for (const View& service : input.all(kind)) {
      if (service.flag("extern") || !service.has(field)) continue;
      const std::string name = service.text(field);
      claims.push_back({fmt::format("{} {} {}", what, in_cluster(service), name),
                        fmt::format("the {} `{}`", what, name), service, service.set_at(field)});
    }
  };
  claim("storage-driver", "storage-class", "storage class");
  claim("ingress-controller", "class", "ingress class");
  report_claimed_twice(input, kClassTwice, claims, diags);
}

void check_backup_targets(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;
  for (const View& volume : input.all("volume")) {
    const Value& keep = volume.value("keep");
    const View driver = volume.ref("on");
    if (!driver || driver.flag("extern") || !keep.is(ValueKind::variant)) continue;
    if (driver.refs("further-targets").empty()) continue;  // it has one place at most
    const View place = volume.of(keep.variant->payload).ref("to");
    if (!place || !place.has("volume-target")) continue;
    if (!known.insert({driver.id().index, place.id().index}).second) continue;
    const std::string target = place.text("volume-target");
    claims.push_back({fmt::format("{} {}", driver.path(), target),
                      fmt::format("the target `{}` of `{}`", target, driver.name()), place,
                      place.declared_at()});
  }
  report_claimed_twice(input, kTargetTwice, claims, diags);
}

}  // namespace hlab::rules
