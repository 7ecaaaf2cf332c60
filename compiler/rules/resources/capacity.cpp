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

}  // namespace

void check_memory(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::uint32_t, Load> on_node;
  std::map<std::uint32_t, Load> in_cluster;
  for (const View& service : input.all("container")) {
    const std::int64_t bytes = asked(service);
    const auto on = service.refs("on");
    if (on.size() == 1) {
      on_node[on[0].id().index].bytes += bytes;
      on_node[on[0].id().index].services.push_back(service);
    }
    if (const View cluster = service.ref("cluster")) {
      in_cluster[cluster.id().index].bytes += bytes;
      in_cluster[cluster.id().index].services.push_back(service);
    }
  }
  for (const View& node : input.all("node")) {
    const auto found = on_node.find(node.id().index);
    const std::int64_t has = node.ref("hardware").number("memory");
    if (found == on_node.end() || has == 0 || found->second.bytes <= has) continue;
    name_services(diags.report(kMemoryOver, node.declared_at(), fmt::format("`{}`", node.name()),
                               values::bytes_text(found->second.bytes), values::bytes_text(has)),
                  found->second.services);
  }
  for (const View& cluster : input.all("cluster")) {
    const auto found = in_cluster.find(cluster.id().index);
    std::int64_t has = 0;
    for (const View& node : cluster.refs("nodes")) has += node.ref("hardware").number("memory");
    if (found == in_cluster.end() || has == 0 || found->second.bytes <= has) continue;
    name_services(diags.report(kMemoryOver, cluster.declared_at(),
                               fmt::format("cluster `{}`", cluster.name()),
                               values::bytes_text(found->second.bytes), values::bytes_text(has)),
                  found->second.services);
  }
}

namespace {

/// One node for each architecture among them, in their order.
std::vector<std::pair<std::string, View>> architectures(const std::vector<View>& nodes) {
  std::vector<std::pair<std::string, View>> found;
  for (const View& node : nodes) {
    const std::string arch = node.ref("hardware").text("arch");
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const auto& one) { return one.first == arch; });
    if (!known && !arch.empty()) found.emplace_back(arch, node);
  }
  return found;
}

/// The image's index says it; without one, what the service claims.
std::vector<std::string> platforms_of(const RuleInput& input, const View& service) {
  if (input.image_platforms != nullptr) {
    const auto found = input.image_platforms->find(service.text("image"));
    if (found != input.image_platforms->end()) return found->second;
  }
  return service.texts("platforms");
}

void check_image(const RuleInput& input, const View& service, bool bound,
                 const std::vector<std::pair<std::string, View>>& places,
                 diag::Diagnostics& diags) {
  const auto platforms = platforms_of(input, service);
  if (platforms.empty()) return;
  for (const auto& [arch, node] : places) {
    if (std::find(platforms.begin(), platforms.end(), arch) != platforms.end()) continue;
    auto report = diags.report(kImageArch, service.set_at("image"), service.name(), node.name(),
                               arch);
    report.here(fmt::format("built for {}", fmt::join(platforms, ", ")));
    report.label(node.declared_at(), fmt::format("this machine is {}", arch));
    if (!bound) {
      report.help("say where it may run: `on = [...]`, or take an image that is built for all");
    }
    return;  // one mistake, one message
  }
}

}  // namespace

void check_architectures(const RuleInput& input, diag::Diagnostics& diags) {
  std::map<std::uint32_t, std::vector<std::pair<std::string, View>>> in_cluster;
  for (const View& cluster : input.all("cluster")) {
    in_cluster[cluster.id().index] = architectures(cluster.refs("nodes"));
  }
  for (const View& service : input.all("container")) {
    const auto on = service.refs("on");
    const View cluster = service.ref("cluster");
    if (!on.empty()) {
      check_image(input, service, true, architectures(on), diags);
    } else if (cluster) {
      check_image(input, service, false, in_cluster[cluster.id().index], diags);
    }
  }
}

}  // namespace hlab::rules
