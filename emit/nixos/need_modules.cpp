#include <fmt/format.h>

#include "emit/core/layout.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

namespace {

NixExpr iscsi_initiator() {
  NixExpr daemon = NixExpr::attrs();
  daemon.set("enable", NixExpr::boolean(true));
  daemon.set("name", NixExpr::join({NixExpr::string("iqn.2016-04.com.open-iscsi:"),
                                    NixExpr::name({"config", "networking", "hostName"})}));
  NixExpr body = NixExpr::attrs();
  body.set({"services", "openiscsi"}, std::move(daemon));
  body.set({"systemd", "tmpfiles", "rules"},
           NixExpr::strings({"L+ /usr/local/bin - - - - /run/current-system/sw/bin"}))
      .after_gap()
      .about("Programs that enter the host's namespaces look for its tools in /usr/local/bin.");
  return NixExpr::function({"config"}, std::move(body));
}

NixExpr nfs_client() {
  NixExpr body = NixExpr::attrs();
  body.set({"boot", "supportedFilesystems"}, NixExpr::strings({"nfs"}));
  body.set({"environment", "systemPackages"},
           NixExpr::list({NixExpr::name({"pkgs", "nfs-utils"})}));
  return NixExpr::function({"pkgs"}, std::move(body));
}

}  // namespace

void add_need_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  for (const auto& [need, declaration] : plan.needed_by) {
    const NixExpr body = need == "iscsi-initiator" ? iscsi_initiator() : nfs_client();
    add_nix(input, output, join_path(plan.folder, fmt::format("modules/{}.nix", need)), body,
            declaration);
  }
}

}  // namespace hlab::emit
