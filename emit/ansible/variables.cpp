#include "emit/ansible/variables.h"

#include <algorithm>

#include "emit/core/yaml_writer.h"

namespace hlab::emit {

namespace {

/// The value as text, to compare it with that of another host.
std::string text_of(const Variable& variable) {
  Doc doc;
  variable.put(doc);
  std::string out;
  const auto problem = write_yaml(doc, {YamlDialect::ansible, ""}, out);
  return problem ? std::string() : out;
}

bool in_group(const AnsibleHost& host, std::string_view group) {
  const auto groups = groups_of(host);
  return group == kAllHosts || std::find(groups.begin(), groups.end(), group) != groups.end();
}

struct Shared {
  std::string value;
  std::size_t count = 0;
  bool same = true;
};

using SharedByName = std::map<std::pair<std::string_view, std::string>, Shared>;

SharedByName compare(const std::vector<Variables>& by_host) {
  SharedByName out;
  for (const Variables& variables : by_host) {
    for (const Variable& variable : variables) {
      if (variable.group.empty()) continue;
      Shared& shared = out[{variable.group, variable.name}];
      std::string value = text_of(variable);
      shared.same = shared.same && (shared.count == 0 || shared.value == value);
      shared.value = std::move(value);
      ++shared.count;
    }
  }
  return out;
}

}  // namespace

Variables variables_of(const EmitInput& input, const AnsiblePlan& plan, const AnsibleHost& host) {
  Variables out;
  add_base(input, plan, host, out);
  if (host.is_raspberry_pi()) add_board(host, out);
  if (!host.disks().empty()) add_disks(host, out);
  if (!host.needs.empty()) add_storage(host, out);
  if (host.overlay) add_overlay(input, host, out);
  if (host.in_k3s()) add_k3s(plan, host, out);
  if (!host.services.empty()) add_services(plan, host, out);
  return out;
}

void add_list(Variables& out, std::string_view name, std::string_view group,
              std::vector<std::string> items, Origin origin) {
  if (items.empty()) return;
  out.push_back({std::string(name), group, [items = std::move(items), origin](Doc& doc) {
                   doc.open_seq(origin);
                   for (const std::string& item : items) doc.item(item);
                   doc.close();
                 }});
}

void add_string(Variables& out, std::string_view name, std::string_view group, std::string text,
                Origin origin) {
  out.push_back({std::string(name), group,
                 [text = std::move(text), origin](Doc& doc) { doc.value(text, origin); }});
}

void add_flag(Variables& out, std::string_view name, std::string_view group, bool flag) {
  out.push_back({std::string(name), group, [flag](Doc& doc) { doc.value(flag); }});
}

PlacedVariables place_variables(const EmitInput& input, const AnsiblePlan& plan) {
  std::vector<Variables> by_host;
  for (const AnsibleHost& host : plan.hosts) by_host.push_back(variables_of(input, plan, host));
  const SharedByName shared = compare(by_host);

  std::map<std::string_view, std::size_t> size_of;
  for (const AnsibleHost& host : plan.hosts) {
    for (const auto& [key, unused] : shared) size_of.try_emplace(key.first, 0);
    for (auto& [group, size] : size_of) size += in_group(host, group) ? 1 : 0;
  }

  PlacedVariables out;
  for (std::size_t i = 0; i < plan.hosts.size(); ++i) {
    for (Variable& variable : by_host[i]) {
      const auto found = shared.find({variable.group, variable.name});
      const bool common = found != shared.end() && found->second.same &&
                          found->second.count == size_of[variable.group];
      if (!common) {
        out.hosts[std::string(plan.hosts[i].name())].push_back(std::move(variable));
        continue;
      }
      Variables& group = out.groups[std::string(variable.group)];
      const bool there = std::any_of(group.begin(), group.end(), [&](const Variable& other) {
        return other.name == variable.name;
      });
      if (!there) group.push_back(std::move(variable));
    }
  }
  return out;
}

void put_variables(Doc& doc, Variables variables) {
  std::stable_sort(variables.begin(), variables.end(),
                   [](const Variable& a, const Variable& b) { return a.name < b.name; });
  doc.open_map();
  for (const Variable& variable : variables) {
    doc.key(variable.name);
    variable.put(doc);
  }
  doc.close();
}

}  // namespace hlab::emit
