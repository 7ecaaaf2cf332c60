// Rules of what machines can carry (HL4400 to HL4449).
#pragma once

#include "compiler/placement/cluster_problem.h"
#include "compiler/rules/single_claims.h"

namespace hlab::rules {

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

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kPlatformsUnknown{
    {"HL4405", "platforms-unknown", diag::Severity::warning,
     "an image of which nobody says what it is built for",
     "Most images are built for amd64 and arm64; for older processors (armv7, armv6) many are not. Where a service may "
     "land on such a machine, say `platforms`, keep it away from there with `on`, or let `hlab vendor` read the image's "
     "index. Then hlab knows, and a build that is missing is an error.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi2  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi2  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container {
  image     = "docker.io/library/nginx:1.29.1"
  platforms = [amd64, arm64, armv7]
}
)"},
    "`{}` can land on `{}`, and nobody says whether its image has an {} build"};

inline const diag::Diag<std::string_view, std::string_view> kNoPlacement{
    {"HL4402", "no-placement", diag::Severity::error,
     "services that find no place on the nodes of their cluster",
     "hlab looks for a place for every pod: on nodes that `on` allows, whose taints it tolerates, with the memory, the "
     "CPU, the slices of graphics processors and the room for volumes of that node that it always needs, where its host "
     "ports are free, apart from its like where it says so. There is none for these. They "
     "are the smallest such set: without any one of what is named, the others have a place.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  agents  = [two]
  token   = join
  network = lan
}
service red: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
service green: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
service blue: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 2GiB  memory-limit = 2GiB }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  agents  = [two]
  token   = join
  network = lan
}
service red: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
service green: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
service blue: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 1GiB  memory-limit = 1GiB }
}
)"},
    "{} on the nodes of `{}`"};

inline const diag::Diag<std::string_view> kPlacementUndecided{
    {"HL4403", "placement-undecided", diag::Severity::warning,
     "hlab cannot tell whether everything finds a place",
     "The search for a place for every pod came to its limit of steps without an answer. There may be a place for "
     "everything, and there may be none. More room on some node makes the question easier.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
for i in 1..9 as more {
  node "n-${i}" {
    hardware    = std.hw.pi4 { memory = 4GiB }
    os          = raspios
    address.lan = lan.cidr.host(10 + i)
  }
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  agents  = more
  token   = join
  network = lan
}
for i in 1..30 {
  service "s-${i}": container {
    image = "docker.io/library/nginx:1.29.1"
    resources { memory = 1MiB * (1200 + i * i * 37 % 300)  memory-limit = 2GiB }
  }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
for i in 1..9 as more {
  node "n-${i}" {
    hardware    = std.hw.pi4 { memory = 4GiB }
    os          = raspios
    address.lan = lan.cidr.host(10 + i)
  }
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  agents  = more
  token   = join
  network = lan
}
for i in 1..30 {
  service "s-${i}": container {
    image = "docker.io/library/nginx:1.29.1"
    resources { memory = 1MiB * (1000 + i * i * 37 % 300)  memory-limit = 2GiB }
  }
}
)"},
    "whether everything finds a place on the nodes of `{}` is not decided"};

inline const diag::Diag<std::string_view, std::string_view> kLossNotBorne{
    {"HL4404", "loss-not-borne", diag::Severity::warning,
     "something has no place when one node is lost",
     "`bears-loss` says that everything has to find a place without any one of the nodes. What is bound to one node "
     "goes with it, data and services of that machine among it, and what the others have no room for waits until it is "
     "back.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version    = "v1.34.3+k3s1"
  servers    = [one]
  agents     = [two]
  token      = join
  network    = lan
  bears-loss = true
}
service red: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
service green: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 3GiB  memory-limit = 3GiB }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version    = "v1.34.3+k3s1"
  servers    = [one]
  agents     = [two]
  token      = join
  network    = lan
  bears-loss = true
}
service red: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 2GiB  memory-limit = 2GiB }
}
service green: container {
  image = "docker.io/library/nginx:1.29.1"
  resources { memory = 2GiB  memory-limit = 2GiB }
}
)"},
    "without `{}`, {}"};

inline const diag::Diag<std::string_view> kVolumeOnOneNode{
    {"HL4406", "volume-on-one-node", diag::Severity::warning,
     "a volume that no other node has, where a loss is to be borne",
     "`bears-loss` says that everything goes on without any one of the nodes. A volume with one copy lies on one node, and its "
     "pod starts on no other: not before the node is back, or somebody gives the claim up with its data. Put it on storage that "
     "keeps copies on several nodes, or on a server elsewhere.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version    = "v1.34.3+k3s1"
  servers    = [one]
  agents     = [two]
  token      = join
  network    = lan
  bears-loss = true
}
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join {}
cluster home: k3s {
  version    = "v1.34.3+k3s1"
  servers    = [one]
  agents     = [two]
  token      = join
  network    = lan
  bears-loss = true
}
service shares: storage-driver {
  chart { repo = "https://charts.example.org"  name = "nfs"  version = "1.0.0" }
  storage-class = "nfs"
  network-files = always
}
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  on = shares  keep = disposable }
}
)"},
    "`{}` lies on one node alone, and its pod waits for that one"};

inline const diag::Diag<std::string_view> kNoRoomOnDisks{
    {"HL4210", "no-room-on-disks", diag::Severity::error,
     "volumes that find no room on the disks of their storage",
     "A storage driver keeps every copy of a volume on another node, on a disk that the node declares for it, and gives "
     "a part of each disk to volumes (`disk-share`). There is no way to lay these volumes out. Make them smaller, keep "
     "fewer copies, or add a disk. A disk without a `size` holds anything.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  disk.data { device = "/dev/sda1"  size = 100GB  storage = spread }
}
node two {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.11
  disk.data { device = "/dev/sda1"  size = 100GB  storage = spread }
}
service spread: storage-driver {
  chart { repo = "https://charts.example.org"  name = "spread"  version = "1.0.0" }
  storage-class = "spread"
  disk-path     = "/srv/spread"
  copies        = 2
}
service films: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 60GB  mount = "/data"  on = spread  keep = replicated }
}
service photos: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 60GB  mount = "/data"  on = spread  keep = replicated }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  disk.data { device = "/dev/sda1"  size = 100GB  storage = spread }
}
node two {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.11
  disk.data { device = "/dev/sda1"  size = 100GB  storage = spread }
}
service spread: storage-driver {
  chart { repo = "https://charts.example.org"  name = "spread"  version = "1.0.0" }
  storage-class = "spread"
  disk-path     = "/srv/spread"
  copies        = 2
}
service films: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 60GB  mount = "/data"  on = spread  keep = replicated }
}
service photos: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 5GB  mount = "/data"  on = spread  keep = replicated }
}
)"},
    "{}"};

inline const diag::Diag<std::string_view, std::string_view> kUnknownStorageClass{
    {"HL4211", "unknown-storage-class", diag::Severity::error,
     "a class of volumes that nobody provides",
     "A claim names the class of its volume, and waits for ever where nothing in the cluster provides it. Classes come from "
     "storage drivers of the same cluster (`storage-class`), from the cluster itself (`local-path` of K3s: beside a `default-storage` with "
     "`local-storage = true`) and from objects of the type StorageClass. Put the volume `on` a driver, and the class follows.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable  storage-class = "local-pth" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable  storage-class = "local-path" }
}
)"},
    "nobody provides the class `{}` of `{}`"};

inline const diag::Diag<std::string_view, std::string_view> kMisspeltStorageClass{
    {"HL4212", "misspelt-storage-class", diag::Severity::warning,
     "a class of volumes that most likely nobody provides",
     "Charts and manifests that hlab cannot look into may bring classes of their own, so a class that nobody in the lab "
     "provides is no error where there are such. But where its name is almost that of one that is provided, it is most "
     "likely meant, and a claim for the other one would wait for ever. So it is with `local-path`, which K3s keeps off where its "
     "cluster has a `default-storage`. If there is such a class, `allow` this.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service other: helm {
  chart { repo = "https://charts.example.org"  name = "other"  version = "1.0.0" }
}
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable  storage-class = "local-pth" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service other: helm {
  chart { repo = "https://charts.example.org"  name = "other"  version = "1.0.0" }
}
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable  storage-class = "nfs-fast" }
}
)"},
    "nobody in the lab provides the class `{}` of `{}`"};

inline const TwiceDiag kDeviceTwice{
    {"HL4410", "device-twice", diag::Severity::error, "one device for two containers",
     "A stick at a USB port talks to one program. The second one that opens it fails, or both read half of what it says. "
     "Let one service have the device and the others ask that service.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  usb.stick { path = "/dev/serial/by-id/usb-stick" }
  usb.meter { path = "/dev/serial/by-id/usb-meter" }
}
service radio: container {
  image = "docker.io/library/nginx:1.29.1"
  device.stick { usb = one.usb.stick }
}
service meter: container {
  image = "docker.io/library/nginx:1.29.1"
  device.it { usb = one.usb.stick }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  usb.stick { path = "/dev/serial/by-id/usb-stick" }
  usb.meter { path = "/dev/serial/by-id/usb-meter" }
}
service radio: container {
  image = "docker.io/library/nginx:1.29.1"
  device.stick { usb = one.usb.stick }
}
service meter: container {
  image = "docker.io/library/nginx:1.29.1"
  device.it { usb = one.usb.meter }
}
)"},
    "{} is claimed by {} and {}"};

inline const TwiceDiag kPathTwice{
    {"HL4411", "machine-path-twice", diag::Severity::error,
     "two parts of a machine with one device or one folder",
     "A disk or a device is declared once, under one name, and a folder has one disk mounted on it. The second mount would "
     "hide what lies on the first.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  disk.data { device = "/dev/disk/by-label/data"  mount = "/srv/data" }
  disk.more { device = "/dev/disk/by-label/data"  mount = "/srv/more" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  disk.data { device = "/dev/disk/by-label/data"  mount = "/srv/data" }
  disk.more { device = "/dev/disk/by-label/more"  mount = "/srv/more" }
}
)"},
    "{} is claimed by {} and {}"};

/// Copies of volumes against the disks of nodes.
void check_storage_room(const RuleInput& input, diag::Diagnostics& diags);
void check_storage_classes(const RuleInput& input, diag::Diagnostics& diags);
void check_devices(const RuleInput& input, diag::Diagnostics& diags);
void check_machine_paths(const RuleInput& input, diag::Diagnostics& diags);
void check_placement(const RuleInput& input, diag::Diagnostics& diags);
void check_loss(const RuleInput& input, diag::Diagnostics& diags);
void check_architectures(const RuleInput& input, diag::Diagnostics& diags);
/// Says of the pods of a question which of its machines their images have a build for.
void add_builds(const RuleInput& input, placement::ClusterProblem& where);

}  // namespace hlab::rules
