#include <fmt/format.h>

#include "emit/nixos/nix_file.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

std::string why_nofail(const NixosMachine& machine, const View& disk) {
  std::string why = fmt::format("{}: \"nofail\" keeps the machine reachable when the disk is gone",
                                disk.path());
  if (machine.in_k3s()) why += ", and K3s waits\nfor it instead of filling the system disk";
  return why + ".";
}

}  // namespace

void set_disks(const NixosMachine& machine, NixExpr& body) {
  NixExpr mounts = NixExpr::list();
  for (const auto& [name, disk] : machine.node.held("disk")) {
    if (!disk.has("mount")) continue;
    NixExpr file_system = NixExpr::attrs();
    file_system.set("device", nix_text_of(disk, "device"));
    file_system.set("fsType", nix_text_of(disk, "filesystem"));
    file_system.set("options", NixExpr::strings({"noatime", "nofail"}));
    body.set({"fileSystems", disk.text("mount")}, std::move(file_system))
        .after_gap()
        .about(why_nofail(machine, disk));
    mounts.add(nix_text_of(disk, "mount"));
  }
  if (machine.in_k3s() && !mounts.entries.empty()) {
    body.set({"systemd", "services", "k3s", "unitConfig", "RequiresMountsFor"}, std::move(mounts));
  }
}

}  // namespace hlab::emit
