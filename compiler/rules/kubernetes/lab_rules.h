// Rules of the lab as a whole and of clusters (HL4000 to HL4049, HL4500 to HL4549), and of secrets
// (HL4300 to HL4349).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view> kNoLab{
    {"HL4003", "no-lab", diag::Severity::error, "a lab without `lab`",
     "Machines and services get their names from the lab's domain, so a folder that declares them needs one "
     "`lab home { domain = ... }`.",
     R"(network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
)"},
    "`{}` has no lab to belong to"};

inline const diag::Diag<std::string_view> kTwoLabs{
    {"HL4004", "several-labs", diag::Severity::error, "more than one `lab`",
     "`lab.domain` means the only lab of the folder. A second lab is a folder of its own.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
lab cabin { domain = "cabin.example.org"  timezone = "Europe/Madrid" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
)"},
    "`{}` is a second lab"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kNodeInTwoClusters{
    {"HL4500", "node-in-two-clusters", diag::Severity::error, "a node that is in two clusters",
     "A machine runs one K3s. Take the node out of one of the clusters.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster test: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan  api-port = 7443 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)"},
    "`{}` is in `{}` and in `{}`"};

inline const diag::Diag<std::string_view, std::string_view> kNoAddressInNetwork{
    {"HL4501", "node-not-in-network", diag::Severity::error,
     "a node of a cluster that is not in the cluster's network",
     "The nodes of a cluster talk to each other in its `network`, so each has an address there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network other { cidr = 192.168.2.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.other = 192.168.2.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)"},
    "`{}` has no address in `{}`, the network of its cluster"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kNotDualStack{
    {"HL4504", "node-not-dual-stack", diag::Severity::error,
     "a node without an IPv6 address in a cluster of both families",
     "Where pods and services have IPv6 addresses too (`pod-cidr6`, `service-cidr6`), K3s starts on a node only "
     "when it is told the node's address of either family, and asks the same of every node.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  cidr6 = fd12:3456:789a::/64 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s {
  version       = "v1.34.3+k3s1"
  servers       = [one]
  network       = lan
  pod-cidr6     = fd42::/56
  service-cidr6 = fd43::/112
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  cidr6 = fd12:3456:789a::/64 }
node one {
  hardware     = std.hw.pi4 { memory = 4GiB }
  os           = raspios
  address.lan  = 192.168.1.10
  address6.lan = auto
}
cluster home: k3s {
  version       = "v1.34.3+k3s1"
  servers       = [one]
  network       = lan
  pod-cidr6     = fd42::/56
  service-cidr6 = fd43::/112
}
)"},
    "`{}` has no {} address in `{}` that is known, and its cluster has both families"};

inline const diag::Diag<std::string_view> kNoCluster{
    {"HL4503", "no-cluster", diag::Severity::warning, "services that no cluster runs",
     "Containers, charts and manifests run in a cluster, and the lab has none: nothing is written for them. "
     "Declare the cluster; or, without Kubernetes, a `host-service`, which is what one machine runs by itself. Where "
     "somebody else runs the service, say `extern = true`, and `planned` before one that is to come.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)"},
    "{}, because no cluster is declared"};

inline const diag::Diag<std::string_view, std::size_t> kSeveralClusters{
    {"HL4505", "several-clusters", diag::Severity::error,
     "a service that may run in several clusters",
     "A lab with one cluster need not name it. With several, each service says where it runs, or the lab says "
     "where all run that do not: another cluster in another file must not move a service and leave its data "
     "behind.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster play: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid"  cluster = home }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
cluster play: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)"},
    "{} not say which of the {} clusters to run in"};

inline const diag::Diag<std::string_view> kUnusedIssuer{
    {"HL4506", "unused-issuer", diag::Severity::warning, "an issuer that nobody asks",
     "An issuer signs for the endpoints that name it, and none does: they go without a certificate, or get one elsewhere. "
     "Say `issuer = ...` at an endpoint, or in a `default` for all of them; or take the issuer away.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret zone {}
service opener: std.sops-operator {}
service door: std.traefik {}
service signer: std.cert-manager {}
issuer public: acme { email = "me@home.example.net"  solver = std.cloudflare-dns { token = zone } }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan {}
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret zone {}
service opener: std.sops-operator {}
service door: std.traefik {}
service signer: std.cert-manager {}
issuer public: acme { email = "me@home.example.net"  solver = std.cloudflare-dns { token = zone } }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { issuer = public }
}
)"},
    "nobody asks the issuer `{}` for a certificate"};

inline const diag::Diag<std::string_view, std::string_view> kMachineIssuer{
    {"HL4633", "machine-issuer", diag::Severity::warning, "a certificate for what runs on machines",
     "An `issuer` signs for Ingresses, and hlab writes none for a `host-service`: it is found at its machine, and nothing there gets "
     "the certificate. Leave `issuer` away, and let the program of the machine ask for a certificate itself; `allow` this where that is done. "
     "What a `default endpoint` says is meant for the others.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service door: std.traefik {}
service signer: std.cert-manager {}
secret zone { extern = true }
issuer public: acme { email = "me@home.example.net"  solver = std.cloudflare-dns { token = zone } }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { issuer = public }
}
service pages: host-service {
  on = [one]
  host-port.web { port = 8080  audience = lan  purpose = "pages" }
  expose.web = lan { issuer = public }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service door: std.traefik {}
service signer: std.cert-manager {}
secret zone { extern = true }
issuer public: acme { email = "me@home.example.net"  solver = std.cloudflare-dns { token = zone } }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan { issuer = public }
}
service pages: host-service {
  on = [one]
  host-port.web { port = 8080  audience = lan  purpose = "pages" }
  expose.web = lan {}
}
)"},
    "`{}` runs on machines, where nobody asks `{}` for a certificate"};

inline const diag::Diag<std::string_view> kUnusedSecret{
    {"HL4300", "unused-secret", diag::Severity::warning, "a secret that nothing uses",
     "Nobody asks for it: a reference was forgotten, or the secret can go.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
)"},
    "nothing uses the secret `{}`"};

void check_lab_count(const RuleInput& input, diag::Diagnostics& diags);
void check_second_lab(const RuleInput& input, diag::Diagnostics& diags);
void check_node_clusters(const RuleInput& input, diag::Diagnostics& diags);
void check_cluster_network(const RuleInput& input, diag::Diagnostics& diags);
void check_dual_stack(const RuleInput& input, diag::Diagnostics& diags);
void check_without_cluster(const RuleInput& input, diag::Diagnostics& diags);
void check_unused_issuers(const RuleInput& input, diag::Diagnostics& diags);
void check_machine_issuers(const RuleInput& input, diag::Diagnostics& diags);
void check_unused_secrets(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
