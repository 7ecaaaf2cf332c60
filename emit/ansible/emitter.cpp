#include "emit/ansible/emitter.h"

#include "emit/ansible/project_files.h"

namespace hlab::emit {

namespace {

void emit_ansible(const EmitInput& input, EmitOutput& output) {
  const AnsiblePlan plan = plan_ansible(input);
  check_lab(input, output, plan);
  if (plan.hosts.empty()) return;
  add_settings(input, output, plan);
  add_inventory(input, output, plan);
  add_playbooks(input, output, plan);
  add_roles(output, plan);
}

}  // namespace

const Emitter kAnsibleEmitter{
    "ansible", "An Ansible project for machines that run Debian or its kin.", emit_ansible};

}  // namespace hlab::emit
