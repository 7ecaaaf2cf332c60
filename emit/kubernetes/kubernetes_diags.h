// Diagnostics of Kubernetes objects.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit::kubernetes {

inline const diag::Diag<std::string_view, std::string_view> kNamelessObject{
    {"HL6004", "nameless-object", diag::Severity::error,
     "a Kubernetes object that does not say what it is",
     "Every object in `objects` and `cluster-objects` has `apiVersion`, `kind` and `metadata.name`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service extra: manifests {
  objects.settings { apiVersion = "v1"  kind = "ConfigMap"  data.colour = "blue" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service extra: manifests {
  objects.settings {
    apiVersion    = "v1"
    kind          = "ConfigMap"
    metadata.name = "settings"
    data.colour   = "blue"
  }
}
)"},
    "object `{}` of `{}` needs `apiVersion`, `kind` and `metadata.name`"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kUnfitName{
    {"HL6005", "unfit-kubernetes-name", diag::Severity::error,
     "a name that Kubernetes does not take",
     "Volumes, ports, files of `config` and the like become names in Kubernetes, and each sort of "
     "name has its own characters there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.plain-text-of-pages = 80 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)"},
    "`{}` cannot be the name of {}: {}"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kUnguarded{
    {"HL6006", "unguarded-endpoint", diag::Severity::error, "an endpoint that nobody would guard",
     "`login = forward(...)` says that another service asks people for their name. How the ingress "
     "controller is told so differs between controllers, and hlab writes it for none: put the annotations "
     "that do it into the `annotations` of the endpoint. `login-annotations` of a controller says which of them count; "
     "for one that says none, each does.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service door: ingress-controller {
  chart { repo = "https://charts.example.org"  name = "door"  version = "1.0.0" }
  class        = "door"
  internal-url = "https://door.door.svc.cluster.local"
}
service auth: container { image = "docker.io/authelia/authelia:4.39.4"  port.http = 9091 }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { login = forward(auth) }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service door: ingress-controller {
  chart { repo = "https://charts.example.org"  name = "door"  version = "1.0.0" }
  class        = "door"
  internal-url = "https://door.door.svc.cluster.local"
}
service auth: container { image = "docker.io/authelia/authelia:4.39.4"  port.http = 9091 }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { login = forward(auth)  annotations."door.example.org/ask" = "auth" }
}
)"},
    "`{}` would be open: hlab cannot tell `{}` to ask `{}` first"};

inline const diag::DiagInfo* const kAllKubernetesDiags[] = {&kNamelessObject.info, &kUnfitName.info,
                                                            &kUnguarded.info};

}  // namespace hlab::emit::kubernetes
