#include <fmt/format.h>

#include "emit/ansible/project_files.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr std::string_view kPrepare = R"(---
- name: Prepare every machine
  hosts: all
  gather_facts: true
  tasks:
    - name: Give the machine its name, time zone and packages
      ansible.builtin.import_role:
        name: base
)";

constexpr std::string_view kPrepareDisks = R"(
    - name: Mount the disks for data
      ansible.builtin.import_role:
        name: data_disk
      when: "'data_disk' in group_names"
)";

constexpr std::string_view kPrepareStorage = R"(
    - name: Install the clients of the storage
      ansible.builtin.import_role:
        name: storage_client
      when: "'storage_client' in group_names"
)";

constexpr std::string_view kPrepareBoard = R"(
    - name: Set the boot settings of a Raspberry Pi
      ansible.builtin.import_role:
        name: raspberry_pi
      when: "'raspberry_pi' in group_names"
)";

constexpr std::string_view kJoinOverlay = R"(---
- name: Join the tailnet
  hosts: tailnet
  gather_facts: true
  roles:
    - role: tailscale
)";

constexpr std::string_view kServers = R"(- name: Start the servers of the cluster
  hosts: k3s_server
  gather_facts: true
  # The first one makes the cluster; the others join it, one after the other.
  serial: 1
  any_errors_fatal: true
  roles:
    - role: k3s_server
)";

constexpr std::string_view kAgents = R"(- name: Join the agents to the cluster
  hosts: k3s_agent
  gather_facts: true
  # One after the other: another version or configuration restarts K3s.
  serial: 1
  roles:
    - role: k3s_agent
)";

constexpr std::string_view kUpgradeHead = R"(---
# Like k3s.yml, but pods are moved away before a node changes its version. Upgrade the servers
# first. Run it with: ansible-playbook playbooks/upgrade.yml -e k3s_node_kubeconfig=PATH
)";
constexpr std::string_view kUpgradeSeveralHead = R"(---
# Like k3s.yml, but pods are moved away before a node changes its version. Upgrade the servers
# first. FOLDER has a kubeconfig for each cluster, CLUSTER.yaml. Run it with:
# ansible-playbook playbooks/upgrade.yml -e kubeconfigs=FOLDER
)";

/// What pods are drained with: its variable, and how it is given.
struct Kubeconfigs {
  std::string_view head;
  std::string_view variables;
  std::string_view given;
  std::string_view ask;
};
constexpr Kubeconfigs kOneKubeconfig{
    kUpgradeHead, "", "k3s_node_kubeconfig != ''",
    "Give the path of the cluster's kubeconfig: -e k3s_node_kubeconfig=PATH"};
constexpr Kubeconfigs kSeveralKubeconfigs{
    kUpgradeSeveralHead,
    "    k3s_node_kubeconfig: \"{{ kubeconfigs }}/{{ k3s_node_cluster }}.yaml\"\n",
    "kubeconfigs is defined",
    "Give the folder with the clusters' kubeconfigs: -e kubeconfigs=FOLDER"};

constexpr const char* kUpgrade = R"(- name: Upgrade the {0}s of the cluster
  hosts: k3s_{0}
  gather_facts: true
  serial: 1
  any_errors_fatal: true
  vars:
    k3s_node_drain: true
{1}  pre_tasks:
    - name: Check that there is a kubeconfig to drain nodes with
      ansible.builtin.assert:
        that: {2}
        fail_msg: "{3}"
        quiet: true
  roles:
    - role: k3s_{0}
)";

std::string upgrade_of(std::string_view kind, const Kubeconfigs& access) {
  return fmt::format(fmt::runtime(kUpgrade), kind, access.variables, access.given, access.ask);
}

constexpr std::string_view kSupport = R"(- name: {}
  hosts: support
  gather_facts: true
  roles:
    - role: host_service
)";

// Services on several machines: each stage is done everywhere before the next one begins.
constexpr std::string_view kChosen = R"(      vars:
        host_service_chosen: [{}]
)";

constexpr std::string_view kFirstPlaybook = "first.yml";

struct Import {
  std::string_view name;
  std::string_view file;
};

void add_cluster_playbooks(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  const bool servers = has_group(plan, kServerGroup);
  const bool agents = has_group(plan, kAgentGroup);
  const View cluster = subject_of(plan, servers ? kServerGroup : kAgentGroup);
  std::string set_up = "---\n";
  const Kubeconfigs& access = plan.several_clusters ? kSeveralKubeconfigs : kOneKubeconfig;
  std::string upgrade(access.head);
  if (servers) {
    set_up += kServers;
    upgrade += upgrade_of("server", access);
  }
  if (servers && agents) {
    set_up += '\n';
    upgrade += '\n';
  }
  if (agents) {
    set_up += kAgents;
    upgrade += upgrade_of("agent", access);
  }
  add_text(input, output, plan.path("playbooks/k3s.yml"), set_up, cluster, "#");
  add_text(input, output, plan.path("playbooks/upgrade.yml"), upgrade, cluster, "#");
}

std::string support_plays(const std::vector<std::vector<View>>& stages, std::string_view name,
                          bool all) {
  std::string out = "---\n";
  for (std::size_t i = 0; i < stages.size(); ++i) {
    if (i > 0) out += '\n';
    const std::string number = stages.size() > 1 ? fmt::format(", stage {}", i + 1) : "";
    out += fmt::format(fmt::runtime(kSupport), fmt::format("{}{}", name, number));
    if (all) continue;
    std::string names;
    for (const View& service : stages[i]) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", service.name());
    }
    out += fmt::format(fmt::runtime(kChosen), names);
  }
  return out;
}

/// One of the playbooks with services; whether it has any.
bool add_services_playbook(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan,
                           const std::vector<std::vector<View>>& stages, std::string_view file,
                           std::string_view name, bool all) {
  if (stages.empty()) return false;
  add_text(input, output, plan.path(fmt::format("playbooks/{}", file)),
           support_plays(stages, name, all), plan.lab, "#");
  return true;
}

void add_site(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan,
              const std::vector<Import>& imports) {
  std::string text = "---\n";
  for (const Import& import : imports) {
    if (&import != &imports.front()) text += '\n';
    text += fmt::format("- name: {}\n  ansible.builtin.import_playbook: {}\n", import.name,
                        import.file);
  }
  add_text(input, output, plan.path("playbooks/site.yml"), text, plan.lab, "#");
}

}  // namespace

void add_playbooks(const EmitInput& input, EmitOutput& output, const AnsiblePlan& plan) {
  std::vector<Import> imports{{"Prepare every machine", "prepare.yml"}};
  std::string prepare(kPrepare);
  if (has_group(plan, kDiskGroup)) prepare += kPrepareDisks;
  if (has_group(plan, kStorageGroup)) prepare += kPrepareStorage;
  if (has_group(plan, kBoardGroup)) prepare += kPrepareBoard;
  add_text(input, output, plan.path("playbooks/prepare.yml"), prepare, plan.lab, "#");
  if (has_group(plan, kOverlayGroup)) {
    imports.push_back({"Join the tailnet", "tailnet.yml"});
    add_text(input, output, plan.path("playbooks/tailnet.yml"), kJoinOverlay,
             subject_of(plan, kOverlayGroup), "#");
  }
  const auto& [first, early, late] = plan.stages;
  const bool all = first.size() + early.size() == 1 && late.empty();
  if (add_services_playbook(input, output, plan, first, kFirstPlaybook,
                            "Set up what a cluster waits for", all))
    imports.push_back({"Set up what a cluster waits for", kFirstPlaybook});
  if (has_group(plan, kServerGroup) || has_group(plan, kAgentGroup)) {
    imports.push_back({"Join the cluster", "k3s.yml"});
    add_cluster_playbooks(input, output, plan);
  }
  if (add_services_playbook(input, output, plan, early, "support.yml",
                            "Set up the services outside the cluster", all))
    imports.push_back({"Set the support machines up", "support.yml"});
  add_services_playbook(input, output, plan, late, "late.yml",
                        "Set up the services that need those of the cluster", false);
  add_site(input, output, plan, imports);
}

}  // namespace hlab::emit
