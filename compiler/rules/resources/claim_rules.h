// Rules of claims that others make than hlab: a chart, objects of a person, an operator (HL4213 to HL4215).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kUnlabelledClaim{
    {"HL4213", "unlabelled-claim", diag::Severity::warning,
     "a volume of a chart that nobody puts into its backup",
     "A volume is in a backup by the labels of its claim. hlab makes the claims of containers; charts and objects of yours "
     "make their own, and those get no labels that nobody gives them. `labels` of the volume has them all: hand them on in "
     "the chart's `values`, wherever it takes labels of its claim, or in `metadata.labels` of the object. Where a chart takes "
     "none, a `patch` cannot help either, for its objects are made in the cluster: label the claim by hand, and `allow` this.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s {
  version         = "v1.34.3+k3s1"
  servers         = [one]
  network         = lan
  default-storage = blocks
}
service blocks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "blocks"  version = "1.0.0" }
  storage-class = "blocks"
  backup-label  = "backups.example.org/"
}
storage nas: nfs-share { server = "nas.example.net"  path = "/volume1/backups" }
backup nightly { to = nas  schedule = "0 3 * * *"  retain = 30d }
service web: helm {
  chart { repo = "https://charts.example.org"  name = "web"  version = "1.0.0" }
  volume.data { size = 1GiB  keep = backup(nightly) }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s {
  version         = "v1.34.3+k3s1"
  servers         = [one]
  network         = lan
  default-storage = blocks
}
service blocks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "blocks"  version = "1.0.0" }
  storage-class = "blocks"
  backup-label  = "backups.example.org/"
}
storage nas: nfs-share { server = "nas.example.net"  path = "/volume1/backups" }
backup nightly { to = nas  schedule = "0 3 * * *"  retain = 30d }
service web: helm {
  chart { repo = "https://charts.example.org"  name = "web"  version = "1.0.0" }
  volume.data { size = 1GiB  keep = backup(nightly) }
  values.persistence { enabled = true  size = .volume.data.size  labels = .volume.data.labels }
}
)"},
    "nothing puts `{}` into the backup `{}`: its claim is not hlab's, and nobody gives it the labels by which `{}` knows"};

inline const diag::Diag<std::string_view> kUnheededVolume{
    {"HL4214", "unheeded-volume", diag::Severity::warning,
     "a volume of a chart of which the chart knows nothing",
     "hlab writes the claims of containers. A chart, objects of yours and an operator make their own, with what their `values` "
     "or `objects` say of size and class; a `volume` that these say nothing of changes nothing, and with the chart's own "
     "settings there may be no claim at all. Hand it on: `size = .volume.data.size.kubernetes` and `storageClass = "
     ".volume.data.storage-class`, wherever the chart takes them. Or let hlab write the claim with `claimed-by = hlab`, and "
     "give the chart its name, which many take as `existingClaim`. Where the chart's own settings are right, say the name of "
     "its claim with `claim`, and nothing is asked any more.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cloud: helm {
  chart { repo = "https://charts.example.org"  name = "cloud"  version = "1.0.0" }
  volume.data { size = 10GiB  keep = disposable }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cloud: helm {
  chart { repo = "https://charts.example.org"  name = "cloud"  version = "1.0.0" }
  volume.data { size = 10GiB  keep = disposable  claimed-by = hlab }
  values.persistence { enabled = true  existingClaim = .volume.data.claim }
}
)"},
    "{}"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kUnmadeClaim{
    {"HL4215", "unmade-claim", diag::Severity::warning,
     "a container mounts a claim that it will not find",
     "`claimed-by = others` mounts a claim that is there. Its name is that of `claim`, and it has to lie in the container's own "
     "namespace: pods mount no others. Where another service of the lab has it, name that one's (`.volume.NAME.claim`) and "
     "take its `namespace`; where something outside the lab makes it, say what it is called. Without `claimed-by`, hlab writes "
     "the claim.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
default container { image = "docker.io/library/nginx:1.29.1" }
service films: container { volume.data { size = 10GiB  mount = "/films"  keep = disposable } }
service player: container {
  volume.films {
    size       = 10GiB
    mount      = "/films"
    keep       = disposable
    claimed-by = others
    claim      = films.volume.data.claim
  }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
default container { image = "docker.io/library/nginx:1.29.1" }
service films: container { volume.data { size = 10GiB  mount = "/films"  keep = disposable } }
service player: container {
  namespace = films.namespace
  volume.films {
    size       = 10GiB
    mount      = "/films"
    keep       = disposable
    claimed-by = others
    claim      = films.volume.data.claim
  }
}
)"},
    "`{}` mounts the claim `{}`, {}"};

/// Volumes whose claims hlab does not make, against what makes them, and those that a chart is lent.
void check_foreign_claims(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
