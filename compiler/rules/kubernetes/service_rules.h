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
  image = "docker.io/library/nginx:1.29.1"
  port.main  = 8000
  expose.web = lan { protocol = tcp  port = "mian"  address.house = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service web: container {
  image = "docker.io/library/nginx:1.29.1"
  port.main  = 8000
  expose.web = lan { protocol = tcp  port = "main"  address.house = auto }
}
)"},
    "`{}` has no port `{}`"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kBackupOnItself{
    {"HL4200", "backup-on-itself", diag::Severity::error,
     "a backup that is kept by what it protects",
     "A copy that lies in the cluster dies with the cluster. Keep it elsewhere: another machine, or a bucket "
     "on the internet.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service buckets: container {
  image = "docker.io/library/nginx:1.29.1"
  port.s3 = 9000
  expose.s3 = lan { protocol = tcp  address.house = auto }
}
storage here: s3 { endpoint = "http://buckets.home.example.org:9000"  bucket = "home"  key = here-key }
secret here-key: bucket-key {}
backup nightly { to = here  schedule = "0 3 * * *"  retain = 30d }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
storage away: s3 { endpoint = "https://s3.example.net"  bucket = "home"  key = away-key }
secret away-key: bucket-key {}
backup nightly { to = away  schedule = "0 3 * * *"  retain = 30d }
)"},
    "the copies of `{}` go to {}, which `{}` serves from the cluster itself"};

void check_endpoint_ports(const RuleInput& input, diag::Diagnostics& diags);
void check_backup_places(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
