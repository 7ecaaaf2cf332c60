#include <fmt/format.h>

#include <map>
#include <set>

#include "compiler/model/waiting.h"
#include "emit/core/secret_use.h"
#include "emit/core/tailnet.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"
#include "emit/scripts/services_by_hand.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr std::string_view kByLabel = "/dev/disk/by-label/";

/// A numbered list; a step of several lines is indented under its number.
class Steps {
 public:
  void add(std::string_view text) {
    const std::string number = fmt::format("{}. ", ++number_);
    text_ += number;
    for (const char c : text) {
      text_ += c;
      if (c == '\n') text_.append(number.size(), ' ');
    }
    text_ += '\n';
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  int number_ = 0;
};

void install_systems(const EmitInput& input, const BringUp& plan, Steps& steps) {
  std::vector<std::pair<std::string, std::vector<View>>> systems;
  for (const View& node : sorted_by_name(input.all("node"))) {
    const std::string system = system_of(node);
    auto at = systems.begin();
    while (at != systems.end() && at->first != system) ++at;
    if (at == systems.end()) at = systems.insert(at, {system, {}});
    at->second.push_back(node);
  }
  const std::string login = login_of(input, plan);
  std::string text = "Install the systems, each with SSH on and a user ";
  text += markdown_code(login);
  text += login == "root" ? " that has your key:"
                          : " that has your key and may use `sudo`\nwithout a password:";
  for (const auto& [system, nodes] : systems) {
    text += fmt::format("\n- {} on {}", markdown_text(system), names_of(nodes));
  }
  steps.add(text);
}

/// What a person does once for a disk; the machine mounts it then.
std::string disk_lines(const View& node, const View& disk) {
  const std::string device = disk.text("device");
  const std::string type = disk.text("filesystem");
  const bool labelled = device.starts_with(kByLabel);
  const std::string label = labelled ? device.substr(kByLabel.size()) : "";
  std::string text = fmt::format("\n- {}: ", node.name());
  text += labelled ? markdown_code(fmt::format("mkfs.{} -L {} /dev/DISK", type, label))
                   : markdown_code(fmt::format("mkfs.{} {}", type, device));
  return text;
}

void format_disks(const EmitInput& input, Steps& steps) {
  std::string lines;
  for (const View& node : sorted_by_name(input.all("node"))) {
    for (const auto& [name, disk] : node.held("disk")) lines += disk_lines(node, disk);
  }
  if (lines.empty()) return;
  steps.add(
      "Prepare the disks for data, once, and new, empty ones alone: `mkfs` destroys all that a disk holds.\n"
      "Look at it first, on its machine: `lsblk -f` shows what each disk holds, and `sudo blkid DEVICE`\n"
      "says nothing of an empty one. A disk that has a file system is only mounted; give it the label with\n"
      "which the lab names it, and no `mkfs`. Nothing in here ever formats a disk. New ones get:" +
      lines);
}

/// The names of its parts, and what to put in where the lab knows it.
std::string parts_of(const View& secret) {
  std::string text;
  const auto about = secret.entries("about");
  for (const std::string& key : secret.texts("keys")) {
    text += (text.empty() ? "" : ", ") + markdown_code(key);
    for (const auto& [name, value] : about) {
      if (name == key) text += fmt::format(" ({})", markdown_text(secret.text_of(value)));
    }
  }
  return text;
}

/// What no file does: the services say it themselves.
void by_hand(const EmitInput& input, Steps& steps) {
  for (const View& service : sorted_by_name(input.all("service"))) {
    for (const std::string& step : service.texts("by-hand")) steps.add(step);
  }
}

/// Whoever needs it, by name: the order of the source says nothing.
std::string users_of(const SecretUse& use) {
  std::set<std::string> paths{use.user.path()};
  for (const View& user : use.users) paths.insert(user.path());
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + path;
  return text;
}

void missing_secrets(const EmitInput& input, Steps& steps) {
  MarkdownTable table({"File in the lab's folder", "Keys", "What it is"});
  for (const SecretUse& use : secret_uses(input)) {
    if (input.lab_file(use.source)) continue;
    table.row({markdown_code(use.source), parts_of(use.secret),
               use.secret.has("description") ? markdown_text(use.secret.text("description"))
                                             : markdown_text(users_of(use))});
  }
  if (table.empty()) return;
  steps.add(
      "Make the secrets that are still missing, each with `hlab secret set NAME` in the lab's folder,\n"
      "then build again:\n\n" +
      table.text());
}

/// Nobody can put a Secret into a cluster that is not there, and the script waits for the pods that need it.
void secrets_from_elsewhere(const EmitInput& input, const BringUp& plan, Steps& steps) {
  MarkdownTable table({"Secret", "Namespace", "Keys", "Needed by"});
  for (const SecretUse& use : extern_secret_uses(input)) {
    if (use.target != SecretTarget::kubernetes) continue;
    table.row({markdown_code(use.secret.name()), markdown_code(use.user.text("namespace")),
               parts_of(use.secret), markdown_text(users_of(use))});
  }
  if (table.empty()) return;
  steps.add(fmt::format(
      "As soon as the cluster answers, and while {} still waits for the services of it,\n"
      "see to it that these Secrets come into it. The lab leaves them to something else (`extern`):\n\n{}",
      markdown_code(join_path(plan.layout.scripts, "bootstrap.sh")), table.text()));
}

void bring_up(const EmitInput& input, const BringUp& plan, Steps& steps) {
  const std::string script = join_path(plan.layout.scripts, "bootstrap.sh");
  std::string text = own_machine(input, plan);
  text += text.empty() ? "Run " : "Then run ";
  text += markdown_code(script + " --dry-run") + ", read it,\nand run " + markdown_code(script);
  text += ". It may be run again at any time. Commit the files that it says it wrote.";
  steps.add(text);
}

/// The access policy comes before the machines: they join with tags that it declares.
void apply_policy(const EmitInput& input, const BringUp& plan, Steps& steps) {
  std::string machines;
  bool has_key = false;
  for (const View& node : sorted_by_name(input.all("node"))) {
    const std::vector<std::string> tags = tailnet_tags(input, node);
    if (tags.empty()) continue;
    machines += fmt::format("\n- {}: {}", node.name(), markdown_codes(tags));
    has_key = has_key || overlay_of(node).has("auth-key");
  }
  if (machines.empty()) return;
  const std::string file = markdown_code(join_path(plan.layout.tailscale, "policy*.hujson"));
  std::string text = fmt::format(
      "Give the private network its access policy: paste {} into its console\n(Access controls), or "
      "let Tailscale's GitOps action do that. It replaces whatever stands there.\n"
      "A machine that has joined before needs its tags first (Machines, Edit tags), or the policy "
      "shuts it\nout; the others {}:",
      file,
      has_key ? "ask for them when they join. An administrator makes the key, without tags"
              : "are joined by hand, each with `sudo tailscale up --advertise-tags=` and its tags");
  steps.add(text + machines);
}

/// What has no other way in has to be in the private network before anything is set up on it.
void join_by_hand(const EmitInput& input, Steps& steps) {
  std::string machines;
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (!is_found_in_overlay(node)) continue;
    const std::vector<std::string> tags = tailnet_tags(input, node);
    std::string command = fmt::format("sudo tailscale up --hostname={}", node.name());
    if (!tags.empty()) command += fmt::format(" --advertise-tags={}", fmt::join(tags, ","));
    machines += fmt::format("\n- {}: {}", node.name(), markdown_code(command));
  }
  if (machines.empty()) return;
  steps.add(
      "Join these machines to the private network by hand, for they are found by their names there and\n"
      "nowhere else. Each needs Tailscale for that; the script finds it joined, and leaves it so. A machine with\n"
      "another way in needs none of this once the lab says it with `reach`:" +
      machines);
}

/// Whether a machine takes the address that the private network gives it.
bool learns_addresses(const EmitInput& input) {
  for (const View& node : sorted_by_name(input.all("node"))) {
    for (const NodeAddress& address : addresses_of(node)) {
      const auto origin = address.value.origin;
      if (!address.known() || (origin.valid() && input.program.resolutions[origin.index].kind ==
                                                     program::ResolutionKind::lease_learned))
        return true;
    }
  }
  return false;
}

void console_steps(const EmitInput& input, Steps& steps) {
  std::string text;
  bool untagged = false;
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (!overlay_of(node) || !tailnet_tags(input, node).empty()) continue;
    untagged = true;
    const std::vector<std::string> routes = node.texts("advertised-routes");
    if (!routes.empty()) {
      text += fmt::format("\n- approve what {} routes: {}", node.name(), markdown_codes(routes));
    }
    if (node.flag("exit-node")) text += fmt::format("\n- approve {} as exit node", node.name());
  }
  if (!has_overlay(input)) return;
  text +=
      untagged
          ? "\n- turn key expiry off for the machines: one whose key expires leaves the network"
          : "\n- see that key expiry is off for the machines, as it is for those that join with tags";
  text += split_dns(input);
  steps.add("In the private network's console:" + text);
  if (!learns_addresses(input)) return;
  std::string learn = "`tailscale status --json | hlab learn` puts the addresses into `hlab.lock`.";
  const auto waiting = model::waiting_fields(input.program, input.lab);
  if (!waiting.empty()) learn += " Until then this is left out, so build again then:";
  for (const model::WaitingField& field : waiting) {
    learn += fmt::format("\n- {} of {}", markdown_code(field.path),
                         markdown_code(field.top.path()));
    if (field.top.is("host-service") && model::is_held_back(field.top))
      learn += ", and with it all that the service sets up on its machines";
  }
  steps.add(learn);
}

}  // namespace

namespace {

/// Engines of several clusters mostly read the same branch.
void commit(const EmitInput& input, const BringUp& plan, Steps& steps) {
  std::set<std::string> told;
  for (const graph::Handover& handover : plan.handovers) {
    const View& gitops = handover.gitops;
    const std::string title = handover.engine ? handover.engine.text("title") : "Flux";
    const std::string reads = fmt::format("{} reads {}, branch {}", markdown_text(title),
                                          markdown_code(gitops.text("repo")),
                                          markdown_code(gitops.text("branch")));
    const View keeper = keeper_of_repository(input, gitops);
    const std::string step =
        keeper ? fmt::format(
                     "Commit. {}.\nIt lies with {}, which the script sets up: where that stops and "
                     "asks for it, make it\nthere, push, and run the script again.",
                     reads, markdown_text(keeper.text("title")))
               : fmt::format("Commit and push: {}.", reads);
    if (told.insert(step).second) steps.add(step);
  }
}

}  // namespace

std::string steps_section(const EmitInput& input, const BringUp& plan) {
  if (plan.empty()) return "";
  Steps steps;
  const std::string networks = network_step(input);
  if (!networks.empty()) steps.add(networks);
  install_systems(input, plan, steps);
  format_disks(input, steps);
  if (plan.needs_age_key()) {
    steps.add(
        "Put the lab's age key at `~/.config/sops/age/keys.txt` (or set `SOPS_AGE_KEY_FILE`).");
  }
  by_hand(input, steps);
  missing_secrets(input, steps);
  commit(input, plan, steps);
  apply_policy(input, plan, steps);
  join_by_hand(input, steps);
  bring_up(input, plan, steps);
  secrets_from_elsewhere(input, plan, steps);
  console_steps(input, steps);
  return "\n## Bring it up\n\n" + steps.text();
}

namespace {

/// A lab whose services no repository brings: the bootstrap script applies them again.
std::string by_hand_later(const EmitInput& input, const BringUp& plan) {
  if (clusters_by_hand(input).empty()) return ".\n";
  return ", then " + markdown_code(join_path(plan.layout.scripts, "bootstrap.sh")) +
         " applies it. It deletes nothing: what left the lab\n  is deleted by hand (`kubectl delete`, `helm uninstall`).\n";
}

}  // namespace

std::string later_section(const EmitInput& input, const BringUp& plan) {
  if (plan.empty()) return "";
  const std::string join = markdown_code(join_path(plan.layout.scripts, "join.sh") + " MACHINE");
  std::string text = "\n## Later\n\n";
  text += "- A new or replaced machine: " + join + ".\n";
  text += "- A change to the lab: `hlab build`, commit";
  text += plan.handovers.empty() ? by_hand_later(input, plan)
                                 : ", push. Services follow by themselves.\n";
  text += "- A change to a machine: the same, then " + join + ".\n";
  if (has_access_policies(input)) {
    text +=
        "- A change of who may reach whom: the same, and the access policy into the console again.\n";
  }
  if (!input.all("k3s").empty()) {
    text +=
        "- K3s takes labels and taints of a node only when it joins: later ones need `kubectl label`\n"
        "  and `kubectl taint` once.\n";
  }
  return text;
}

}  // namespace hlab::emit
