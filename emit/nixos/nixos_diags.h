// Diagnostics of the NixOS output.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

inline const diag::Diag<std::string_view, std::string_view> kNoNixosForArch{
    {"HL6101", "no-nixos-for-arch", diag::Severity::error,
     "NixOS on a processor that it does not support",
     "NixOS is built for amd64 and arm64. Older boards run `raspios` or `debian`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node old {
  hardware = std.hw.pi2
  os       = nixos { release = "25.11" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node old {
  hardware = std.hw.pi2
  os       = raspios
}
)"},
    "`{}` cannot run NixOS: it is not built for {}"};

inline const diag::Diag<std::string_view, std::string_view> kNoInterface{
    {"HL6102", "no-interface", diag::Severity::error,
     "an address on an interface that nobody named",
     "NixOS sets an address on an interface by its name, and the name of a network card cannot be guessed: "
     "say it with `nic` in `hardware`. `ip link` on the machine shows it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "enp3s0" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
)"},
    "`{}` is in `{}`, but its `hardware` does not name an interface (`nic`)"};

inline const diag::Diag<std::string_view, std::int64_t, std::string_view, std::string_view,
                        std::int64_t>
    kSmallCard{
        {"HL4680", "small-card", diag::Severity::warning,
         "a tagged network with larger packets than the card",
         "An interface for a tag lies on that of the machine's card, and no packet of it is larger than what the card lets "
         "through. The card's own network says how much that is (`mtu`, else 1500 bytes), so the machine gets the smaller number, "
         "and what others of the tagged network send in larger packets does not arrive. Give the card's network as large an `mtu`, "
         "the tagged one a smaller, or the machine another card for it.",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1  dns = [9.9.9.9, 1.1.1.1] }
network store { cidr = 192.168.20.0/24  vlan = 20  mtu = 9000  interface = "eth0.20" }
node one {
  hardware      = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eth0" }
  os            = nixos { release = "25.11" }
  address.lan   = 192.168.1.10
  address.store = 192.168.20.10
}
)",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1  dns = [9.9.9.9, 1.1.1.1]  mtu = 9000 }
network store { cidr = 192.168.20.0/24  vlan = 20  mtu = 9000  interface = "eth0.20" }
node one {
  hardware      = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eth0" }
  os            = nixos { release = "25.11" }
  address.lan   = 192.168.1.10
  address.store = 192.168.20.10
}
)"},
        "`{}` has packets of {} bytes, and the card of `{}` (`{}`) lets {} through"};

inline const diag::Diag<std::string_view, std::string_view> kNoTokenOnNixos{
    {"HL6103", "no-token-on-nixos", diag::Severity::error,
     "a NixOS machine that has nothing to join its cluster with",
     "The first server makes a token that nobody else knows; a machine that joins has to show one. "
     "Declare a `secret` and name it as the cluster's `token`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
default node {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eth0" }
}
node one { os = nixos { release = "25.11" }  address.lan = 192.168.1.10 }
node two { os = nixos { release = "25.11" }  address.lan = 192.168.1.11 }
cluster home: k3s {
  version = "v1.34.3+k3s1"
  network = lan
  servers = [one]
  agents  = [two]
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
default node {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eth0" }
}
node one { os = nixos { release = "25.11" }  address.lan = 192.168.1.10 }
node two { os = nixos { release = "25.11" }  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)"},
    "{} `{}`, which has no `token`"};

inline const diag::Diag<std::string_view, std::string_view> kNoNameServer{
    {"HL6104", "no-name-server", diag::Severity::warning, "NixOS machines without a name server",
     "A NixOS machine sets its address itself, so no DHCP server tells it who knows names, and what the lab does not say "
     "it does not have: it fetches no image and no package. Say `dns` of its network: the address of the router mostly "
     "is one, and a second one outside the house bears its restarts. Where the machine's `nix` speaks of name "
     "servers, nothing is said.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "enp3s0" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1  dns = [192.168.1.1, 9.9.9.9] }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "enp3s0" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
)"},
    "nobody tells machines in `{}` who knows names, and `{}` sets its address itself"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view, std::string_view> kUntagged{
    {"HL6105", "vlan-untagged", diag::Severity::warning,
     "networks of two VLANs on one interface, both untagged",
     "A cable carries one VLAN without a tag at most. NixOS puts an address on the interface that its network names, or "
     "on the machine's `nic`; two networks that are not in one VLAN would both lie there, and one of the "
     "addresses is reached by nobody. Where the switch sends one of them tagged, give that network an `interface` "
     "with its number, `eno1.20` or `vlan20`: hlab then makes it (`networking.vlans`). Where it comes by another card, "
     "name that one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network things { cidr = 192.168.20.0/24  vlan = 20 }
node one {
  hardware       = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os             = nixos { release = "25.11" }
  address.lan    = 192.168.1.10
  address.things = 192.168.20.10
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network things { cidr = 192.168.20.0/24  vlan = 20  interface = "eno1.20" }
node one {
  hardware       = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os             = nixos { release = "25.11" }
  address.lan    = 192.168.1.10
  address.things = 192.168.20.10
}
)"},
    "`{}` is in `{}` and in `{}` by `{}`, and not both can be untagged on it"};

inline const diag::DiagInfo* const kAllNixosDiags[] = {&kNoNixosForArch.info, &kNoInterface.info,
                                                       &kNoTokenOnNixos.info, &kNoNameServer.info,
                                                       &kUntagged.info,       &kSmallCard.info};

}  // namespace hlab::emit
