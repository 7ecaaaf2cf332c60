// What a tree holds while an address waits for `hlab learn`: all but the parts that need it.
#include <catch2/catch.hpp>

#include "tests/unit/emit_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kHouse = R"(
lab home { domain = "home.example.net"  timezone = "Europe/Oslo" }
network lan { cidr = 192.168.7.0/24  gateway = 192.168.7.1 }
network tailnet: tailscale { domain = "example.ts.net" }
default node { hardware = std.hw.pi5 { memory = 8GiB }  os = raspios }
node box { address.lan = 192.168.7.11 }
node far { address.lan = 192.168.7.12  address.tailnet = learned }
cluster c: k3s { version = "v1.34.3+k3s1"  servers = [box]  network = lan }
)";

EmittedLab house(const std::string& services) { return emit_lab(std::string(kHouse) + services); }

std::vector<std::string> told(const EmittedLab& lab) {
  std::vector<std::string> out;
  for (const diag::Diagnostic* one : lab.run->diags.sorted()) {
    if (one->info->code == "HL6001") out.push_back(one->message);
  }
  return out;
}

}  // namespace

TEST_CASE("a variable, a file or a value that waits leaves the others where they are") {
  const EmittedLab lab = house(R"(
service w: container {
  image    = "docker.io/library/nginx:1.29.1"
  args     = ["serve", "--peer=${far.address.tailnet}", "--quiet"]
  env.A    = "x"
  env.PEER = "${far.address.tailnet}"
  config-mount    = "/c"
  config."a.conf" = "a"
  config."b.conf" = "b ${far.address.tailnet}"
}
service ci: helm {
  chart { repo = "https://x.example.org"  name = "c"  version = "1.0.0" }
  values {
    persistence { enabled = true  size = "10Gi"  peer = "${far.address.tailnet}" }
    peers = ["10.0.0.1", "${far.address.tailnet}"]
  }
}
)");
  REQUIRE_FALSE(lab.run->diags.has_errors());
  const std::string deployment = lab.file("kubernetes/apps/w/manifests/deployment.yaml");
  CHECK_THAT(deployment, Contains("name: A\n") && !Contains("PEER"));
  CHECK_THAT(deployment, Contains("- serve\n") && Contains("- \"--quiet\"\n") && !Contains("peer"));
  CHECK_THAT(deployment, Contains("mountPath: /c/a.conf\n") && !Contains("b.conf"));
  CHECK_THAT(lab.file("kubernetes/apps/w/manifests/configmap-config.yaml"),
             Contains("a.conf") && !Contains("b.conf"));
  CHECK_THAT(lab.file("kubernetes/apps/ci/values.yaml"),
             Contains("persistence:\n  enabled: true\n  size: \"10Gi\"\n") &&
                 Contains("- \"10.0.0.1\"\n") && !Contains("peer:"));
  const auto messages = told(lab);
  REQUIRE(messages.size() == 5);
  CHECK(messages[0] == "`service.w` waits for its `args[1]`, which is left out for now");
  CHECK(messages[1] == "`service.w` waits for its `env.PEER`, which is left out for now");
  CHECK(messages[2] == "`service.w` waits for its `config.b.conf`, which is left out for now");
  CHECK(messages[3] ==
        "`service.ci` waits for its `values.persistence.peer`, which is left out for now");
  CHECK(messages[4] == "`service.ci` waits for its `values.peers[1]`, which is left out for now");
}

TEST_CASE("a service on machines is set up whole or not at all") {
  const EmittedLab lab = house(R"(
service ready: host-service { on = [box]  packages = ["htop"] }
service notes: host-service {
  on = [box]
  packages = ["joplin"]
  file."/etc/notes.env".content = "PEER=${far.address.tailnet}\n"
}
service runs: host-service {
  on = [box]
  command."tell the peer" { argv = ["tell", "${far.address.tailnet}", "now"] }
}
)");
  REQUIRE_FALSE(lab.run->diags.has_errors());
  const std::string host = lab.file("infrastructure/ansible/inventory/host_vars/box.yml");
  CHECK_THAT(host, Contains("- ready\n") && !Contains("- notes\n") && !Contains("- runs\n"));
  const auto messages = told(lab);
  REQUIRE(messages.size() == 2);
  CHECK(messages[1] ==
        "`service.runs` waits for its `command.tell the peer.argv[1]`, which is left out for now");
  CHECK_THAT(lab.file("README.md"), Contains("and with it all that the service sets up"));
}

TEST_CASE("a name server goes on with the names whose addresses are known") {
  const EmittedLab lab = house(R"(
secrets repo: sops { recipients = ["age12p0n4dvpgg24u7tfck9dysn5gpu9599e23t6996e847s4c5n699s0zz2yp"] }
secret pw {}
node ns { address.lan = 192.168.7.13 }
service pihole: std.pihole { on = [ns]  password = pw }
service notes: host-service {
  on = [far]
  host-port.web { port = 8080  audience = lan  purpose = "notes" }
  expose.web = vpn {}
}
)");
  REQUIRE_FALSE(lab.run->diags.has_errors());
  const std::string services = lab.file("infrastructure/ansible/inventory/group_vars/support.yml");
  CHECK_THAT(services, Contains("192.168.7.13 ns.home.example.net ns") &&
                           !Contains("notes.home.example.net"));
  CHECK_THAT(lab.file("infrastructure/ansible/inventory/host_vars/ns.yml"), Contains("- pihole\n"));
}

}  // namespace hlab::test
