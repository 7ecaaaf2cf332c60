#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/rules/resources/resource_rules.h"
#include "compiler/values/scalar_text.h"

namespace hlab::rules {

using model::View;

namespace {

struct Load {
  std::int64_t bytes = 0;
  std::vector<View> services;
};

std::int64_t asked(const View& service) {
  return service.ref("resources").number("memory") * service.number("replicas", 1);
}

/// The services that weigh most stand beside the message.
void name_services(diag::Report report, std::vector<View> services) {
  std::stable_sort(services.begin(), services.end(),
                   [](const View& a, const View& b) { return asked(a) > asked(b); });
  for (std::size_t i = 0; i < services.size() && i < 4; ++i) {
    report.label(services[i].declared_at(), fmt::format("`{}` asks for {}", services[i].name(),
                                                        values::bytes_text(asked(services[i]))));
  }
}

using Loads = std::map<std::uint32_t, Load>;

/// What is asked of the nodes that services are bound to, one alone, and of whole clusters.
struct Asked {
  Loads of_node;
  Loads of_cluster;
};

Asked asked_memory(const RuleInput& input) {
  Asked out;
  const auto add = [](Loads& loads, const View& place, const View& service) {
    Load& load = loads[place.id().index];
    load.bytes += asked(service);
    load.services.push_back(service);
  };
  for (const View& service : input.all("container")) {
    const values::Value& on = service.value("on");
    if (on.is(values::ValueKind::list) && on.list->items.size() == 1)
      add(out.of_node, service.of(on.list->items[0]), service);
    if (const View cluster = service.ref("cluster")) add(out.of_cluster, cluster, service);
  }
  return out;
}

std::int64_t memory_of(const View& node) {
  const std::int64_t has = node.ref("hardware").number("memory");
  return has - std::min(has, node.ref("reserve").number("memory"));
}

std::int64_t memory_of_all(const View& cluster) {
  std::int64_t has = 0;
  for (const View& node : cluster.refs("nodes")) has += memory_of(node);
  return has;
}

/// The load that is too large for its place, if it is.
const Load* over(const Loads& loads, const View& place, std::int64_t has) {
  const auto found = loads.find(place.id().index);
  return found != loads.end() && has != 0 && found->second.bytes > has ? &found->second : nullptr;
}

}  // namespace

void check_memory(const RuleInput& input, diag::Diagnostics& diags) {
  const Asked asked = asked_memory(input);
  const auto tell = [&](const Load& load, const View& place, const std::string& what,
                        std::int64_t has) {
    name_services(diags.report(kMemoryOver, place.declared_at(), what,
                               values::bytes_text(load.bytes), values::bytes_text(has)),
                  load.services);
  };
  for (const View& node : input.all("node")) {
    const std::int64_t has = memory_of(node);
    const Load* load = over(asked.of_node, node, has);
    if (load != nullptr) tell(*load, node, fmt::format("`{}`", node.name()), has);
  }
  for (const View& cluster : input.all("cluster")) {
    const std::int64_t has = memory_of_all(cluster);
    const Load* load = over(asked.of_cluster, cluster, has);
    if (load != nullptr) tell(*load, cluster, fmt::format("cluster `{}`", cluster.name()), has);
  }
}

std::vector<View> clusters_over_memory(const RuleInput& input) {
  const Asked asked = asked_memory(input);
  std::vector<View> out;
  for (const View& cluster : input.all("cluster")) {
    const auto nodes = cluster.refs("nodes");
    const bool is_over = over(asked.of_cluster, cluster, memory_of_all(cluster)) != nullptr ||
                         std::any_of(nodes.begin(), nodes.end(), [&](const View& node) {
                           return over(asked.of_node, node, memory_of(node)) != nullptr;
                         });
    if (is_over) out.push_back(cluster);
  }
  return out;
}

}  // namespace hlab::rules
