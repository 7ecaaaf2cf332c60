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
