#include "emit/ansible/project_files.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit {

namespace {

constexpr std::string_view kConfiguration = R"([defaults]
inventory = inventory/hosts.yml
roles_path = roles
interpreter_python = /usr/bin/python3
host_key_checking = True
any_errors_fatal = False
callback_result_format = yaml

[inventory]
any_unparsed_is_failed = True

[ssh_connection]
pipelining = True
)";

constexpr std::string_view kLint = R"(profile: production
offline: true
exclude_paths:
  - secrets/
skip_list:
  # Texts of the lab are as long as they are.
  - yaml[line-length]
)";

constexpr std::string_view kCollections = R"(---
collections:
  - name: community.sops
    version: ">=2.0.0,<3.0.0"
)";

}  // namespace

void add_settings(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  add_text(input, output, plan.path("ansible.cfg"), kConfiguration, plan.lab, "#");
  add_text(input, output, plan.path(".ansible-lint"), kLint, plan.lab, "#");
  if (!plan.uses_secrets) return;
  add_text(input, output, plan.path("requirements.yml"), kCollections, plan.lab, "#");
}

}  // namespace hlab::emit
