#include "emit/core/layout.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

/// One level of nesting: `a = { b = value; };` for several settings below one name.
NixExpr set_of(std::initializer_list<std::pair<NixNames, NixExpr>> entries) {
  NixExpr set = NixExpr::attrs();
  for (const auto& [name, value] : entries) set.set(name, value);
  return set;
}

NixExpr ssh_server() {
  return set_of({{"enable", NixExpr::boolean(true)},
                 {"settings", set_of({{"KbdInteractiveAuthentication", NixExpr::boolean(false)},
                                      {"PasswordAuthentication", NixExpr::boolean(false)},
                                      {"PermitRootLogin", NixExpr::string("no")}})}});
}

NixExpr age_key() {
  return set_of({{"age", set_of({{"keyFile", NixExpr::string("/var/lib/sops-nix/key.txt")},
                                 {"sshKeyPaths", NixExpr::list()}})},
                 {{"gnupg", "sshKeyPaths"}, NixExpr::list()}});
}

NixExpr account_of(const View& person) {
  NixExpr account = NixExpr::attrs();
  account.set("isNormalUser", NixExpr::boolean(true));
  if (person.has("full-name")) account.set("description", nix_text_of(person, "full-name"));
  if (person.flag("admin")) account.set("extraGroups", NixExpr::strings({"wheel"}));
  account.set({"openssh", "authorizedKeys", "keys"}, nix_texts_of(person, "ssh-keys"));
  return account;
}

}  // namespace

void add_base_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  NixExpr body = NixExpr::attrs();
  body.set({"time", "timeZone"}, nix_text_of(plan.lab, "timezone"));
  body.set({"nix", "settings"},
           set_of({{"experimental-features", NixExpr::strings({"nix-command", "flakes"})},
                   {"trusted-users", NixExpr::strings({"root", "@wheel"})}}))
      .after_gap();
  body.set({"services", "openssh"}, ssh_server()).after_gap();
  body.set({"networking", "firewall", "enable"}, NixExpr::boolean(true)).after_gap();
  if (plan.has_secrets) {
    body.set("sops", age_key())
        .after_gap()
        .about("One age key opens the secrets of the lab; " +
               join_path(layout_of(input).scripts, "bootstrap.sh") + " puts it there.");
  }
  add_nix(input, output, join_path(plan.folder, "modules/base.nix"), body, plan.lab);
}

void add_people_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  if (!plan.has_people) return;
  NixExpr body = NixExpr::attrs();
  bool any_admin = false;
  for (const View& person : sorted_by_name(input.all("person"))) {
    if (person.texts("ssh-keys").empty()) continue;
    any_admin = any_admin || person.flag("admin");
    NixEntry& entry = body.set({"users", "users", person.name()}, account_of(person));
    entry.about(person.path());
    entry.gap_before = body.entries.size() > 1;
  }
  if (any_admin) {
    body.set({"security", "sudo", "wheelNeedsPassword"}, NixExpr::boolean(false))
        .after_gap()
        .about("Accounts have keys and no passwords, so sudo cannot ask for one.");
  }
  add_nix(input, output, join_path(plan.folder, "modules/people.nix"), body, plan.lab);
}

}  // namespace hlab::emit
