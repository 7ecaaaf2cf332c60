#include <fmt/format.h>

#include <algorithm>

#include "emit/core/shell_word.h"
#include "emit/core/yaml_file.h"
#include "emit/scripts/script_text.h"
#include "emit/scripts/scripts.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr std::string_view kPurpose =
    "#\n# Sets up one machine of the lab, a new or a replaced one, when the rest is already running.\n";

constexpr std::string_view kArguments = R"sh(
machine=
while (($#)); do
  case $1 in
    --dry-run) dry_run=true ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) [[ -z $machine ]] || { usage >&2; exit 2; }; machine=$1 ;;
  esac
  shift
done
[[ -n $machine ]] || { usage >&2; exit 2; }
)sh";

constexpr std::string_view kJoined = R"sh(
# joined NODE CLUSTER: a replaced machine comes back under its old name only after the old one is
# forgotten.
joined() {
  step "Wait for $1 in $2" 'Its pods start as soon as it is ready.'
  say "a machine that was replaced is refused until: kubectl delete node $1"
  wait_ready "$1"
}
)sh";

class Join {
 public:
  Join(const EmitInput& input, const BringUp& plan)
      : input_(input), plan_(plan), login_(login_of(input, plan)) {
    machines_ = plan.nixos();
    machines_.insert(machines_.end(), plan.ansible.begin(), plan.ansible.end());
    machines_ = sorted_by_name(std::move(machines_));
  }

  std::string text() && {
    usage();
    std::string arguments(kArguments);
    if (!plan_.nixos().empty()) {
      arguments.insert(arguments.find("    -h |"),
                       "    --user) shift; ssh_user=${1:?--user needs a name} ;;\n");
    }
    out_.raw(arguments);
    if (plan_.one_cluster()) out_.line(kubeconfig_line(plan_.clusters.front(), true));
    if (!plan_.clusters.empty()) out_.raw(kJoined);
    out_.raw("\ncase $machine in\n");
    for (const View& node : plan_.nixos()) nixos(node);
    for (const View& cluster : plan_.clusters) agents(cluster);
    others();
    out_.raw(
        "  *)\n    fail \"no machine of this lab is called $machine (see --help)\"\n    ;;\nesac\n");
    out_.raw("\nprintf '\\n%s is set up.\\n' \"$machine\"\n");
    return script_head(kPurpose) + out_.text();
  }

 private:
  [[nodiscard]] std::string role(const View& node) const {
    const Membership membership = membership_of(input_, node);
    std::string text = runs_nixos(node) ? "NixOS" : "Ansible";
    if (!membership.cluster) return text;
    return fmt::format("{}, {} of {}", text, membership.server ? "server" : "agent",
                       membership.cluster.name());
  }

  void usage() {
    const bool logs_in = !plan_.nixos().empty();
    out_.raw(fmt::format("\nusage() {{\n  cat <<'END'\nusage: join.sh [--dry-run] {}MACHINE\n\n",
                         logs_in ? "[--user NAME] " : ""));
    out_.raw(logs_in ? "  --dry-run    print every step and change nothing\n"
                     : "  --dry-run  print every step and change nothing\n");
    if (logs_in) {
      out_.raw(
          fmt::format("  --user NAME  log in to a NixOS machine as NAME (default: {}); it "
                      "needs sudo\n",
                      plain_or_unknown(login_)));
    }
    out_.raw("\nmachines:\n");
    std::size_t width = 0;
    for (const View& node : machines_) width = std::max(width, node.name().size());
    for (const View& node : machines_) {
      out_.raw(fmt::format("  {:<{}}  {}\n", node.name(), width, role(node)));
    }
    out_.raw("END\n}\n");
  }

  void arm(const std::vector<View>& nodes) {
    std::string pattern;
    for (const View& node : sorted_by_name(nodes)) {
      if (!pattern.empty()) pattern += " | ";
      pattern += shell_word(node.name());
    }
    out_.raw("  " + pattern + ")\n");
  }

  void programs(std::vector<std::string> names, bool in_cluster) {
    if (in_cluster) names.emplace_back("kubectl");
    arm_.programs(std::move(names));
  }

  void finish_arm(const View& cluster, const std::string& machine) {
    if (cluster) {
      if (!plan_.one_cluster()) arm_.line(kubeconfig_line(cluster, false));
      arm_.line(fmt::format("joined {} {}", machine, shell_word(cluster.name())));
    }
    arm_.line(";;");
    out_.raw(arm_.text());
    arm_ = ScriptText("    ");
  }

  void nixos(const View& node) {
    const View cluster = membership_of(input_, node).cluster;
    const std::string target = ssh_target(node, login_);
    arm({node});
    programs(nixos_programs(plan_), static_cast<bool>(cluster));
    arm_.step(fmt::format("{}: NixOS", node.name()), "Everything about it comes from its flake.");
    if (plan_.nixos_secrets) {
      arm_.command("check_age_key", {plan_.recipient});
      arm_.command("send_age_key", {target});
    }
    arm_.command("apply_nixos", {std::string(node.name()), target});
    finish_arm(cluster.is("k3s") ? cluster : View(), shell_word(node.name()));
  }

  void ansible(const std::vector<View>& nodes, const View& cluster) {
    if (nodes.empty()) return;
    arm(nodes);
    programs(ansible_programs(plan_), static_cast<bool>(cluster));
    arm_.line(fmt::format(
        "step \"$machine: Ansible\" {}",
        shell_quoted(cluster ? "Boot flags, network and K3s come from the site playbook."
                             : "What stands on the machine itself comes from the site playbook.")));
    if (plan_.ansible_secrets) arm_.command("check_age_key", {plan_.recipient});
    arm_.line("apply_ansible playbooks/site.yml --limit \"$machine\"");
    if (!plan_.late.empty()) {
      arm_.line("apply_ansible playbooks/late.yml --limit \"$machine\"");
    }
    finish_arm(cluster, "\"$machine\"");
  }

  void agents(const View& cluster) {
    std::vector<View> nodes;
    for (const View& node : plan_.ansible) {
      if (membership_of(input_, node).cluster == cluster) nodes.push_back(node);
    }
    ansible(nodes, cluster);
  }

  void others() {
    std::vector<View> nodes;
    for (const View& node : plan_.ansible) {
      if (!membership_of(input_, node).cluster.is("k3s")) nodes.push_back(node);
    }
    ansible(nodes, View());
  }

  const EmitInput& input_;
  const BringUp& plan_;
  const std::string login_;
  std::vector<View> machines_;
  ScriptText out_;
  ScriptText arm_{"    "};
};

}  // namespace

void add_join(const EmitInput& input, EmitOutput& output, const BringUp& plan) {
  add_text(input, output, join_path(plan.layout.scripts, "join.sh"), Join(input, plan).text(),
           plan.lab, "#", true);
}

}  // namespace hlab::emit
