#include <fmt/format.h>

#include <algorithm>

#include "emit/core/shell_word.h"
#include "emit/core/yaml_file.h"
#include "emit/scripts/scripts.h"
#include "emit/scripts/services_by_hand.h"
#include "emit/scripts/steps_text.h"

namespace hlab::emit {

using model::View;

namespace {

/// From the scripts' folder to the output: `..` for each part of the path.
std::string way_up(std::string_view folder) {
  std::string up;
  if (folder.empty()) return ".";
  const auto parts = std::count(folder.begin(), folder.end(), '/') + 1;
  for (std::ptrdiff_t i = 0; i < parts; ++i) up += i == 0 ? ".." : "/..";
  return up;
}

std::string constants(const EmitInput& input, const BringUp& plan) {
  std::string text = "dry_run=false\n";
  if (!plan.nixos().empty() || plan.ansible_first) {
    text += fmt::format("ssh_user={}\n", shell_word(login_of(input, plan)));
  }
  text += fmt::format("root=$(cd -- \"$(dirname -- \"${{BASH_SOURCE[0]}}\")/{}\" && pwd)\n",
                      way_up(plan.layout.scripts));
  if (!plan.nixos().empty()) text += fmt::format("nixos={}\n", shell_word(plan.layout.nixos));
  if (!plan.ansible.empty()) text += fmt::format("ansible={}\n", shell_word(plan.layout.ansible));
  return text + "number=0\n";
}

}  // namespace

void add_steps(const EmitInput& input, EmitOutput& output, const BringUp& plan) {
  std::string text = "#\n# What bootstrap.sh and join.sh share. Sourced, never run.\n";
  // Whoever reads this file alone sees no use of what the others use.
  text += "# shellcheck shell=bash disable=SC2034\n\n";
  text += constants(input, plan);
  text += kStepFunctions;
  if (!plan.nixos().empty() || plan.ansible_first) text += kRemoteFunction;
  if (plan.needs_age_key()) text += kAgeKeyFunctions;
  if (plan.nixos_secrets) text += kSendAgeKeyFunction;
  const bool gives_key = plan.needs_age_key() && plan.cluster_opens();
  if (gives_key || !plan.handovers.empty() || !plan.networks.empty())
    text += kMakeNamespaceFunction;
  if (gives_key) text += kGiveAgeKeyFunction;
  if (!plan.nixos().empty()) text += kNixosFunction;
  if (!plan.ansible.empty()) text += kAnsibleFunction;
  if (!plan.clusters.empty()) {
    text += kFetchKubeconfigFunction;
    text += kClusterFunctions;
  }
  const auto& handovers = plan.handovers;
  if (std::any_of(handovers.begin(), handovers.end(), [&](const graph::Handover& handover) {
        return static_cast<bool>(keeper_of_repository(input, handover.gitops));
      })) {
    text += kRepositoryFunction;
  }
  if (!clusters_by_hand(input).empty()) text += kServiceFunctions;
  add_text(input, output, join_path(plan.layout.scripts, "steps.sh"), text, plan.lab, "#");
}

std::string script_head(std::string_view purpose) {
  return fmt::format(
      "#!/usr/bin/env bash\n{}set -euo pipefail\n"
      "# shellcheck source-path=SCRIPTDIR source=steps.sh\n"
      ". \"$(dirname -- \"${{BASH_SOURCE[0]}}\")/steps.sh\"\n",
      purpose);
}

std::string kubeconfig_line(const View& cluster, bool one_cluster) {
  const std::string file = fmt::format("$HOME/.kube/{}.yaml", cluster.name());
  return one_cluster ? fmt::format("export KUBECONFIG=${{KUBECONFIG:-{}}}", file)
                     : fmt::format("export KUBECONFIG={}", file);
}

std::vector<std::string> nixos_programs(const BringUp& plan) {
  std::vector<std::string> names{"cmp", "ssh", "tar"};
  if (plan.nixos_secrets) names.emplace_back("age-keygen");
  return names;
}

std::vector<std::string> ansible_programs(const BringUp& plan) {
  std::vector<std::string> names{"ansible-playbook"};
  if (plan.ansible_secrets) names.insert(names.end(), {"age-keygen", "ansible-galaxy", "sops"});
  return names;
}

}  // namespace hlab::emit
