// Variables of hosts, and where they are written: what is the same on every host of its group stands
// in the group's file, anything else with its host.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "emit/ansible/ansible_plan.h"
#include "emit/core/document.h"

namespace hlab::emit {

struct Variable {
  std::string name;
  std::string_view group;         // where it may be shared; "" stays with its host
  std::function<void(Doc&)> put;  // the value
};

using Variables = std::vector<Variable>;

/// Those of one host; one that has its role's default is left out.
[[nodiscard]] Variables variables_of(const EmitInput& input, const AnsiblePlan& plan,
                                     const AnsibleHost& host);

// Parts of them, by role.
void add_base(const EmitInput& input, const AnsiblePlan& plan, const AnsibleHost& host,
              Variables& out);
void add_board(const AnsibleHost& host, Variables& out);
void add_disks(const AnsibleHost& host, Variables& out);
void add_storage(const AnsibleHost& host, Variables& out);
void add_overlay(const EmitInput& input, const AnsibleHost& host, Variables& out);
void add_k3s(const AnsiblePlan& plan, const AnsibleHost& host, Variables& out);
void add_services(const AnsiblePlan& plan, const AnsibleHost& host, Variables& out);

/// Adds a list of texts; nothing for an empty one.
void add_list(Variables& out, std::string_view name, std::string_view group,
              std::vector<std::string> items, Origin origin = kNoOrigin);
void add_string(Variables& out, std::string_view name, std::string_view group, std::string text,
                Origin origin = kNoOrigin);
void add_flag(Variables& out, std::string_view name, std::string_view group, bool flag);

struct PlacedVariables {
  std::map<std::string, Variables, std::less<>> groups;  // by group
  std::map<std::string, Variables, std::less<>> hosts;   // by host
};

[[nodiscard]] PlacedVariables place_variables(const EmitInput& input, const AnsiblePlan& plan);

/// Writes them as one map, sorted by name.
void put_variables(Doc& doc, Variables variables);

}  // namespace hlab::emit
