// The files of the project, one function each.
#pragma once

#include "emit/ansible/variables.h"

namespace hlab::emit {

/// Reports what Ansible could not set up.
void check_lab(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan);
/// Whether hlab makes a group of that name in the inventory, so that no machine can have it.
[[nodiscard]] bool is_group_of_inventory(std::string_view name);
/// ansible.cfg, .ansible-lint, requirements.yml.
void add_settings(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan);
/// inventory/: hosts, group_vars, host_vars.
void add_inventory(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan);
void add_playbooks(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan);
/// The roles that the playbooks name, as the library has them.
void add_roles(EmitOutput& output, const AnsiblePlan& plan);

}  // namespace hlab::emit
