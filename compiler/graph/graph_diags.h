// Diagnostics of the dependency graph (HL5).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::graph {

inline const diag::Diag<std::string_view> kStartCycle{
    {"HL5001", "start-cycle", diag::Severity::error,
     "declarations that wait for each other, so that none can start first",
     "Starting follows the `to start` references: what is needed starts before. In a circle nothing can "
     "begin. Each step is shown with its place. A reference that is needed only later is declared `at "
     "run`, one of which only facts are read `by value`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service a: container { image = "docker.io/library/nginx:1.29.1"  needs = [b] }
service b: container { image = "docker.io/library/nginx:1.29.1"  needs = [a] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service a: container { image = "docker.io/library/nginx:1.29.1"  needs = [b] }
service b: container { image = "docker.io/library/nginx:1.29.1" }
)"},
    "{} wait for each other, so none can start first"};

inline const diag::DiagInfo* const kAllGraphDiags[] = {&kStartCycle.info};

}  // namespace hlab::graph
