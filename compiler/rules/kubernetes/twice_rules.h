// Rules of what a cluster has once: Helm releases, classes, targets of copies (HL4203, HL4511, HL4512).
#pragma once

#include "compiler/rules/single_claims.h"

namespace hlab::rules {

inline const TwiceDiag kReleaseTwice{
    {"HL4511", "release-twice", diag::Severity::error, "two charts with one Helm release",
     "Helm knows a release by its name and namespace. Who installs a second chart under the same name changes the first one into "
     "it, and deletes what that had. `release` is the service's name where nothing else is said: leave it away, or say "
     "another one. Argo CD renders charts without Helm's releases, so it is no mistake for what Argo CD brings.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service mail: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
}
service post: helm {
  chart { repo = "https://charts.example.org"  name = "post"  version = "1.0.0" }
  namespace = "mail"
  release   = "mail"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service mail: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
}
service post: helm {
  chart { repo = "https://charts.example.org"  name = "post"  version = "1.0.0" }
  namespace = "mail"
}
)"},
    "{} is claimed by {} and {}"};

inline const TwiceDiag kClassTwice{
    {"HL4512", "class-twice", diag::Severity::warning, "two services of a cluster with one class",
     "A class says who answers: which storage makes a volume, which ingress controller takes a request. With one name for two, "
     "the second StorageClass replaces the first one or is refused, and both controllers take every request. Give each its own "
     "(`storage-class`, `class`). Where the class is made once and both know of it, `allow` this.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service shares: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "nfs"
}
service films: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "nfs"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service shares: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "nfs"
}
service films: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "films"
}
)"},
    "{} is claimed by {} and {}"};

inline const TwiceDiag kTargetTwice{
    {"HL4203", "target-twice", diag::Severity::warning,
     "two places for backups that are one for what keeps volumes",
     "What keeps volumes knows a place by its address alone: `s3://BUCKET@REGION/` for a bucket, whichever server has it. A "
     "second target with the address of the first is refused, or is the first one, so the copies that should go there are never "
     "made. Where both are the same place, declare it once, and let both backups name it. Where they are not, give one bucket "
     "another name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s {
  version         = "v1.34.3+k3s1"
  servers         = [one]
  network         = lan
  default-storage = disks
}
service disks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "disks"  version = "1.0.0" }
  storage-class   = "disks"
  further-classes = ["disks-away"]
  backup-label    = "backups.example.org/"
  further-targets = [away]
}
storage near { volume-target = "s3://home@eu-west-1/" }
storage away { volume-target = "s3://home@eu-west-1/" }
backup nightly { to = near  schedule = "0 3 * * *"  retain = 30d }
backup weekly { to = away  schedule = "0 4 * * 0"  retain = 90d }
default container { image = "docker.io/library/nginx:1.29.1" }
service web: container { volume.data { size = 1GiB  mount = "/data"  keep = backup(nightly) } }
service shop: container { volume.data { size = 1GiB  mount = "/data"  keep = backup(weekly) } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s {
  version         = "v1.34.3+k3s1"
  servers         = [one]
  network         = lan
  default-storage = disks
}
service disks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "disks"  version = "1.0.0" }
  storage-class   = "disks"
  further-classes = ["disks-away"]
  backup-label    = "backups.example.org/"
  further-targets = [away]
}
storage near { volume-target = "s3://home@eu-west-1/" }
storage away { volume-target = "s3://home-away@eu-west-1/" }
backup nightly { to = near  schedule = "0 3 * * *"  retain = 30d }
backup weekly { to = away  schedule = "0 4 * * 0"  retain = 90d }
default container { image = "docker.io/library/nginx:1.29.1" }
service web: container { volume.data { size = 1GiB  mount = "/data"  keep = backup(nightly) } }
service shop: container { volume.data { size = 1GiB  mount = "/data"  keep = backup(weekly) } }
)"},
    "{} is claimed by {} and {}"};

/// Helm's own releases; what Argo CD renders has none.
void check_releases(const RuleInput& input, diag::Diagnostics& diags);
void check_classes(const RuleInput& input, diag::Diagnostics& diags);
/// Of storage that copies to several places.
void check_backup_targets(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
