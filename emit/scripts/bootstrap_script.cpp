#include <fmt/format.h>

#include <algorithm>

#include "emit/core/shell_word.h"
#include "emit/core/tailnet.h"
#include "emit/core/yaml_file.h"
#include "emit/scripts/script_text.h"
#include "emit/scripts/scripts.h"
#include "emit/scripts/services_by_hand.h"

namespace hlab::emit {

using model::View;

namespace {

class Bootstrap {
 public:
  Bootstrap(const EmitInput& input, const EmitOutput& output, const BringUp& plan)
      : input_(input),
        output_(output),
        plan_(plan),
        charts_(input, output, plan.layout),
        login_(login_of(input, plan)) {}

  std::string text() && {
    head();
    programs();
    age_key();
    first_ansible();
    for (const View& node : plan_.first_nixos) nixos(node);
    if (plan_.ansible_first) ansible();
    for (const View& cluster : plan_.clusters) kubeconfig(cluster);
    for (const View& node : plan_.other_nixos) nixos(node);
    if (!plan_.ansible_first) ansible();
    for (const View& cluster : plan_.clusters) wait_for(cluster);
    for (const View& cluster : plan_.ready_made) look_for(cluster);
    for (const View& secret_operator : plan_.operators) give_key(secret_operator);
    current_ = View();
    for (const graph::FirstStart& one : plan_.starts) start(one);
    late_services();
    out_.line("").line("printf '\\nThe lab is up.\\n'");
    return script_head(kPurpose) + out_.text();
  }

 private:
  static constexpr std::string_view kPurpose =
      "#\n"
      "# Brings the whole lab up, from machines with an operating system to running services. Run it\n"
      "# again at any time: each step leaves alone what is already as it should be.\n";

  [[nodiscard]] bool logs_in() const { return !plan_.nixos().empty() || plan_.ansible_first; }

  void head() {
    out_.raw("\nusage() {\n  cat <<'END'\n");
    out_.raw(logs_in() ? "usage: bootstrap.sh [--dry-run] [--user NAME]\n\n"
                         "  --dry-run    print every step and change nothing\n"
                       : "usage: bootstrap.sh [--dry-run]\n\n"
                         "  --dry-run  print every step and change nothing\n");
    if (logs_in()) {
      out_.raw(
          fmt::format("  --user NAME  log in to the machines as NAME (default: {}); it needs "
                      "sudo\n",
                      plain_or_unknown(login_)));
    }
    environment();
    out_.raw("END\n}\n\nwhile (($#)); do\n  case $1 in\n    --dry-run) dry_run=true ;;\n");
    if (logs_in()) out_.raw("    --user) shift; ssh_user=${1:?--user needs a name} ;;\n");
    out_.raw(
        "    -h | --help) usage; exit 0 ;;\n    *) usage >&2; exit 2 ;;\n  esac\n  shift\ndone\n");
    if (plan_.one_cluster()) out_.line(kubeconfig_line(plan_.clusters.front(), true));
    if (!plan_.ready_made.empty() && !plan_.clusters.empty()) {
      out_.line("own_kubeconfig=${KUBECONFIG:-$HOME/.kube/config}");
    }
  }

  void environment() {
    std::string names;
    if (plan_.needs_age_key()) names = "SOPS_AGE_KEY_FILE (the lab's private key)";
    if (plan_.one_cluster()) {
      names += fmt::format("{}KUBECONFIG (default: ~/.kube/{}.yaml)", names.empty() ? "" : ", ",
                           plan_.clusters.front().name());
    }
    if (!plan_.ready_made.empty()) {
      names += fmt::format("{}KUBECONFIG (with which kubectl finds {}; default: ~/.kube/config)",
                           names.empty() ? "" : ", ", names_of(plan_.ready_made));
    }
    const bool pushes = std::any_of(
        plan_.handovers.begin(), plan_.handovers.end(), [](const graph::Handover& handover) {
          return !handover.engine && handover.gitops.text("repo").starts_with("http");
        });
    if (pushes) {
      names += fmt::format("{}GIT_PASSWORD (a token with which Flux may push)",
                           names.empty() ? "" : ", ");
    }
    if (!names.empty()) out_.raw("\nenvironment: " + names + "\n");
  }

  void programs() {
    std::vector<std::string> names;
    const auto add = [&](std::vector<std::string> more) {
      names.insert(names.end(), more.begin(), more.end());
    };
    if (!plan_.nixos().empty()) add(nixos_programs(plan_));
    if (!plan_.ansible.empty()) add(ansible_programs(plan_));
    if (plan_.needs_age_key()) add({"age-keygen"});
    if (!plan_.clusters.empty()) add({"kubectl", "sed", "ssh"});
    if (!plan_.ready_made.empty()) add({"kubectl"});
    if (has_charts_by_hand(input_)) add({"helm"});
    for (const graph::FirstStart& one : plan_.networks) {
      if (one.what.is("helm")) add({"helm"});
    }
    for (const graph::FirstStart& one : plan_.starts) {
      if (one.handover != graph::kNoHandover && one.what.is("helm")) add({"helm"});
    }
    for (const graph::Handover& handover : plan_.handovers) {
      if (!handover.engine) add({"flux"});
      if (keeper_of_repository(input_, handover.gitops)) add({"git"});
    }
    out_.programs(std::move(names));
  }

  void age_key() {
    if (!plan_.needs_age_key()) return;
    const bool machines = plan_.nixos_secrets || plan_.ansible_secrets;
    const std::string_view who = !machines               ? "The cluster opens"
                                 : plan_.cluster_opens() ? "Machines and the cluster open"
                                                         : "Machines open";
    out_.step("Check the age key", fmt::format("{} the secrets of the lab with it.", who));
    out_.command("check_age_key", {plan_.recipient});
  }

  [[nodiscard]] std::string why(const View& node) const {
    const Membership membership = membership_of(input_, node);
    if (!membership.cluster) return "It stands outside of clusters.";
    const std::string_view cluster = membership.cluster.name();
    if (membership.first) {
      return fmt::format("It runs the control plane of {}, so it comes before every other node.",
                         cluster);
    }
    return fmt::format("It joins {}{}.", membership.server ? "the control plane of " : "", cluster);
  }

  void nixos(const View& node) {
    const std::string target = ssh_target(node, login_);
    out_.step(fmt::format("{}: NixOS", node.name()), why(node));
    if (plan_.nixos_secrets) out_.command("send_age_key", {target});
    out_.command("apply_nixos", {std::string(node.name()), target});
  }

  void first_ansible() {
    if (plan_.first_ansible.empty()) return;
    out_.step(names_of(plan_.first_ansible) + ": Ansible",
              "What a cluster cannot start without runs there.");
    std::vector<std::string> words{"playbooks/prepare.yml"};
    const bool overlay = std::any_of(plan_.first_ansible.begin(), plan_.first_ansible.end(),
                                     [](const View& node) { return overlay_of(node); });
    if (overlay) words.emplace_back("playbooks/tailnet.yml");
    words.insert(words.end(),
                 {"playbooks/first.yml", "--limit", names_of(plan_.first_ansible, ",")});
    out_.command("apply_ansible", std::move(words));
  }

  void ansible() {
    if (plan_.ansible.empty()) return;
    out_.step(names_of(plan_.ansible) + ": Ansible",
              plan_.clusters.empty()
                  ? "Base system, services and backups are set up."
                  : "Nodes join their cluster; what stands beside it is set up.");
    out_.command("apply_ansible", {"playbooks/site.yml"});
  }

  void use(const View& cluster) {
    if (!cluster.is("k3s")) {
      if (!plan_.clusters.empty()) out_.line("export KUBECONFIG=$own_kubeconfig");
    } else if (!plan_.one_cluster()) {
      out_.line(kubeconfig_line(cluster, false));
    }
  }

  void start(const graph::FirstStart& one) {
    const bool by_hand = one.handover == graph::kNoHandover;
    const View cluster = by_hand ? one.what.ref("cluster") : plan_.handovers[one.handover].cluster;
    if (!(cluster == current_)) use(cluster);
    current_ = cluster;
    start_one(one, by_hand);
    if (one.what == cluster.ref("cni") && plan_.has_late_network(cluster)) {
      out_.step(fmt::format("Wait for the nodes of {}", cluster.name()),
                "Their pods have a network now.");
      std::vector<std::string> names;
      for (const View& node : cluster.refs("nodes")) names.emplace_back(node.name());
      out_.command("wait_ready", std::move(names));
    }
  }

  void start_one(const graph::FirstStart& one, bool by_hand) {
    if (by_hand) return apply_service(plan_, charts_, one.what, out_);
    const graph::Handover& handover = plan_.handovers[one.handover];
    if (one.what == handover.gitops) return hand_over(input_, output_, plan_, handover, out_);
    install_before(input_, output_, plan_, handover, one.what, out_);
  }

  void look_for(const View& cluster) {
    out_.step(fmt::format("Look for {}", cluster.name()),
              "Somebody else made this cluster; kubectl finds it as it does for you.");
    use(cluster);
    out_.line("run kubectl get nodes");
  }

  void kubeconfig(const View& cluster) {
    const View first = cluster.refs("servers").front();
    const bool overlay = is_overlay(cluster.ref("network"));
    out_.step(fmt::format("Fetch the kubeconfig of {}", cluster.name()),
              overlay ? "The steps below talk to the cluster over the private network."
                      : "The steps below talk to the cluster.");
    use(cluster);
    out_.command("fetch_kubeconfig", {ssh_target(first, login_), people_api_url(cluster)});
    if (plan_.has_late_network(cluster)) return;
    const bool networked = pod_network(cluster);
    if (networked)
      out_.step(fmt::format("Wait for {}", first.name()), "Its pods have a network now.");
    out_.command("wait_ready", {std::string(first.name())});
  }

  /// A node is ready once its pods have a network.
  bool pod_network(const View& cluster) {
    bool any = false;
    for (const graph::FirstStart& one : plan_.networks) {
      if (!(one.what.ref("cluster") == cluster)) continue;
      const std::string title = one.what.text("title");
      out_.step(fmt::format("Install {}", title),
                "Nodes are not ready before their pods have a network.");
      install_network(input_, output_, plan_, one.what, out_);
      any = true;
    }
    return any;
  }

  void wait_for(const View& cluster) {
    if (plan_.has_late_network(cluster)) return;
    std::vector<std::string> names;
    for (const View& node : cluster.refs("nodes")) {
      if (!(node == cluster.refs("servers").front())) names.emplace_back(node.name());
    }
    if (names.empty()) return;
    out_.step(fmt::format("Wait for the nodes of {}", cluster.name()),
              "Storage wants its disks before the first volume is asked for.");
    use(cluster);
    out_.command("wait_ready", names);
  }

  void give_key(const View& secret_operator) {
    if (plan_.recipient.empty()) return;
    const std::string space = secret_operator.text("namespace");
    const std::string secret = secret_operator.text("key-secret");
    out_.step("Give the cluster the age key",
              "What opens the encrypted files there mounts it, and would not start without.");
    use(secret_operator.ref("cluster"));
    out_.command("give_age_key", {space, secret, secret_operator.text("key-name")});
  }

  void late_services() {
    if (plan_.late.empty()) return;
    out_.step(names_of(plan_.late) + ": Ansible",
              "What stands beside the cluster and needs its services.");
    out_.command("apply_ansible", {"playbooks/late.yml"});
  }

  const EmitInput& input_;
  const EmitOutput& output_;
  const BringUp& plan_;
  const BeforeCharts charts_;
  const std::string login_;
  View current_;  // the cluster that the steps talk to
  ScriptText out_;
};

}  // namespace

void add_bootstrap(const EmitInput& input, EmitOutput& output, const BringUp& plan) {
  add_text(input, output, join_path(plan.layout.scripts, "bootstrap.sh"),
           Bootstrap(input, output, plan).text(), plan.lab, "#", true);
}

}  // namespace hlab::emit
