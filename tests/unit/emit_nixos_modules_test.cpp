#include <catch2/catch.hpp>

#include "emit/nixos/emitter.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;
using Catch::Contains;

const std::string kShed = R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24  gateway = 192.168.7.1  dns = [192.168.7.1, 9.9.9.9] }
network tailnet: tailscale { domain = "example.ts.net"  auth-key = tailnet-login.key("machines") }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
secret tailnet-login { keys = ["people", "machines"] }
default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" } }
node one {
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.11
  address.tailnet = learned
}
)";

const std::string kCluster =
    "cluster c: k3s { version = \"v1.33.5+k3s1\"  servers = [one]  network = tailnet  token = join-token }\n";

test::EmittedLab nixos(const std::string& text) {
  test::EmittedLab lab = test::emit_lab(emit::kNixosEmitter, text);
  INFO(text);
  REQUIRE_FALSE(lab.run->diags.has_errors());
  return lab;
}

std::string file(const test::EmittedLab& lab, const std::string& path) {
  return lab.file("infrastructure/nixos/" + path);
}

}  // namespace

TEST_CASE("nixos flake: one input for each release, the newest without a suffix", "[emit][nixos]") {
  const auto lab = nixos(
      kShed + "node two { os = nixos { release = \"25.05\" }  address.lan = 192.168.7.12 }\n");
  const std::string flake = file(lab, "flake.nix");
  CHECK_THAT(flake, Contains("nixpkgs.url = \"github:NixOS/nixpkgs/nixos-25.11\";") &&
                        Contains("nixpkgs-25-05.url = \"github:NixOS/nixpkgs/nixos-25.05\";") &&
                        Contains("{ nixpkgs, nixpkgs-25-05, sops-nix, ... }:") &&
                        Contains("nixosConfigurations.two = nixpkgs-25-05.lib.nixosSystem {") &&
                        Contains("inputs.nixpkgs.follows = \"nixpkgs\";"));
}

TEST_CASE("nixos flake: nothing of secrets where there are none", "[emit][nixos]") {
  const auto lab = nixos(R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
node one { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB }  os = nixos { release = "25.11" } }
)");
  CHECK_THAT(file(lab, "flake.nix"), !Contains("sops"));
  CHECK_THAT(file(lab, "modules/base.nix"),
             !Contains("sops") && Contains("PermitRootLogin = \"no\";"));
  CHECK(file(lab, "modules/people.nix").empty());
}

TEST_CASE("nixos cluster module: package by minor, token by path, and no secret in it",
          "[emit][nixos]") {
  const std::string module = file(nixos(kShed + kCluster), "modules/k3s-c.nix");
  CHECK_THAT(module,
             Contains("package = pkgs.k3s_1_33;") &&
                 Contains("tokenFile = config.sops.secrets.join-token.path;") &&
                 Contains("sopsFile = ../secrets/join-token.sops.yaml;\n    key = \"value\";"));
}

TEST_CASE("nixos cluster module: K3s starts after the overlay and finds its address",
          "[emit][nixos]") {
  const std::string module = file(nixos(kShed + kCluster), "modules/k3s-c.nix");
  CHECK_THAT(module, Contains("partOf = [ \"tailscaled.service\" ];") &&
                         Contains("tailscaled-autoconnect.service") &&
                         Contains("interface=tailscale0\n") && Contains("10-node-ip.yaml"));
}

TEST_CASE("nixos cluster module: nothing to wait for on a LAN", "[emit][nixos]") {
  const auto lab =
      nixos(kShed +
            "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [one]  network = lan\n"
            "  flannel-backend = wireguard-native }\n");
  const std::string module = file(lab, "modules/k3s-c.nix");
  CHECK_THAT(module, Contains("systemd.services.k3s.restartTriggers") && !Contains("preStart") &&
                         !Contains("partOf") && Contains("\"flannel-wg\""));
  // In the words of K3s it is the same.
  const auto by_option =
      nixos(kShed +
            "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [one]  network = lan\n"
            "  server-config.flannel-backend = \"wireguard-native\" }\n");
  CHECK_THAT(file(by_option, "modules/k3s-c.nix"), Contains("\"flannel-wg\""));
  CHECK_THAT(file(by_option, "hosts/one/default.nix"),
             Contains("51820 # cluster.c: pod network (WireGuard)") && !Contains("8472"));
}

TEST_CASE("nixos cluster module: pods of both families come by tunnels of both", "[emit][nixos]") {
  const std::string both =
      R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24  cidr6 = fd12:3456:789a::/64 }
node one {
  hardware    = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }
  os          = nixos { release = "25.11" }
  address.lan = 192.168.7.11  address6.lan = auto
}
cluster c: k3s {
  version = "v1.34.3+k3s1"  servers = [one]  network = lan
  pod-cidr6 = fd42::/56  service-cidr6 = fd43::/112  flannel-backend = )";
  const auto wireguard = nixos(both + "wireguard-native }\n");
  CHECK_THAT(file(wireguard, "modules/k3s-c.nix"),
             Contains("\"flannel-wg\"") && Contains("\"flannel-wg-v6\""));
  CHECK_THAT(file(wireguard, "hosts/one/default.nix"), Contains("51820 #") && Contains("51821 #"));
  const auto vxlan = nixos(both + "vxlan }\n");
  CHECK_THAT(file(vxlan, "modules/k3s-c.nix"),
             Contains("\"flannel.1\"") && Contains("\"flannel-v6.1\""));
  CHECK_THAT(file(vxlan, "hosts/one/default.nix"), Contains("8472 #") && !Contains("5182"));
}

TEST_CASE("nixos overlay module: one part of a secret of several", "[emit][nixos]") {
  const std::string module = file(nixos(kShed), "modules/tailscale.nix");
  CHECK_THAT(module,
             Contains("authKeyFile = config.sops.secrets.\"tailnet-login/machines\".path;") &&
                 Contains("sops.secrets.\"tailnet-login/machines\" = {") &&
                 Contains("key = \"machines\";"));
}

TEST_CASE("nixos overlay: the lab's DNS servers answer, except for who finds its server by name",
          "[emit][nixos]") {
  CHECK_THAT(file(nixos(kShed), "modules/tailscale.nix"),
             Contains("extraSetFlags = [ \"--accept-dns=false\" ];"));
  const auto lab = nixos(kShed + R"(
node two { os = nixos { release = "25.11" }  address.lan = 192.168.7.12  address.tailnet = learned }
cluster c: k3s { version = "v1.33.5+k3s1"  servers = [one]  agents = [two]  network = tailnet  token = join-token }
)");
  CHECK_THAT(file(lab, "modules/tailscale.nix"), !Contains("--accept-dns"));
  CHECK_THAT(file(lab, "hosts/one/default.nix"), Contains("--accept-dns=false"));
  CHECK_THAT(file(lab, "hosts/two/default.nix"), !Contains("--accept-dns"));
}

TEST_CASE("nixos overlay: routes and exits are advertised by who has them", "[emit][nixos]") {
  const auto lab = nixos(kShed + R"(
node two {
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.12
  address.tailnet = learned
  routes = [192.168.7.0/24, 10.9.0.0/28]
  exit-node = true
}
)");
  CHECK_THAT(file(lab, "hosts/two/default.nix"),
             Contains("\"--advertise-routes=192.168.7.0/24,10.9.0.0/28\"") &&
                 Contains("\"--advertise-exit-node=true\"") &&
                 Contains("useRoutingFeatures = \"server\";"));
  CHECK_THAT(file(lab, "hosts/two/default.nix"),
             Contains("extraUpFlags = [ \"--advertise-tags=tag:machine,tag:router,tag:exit\" ];"));
  CHECK_THAT(file(lab, "hosts/one/default.nix"),
             Contains("\"--advertise-tags=tag:machine\"") && Contains("\"--advertise-routes=\"") &&
                 Contains("\"--advertise-exit-node=false\"") && !Contains("useRoutingFeatures"));
}

TEST_CASE("nixos needs: of the cluster's storage, on its machines only", "[emit][nixos]") {
  const auto lab = nixos(kShed + kCluster + R"(
node two { os = nixos { release = "25.11" }  address.lan = 192.168.7.12 }
service disks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "disks"  version = "1.0.0" }
  storage-class = "disks"
  host-needs = [nfs-client, iscsi-initiator]
}
)");
  CHECK_THAT(file(lab, "hosts/one/default.nix"),
             Contains("../../modules/iscsi-initiator.nix\n    ../../modules/nfs-client.nix"));
  CHECK_THAT(file(lab, "hosts/two/default.nix"), !Contains("iscsi"));
  CHECK_THAT(file(lab, "modules/iscsi-initiator.nix"),
             Contains(": service.disks. ") &&
                 Contains("iqn.2016-04.com.open-iscsi:${config.networking.hostName}"));
}
