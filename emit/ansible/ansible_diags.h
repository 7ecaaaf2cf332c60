// Diagnostics of the Ansible output.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

inline const diag::Diag<std::string_view> kHostLikeGroup{
    {"HL6301", "host-like-group", diag::Severity::error,
     "a machine that is called like a group of the inventory",
     "Ansible keeps machines and groups under one set of names. Groups that hlab makes are `all`, "
     "`ungrouped`, `data_disk`, `k3s_server`, `k3s_agent`, `raspberry_pi`, `storage_client`, `support`, `tailnet`.",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "node support {\n  hardware = std.hw.pi4\n  os       = raspios\n  address.lan = 192.168.1.10\n}\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "node helper {\n  hardware = std.hw.pi4\n  os       = raspios\n  address.lan = 192.168.1.10\n}\n"},
    "`{}` is the name of a group in the inventory as well"};

inline const diag::Diag<std::string_view, std::string_view> kHostServiceOnNixos{
    {"HL6302", "host-service-on-nixos", diag::Severity::error,
     "a host service on a machine that runs NixOS",
     "Host services are set up by Ansible, which does not touch machines that run NixOS: there the "
     "service belongs into the node's `nix` text, in the words of the NixOS module for it, or into the "
     "cluster.",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "node one {\n  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }\n"
     "  os       = nixos { release = \"25.11\" }\n}\n"
     "service figures: host-service { on = [one]  packages = [\"sysstat\"] }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "node one {\n  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }\n"
     "  os       = debian\n  reach    = \"one.local\"\n}\n"
     "service figures: host-service { on = [one]  packages = [\"sysstat\"] }\n"},
    "`{}` cannot be set up on `{}`, which runs NixOS"};

inline const diag::Diag<std::string_view, std::string_view> kNoJoinToken{
    {"HL6303", "no-join-token", diag::Severity::error,
     "machines that have nothing to join their cluster with",
     "Machines prove with a token that they belong to a cluster. Declare a `secret` and name it as the "
     "cluster's `token`.",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "node one {\n  hardware = std.hw.pi4\n  os       = raspios\n  address.lan = 192.168.1.10\n}\n"
     "node two {\n  hardware = std.hw.pi4\n  os       = raspios\n  address.lan = 192.168.1.11\n}\n"
     "cluster home: k3s {\n  version = \"v1.34.3+k3s1\"  servers = [one]  agents = [two]  network = lan\n}\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "secrets repo: sops { recipients = [\"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\"] }\n"
     "secret join-token {}\n"
     "node one {\n  hardware = std.hw.pi4\n  os       = raspios\n  address.lan = 192.168.1.10\n}\n"
     "cluster home: k3s {\n  version = \"v1.34.3+k3s1\"  servers = [one]  network = lan\n"
     "  token = join-token\n}\n"},
    "`{}` has no `token`, and `{}` is joined by Ansible"};

inline const diag::DiagInfo* const kAllAnsibleDiags[] = {
    &kHostLikeGroup.info, &kHostServiceOnNixos.info, &kNoJoinToken.info};

}  // namespace hlab::emit
