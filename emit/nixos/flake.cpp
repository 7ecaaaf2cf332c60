#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "emit/core/layout.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

/// The newest release is `nixpkgs`; the others say which they are: `nixpkgs-25-05`.
std::string input_name(const std::string& release, const std::string& newest) {
  if (release == newest) return "nixpkgs";
  std::string name = "nixpkgs-" + release;
  std::replace(name.begin(), name.end(), '.', '-');
  return name;
}

NixExpr inputs_of(const NixosPlan& plan, const std::set<std::string>& releases) {
  NixExpr inputs = NixExpr::attrs();
  for (auto release = releases.rbegin(); release != releases.rend(); ++release) {
    inputs.set({input_name(*release, *releases.rbegin()), "url"},
               NixExpr::string("github:NixOS/nixpkgs/nixos-" + *release));
  }
  if (!plan.has_secrets) return inputs;
  NixExpr sops = NixExpr::attrs();
  sops.set("url", NixExpr::string("github:Mic92/sops-nix"));
  sops.set({"inputs", "nixpkgs", "follows"}, NixExpr::string("nixpkgs"));
  inputs.set("sops-nix", std::move(sops));
  return inputs;
}

NixExpr system_of(const NixosPlan& plan, const NixosMachine& machine, const std::string& nixpkgs) {
  NixExpr modules = NixExpr::list();
  if (plan.has_secrets) modules.add(NixExpr::name({"sops-nix", "nixosModules", "sops"}));
  modules.add(NixExpr::path("./hosts/" + machine.name()));
  NixExpr arguments = NixExpr::attrs();
  arguments.set("modules", std::move(modules));
  return NixExpr::apply(NixExpr::name({nixpkgs, "lib", "nixosSystem"}), {std::move(arguments)});
}

}  // namespace

void add_flake(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  std::set<std::string> releases;
  for (const NixosMachine& machine : plan.machines) releases.insert(machine.os().text("release"));
  NixExpr systems = NixExpr::attrs();
  for (const NixosMachine& machine : plan.machines) {
    const std::string nixpkgs = input_name(machine.os().text("release"), *releases.rbegin());
    systems.set({"nixosConfigurations", machine.name()}, system_of(plan, machine, nixpkgs));
  }
  std::vector<std::string> arguments;
  for (auto release = releases.rbegin(); release != releases.rend(); ++release) {
    arguments.push_back(input_name(*release, *releases.rbegin()));
  }
  if (plan.has_secrets) arguments.emplace_back("sops-nix");
  NixExpr flake = NixExpr::attrs();
  flake.set("description",
            NixExpr::string(fmt::format("NixOS machines of the lab {}", plan.lab.name())));
  flake.set("inputs", inputs_of(plan, releases)).after_gap();
  flake.set("outputs", NixExpr::function(std::move(arguments), std::move(systems))).after_gap();
  add_nix(input, output, join_path(plan.folder, "flake.nix"), flake, plan.lab);
}

}  // namespace hlab::emit
