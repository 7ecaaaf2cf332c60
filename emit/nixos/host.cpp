#include <fmt/format.h>

#include <algorithm>

#include "emit/core/layout.h"
#include "emit/core/yaml_file.h"
#include "emit/k3s/k3s_config.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/nixos_diags.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr const char* kScan = "./hardware-configuration.nix";
constexpr const char* kExtra = "./extra.nix";

NixExpr scan_exists() {
  return NixExpr::apply(NixExpr::name({"builtins", "pathExists"}), {NixExpr::path(kScan)});
}

NixExpr imports_of(const NixosPlan& plan, const NixosMachine& machine) {
  NixExpr list = NixExpr::list();
  const auto module = [&](const std::string& file) {
    list.add(NixExpr::path("../../modules/" + file));
  };
  module("base.nix");
  if (plan.has_people) module("people.nix");
  for (const View& overlay : machine.overlays) module(plan.overlay_module(overlay));
  if (machine.in_k3s()) module(fmt::format("k3s-{}.nix", machine.membership.cluster.name()));
  for (const std::string& need : machine.needs) module(need + ".nix");
  if (machine.node.has("nix")) list.add(NixExpr::path(kExtra));
  NixExpr all = NixExpr::concat({std::move(list)});
  all.add(NixExpr::apply(NixExpr::name({"lib", "optional"}), {scan_exists(), NixExpr::path(kScan)}))
      .about("The machine's own hardware scan; hlab neither writes nor changes it.");
  return all;
}

NixExpr assertions_of(const NixosMachine& machine) {
  NixExpr assertion = NixExpr::attrs();
  assertion.set("assertion", scan_exists());
  assertion.set("message",
                NixExpr::string(fmt::format(
                    "hosts/{0}/hardware-configuration.nix is missing: run nixos-generate-config "
                    "--show-hardware-config on {0}, save it there and git add it",
                    machine.name())));
  return NixExpr::list({std::move(assertion)});
}

void set_platform(const NixosMachine& machine, NixExpr& body) {
  const bool arm = machine.node.text("arch") == "arm64";
  NixExpr platform = NixExpr::string(arm ? "aarch64-linux" : "x86_64-linux");
  body.set({"nixpkgs", "hostPlatform"}, std::move(platform).from(origin_of(machine.node, "arch")))
      .after_gap();
  const View os = machine.os();
  body.set({"system", "stateVersion"},
           nix_text_of(os, os.has("installed") ? "installed" : "release"))
      .after_gap()
      .about("The release that was installed first: it stays when the system is upgraded.");
}

void set_boot(const NixosMachine& machine, NixExpr& body) {
  const View os = machine.os();
  NixExpr loader = NixExpr::attrs();
  if (os.text("boot") == "bios") {
    loader.set("enable", NixExpr::boolean(true));
    loader.set("device", nix_text_of(os, "boot-device"));
    body.set({"boot", "loader", "grub"}, std::move(loader)).after_gap();
  } else {
    loader.set({"systemd-boot", "enable"}, NixExpr::boolean(true));
    loader.set({"efi", "canTouchEfiVariables"}, NixExpr::boolean(true));
    body.set({"boot", "loader"}, std::move(loader)).after_gap();
  }

  const View hardware = machine.node.ref("hardware");
  NixExpr flags = nix_texts_of(hardware, "kernel-flags");
  if (machine.membership.cluster) {
    for (NixEntry& flag : nix_texts_of(hardware, "cluster-kernel-flags").entries) {
      flags.add(std::move(flag.value));
    }
  }
  if (!flags.entries.empty()) body.set({"boot", "kernelParams"}, std::move(flags));
}

/// `htop`, or one of a set: `python3Packages.requests`.
NixExpr package_of(std::string_view name) {
  std::vector<std::string> path{"pkgs"};
  while (true) {
    const std::size_t dot = name.find('.');
    path.emplace_back(name.substr(0, dot));
    if (dot == std::string_view::npos) break;
    name.remove_prefix(dot + 1);
  }
  return NixExpr::name(std::move(path));
}

void set_packages(const NixosMachine& machine, NixExpr& body) {
  NixExpr packages = NixExpr::list();
  const std::vector<std::string> names = machine.node.texts("packages");
  for (std::size_t i = 0; i < names.size(); ++i) {
    packages.add(package_of(names[i]).from(origin_of(machine.node, "packages", i)));
  }
  if (!packages.entries.empty()) {
    body.set({"environment", "systemPackages"}, std::move(packages)).after_gap();
  }
}

/// Indented as what stands in braces is, unless a text in it goes over several lines: that would
/// change.
std::string extra_lines(const std::string& text) {
  std::string indented;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = std::string_view(text).substr(start, end - start);
    if (std::count(line.begin(), line.end(), '"') % 2 != 0) return text + "\n";
    indented += line.empty() ? "" : "  ";
    indented += line;
    indented += '\n';
    start = end + 1;
  }
  return indented;
}

void add_extra(const EmitInput& input, EmitOutput& output, const NixosMachine& machine,
               const std::string& folder) {
  const std::string text =
      "# The machine's own lines (`nix`), as the lab has them.\n"
      "{\n  config,\n  lib,\n  pkgs,\n  ...\n}:\n{\n";
  add_text(input, output, folder + "/extra.nix",
           text + extra_lines(machine.node.text("nix")) + "}\n", machine.node, "#");
}

void add_k3s_config(const EmitInput& input, EmitOutput& output, const NixosMachine& machine,
                    const std::string& folder) {
  const View& cluster = machine.membership.cluster;
  check_k3s_config(output, cluster);
  Doc doc;
  if (!node_ip_known(cluster, machine.node)) {
    doc.comment("node-ip is learned on the machine and stands in config.yaml.d/10-node-ip.yaml.");
  }
  put_k3s_config(doc, cluster, machine.node, K3sJoin::outside);
  add_yaml(input, output, folder + "/k3s-config.yaml", doc, cluster);
}

}  // namespace

void add_host(const EmitInput& input, EmitOutput& output, const NixosPlan& plan,
              const NixosMachine& machine) {
  const std::string arch = machine.node.text("arch");
  if (arch != "amd64" && arch != "arm64") {
    output.diags.report(kNoNixosForArch, machine.node.set_at("hardware"), machine.name(), arch);
    return;
  }
  NixExpr body = NixExpr::attrs();
  body.set("imports", imports_of(plan, machine));
  body.set("assertions", assertions_of(machine)).after_gap();
  set_platform(machine, body);
  set_boot(machine, body);
  set_networking(input, output, machine, body);
  set_overlay_flags(input, plan, machine, body);
  set_disks(machine, body);
  set_cluster_role(plan, machine, body);
  set_packages(machine, body);

  const std::string folder = join_path(plan.folder, "hosts/" + machine.name());
  std::vector<std::string> arguments{"lib"};
  if (!machine.node.texts("packages").empty()) arguments.emplace_back("pkgs");
  add_nix(input, output, folder + "/default.nix", NixExpr::function(arguments, std::move(body)),
          machine.node);
  if (machine.node.has("nix")) add_extra(input, output, machine, folder);
  if (machine.in_k3s()) add_k3s_config(input, output, machine, folder);
}

}  // namespace hlab::emit
