// Rules of networks (HL4100 to HL4149).
#pragma once

#include "compiler/rules/rule.h"
#include "compiler/rules/single_claims.h"

namespace hlab::rules {

using diag::Diag;
using diag::Severity;
using Sv = std::string_view;

inline const Diag<Sv, Sv, Sv> kDuplicateAddress{
    {"HL4100", "duplicate-address", Severity::error, "two declarations hold one address",
     "Whoever answers first gets the packets, and it changes from hour to hour. Each address of a network "
     "belongs to one machine, controller, endpoint or gateway. `auto` takes a free one. A machine with the address of the "
     "gateway is the gateway, and endpoints of one service share an address where their ports differ.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
)"},
    "{} holds {}, which {} holds already"};

inline const Diag<Sv, Sv, Sv> kAddressOutside{
    {"HL4101", "address-outside-network", Severity::error, "an address outside its network",
     "A machine is reached in a network by an address of that network, and a pool gives out its own "
     "addresses only. Correct the address, or the network.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.2.10 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
)"},
    "{} is outside {}, the network `{}`"};

inline const Diag<Sv, Sv> kAddressInDhcp{
    {"HL4102", "address-in-dhcp-range", Severity::error, "a fixed address inside the DHCP range",
     "Sooner or later the DHCP server gives the address to a phone, and both drop in and out. Take an "
     "address outside the range, or shorten the range. With the machine's `mac` in that network the address is a "
     "reservation: tell the DHCP server, and the machine asks it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.150 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.50 }
)"},
    "{} lies in the DHCP range of `{}`"};

inline const Diag<Sv, Sv> kNoSecondFamily{
    {"HL4149", "no-ipv6-range", Severity::error,
     "an IPv6 address in a network that has no IPv6 range",
     "`address6` is a machine's second address in a network that has both families, and `cidr6` says which IPv6 "
     "addresses that network has. A range of your own begins with `fd` and ten hexadecimal digits that you choose "
     "at random. In a network of IPv6 alone `cidr` and `address` are IPv6.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware     = std.hw.pi4 { memory = 4GiB }
  os           = raspios
  address.lan  = 192.168.1.10
  address6.lan = fd12:3456:789a::10
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  cidr6 = fd12:3456:789a::/64 }
node one {
  hardware     = std.hw.pi4 { memory = 4GiB }
  os           = raspios
  address.lan  = 192.168.1.10
  address6.lan = fd12:3456:789a::10
}
)"},
    "`{}` has no IPv6 addresses, so {} is none of its own"};

inline const Diag<Sv, Sv> kAutoInTailnet{
    {"HL4172", "auto-in-tailnet", Severity::warning, "`auto` where the tailnet gives out addresses",
     "Tailscale gives each machine its address when it joins, and asks nobody which one. What `auto` takes is an address "
     "that the machine never gets: whatever is written from it leads nowhere.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network tailnet: tailscale { domain = "example.ts.net" }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.tailnet = auto }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network tailnet: tailscale { domain = "example.ts.net" }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.tailnet = learned }
)"},
    "`{}` gives out its addresses itself, so {} does not get the one that `auto` takes"};

inline const Diag<Sv> kLearnedNowhere{
    {"HL4173", "learned-nowhere", Severity::warning, "an address that nothing can teach",
     "`hlab learn` takes the addresses of machines from what a tailnet says of them. Of another network nothing says "
     "them, so what needs the address waits for ever. The machine has an address of its own there: say it, or let `auto` "
     "take the next free one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = learned }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
)"},
    "nothing tells `hlab learn` the address of {}"};

inline const Diag<Sv, Sv, Sv> kNetworksOverlap{
    {"HL4103", "networks-overlap", Severity::error, "networks that share addresses",
     "A packet to an address that lies in two networks takes the wrong one. Networks of the lab and the "
     "addresses of pods and services must be apart; one inside another is an overlap too. Two houses may have the same "
     "addresses, as long as nothing joins them: say `place` of their networks. A part of a network from which services "
     "get addresses is said by the pool's `range`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.0.0/16 }
network guests { cidr = 192.168.8.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network guests { cidr = 192.168.8.0/24 }
)"},
    "{} ({}) overlaps {}"};

inline const Diag<Sv, Sv, Sv> kDuplicateHostName{
    {"HL4104", "duplicate-host-name", Severity::error, "one host name for two things",
     "A name leads to one place. Two endpoints may share it where they take different paths, or where they are of one "
     "service, at one address and at other ports. A machine and an endpoint share it only where the service runs on "
     "that machine itself.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node web { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service one: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.web   = 8000
  expose.web = lan { protocol = tcp  host = "web"  address.house = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node web { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service one: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.web   = 8000
  expose.web = lan { protocol = tcp  host = "one"  address.house = auto }
}
)"},
    "{} and {} are both called {}"};

inline const Diag<std::int64_t, Sv, Sv, Sv> kHostPortClash{
    {"HL4105", "host-port-clash", Severity::error, "two services take one port of a machine",
     "A port of a machine has one owner; the second service that asks does not start. Services with the "
     "machine's network and those outside the cluster count, and so do K3s (6443, 10250, flannel's port, 80 and 443 for "
     "the ingress that it brings, or for yours where that has no address of its own), sshd (22) and the stub of systemd-resolved on Ubuntu (53). Containers that may run on several "
     "machines find one where the port is free.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service a: host-service {
  on = [one]
  host-port.dns { port = 53  protocol = udp  purpose = "names" }
}
service b: host-service {
  on = [one]
  host-port.dns { port = 53  protocol = udp  purpose = "names" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service a: host-service {
  on = [one]
  host-port.dns { port = 53  protocol = udp  purpose = "names" }
}
service b: host-service {
  on = [one]
  host-port.dns { port = 53  protocol = tcp  purpose = "names" }
}
)"},
    "port {} of `{}` is taken by {} and {}"};

inline const Diag<Sv> kNoOtherResolver{
    {"HL4106", "no-other-resolver", Severity::warning,
     "the name servers of a network are all in the cluster",
     "The cluster needs names to start: it fetches images. When it is down, so are the names of the whole "
     "house. Add a name server outside it as the last one, or serve names from a machine of its own.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dns = [192.168.1.200, 192.168.1.201] }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
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
service names: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.dns   = 53
  expose.dns = lan { protocol = udp  address.house = 192.168.1.200 }
}
)"},
    "every name server of `{}` runs in the cluster"};

inline const Diag<Sv, Sv, Sv, Sv> kRangesOverlap{
    {"HL4115", "ranges-overlap", Severity::error, "two ranges give out one address",
     "The DHCP server and each pool hand out addresses without asking each other. Where their ranges meet, a phone gets "
     "the address of a service sooner or later. Part the ranges.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.205 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
)"},
    "{} ({}) and {} ({}) overlap"};

inline const Diag<Sv, Sv, Sv, Sv> kInnerNetwork{
    {"HL4121", "inner-network-overlaps", Severity::warning,
     "a network inside a machine hides addresses of the lab",
     "Docker, WSL and the like make networks inside a machine. Where such a network and one of the lab share addresses, the "
     "machine looks for them inside itself, and never reaches the others. Docker begins with 172.17.0.0/16 and goes on to "
     "172.31.0.0/16, then to 192.168.0.0/16 in pieces; `default-address-pools` and `bip` in its `daemon.json` say otherwise, and then "
     "`inner-network` of the machine says the same.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network cameras { cidr = 172.17.4.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
  packages    = ["docker.io"]
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network cameras { cidr = 172.17.4.0/24 }
node one {
  hardware             = std.hw.pi4 { memory = 4GiB }
  os                   = raspios
  address.lan          = 192.168.1.10
  packages             = ["docker.io"]
  inner-network.docker = 10.99.0.0/16
}
)"},
    "the network `{}` inside `{}` overlaps {} ({})"};

inline const TwiceDiag kVlanTwice{
    {"HL4116", "vlan-twice", Severity::warning, "two networks with one VLAN number",
     "Networks with one number are one segment: their machines hear each other, whatever their addresses are. That "
     "separates nothing. Give one of them a number of its own; an IPv4 and an IPv6 network may share one, and so may "
     "networks that have a `place` each, and not the same.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  vlan = 10 }
network guests { cidr = 192.168.20.0/24  vlan = 10 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  vlan = 10 }
network guests { cidr = 192.168.20.0/24  vlan = 20 }
)"},
    "{} is claimed by {} and {}"};

inline const TwiceDiag kMacTwice{
    {"HL4117", "mac-twice", Severity::error, "one hardware address for two machines",
     "The hardware address of an interface is its own. Where two machines are said to have one, a reservation gives both "
     "the same address. `ip link` on the machine shows what it has.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.110
  mac.lan     = dc:a6:32:00:00:01
}
node two {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.111
  mac.lan     = DC:A6:32:00:00:01
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  dhcp = 192.168.1.100..192.168.1.199 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.110
  mac.lan     = dc:a6:32:00:00:01
}
node two {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.111
  mac.lan     = dc:a6:32:00:00:02
}
)"},
    "{} is claimed by {} and {}"};

inline const TwiceDiag kTunnelTwice{
    {"HL4118", "tunnel-twice", Severity::error, "one tunnel that two services run",
     "The provider hands each request to any of those that run the tunnel. They do not know the same names, so half of "
     "the requests end nowhere. Make a tunnel of its own for each.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service web: container {
  image = "docker.io/library/nginx:1.29.1"
}
tunnel front: tunnel { image = "docker.io/library/nginx:1.29.1"  tunnel-id = "a1" }
tunnel back: tunnel { image = "docker.io/library/nginx:1.29.1"  tunnel-id = "a1" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service web: container {
  image = "docker.io/library/nginx:1.29.1"
}
tunnel front: tunnel { image = "docker.io/library/nginx:1.29.1"  tunnel-id = "a1" }
tunnel back: tunnel { image = "docker.io/library/nginx:1.29.1"  tunnel-id = "b2" }
)"},
    "{} is claimed by {} and {}"};

inline const Diag<Sv, Sv, Sv> kContactTwice{
    {"HL4123", "contact-twice", Severity::error, "two machines that are set up at one address",
     "Networks at different places may have the same addresses. But Ansible, the scripts and NixOS find a machine at "
     "its address in the house, and where two have the same, one of them is set up twice, as one and as the other, and the other "
     "never. Say with `reach` how each is found from where you work: a name in a VPN, or one of your SSH configuration.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network hall { cidr = 192.168.1.0/24  place = "hall" }
network office { cidr = 192.168.1.0/24  place = "office" }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.hall = 192.168.1.10 }
node two { address.office = 192.168.1.10 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network hall { cidr = 192.168.1.0/24  place = "hall" }
network office { cidr = 192.168.1.0/24  place = "office" }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.hall = 192.168.1.10 }
node two { address.office = 192.168.1.10  reach = "two.vpn.example.org" }
)"},
    "`{}` and `{}` are both set up at {}"};

inline const Diag<Sv, Sv, Sv> kAddressInPool{
    {"HL4119", "address-in-pool", Severity::error, "an address of a machine inside a pool",
     "The addresses of a pool are for services: its load balancer answers for them. A machine that sits on one drops off "
     "the network when a service gets it. Take an address outside the pool, or shorten the pool.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.203 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.20 }
)"},
    "{} holds {}, which lies in the pool `{}`"};

inline const Diag<Sv, Sv, Sv, Sv> kAddressOfNetwork{
    {"HL4120", "address-of-network", Severity::error, "an address that means a whole network",
     "The first address of an IPv4 network names the network itself, and what is sent to the last one goes to everybody in "
     "it. No machine can have them. In a network of two addresses (/31), and in a pool that is a network of its own, "
     "which a machine routes, all addresses are for use.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.255 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.254 }
)"},
    "{} holds {}, the {} address of `{}`, which no machine can have"};

inline const diag::Diag<std::string_view, std::string_view> kWaitsForLearn{
    {"HL6001", "waits-for-learn", diag::Severity::warning, "an output that waits for `hlab learn`",
     "An address that is `learned` is known once the machine has joined its network and `hlab learn` has taken note. "
     "Machines look up their own; but what is written from such an address elsewhere lacks it until then: the variable, "
     "the entry of a map or list, or the field is left out, and a file that needs it is not written. A service on machines is set "
     "up once all is known that it writes there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network tailnet: tailscale { domain = "example.ts.net" }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.tailnet = learned }
file "peers.txt" { content = "one ${one.address.tailnet}\n" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network tailnet: tailscale { domain = "example.ts.net" }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.tailnet = learned }
file "peers.txt" { content = "${one.name}.${tailnet.domain}\n" }
)"},
    "`{}` waits for its `{}`, which is left out for now"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view, std::string_view>
    kPortUnderTwoNames{
        {"HL4112", "port-under-two-names", diag::Severity::warning,
         "one port of a machine under two names",
         "A port of a machine belongs to one program. Two entries of `host-port` with one number and protocol are one port that is "
         "said twice, or a number that was copied. Endpoints find their port by the name of the entry: where one program answers "
         "for several, declare the port once and name it with `port`.",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service shelf: host-service {
  on = [one]
  host-port.pages { port = 8080  audience = lan  purpose = "pages" }
  host-port.admin { port = 8080  audience = lan  purpose = "settings" }
  expose.pages = lan {}
  expose.admin = lan { host = "shelf-admin" }
}
)",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service shelf: host-service {
  on = [one]
  host-port.pages { port = 8080  audience = lan  purpose = "pages and settings" }
  expose.pages = lan {}
  expose.admin = lan { host = "shelf-admin"  port = "pages" }
}
)"},
        "`{0}` and `{1}` of `{2}` are both {3}"};

/// HL4149, HL4172, HL4173.
void check_address_givers(const RuleInput& input, diag::Diagnostics& diags);
/// Whether `hlab learn` can never bring an address of it.
[[nodiscard]] bool waits_in_vain(const model::View& network);
void check_waiting(const RuleInput& input, diag::Diagnostics& diags);
/// All of addresses at once: what they propose is free for one of them only.
void check_addresses(const RuleInput& input, diag::Diagnostics& diags);
/// What Docker and the like make inside a machine, against the lab's networks.
void check_inner_networks(const RuleInput& input, diag::Diagnostics& diags);
void check_network_overlap(const RuleInput& input, diag::Diagnostics& diags);
void check_host_names(const RuleInput& input, diag::Diagnostics& diags);
void check_host_ports(const RuleInput& input, diag::Diagnostics& diags);
void check_ranges(const RuleInput& input, diag::Diagnostics& diags);
void check_addresses_in_pools(const RuleInput& input, diag::Diagnostics& diags);
void check_vlans(const RuleInput& input, diag::Diagnostics& diags);
void check_hardware_addresses(const RuleInput& input, diag::Diagnostics& diags);
void check_tunnels(const RuleInput& input, diag::Diagnostics& diags);
void check_contacts(const RuleInput& input, diag::Diagnostics& diags);
void check_resolvers(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
