// Rules of endpoints and those who reach them (HL4107 to HL4111, HL4170, HL4356).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view> kEndpointUnreached{
    {"HL4107", "endpoint-unreached", diag::Severity::warning,
     "an endpoint that those for whom it is do not reach",
     "`lan`, `vpn` and `public` say who may reach an endpoint. A way there has to be declared too: an address of the "
     "ingress controller in a pool of that network (and, in a private network, a machine that routes the pool), or a "
     "tunnel. Where something outside the lab leads there, such as a port that the router forwards, `allow` this "
     "with that reason. `hlab graph --reach` shows how far one gets.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
pool private { of = tailnet  cidr = 10.60.0.0/28 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  ingress = front }
service balancer: load-balancer {
  chart { repo = "https://charts.example.net"  name = "balancer"  version = "1.0.0" }
  address-annotation = "example.net/address"
}
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class           = "front"
  internal-url    = "https://front.front.svc.cluster.local:443"
  address.private = auto
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = vpn {}
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
pool private { of = tailnet  cidr = 10.60.0.0/28 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
  routes          = [private.cidr]
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  ingress = front }
service balancer: load-balancer {
  chart { repo = "https://charts.example.net"  name = "balancer"  version = "1.0.0" }
  address-annotation = "example.net/address"
}
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class           = "front"
  internal-url    = "https://front.front.svc.cluster.local:443"
  address.private = auto
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = vpn {}
}
)"},
    "nothing leads {} to `{}`"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kWiderThanSaid{
    {"HL4108", "wider-than-said", diag::Severity::warning,
     "an endpoint that more people reach than it says",
     "`vpn` is for those who joined the private network, `lan` for the house. Where the endpoint has an address that "
     "others reach too, or a tunnel, the word promises more than holds. Say the audience that it has, or take away what "
     "lets the others in.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
  routes          = [lan.cidr]
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service balancer: load-balancer {
  chart { repo = "https://charts.example.net"  name = "balancer"  version = "1.0.0" }
  address-annotation = "example.net/address"
}
service store: container {
  image     = "docker.io/library/nginx:1.29.1"
  port.db   = 5432
  expose.db = vpn { protocol = tcp  address.house = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
  routes          = [lan.cidr]
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service balancer: load-balancer {
  chart { repo = "https://charts.example.net"  name = "balancer"  version = "1.0.0" }
  address-annotation = "example.net/address"
}
service store: container {
  image     = "docker.io/library/nginx:1.29.1"
  port.db   = 5432
  expose.db = lan { protocol = tcp  address.house = auto }
}
)"},
    "`{}` is for {}, and {} reaches it"};

inline const diag::Diag<std::string_view> kNameUnknown{
    {"HL4109", "name-without-address", diag::Severity::warning,
     "a name that no name server of the lab can know",
     "Name servers in the lab answer for endpoints with the address that these have (`dns-address`). An ingress "
     "controller without an address in a pool answers on all machines of its cluster, and none of them stands for the "
     "name. Give it an address, or say which one is meant.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dns = [192.168.1.11, 9.9.9.9] }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
service names: host-service {
  on            = [two]
  answers-names = true
  host-port.dns { port = 53  protocol = udp  audience = lan  purpose = "names" }
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  ingress = front }
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class        = "front"
  internal-url = "https://front.front.svc.cluster.local:443"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan {}
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dns = [192.168.1.11, 9.9.9.9] }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
service names: host-service {
  on            = [two]
  answers-names = true
  host-port.dns { port = 53  protocol = udp  audience = lan  purpose = "names" }
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  ingress = front }
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class        = "front"
  internal-url = "https://front.front.svc.cluster.local:443"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { dns-address = one.address.lan }
}
)"},
    "`{}` has no address that a name server could give"};

inline const diag::Diag<std::string_view> kLoginWithoutReason{
    {"HL4355", "login-without-reason", diag::Severity::error,
     "everybody may in, and nobody says why",
     "A public endpoint with `login = none` is open to the whole internet. That may be right, for a page that anybody may "
     "read; but it is also what a forgotten login looks like. The reason stands beside it, and `hlab surface` shows it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class        = "front"
  internal-url = "https://front.front.svc.cluster.local:443"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = public { login = none }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service front: ingress-controller {
  chart { repo = "https://charts.example.net"  name = "front"  version = "1.0.0" }
  class        = "front"
  internal-url = "https://front.front.svc.cluster.local:443"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = public { login = none because "a page for everybody" }
}
)"},
    "everybody reaches `{}` without a login, and nothing says why"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kLoginPassedBy{
    {"HL4356", "login-passed-by", diag::Severity::warning,
     "a way on which nobody asks for the login that is said",
     "`login = forward(...)` says that another service asks people for their name before a request comes through. An ingress "
     "controller does that, for what goes through it. A port of its own (`tcp`, `udp`), a `node-port` beside the Ingress, and a "
     "tunnel that leads straight to a machine pass it by. Where the program asks by itself, say `own` or `oidc(...)`; where a proxy "
     "of yours is in between, silence this with `allow` and say which.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service auth: container { image = "docker.io/authelia/authelia:4.39.4"  port.http = 9091 }
service chat: container {
  image      = "docker.io/ergochat/ergo:v2.16.0"
  port.irc   = 6667
  expose.irc = lan { protocol = tcp  node-port = 30667  login = forward(auth) }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service chat: container {
  image      = "docker.io/ergochat/ergo:v2.16.0"
  port.irc   = 6667
  expose.irc = lan { protocol = tcp  node-port = 30667  login = own }
}
)"},
    "`{}` is reached {}, where `{}` asks nobody"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kShutByPolicy{
    {"HL4110", "shut-by-policy", diag::Severity::warning,
     "a way that the policy of a private network shuts",
     "The access policy that hlab writes for a tailnet is shut but for what the lab says: endpoints that are `vpn`, for "
     "people, and the machines of one cluster among each other. A machine that copies to another one over the tailnet, or asks "
     "it for its figures, is none of that, and nothing answers it. Give both machines an address in one network of the "
     "house, let the copies go elsewhere, or open that way with `further-policy` of the tailnet, in Tailscale's own words: a "
     "grant for the tags of both machines. With any `further-policy` hlab judges no such way. `hlab graph --reach` shows "
     "how far one gets.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
network cottage { cidr = 192.168.7.0/24  place = "cottage" }
network tailnet: tailscale { domain = "example.ts.net" }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
node far {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.cottage = 192.168.7.10
  address.tailnet = learned
}
secret words {}
storage box { restic-repository = "sftp:copies@far.example.ts.net:/srv/copies" }
backup nightly { to = box  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = words }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
network lan { cidr = 192.168.1.0/24 }
network cottage { cidr = 192.168.7.0/24  place = "cottage" }
network tailnet: tailscale {
  domain                = "example.ts.net"
  further-policy.grants = [{ src = ["tag:one"]  dst = ["tag:far"]  ip = ["tcp:22"] }]
}
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
node far {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.cottage = 192.168.7.10
  address.tailnet = learned
}
secret words {}
storage box { restic-repository = "sftp:copies@far.example.ts.net:/srv/copies" }
backup nightly { to = box  schedule = "0 3 * * *"  retain = 30d }
service copies: std.restic { on = [one]  backup = nightly  password = words }
)"},
    "the policy of `{1}` shuts the way that {0} would take to `{2}`"};

inline const diag::Diag<std::string_view, std::string_view> kAskedInVain{
    {"HL4111", "asked-in-vain", diag::Severity::warning,
     "a machine that does not hear who asks it for figures",
     "`std.monitoring` asks services of machines that have `metrics`, and any service those that its `asks` names. The machine "
     "has to be reached from where that service runs: by a network in which both are, by `reaches` of a network, or by a "
     "machine that `routes` its network. Where a router leads there that the lab does not know, say it with `reaches`. "
     "`hlab graph --reach` shows how far one gets.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network things { cidr = 192.168.7.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node shed { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.things = 192.168.7.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service exporter: std.node-exporter { on = [shed] }
service figures: container { image = "docker.io/prom/prometheus:v3.5.0"  asks = [exporter] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  reaches = [things] }
network things { cidr = 192.168.7.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node shed { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.things = 192.168.7.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service exporter: std.node-exporter { on = [shed] }
service figures: container { image = "docker.io/prom/prometheus:v3.5.0"  asks = [exporter] }
)"},
    "nothing leads {} to `{}`"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kNameAtTwoAddresses{
    {"HL4170", "name-at-two-addresses", diag::Severity::warning,
     "one host name at two addresses or tunnels",
     "Endpoints that share a name by their paths are found at one address: whoever asks for the name gets one, before the path is "
     "looked at. Where one is at another machine, behind the ingress controller of another cluster, or for the private network "
     "alone, the name leads to both addresses, and who comes to the wrong one does not find the path. The same holds for two tunnels: "
     "a name leads to one of them. Give each address and each tunnel a name of its own.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
service pages: host-service {
  on = [one]
  host-port.web { port = 80  audience = lan  purpose = "pages" }
  expose.web = lan { host = "shelf" }
}
service admin: host-service {
  on = [two]
  host-port.web { port = 80  audience = lan  purpose = "settings" }
  expose.web = lan { host = "shelf"  path = "/admin" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
service pages: host-service {
  on = [one]
  host-port.web { port = 80  audience = lan  purpose = "pages" }
  expose.web = lan { host = "shelf" }
}
service admin: host-service {
  on = [two]
  host-port.web { port = 80  audience = lan  purpose = "settings" }
  expose.web = lan { host = "shelf-admin"  path = "/admin" }
}
)"},
    "{} leads to {} and to {}, and each takes other paths of it"};

void check_logins(const RuleInput& input, diag::Diagnostics& diags);
void check_guards(const RuleInput& input, diag::Diagnostics& diags);
/// All three at once, for they read one graph.
void check_ways(const RuleInput& input, diag::Diagnostics& diags);
/// Backups, and what services ask of machines.
void check_shut_ways(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
