// Disks and devices of machines: each has one name, one folder, one user.
#include <fmt/format.h>

#include "compiler/rules/resources/resource_rules.h"

namespace hlab::rules {

using model::View;

void check_devices(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  for (const View& service : input.all("container")) {
    if (service.flag("extern")) continue;
    for (const auto& [name, device] : service.held("device")) {
      const View usb = device.ref("usb");
      if (!usb) continue;
      claims.push_back(
          {usb.path(), fmt::format("`{}`", usb.path()), service, device.declared_at()});
    }
  }
  report_claimed_twice(input, kDeviceTwice, claims, diags);
}

void check_machine_paths(const RuleInput& input, diag::Diagnostics& diags) {
  std::vector<SingleClaim> claims;
  const auto claim = [&](const View& node, const View& part, std::string_view field,
                         std::string_view what) {
    if (!part.has(field)) return;
    const std::string path = part.text(field);
    claims.push_back({fmt::format("{} {} {}", node.path(), what, path),
                      fmt::format("the {} `{}` of `{}`", what, path, node.name()), part,
                      part.set_at(field)});
  };
  for (const View& node : input.all("node")) {
    for (const auto& [name, disk] : node.held("disk")) claim(node, disk, "device", "device");
    for (const auto& [name, usb] : node.held("usb")) claim(node, usb, "path", "device");
    for (const auto& [name, disk] : node.held("disk")) claim(node, disk, "mount", "folder");
  }
  report_claimed_twice(input, kPathTwice, claims, diags);
}

}  // namespace hlab::rules
