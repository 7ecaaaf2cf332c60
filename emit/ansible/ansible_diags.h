// Diagnostics of the Ansible output.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

inline const diag::Diag<std::string_view> kHostLikeGroup{
    {"HL6301", "host-like-group", diag::Severity::error,
     "a machine that is called like a group of the inventory",
     "Ansible keeps machines and groups under one set of names. Groups that hlab makes are `all`, "
     "`ungrouped`, `data_disk`, `k3s_server`, `k3s_agent`, `raspberry_pi`, `storage_client`, `support`, `tailnet`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node support {
  hardware    = std.hw.pi4
  os          = raspios
  address.lan = 192.168.1.10
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node helper {
  hardware    = std.hw.pi4
  os          = raspios
  address.lan = 192.168.1.10
}
)"},
    "`{}` is the name of a group in the inventory as well"};

inline const diag::Diag<std::string_view, std::string_view> kHostServiceOnNixos{
    {"HL6302", "host-service-on-nixos", diag::Severity::error,
     "a host service on a machine that runs NixOS",
     "Host services are set up by Ansible, which does not touch machines that run NixOS: there the "
     "service belongs into the node's `nix` text, in the words of the NixOS module for it, or into the "
     "cluster.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node one {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }
  os       = nixos { release = "25.11" }
}
service figures: host-service { on = [one]  packages = ["sysstat"] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node one {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }
  os       = debian
  reach    = "one.local"
}
service figures: host-service { on = [one]  packages = ["sysstat"] }
)"},
    "`{}` cannot be set up on `{}`, which runs NixOS"};

inline const diag::Diag<std::string_view, std::string_view> kNoJoinToken{
    {"HL6303", "no-join-token", diag::Severity::error,
     "machines that have nothing to join their cluster with",
     "Machines prove with a token that they belong to a cluster. Declare a `secret` and name it as the "
     "cluster's `token`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4
  os          = raspios
  address.lan = 192.168.1.10
}
node two {
  hardware    = std.hw.pi4
  os          = raspios
  address.lan = 192.168.1.11
}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  agents  = [two]
  network = lan
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
node one {
  hardware    = std.hw.pi4
  os          = raspios
  address.lan = 192.168.1.10
}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  network = lan
  token   = join-token
}
)"},
    "`{}` has no `token`, and `{}` is joined by Ansible"};

inline const diag::DiagInfo* const kAllAnsibleDiags[] = {
    &kHostLikeGroup.info, &kHostServiceOnNixos.info, &kNoJoinToken.info};

}  // namespace hlab::emit
