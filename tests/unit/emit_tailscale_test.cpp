#include <catch2/catch.hpp>

#include "emit/tailscale/emitter.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;
using Catch::Contains;

const std::string kFile = "infrastructure/tailscale/policy.hujson";
const std::string kShed =
    R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" }  os = debian }
node a { address.net = learned }
node b { address.net = learned }
node c { address.net = learned }
node d { address.net = learned }
cluster one: k3s { version = "v1.34.3+k3s1"  servers = [a, b, c]  network = net  token = join-token  api-port = 7443  flannel-backend = wireguard-native }
cluster "2nd": k3s { version = "v1.34.3+k3s1"  servers = [d]  network = net  token = join-token }
)";
const std::string kNet = "network net: tailscale { domain = \"example.ts.net\" }\n";

test::EmittedLab policy(const std::string& text) {
  test::EmittedLab lab = test::emit_lab(emit::kTailscaleEmitter, text);
  INFO(text);
  REQUIRE_FALSE(lab.run->diags.has_errors());
  return lab;
}

}  // namespace

TEST_CASE("a policy keeps clusters apart, and opens what each of them uses", "[emit][tailscale]") {
  const std::string text = policy(kShed + kNet).file(kFile);
  CHECK_THAT(text, Contains("// cluster.one: servers copy the database.\n    {\n"
                            "      \"src\": [\"tag:k3s-one-server\"],\n"
                            "      \"dst\": [\"tag:k3s-one-server\"],\n"
                            "      \"ip\": [\"tcp:2379-2380\"]\n") &&
                       !Contains("cluster.2nd: servers copy"));
  CHECK_THAT(text, Contains("\"ip\": [\"tcp:10250\", \"udp:51820\"]") &&
                       Contains("\"ip\": [\"tcp:7443\"]") &&
                       Contains("\"ip\": [\"tcp:10250\", \"udp:8472\"]"));
  CHECK_THAT(
      text,
      Contains("\"src\": \"tag:k3s-2nd-server\",\n      \"proto\": \"tcp\",\n"
               "      \"accept\": [\"tag:k3s-2nd-server:6443\", \"tag:k3s-2nd-server:10250\"],"));
  CHECK_THAT(text,
             Contains("\"tag:k3s-one-server:7443\",\n        \"tag:k3s-one-server:10250\",\n"
                      "        \"tag:k3s-one-server:22\",\n        \"tag:k3s-2nd-server:22\"\n"));
}

TEST_CASE("a policy for each tailnet, and none without", "[emit][tailscale]") {
  const auto two =
      policy(kShed +
             "network net: tailscale { domain = \"example.ts.net\"  cidr = 100.64.0.0/11 }\n"
             "network far: tailscale { domain = \"far.ts.net\"  cidr = 100.96.0.0/11 }\n");
  CHECK(two.file(kFile).empty());
  CHECK_THAT(two.file("infrastructure/tailscale/policy-net.hujson"),
             Contains("tag:k3s-one-server"));
  CHECK_THAT(two.file("infrastructure/tailscale/policy-far.hujson"), !Contains("tag:"));
  CHECK(policy(kShed +
               "network net: tailscale { domain = \"example.ts.net\"  access-policy = false }\n")
            .tree.size() == 0);
}

TEST_CASE("the layout says where the policy lies", "[emit][tailscale]") {
  const auto moved = policy(
      kShed + kNet +
      "gitops r: argocd { repo = \"https://git.example.org/r.git\"  layout.tailscale = \"net/\" }\n"
      "service argocd: std.argocd { cluster = one }\n");
  CHECK_FALSE(moved.file("net/policy.hujson").empty());
}

namespace {

const std::string kNameServer = R"(network lan { cidr = 192.168.7.0/24 }
secret word {}
service names: std.pihole { on = [pi]  password = word }
)";
const std::string kNamePorts = "      \"ip\": [\"tcp:53\", \"udp:53\"]\n";

}  // namespace

TEST_CASE("people and machines may ask the lab's name server where they reach it",
          "[emit][tailscale]") {
  const std::string base = kShed + kNet + kNameServer;
  const std::string member =
      policy(base + "node pi { address.lan = 192.168.7.5  address.net = learned }\n").file(kFile);
  CHECK_THAT(member, Contains("\"src\": [\"autogroup:member\", \"tag:k3s-2nd-server\", "
                              "\"tag:k3s-one-server\", \"tag:machine\"],\n"
                              "      \"dst\": [\"tag:machine\"],\n" +
                              kNamePorts));
  const std::string routed =
      policy(
          base +
          "node pi { address.lan = 192.168.7.5 }\n"
          "node gate { address.lan = 192.168.7.6  address.net = learned  routes = [192.168.7.0/29] }\n")
          .file(kFile);
  CHECK_THAT(routed, Contains("      \"dst\": [\"192.168.7.5\"],\n" + kNamePorts));
  const std::string apart = policy(base + "node pi { address.lan = 192.168.7.5 }\n").file(kFile);
  CHECK_THAT(apart, !Contains(":53"));
}

TEST_CASE("a name server in a cluster is asked at its own address", "[emit][tailscale]") {
  const std::string text = policy(kShed + kNet + R"(network lan { cidr = 192.168.7.0/24 }
pool house { of = lan  range = 192.168.7.200..192.168.7.210 }
service metallb: std.metallb { cluster = one }
service names: container {
  cluster       = one
  image         = "docker.io/library/nginx:1.29.1"
  port.dns      = 53
  answers-names = true
  expose.dns    = lan { protocol = tcp-udp  address.house = 192.168.7.201 }
}
node gate { address.lan = 192.168.7.6  address.net = learned  routes = [lan.cidr] }
)")
                               .file(kFile);
  CHECK_THAT(text, Contains("      \"dst\": [\"192.168.7.201\"],\n" + kNamePorts));
}
