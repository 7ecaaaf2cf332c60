// Rules of what can start at all on an empty cluster (HL5002 to HL5009).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view> kBootstrapCircle{
    {"HL5002", "bootstrap-circle", diag::Severity::error,
     "what brings services to a cluster waits for one of them",
     "On an empty cluster nothing runs yet. A GitOps engine first reads its repository, and its own image and "
     "chart come from somewhere; where that is a service of the same cluster, which the engine would have to "
     "bring, nothing ever starts: not the first time, and not after the cluster was lost. Read from a host "
     "outside the cluster (a service inside may copy from there), run that service on a machine of its own, or "
     "say `extern = true` where somebody else runs it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service git: container { image = "docker.io/gitea/gitea:1.24.6"  port.http = 3000 }
gitops main: flux { repo = "http://git.git.svc.cluster.local:3000/me/home.git" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service git: container { image = "docker.io/gitea/gitea:1.24.6"  port.http = 3000 }
gitops main: flux { repo = "https://github.com/me/home.git" }
)"},
    "on an empty cluster `{}` waits for `{}`, which it has to bring itself"};

inline const diag::Diag<std::string_view, std::string_view> kResolverCircle{
    {"HL5003", "resolver-circle", diag::Severity::error,
     "a node finds names only by services of its own cluster",
     "A node fetches images by the names of their registries. Where every name server that it asks is a service "
     "of the cluster that it belongs to, the images of these services are never fetched: not the first time, and "
     "not after a power cut. Add a name server outside the cluster as the last one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dns = [192.168.1.200, 192.168.1.201] }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 4  memory = 8GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service names: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.dns   = 53
  expose.dns = lan { protocol = udp  address.house = 192.168.1.200 }
}
service more-names: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.dns   = 53
  expose.dns = lan { protocol = udp  address.house = 192.168.1.201 }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dns = [192.168.1.200, 9.9.9.9] }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 4  memory = 8GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service names: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.dns   = 53
  expose.dns = lan { protocol = udp  address.house = 192.168.1.200 }
}
)"},
    "`{}` finds no name before `{}` runs on it"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kTwoEngines{
    {"HL5004", "two-engines", diag::Severity::error, "two engines bring services to one cluster",
     "A GitOps engine undoes what it did not bring about itself, so two of them on one cluster fight over every "
     "object. Keep one `gitops` for each cluster. To go from one engine to the other, take the first one away "
     "in one build and add the second in the next.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
gitops main: flux { repo = "https://github.com/me/home.git" }
gitops other: flux { repo = "https://github.com/me/more.git"  path = "clusters/other" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
gitops main: flux { repo = "https://github.com/me/home.git" }
)"},
    "`{}` and `{}` both bring services to `{}`"};

inline const diag::Diag<std::string_view, std::string_view> kBetween{
    {"HL5005", "service-between", diag::Severity::error,
     "a service of a machine that stands between services of a cluster",
     "Machines are set up first, then a GitOps engine brings the services of the cluster, and services of machines "
     "that need one of those are set up in the end. So nothing in the cluster can wait for one of the last, and no "
     "engine can read its repository from there: it would start before it. Let it run in the cluster, or without "
     "what it needs there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service db: container { image = "docker.io/library/redis:8.2.1" }
service sync: host-service { on = [two]  needs = [db] }
service web: container { image = "docker.io/library/nginx:1.29.1"  needs = [sync] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service db: container { image = "docker.io/library/redis:8.2.1" }
service sync: host-service { on = [two]  needs = [db] }
service web: container { image = "docker.io/library/nginx:1.29.1"  needs = [db] }
)"},
    "`{}` is set up after the services of clusters, and `{}` needs it before"};

inline const diag::Diag<std::string_view> kHandoverCircle{
    {"HL5006", "handover-circle", diag::Severity::error,
     "what engines bring to several clusters waits for each other",
     "A GitOps engine brings all services of its cluster at once, and the bring-up goes on when all of them run. So a "
     "cluster that waits for a service elsewhere is handed over after it, and what that service waits for stands before "
     "both. Where services of two clusters wait for each other, no cluster can be the first. A service that is needed "
     "only later is no `needs`: leave the one out, or let the service that both need run in one cluster.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster house: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster shed: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
gitops of-house: flux { repo = "https://github.com/me/home.git"  cluster = house }
gitops of-shed: flux { repo = "https://github.com/me/home.git"  cluster = shed }
service db: container { cluster = house  image = "docker.io/library/redis:8.2.1" }
service shop: container { cluster = shed  image = "docker.io/library/nginx:1.29.1"  needs = [db] }
service queue: container { cluster = shed  image = "docker.io/library/redis:8.2.1" }
service web: container {
  cluster = house
  image   = "docker.io/library/nginx:1.29.1"
  needs   = [queue]
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster house: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster shed: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
gitops of-house: flux { repo = "https://github.com/me/home.git"  cluster = house }
gitops of-shed: flux { repo = "https://github.com/me/home.git"  cluster = shed }
service db: container { cluster = house  image = "docker.io/library/redis:8.2.1" }
service shop: container { cluster = shed  image = "docker.io/library/nginx:1.29.1"  needs = [db] }
service queue: container { cluster = house  image = "docker.io/library/redis:8.2.1" }
service web: container {
  cluster = house
  image   = "docker.io/library/nginx:1.29.1"
  needs   = [queue]
}
)"},
    "{} wait for each other, so none of them can be handed over first"};

inline const diag::Diag<std::string_view, std::string_view> kOtherCluster{
    {"HL5007", "other-cluster", diag::Severity::error,
     "a service counts on what runs in another cluster",
     "An ingress controller, a load balancer, storage, a plugin for graphics processors and whoever signs "
     "certificates serve their own cluster alone: another one knows neither their classes nor their volumes. "
     "Declare one for each cluster and name it (`ingress`, the pool's `by`, `on`, the issuer's `operator`). A "
     "service may well talk to one in another cluster by its address or name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster house: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster shed: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
service door: std.traefik { cluster = house }
service web: container {
  cluster    = shed
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { ingress = door }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster house: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster shed: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
service door: std.traefik { cluster = shed }
service web: container {
  cluster    = shed
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { ingress = door }
}
)"},
    "`{}` runs in another cluster, `{}`"};

void check_between(const RuleInput& input, diag::Diagnostics& diags);
void check_bootstrap(const RuleInput& input, diag::Diagnostics& diags);
void check_handovers(const RuleInput& input, diag::Diagnostics& diags);
void check_resolver_circle(const RuleInput& input, diag::Diagnostics& diags);
void check_other_cluster(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
