#include <set>
#include <catch2/catch.hpp>

#include "emit/nixos/emitter.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;
using Catch::Contains;

const std::string kLan = R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24  gateway = 192.168.7.1  dns = [192.168.7.1, 9.9.9.9] }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" } }
)";

const std::string kOne =
    R"(node one { os = nixos { release = "25.11" }  address.lan = 192.168.7.11 }
)";
const std::string kTwo =
    R"(node two { os = nixos { release = "25.11" }  address.lan = 192.168.7.12 }
)";

test::EmittedLab nixos(const std::string& text) {
  test::EmittedLab lab = test::emit_lab(emit::kNixosEmitter, text);
  INFO(text);
  REQUIRE_FALSE(lab.run->diags.has_errors());
  return lab;
}

std::string host(const test::EmittedLab& lab, const std::string& name,
                 const char* file = "default.nix") {
  return lab.file("infrastructure/nixos/hosts/" + name + "/" + file);
}

}  // namespace

TEST_CASE("nixos: a lab without it has no files", "[emit][nixos]") {
  const auto lab = nixos(kLan + "node one { os = debian  address.lan = 192.168.7.11 }\n");
  CHECK(lab.tree.size() == 0);
}

TEST_CASE("nixos: a machine knows its addresses, its way out and who it asks for names",
          "[emit][nixos]") {
  const std::string one = host(nixos(kLan + kOne), "one");
  CHECK_THAT(
      one,
      Contains("hostName = \"one\";\n    domain = \"shed.example.org\";\n    useDHCP = false;"));
  CHECK_THAT(
      one,
      Contains("interfaces.eno1.ipv4.addresses = [\n      {\n        address = \"192.168.7.11\";\n"
               "        prefixLength = 24;"));
  CHECK_THAT(
      one,
      Contains(
          "defaultGateway = {\n      address = \"192.168.7.1\";\n      interface = \"eno1\";"));
  CHECK_THAT(one, Contains("nameservers = [\n      \"192.168.7.1\"\n      \"9.9.9.9\"\n    ];"));
  CHECK_THAT(one, !Contains("k3s") && !Contains("firewall.interfaces") && !Contains("sops"));
}

TEST_CASE("nixos: a tagged network has an interface of its own on the machine's", "[emit][nixos]") {
  const std::string things =
      "network things { cidr = 192.168.20.0/24  vlan = 20  interface = \"NAME\" }\n"
      "node one { os = nixos { release = \"25.11\" }  address.lan = 192.168.7.11  address.things = 192.168.20.11 }\n";
  const auto one = [&](const std::string& name) {
    std::string text = things;
    text.replace(text.find("NAME"), 4, name);
    return host(nixos(kLan + text), "one");
  };
  CHECK_THAT(one("eno1.20"),
             Contains("vlans.\"eno1.20\" = {\n      id = 20;\n      interface = \"eno1\";") &&
                 Contains("interfaces.\"eno1.20\".ipv4.addresses"));
  CHECK_THAT(one("vlan20"), Contains("vlans.vlan20 = {"));
  // Another number, or another card.
  CHECK_THAT(one("eno1.30"), !Contains("vlans"));
  CHECK_THAT(one("eno2"), !Contains("vlans") && Contains("interfaces.eno2.ipv4.addresses"));
}

TEST_CASE(
    "nixos: an interface takes the packets of its network, a tagged one no larger than its card",
    "[emit][nixos]") {
  const auto lab = [&](const std::string& size, const std::string& tagged, bool in_lan = true) {
    std::string lan = kLan;
    lan.insert(lan.find("  gateway"), size);
    return nixos(
        lan + "network things { cidr = 192.168.20.0/24  vlan = 20  interface = \"eno1.20\"  " +
        tagged + " }\nnode one { os = nixos { release = \"25.11\" }  " +
        (in_lan ? "address.lan = 192.168.7.11  " : "") + "address.things = 192.168.20.11 }\n");
  };
  const auto one = [&](const std::string& size, const std::string& tagged) {
    return host(lab(size, tagged), "one");
  };
  CHECK_THAT(one("", ""), !Contains("mtu"));
  CHECK_THAT(one("  mtu = 9000", "mtu = 8000"),
             Contains("eno1.mtu = 9000;") && Contains("interfaces.\"eno1.20\".mtu = 8000;"));
  CHECK_FALSE(lab("  mtu = 9000", "mtu = 9000").codes().contains("HL4680"));
  CHECK_THAT(one("", "mtu = 9000"), !Contains("mtu"));
  CHECK(lab("", "mtu = 9000").codes().contains("HL4680"));
  CHECK_THAT(one("", "mtu = 1400"), Contains("interfaces.\"eno1.20\".mtu = 1400;"));
  // Nobody says how much the card lets through: as much as its tagged networks need.
  const auto tagged_alone = lab("", "mtu = 9000", false);
  CHECK_FALSE(tagged_alone.codes().contains("HL4680"));
  CHECK_THAT(host(tagged_alone, "one"),
             Contains("eno1.mtu = 9000;") && Contains("interfaces.\"eno1.20\".mtu = 9000;"));
}

TEST_CASE("nixos: machines that are told of no name server are told of", "[emit][nixos]") {
  const std::string top =
      "lab shed { domain = \"shed.example.org\"  timezone = \"Europe/Madrid\" }\n"
      "default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = \"eno1\" } "
      " os = nixos { release = \"25.11\" } }\n"
      "network lan { cidr = 192.168.7.0/24  gateway = 192.168.7.1  dhcp = 192.168.7.100..192.168.7.199 }\n"
      "network island { cidr = 192.168.8.0/24 }\n"
      "network tailnet: tailscale { domain = \"example.ts.net\" }\n";
  const auto codes = [&](const std::string& nodes) { return nixos(top + nodes).codes(); };
  using Codes = std::set<std::string>;
  // Once for each network.
  CHECK(
      codes("node one { address.lan = 192.168.7.11 }\nnode two { address.lan = 192.168.7.12 }\n") ==
      Codes{"HL6104"});
  CHECK(codes("node one { address.lan = 192.168.7.11  nix = \"networking.nameservers = [ ];\" }\n")
            .empty());
  CHECK(codes("node one { address.lan = 192.168.7.110  mac.lan = 02:00:00:00:00:04 }\n").empty());
  CHECK(codes("node one { address.lan = 192.168.7.12  address.tailnet = learned }\n").empty());
  CHECK(codes("node one { address.lan = 192.168.7.1 }\n").empty());  // the router itself
  CHECK(codes("node one { address.island = 192.168.8.1 }\n").empty());
}

TEST_CASE("nixos: two VLANs do not lie untagged on one interface", "[emit][nixos]") {
  const std::string lan =
      "lab shed { domain = \"shed.example.org\"  timezone = \"Europe/Madrid\" }\n"
      "network lan { cidr = 192.168.7.0/24 }\n"
      "default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = \"eno1\" } }\n";
  const auto codes = [&](const std::string& more) {
    return nixos(lan + "network things { cidr = 192.168.20.0/24  vlan = 20  " + more +
                 " }\nnode one { os = nixos { release = \"25.11\" }  address.lan = 192.168.7.11  "
                 "address.things = 192.168.20.11 }\n")
        .codes();
  };
  CHECK(codes("") == std::set<std::string>{"HL6105"});
  const auto untagged =
      nixos(lan +
            "network things { cidr = 192.168.20.0/24  vlan = 20 }\n"
            "network tunnel { cidr = 10.9.0.0/24  audience = vpn  interface = \"wg0\" }\n"
            "node one {\n  os = nixos { release = \"25.11\" }\n  address.lan = 192.168.7.11\n"
            "  address.things = 192.168.20.11\n  address.tunnel = 10.9.0.1\n}\n");
  REQUIRE(untagged.run->diags.size() == 1);
  CHECK(untagged.run->sources.text(untagged.run->diags.sorted().front()->at) == "192.168.20.11");
  CHECK(codes("interface = \"eno1.20\"").empty());
  CHECK(codes("interface = \"eno2\"").empty());
}

TEST_CASE("nixos: the router itself is not told to go by itself", "[emit][nixos]") {
  const std::string one = host(
      nixos(kLan + "node one { os = nixos { release = \"25.11\" }  address.lan = 192.168.7.1 }\n"),
      "one");
  CHECK_THAT(one, Contains("address = \"192.168.7.1\"") && !Contains("defaultGateway"));
}

TEST_CASE("nixos: a machine of both families has an address and a way out in each",
          "[emit][nixos]") {
  const auto lab = nixos(
      R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
network lan {
  cidr  = 192.168.7.0/24           gateway  = 192.168.7.1
  cidr6 = fd12:3456:789a::/64  gateway6 = fe80::1
}
node one {
  hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.11  address6.lan = auto
}
)");
  const std::string one = host(lab, "one");
  CHECK_THAT(one, Contains("ipv4.addresses = [") && Contains("address = \"192.168.7.11\";") &&
                      Contains("prefixLength = 24;"));
  CHECK_THAT(one, Contains("ipv6.addresses = [") && Contains("address = \"fd12:3456:789a::2\";") &&
                      Contains("prefixLength = 64;"));
  CHECK_THAT(one, Contains("defaultGateway6 = {\n      address = \"fe80::1\";\n"
                           "      interface = \"eno1\";"));
  CHECK_THAT(one, Contains("defaultGateway = {\n      address = \"192.168.7.1\";"));
}

TEST_CASE("nixos: a machine of no network takes what DHCP says", "[emit][nixos]") {
  const auto lab = nixos(kLan + "node one { os = nixos { release = \"25.11\" } }\n");
  CHECK_THAT(host(lab, "one"), !Contains("useDHCP") && !Contains("nameservers"));
}

TEST_CASE("nixos: a machine asks for the address that the DHCP server keeps for it",
          "[emit][nixos]") {
  const std::string lan = "default network { dhcp = 192.168.7.100..192.168.7.199 }\n";
  const auto node = [](const std::string& address) {
    return "node one { os = nixos { release = \"25.11\" }  mac.lan = dc:a6:32:00:00:01  address.lan = " +
           address + " }\n";
  };
  const std::string reserved = host(nixos(kLan + lan + node("192.168.7.110")), "one");
  CHECK_THAT(reserved, Contains("interfaces.eno1.useDHCP = true;"));
  CHECK_THAT(reserved, !Contains("ipv4.addresses") && !Contains("defaultGateway"));
  CHECK_THAT(host(nixos(kLan + lan + node("192.168.7.11")), "one"),
             Contains("ipv4.addresses") && !Contains("eno1.useDHCP"));
}

TEST_CASE("nixos: boot loader and processor come from the machine", "[emit][nixos]") {
  CHECK_THAT(host(nixos(kLan + kOne), "one"),
             Contains("systemd-boot.enable = true;") && Contains("\"x86_64-linux\""));
  const auto lab = nixos(kLan + R"(node old {
  hardware = std.hw.pc { arch = arm64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os = nixos { release = "25.11"  installed = "24.05"  boot = bios  boot-device = "/dev/sda" }
}
)");
  CHECK_THAT(host(lab, "old"),
             Contains("boot.loader.grub = {\n    enable = true;\n    device = \"/dev/sda\";") &&
                 Contains("\"aarch64-linux\"") && Contains("system.stateVersion = \"24.05\";"));
}

TEST_CASE("nixos: the first of several servers starts the cluster, the others join it",
          "[emit][nixos]") {
  const auto lab = nixos(
      kLan + kOne + kTwo +
      "node three { os = nixos { release = \"25.11\" }  address.lan = 192.168.7.13 }\n"
      "node four { os = nixos { release = \"25.11\" }  address.lan = 192.168.7.14 }\n"
      "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [two, one, four]  agents = [three]"
      "  network = lan  token = join-token }\n");
  CHECK_THAT(host(lab, "two"), Contains("clusterInit = true;") && !Contains("serverAddr") &&
                                   Contains("for server in 192.168.7.11 192.168.7.14; do") &&
                                   Contains(": </dev/tcp/$server/6443"));
  CHECK_THAT(host(lab, "one"), !Contains("for server in"));
  CHECK_THAT(host(lab, "one"),
             Contains("role = \"server\";\n    serverAddr = \"https://192.168.7.12:6443\";") &&
                 Contains("2379 # cluster.c: ") && Contains("6443 # cluster.c: "));
  CHECK_THAT(host(lab, "three"),
             Contains("role = \"agent\";") && !Contains("2379") && !Contains("6443 #") &&
                 Contains("10250 # cluster.c: kubelet") && Contains("8472 # cluster.c: "));
  CHECK_THAT(host(lab, "one", "k3s-config.yaml"), Contains("node-ip: \"192.168.7.11\""));
}

TEST_CASE("nixos: one server keeps its state without etcd", "[emit][nixos]") {
  const auto lab =
      nixos(kLan + kOne +
            "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [one]  network = lan }\n");
  CHECK_THAT(host(lab, "one"), Contains("services.k3s.role = \"server\";") &&
                                   !Contains("clusterInit") && !Contains("2379"));
}

TEST_CASE("nixos: ports of services stand with their reason, on the interface they are for",
          "[emit][nixos]") {
  const auto lab = nixos(kLan + kOne + R"(
network tailnet: tailscale { domain = "example.ts.net" }
node two { os = nixos { release = "25.11" }  address.lan = 192.168.7.12  address.tailnet = learned }
cluster c: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = tailnet }
service figures: container {
  image = "docker.io/library/figures:1.0.0"
  host-port.web { port = 9100  purpose = "figures" }
  host-port.say { port = 5353  protocol = udp  audience = lan  purpose = "finds devices" }
}
)");
  const std::string two = host(lab, "two");
  const std::size_t lan = two.find("firewall.interfaces.eno1 = {");
  const std::size_t tailnet = two.find("firewall.interfaces.tailscale0 = {");
  REQUIRE(lan != std::string::npos);
  REQUIRE(tailnet != std::string::npos);
  CHECK(two.find("5353 # service.figures: finds devices") > lan);
  CHECK(two.find("5353 # service.figures: finds devices") < tailnet);
  CHECK(two.find("9100 # service.figures: figures") > tailnet);
  CHECK_THAT(host(lab, "one"), !Contains("9100"));
}

TEST_CASE("nixos: the API is open where kubectl comes by a private network", "[emit][nixos]") {
  const auto opens = [](const std::string& networks, const std::string& node) {
    std::string text = kLan + "network cabin { cidr = 192.168.1.0/24  place = \"cabin\" }\n" +
                       networks;
    for (const char* name : {"two", "three"})
      text += std::string("node ") + name +
              " { os = nixos { release = \"25.11\" }  address.cabin = auto  " + node + " }\n";
    const auto lab = nixos(text + R"(cluster c: k3s {
  version = "v1.34.3+k3s1"  servers = [two]  agents = [three]  network = cabin  token = join-token
}
)");
    CHECK_THAT(host(lab, "three"), !Contains("6443 #"));  // an agent
    return host(lab, "two");
  };
  const std::string tailnet = "network tailnet: tailscale { domain = \"example.ts.net\" }\n";
  const std::string open =
      "network tailnet: tailscale { domain = \"example.ts.net\"  access-policy = false }\n";
  const std::string wg =
      "network wg { cidr = 10.99.0.0/24  audience = vpn  interface = \"wg0\" }\n";
  // The policy lets administrators in.
  CHECK_THAT(opens(tailnet, "address.tailnet = learned"),
             Contains("firewall.interfaces.tailscale0") &&
                 Contains("6443 # cluster.c: kubectl by `tailnet`"));
  // Nobody says who may do what, so it is open where kubectl of the scripts comes, and nowhere else.
  CHECK_THAT(opens(open, "address.tailnet = learned"), !Contains("kubectl by"));
  CHECK_THAT(opens(open, "address.tailnet = learned  reach = \"${.name}.example.ts.net\""),
             Contains("6443 # cluster.c: kubectl by `tailnet`"));
  CHECK_THAT(opens(wg, "address.wg = auto"), !Contains("kubectl by"));
  CHECK_THAT(opens(wg, "address.wg = auto  reach = \"${.name}.wg\""),
             Contains("firewall.interfaces.wg0") && Contains("6443 # cluster.c: kubectl by `wg`"));
}

TEST_CASE("nixos: a disk is mounted and never formatted, and K3s waits for it", "[emit][nixos]") {
  const auto lab = nixos(kLan + R"(
node one {
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.11
  disk.data { device = "/dev/disk/by-label/data"  mount = "/srv/${lab.name}"  filesystem = "xfs" }
}
cluster c: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)");
  CHECK_THAT(
      host(lab, "one"),
      Contains(
          "fileSystems.\"/srv/shed\" = {\n    device = \"/dev/disk/by-label/data\";\n    fsType = \"xfs\";") &&
          Contains("RequiresMountsFor = [ \"/srv/shed\" ];") && !Contains("autoFormat"));
}

TEST_CASE("nixos: further packages and lines of one machine", "[emit][nixos]") {
  const auto lab = nixos(kLan + R"(
node one {
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.11
  wake = true
  packages = ["htop", "python3Packages.requests"]
  nix = "services.fwupd.enable = true;"
}
)");
  CHECK_THAT(host(lab, "one"), Contains("{ lib, pkgs, ... }:") &&
                                   Contains("pkgs.python3Packages.requests") &&
                                   Contains("./extra.nix") && Contains("wakeOnLan.enable = true;"));
  CHECK_THAT(host(lab, "one", "extra.nix"), Contains("{\n  services.fwupd.enable = true;\n}\n"));
}

TEST_CASE("nixos: texts of the lab stay texts", "[emit][nixos]") {
  const auto lab = nixos(kLan + kOne + R"(
person eve { full-name = "\"; x = builtins.exec [ \"id\" ]; #"  ssh-keys = ["ssh-ed25519 AAAA e$v'e"] }
)");
  CHECK_THAT(lab.file("infrastructure/nixos/modules/people.nix"),
             Contains(R"(description = "\"; x = builtins.exec [ \"id\" ]; #";)"));
}

TEST_CASE("nixos: what it cannot do is an error", "[emit][nixos]") {
  const auto codes = [](const std::string& text) {
    return test::emit_lab(emit::kNixosEmitter, text).codes();
  };
  CHECK(codes(kLan + "node old { hardware = std.hw.pi2  os = nixos { release = \"25.11\" } }\n")
            .count("HL6101") == 1);
  CHECK(codes(kLan + "node one { hardware = std.hw.pc { arch = amd64  cpu = 1  memory = 1GiB }\n"
                     "  os = nixos { release = \"25.11\" }  address.lan = 192.168.7.11 }\n")
            .count("HL6102") == 1);
  CHECK(codes(kLan + kOne + kTwo +
              "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [one]"
              "  agents = [two]  network = lan }\n")
            .count("HL6103") == 1);
}
