#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "emit/core/tailnet.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"
#include "emit/scripts/services_by_hand.h"

namespace hlab::emit {

using model::View;

namespace {

std::string who(const EmitInput& input, const std::vector<View>& nodes) {
  std::string out;
  for (const View& node : nodes) {
    const std::string role = role_of(input, node);
    out += fmt::format("{}{}", out.empty() ? "" : ", ", node.name());
    if (!role.empty()) out += fmt::format(" ({})", role);
  }
  return out;
}

std::string address_cell(const View& node) {
  std::string out;
  for (const NodeAddress& address : addresses_of(node)) {
    const std::string text = address.known() ? markdown_code(node.text_of(address.value))
                                             : std::string("not learned yet");
    out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", text, address.network.name());
  }
  return out;
}

}  // namespace

std::string system_of(const View& node) {
  const View os = node.ref("os");
  if (runs_nixos(node)) return "NixOS " + os.text("release");
  if (os.is("raspios")) return "Raspberry Pi OS";
  std::string name = os.text("distribution");
  if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return fmt::format("{} {}", name, os.text("release"));
}

std::string role_of(const EmitInput& input, const View& node) {
  const Membership membership = membership_of(input, node);
  if (!membership.cluster) return "";
  return fmt::format("{} of {}", membership.server ? "server" : "agent", membership.cluster.name());
}

bool has_overlay(const EmitInput& input) {
  for (const View& node : sorted_by_name(input.all("node"))) {
    for (const NodeAddress& address : addresses_of(node)) {
      if (is_overlay(address.network)) return true;
    }
  }
  return false;
}

bool has_access_policies(const EmitInput& input) {
  const std::vector<View> overlays = input.all("tailscale");
  return std::any_of(overlays.begin(), overlays.end(), has_access_policy);
}

namespace {

std::string flux_folder(const graph::Handover& handover) { return handover.gitops.text("path"); }

constexpr std::string_view kCharts =
    "Helm values and manifests: what the cluster needs, and what people use";

/// The folders of the tree, each told once to each reader.
class FolderTable {
 public:
  void add(const std::string& folders, std::string_view what, const std::string& reader) {
    if (told_.insert(folders + reader).second) table_.row({folders, std::string(what), reader});
  }
  void add_cluster(const graph::Handover& handover, const ClusterLayout& own) {
    const std::string folders = markdown_codes({own.platform, own.apps});
    if (!handover.engine) {
      add(markdown_code(flux_folder(handover)), "a Kustomization for each service", "Flux");
      add(folders, "releases of charts and manifests: what the cluster needs, and what people use",
          "Flux");
      return;
    }
    const std::string engine = markdown_text(handover.engine.text("title"));
    add(markdown_code(own.bootstrap), "the one object that is applied by hand", "`kubectl`");
    add(markdown_code(own.applications), "an Application for each service", engine);
    add(folders, kCharts, engine);
  }
  [[nodiscard]] bool empty() const { return table_.empty(); }
  [[nodiscard]] std::string text() const { return table_.text(); }

 private:
  MarkdownTable table_{{"Folder", "What", "Read by"}};
  std::set<std::string> told_;
};

/// Files in these folders that others write.
std::string others_files(const BringUp& plan) {
  std::string text;
  std::vector<std::string> flux;
  for (const graph::Handover& handover : plan.handovers) {
    if (!handover.engine) flux.push_back(join_path(flux_folder(handover), "flux-system"));
  }
  if (!flux.empty()) {
    text += fmt::format("\nCommitted by Flux itself, so pull after `bootstrap.sh`: {}.\n",
                        markdown_codes(flux));
  }
  if (!plan.nixos().empty()) {
    const std::string& nixos = plan.layout.nixos;
    text += fmt::format("\nNot written by hlab, and yours to commit: {}.\n",
                        markdown_codes({join_path(nixos, "flake.lock"),
                                        join_path(nixos, "hosts/*/hardware-configuration.nix")}));
  }
  return text;
}

}  // namespace

std::string folders_section(const EmitInput& input, const BringUp& plan) {
  const Layout& layout = plan.layout;
  FolderTable table;
  if (!plan.nixos().empty())
    table.add(markdown_code(layout.nixos), who(input, plan.nixos()), "`nixos-rebuild`");
  if (!plan.ansible.empty())
    table.add(markdown_code(layout.ansible), who(input, plan.ansible), "`ansible-playbook`");
  for (const graph::Handover& handover : plan.handovers) {
    if (handover.engine) table.add_cluster(handover, layout.of(handover.cluster));
  }
  if (!clusters_by_hand(input).empty()) {
    table.add(markdown_codes({layout.usual.platform, layout.usual.apps}), kCharts,
              "`bootstrap.sh`, with `helm` and `kubectl`");
  }
  for (const graph::Handover& handover : plan.handovers) {
    if (!handover.engine) table.add_cluster(handover, layout.of(handover.cluster));
  }
  if (has_access_policies(input)) {
    table.add(markdown_code(layout.tailscale),
              "the private network's access policy, the whole of it", "Tailscale's console");
  }
  if (!plan.empty()) table.add(markdown_code(layout.scripts), "`bootstrap.sh`, `join.sh`", "you");
  if (table.empty()) return "";
  return "\n## What is here\n\n" + table.text() + others_files(plan);
}

std::string machines_section(const EmitInput& input, const BringUp&) {
  MarkdownTable table({"Machine", "Hardware", "System", "Role", "Addresses"});
  for (const View& node : sorted_by_name(input.all("node"))) {
    const std::string role = role_of(input, node);
    table.row({std::string(node.name()), markdown_text(node.ref("hardware").text("model")),
               markdown_text(system_of(node)), role.empty() ? "support" : role,
               address_cell(node)});
  }
  for (const View& foreign : sorted_by_name(input.all("foreign"))) {
    if (addresses_of(foreign).empty()) continue;
    table.row({std::string(foreign.name()), "", "", "not set up by hlab", address_cell(foreign)});
  }
  return table.empty() ? "" : "\n## Machines\n\n" + table.text();
}

}  // namespace hlab::emit
