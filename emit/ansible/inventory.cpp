#include <fmt/format.h>

#include <algorithm>

#include "emit/ansible/project_files.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit {

namespace {

bool is_member(const AnsibleHost& host, std::string_view group) {
  const auto groups = groups_of(host);
  return group == kAllHosts ? groups.empty()
                            : std::find(groups.begin(), groups.end(), group) != groups.end();
}

/// Members by name; of `all` only those that are in no other group. Plays go through them in this
/// order, so the server that starts a cluster stands before those that join it.
void put_hosts(Doc& doc, const AnsiblePlan& plan, std::string_view group) {
  std::vector<model::View> nodes;
  for (const bool first : {true, false}) {
    for (const AnsibleHost& host : plan.hosts) {
      const bool leads = group == kServerGroup && host.membership.first;
      if (is_member(host, group) && leads == first) nodes.push_back(host.node);
    }
  }
  if (nodes.empty()) return;
  doc.key("hosts");
  doc.open_map();
  for (const model::View& node : nodes) {
    doc.key(node.name());
    doc.open_map(origin_of_name(node));
    doc.close();
  }
  doc.close();
}

constexpr std::string_view kGroups[] = {kDiskGroup,    kAgentGroup,   kServerGroup, kBoardGroup,
                                        kStorageGroup, kServiceGroup, kOverlayGroup};

void put_groups(Doc& doc, const AnsiblePlan& plan) {
  doc.key("children");
  doc.open_map();
  for (const std::string_view group : kGroups) {
    if (!has_group(plan, group)) continue;
    doc.key(group);
    doc.open_map();
    put_hosts(doc, plan, group);
    doc.close();
  }
  doc.close();
}

void add_hosts(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  Doc doc;
  doc.open_map();
  doc.key(kAllHosts);
  doc.open_map();
  put_hosts(doc, plan, kAllHosts);
  const bool grouped = std::any_of(
      plan.hosts.begin(), plan.hosts.end(),
      [](const AnsibleHost& host) { return !groups_of(host).empty(); });
  if (grouped) put_groups(doc, plan);
  doc.close();
  doc.close();
  add_yaml(input, output, plan.path("inventory/hosts.yml"), doc, plan.lab, YamlDialect::ansible);
}

/// What the lab says of a host's variables comes after ours, and wins.
Variables with_own(const AnsibleHost& host, Variables variables) {
  for (const auto& [name, value] : host.node.entries("ansible")) {
    if (value.hollow()) continue;
    std::erase_if(variables, [name = name](const Variable& other) { return other.name == name; });
    variables.push_back({std::string(name), "", [node = host.node, value = value](Doc& doc) {
                           put_value(doc, node, value);
                         }});
  }
  return variables;
}

}  // namespace

void add_inventory(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  add_hosts(input, output, plan);
  PlacedVariables placed = place_variables(input, plan);
  Doc doc;
  for (auto& [group, variables] : placed.groups) {
    doc.clear();
    put_variables(doc, std::move(variables));
    add_yaml(input, output, plan.path(fmt::format("inventory/group_vars/{}.yml", group)), doc,
             subject_of(plan, group), YamlDialect::ansible);
  }
  for (const AnsibleHost& host : plan.hosts) {
    doc.clear();
    put_variables(doc, with_own(host, std::move(placed.hosts[std::string(host.name())])));
    add_yaml(input, output, plan.path(fmt::format("inventory/host_vars/{}.yml", host.name())), doc,
             host.node, YamlDialect::ansible);
  }
}

}  // namespace hlab::emit
