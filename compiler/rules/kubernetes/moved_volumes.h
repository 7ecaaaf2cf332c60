// A service or a volume that was renamed, and whose data stays behind under the old name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/model/view.h"
#include "compiler/source/source_map.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view> kMovedWithoutData{
    {"HL4599", "moved-without-data", diag::Severity::warning,
     "a service that was renamed, and its volumes are claimed anew",
     "`moved from` keeps what hlab hands out: addresses, ports, versions. The data of a volume belongs to its claim, "
     "and that is called after the service and lies in its namespace. Under another name there is a new claim, and "
     "it is empty; the old one stays in the cluster beside it. Say the old `namespace` of the service and the "
     "old `claim` of each volume, and it goes on with its data; `hlab check --fix` writes both. A chart calls its claims "
     "after its `release`, mostly, and an operator after the service: there only the old `release` helps, or the old name. "
     "Where the data is nothing worth, or copied, `allow moved-without-data \"...\"` says so.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  token = join-token }
service news: container {
  moved from feeds
  image     = "docker.io/freshrss/freshrss:1.26.3"
  port.http = 80
  volume.data { size = 2GiB  mount = "/data"  keep = disposable }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  token = join-token }
service news: container {
  moved from feeds
  namespace = "feeds"
  image     = "docker.io/freshrss/freshrss:1.26.3"
  port.http = 80
  volume.data { size = 2GiB  mount = "/data"  keep = disposable  claim = "feeds-data" }
}
)"},
    "`{}` begins with empty volumes: the data of `{}` stays under the old name"};

inline const diag::DiagInfo* const kAllMovedDiags[] = {&kMovedWithoutData.info};

/// `moved from OLD`, as the lab says it of what is called otherwise now.
struct Moved {
  model::View now;
  std::string old;
  Span at;     // the old name
  Span entry;  // all of it
  bool is_computed = false;
};

void check_moved_volumes(const std::vector<Moved>& moves, const SourceMap& sources,
                         diag::Diagnostics& diags);

}  // namespace hlab::rules
