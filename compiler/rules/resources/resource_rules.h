// Rules of what machines can carry (HL4400 to HL4449).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kMemoryOver{
    {"HL4400", "memory-over-capacity", diag::Severity::error,
     "services ask for more memory than their machines have",
     "What services always need (`resources.memory`) adds up over the machines that they are bound to, and "
     "over the whole cluster. A service that finds no place waits for ever.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 1GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service big: container { image = "docker.io/library/nginx:1.29.1"  resources { memory = 2GiB  memory-limit = 2GiB } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service big: container { image = "docker.io/library/nginx:1.29.1"  resources { memory = 2GiB  memory-limit = 2GiB } }
)"},
    "the services on {} ask for {} of memory, and there is {}"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kImageArch{
    {"HL4401", "image-without-architecture", diag::Severity::error,
     "an image without a build for a machine that it may land on",
     "A service that names no nodes may run on every node of its cluster. Where its image has no build for "
     "one of them, it fails on the day it lands there. Name the nodes with `on`, or take an image that is "
     "built for all.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  platforms = [amd64] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  platforms = [amd64, arm64] }
)"},
    "`{}` can land on `{}`, and its image has no {} build"};

void check_memory(const RuleInput& input, diag::Diagnostics& diags);
void check_architectures(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
