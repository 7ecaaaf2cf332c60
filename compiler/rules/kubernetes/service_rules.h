// Rules of services in a cluster (HL4502 to HL4549) and of what they keep (HL4200 to HL4249).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view> kUnknownEndpointPort{
    {"HL4502", "unknown-endpoint-port", diag::Severity::error,
     "an endpoint leads to a port that is not there",
     "The `port` of an endpoint is the name of one of the container's ports.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.main  = 8000
  expose.web = lan { protocol = tcp  port = "mian"  address.house = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.main  = 8000
  expose.web = lan { protocol = tcp  port = "main"  address.house = auto }
}
)"},
    "`{}` has no port `{}`"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kBackupOnItself{
    {"HL4200", "backup-on-itself", diag::Severity::error,
     "a backup that is kept by what it protects",
     "A copy that lies in the cluster dies with the cluster. Keep it elsewhere: another machine, another cluster, or a "
     "bucket on the internet. Names and addresses of the lab are followed to what answers there, names inside the cluster "
     "(`minio.storage.svc.cluster.local`) too.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service buckets: container {
  image     = "docker.io/library/nginx:1.29.1"
  port.s3   = 9000
  expose.s3 = lan { protocol = tcp  address.house = auto }
}
storage here: s3 {
  endpoint = "http://buckets.home.example.org:9000"
  bucket   = "home"
  key      = here-key
}
secret here-key: bucket-key {}
backup nightly { to = here  schedule = "0 3 * * *"  retain = 30d }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
storage away: s3 { endpoint = "https://s3.example.net"  bucket = "home"  key = away-key }
secret away-key: bucket-key {}
backup nightly { to = away  schedule = "0 3 * * *"  retain = 30d }
)"},
    "the copies of `{}` go to {}, which `{}` serves from the cluster itself"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kBackupOnMachine{
    {"HL4201", "backup-on-protected-machine", diag::Severity::error,
     "a backup that is kept by the machine that it protects",
     "When the disk of the machine fails, the data and its copies are gone together. Keep the copies on another machine, "
     "better in another house. Data is on a machine where a service of that machine is copied, where a volume lies on its "
     "node (`node-local`) and its service runs on that node alone, or where it is files of a server that the `values` of "
     "its storage driver name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
storage buckets: s3 { endpoint = "http://192.168.1.10:9000"  bucket = "home"  key = bucket }
secret bucket: bucket-key {}
secret restic-password {}
backup nightly { to = buckets  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
storage buckets: s3 { endpoint = "http://192.168.1.11:9000"  bucket = "home"  key = bucket }
secret bucket: bucket-key {}
secret restic-password {}
backup nightly { to = buckets  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)"},
    "the copies of `{}` go to {}, to the machine `{}` that they protect"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kBackupInFolder{
    {"HL4202", "backup-in-a-folder", diag::Severity::warning,
     "a backup in a folder of the machine that it protects",
     "A plain folder as `restic-repository` is a folder of the machine that makes the copies: when its disk fails, or the "
     "machine is stolen, the data and its copies are gone together. Where the folder is a share that is mounted there, say so: "
     "an `nfs-share` with `restic-repository = \"/mnt/...\"`, or a `.mount` unit among the `unit`s of a service of the machine. "
     "Another disk of the same machine bears the loss of a disk and no more: where that is enough, `allow` this.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
secret restic-password {}
storage place { restic-repository = "/srv/copies" }
backup nightly { to = place  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
secret restic-password {}
storage place: nfs-share {
  server            = "nas.example.net"
  path              = "/volume1/copies"
  restic-repository = "/mnt/copies"
}
backup nightly { to = place  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)"},
    "the copies of `{}` go to {}, a folder of the machine `{}` that they protect"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kBackupAtMaker{
    {"HL4661", "backup-at-its-maker", diag::Severity::warning,
     "a backup that goes to whoever makes it",
     "`localhost` is the machine that makes the copies, or the pod, and a name that ends in `.svc` or `.svc.cluster.local` is in "
     "the cluster that asks. When that is gone, the data and its copies are gone together. Name the machine, the bucket or "
     "the server that keeps them. Where something stands there that only hands them on, such as a tunnel, `allow` this.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
storage buckets: s3 { endpoint = "http://localhost:9000"  bucket = "home"  key = bucket }
secret bucket: bucket-key {}
secret restic-password {}
backup nightly { to = buckets  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
storage buckets: s3 { endpoint = "https://s3.example.net"  bucket = "home"  key = bucket }
secret bucket: bucket-key {}
secret restic-password {}
backup nightly { to = buckets  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = restic-password }
)"},
    "the copies of `{}` go to {}: {}"};

void check_endpoint_ports(const RuleInput& input, diag::Diagnostics& diags);
/// Both of copies at once, for what the cluster keeps is told once.
void check_backup_places(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
