#include <catch2/catch.hpp>

#include "emit/ansible/emitter.h"
#include "emit/core/yaml_writer.h"
#include "emit/k3s/k3s_config.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;

const std::string kLab = R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24 }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
node one {
  hardware = std.hw.pi4
  os       = raspios
  address.lan = 192.168.7.11
  labels.room = "attic"
  taints = ["dedicated=control:NoSchedule"]
  reserve { cpu = 250m  memory = 512MiB }
}
node two { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.12 }
node three { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.13 }
)";

std::string config_of(const test::EmittedLab& lab, const std::string& node, emit::K3sJoin join) {
  const auto find = [&](const char* kind, const std::string& name) {
    for (const model::View& view : model::all(lab.run->program, lab.run->lab, kind)) {
      if (view.name() == name) return view;
    }
    return model::View();
  };
  emit::Doc doc;
  emit::put_k3s_config(doc, find("cluster", "attic"), find("node", node), join);
  std::string out;
  REQUIRE_FALSE(emit::write_yaml(doc, {}, out));
  return out;
}

test::EmittedLab lab_with(const std::string& cluster, const std::string& nodes = "") {
  return test::emit_lab(emit::kAnsibleEmitter,
                        kLab + nodes +
                            "cluster attic: k3s {\n  version = \"v1.34.3+k3s1\"  "
                            "network = lan  token = join-token\n" +
                            cluster + "}\n");
}

}  // namespace

TEST_CASE("the API's certificate has the name by which the machine is found from elsewhere") {
  const auto lab = lab_with("  servers = [far]\n",
                            "node far { hardware = std.hw.pi4  os = raspios"
                            "  address.lan = 192.168.7.14  reach = \"far.example.net\" }\n");
  CHECK(config_of(lab, "far", emit::K3sJoin::inside).find("  - far.example.net\n") !=
        std::string::npos);
}

TEST_CASE("config.yaml of the first of several servers, with how it joins") {
  const auto lab = lab_with("  servers = [one, two]  agents = [three]  api-port = 7443\n");
  CHECK(config_of(lab, "one", emit::K3sJoin::inside) == R"(cluster-init: true
token-file: /etc/rancher/k3s/token
cluster-cidr: "10.42.0.0/16"
service-cidr: "10.43.0.0/16"
https-listen-port: 7443
tls-san:
  - "192.168.7.11"
  - one
  - one.home.example.org
node-ip: "192.168.7.11"
flannel-iface: eth0
secrets-encryption: true
node-label:
  - "room=attic"
node-taint:
  - "dedicated=control:NoSchedule"
kubelet-arg:
  - "system-reserved=cpu=250m,memory=512Mi"
)");
}

TEST_CASE("further servers and agents name the first server") {
  const auto lab = lab_with("  servers = [one, two]  agents = [three]\n");
  CHECK(config_of(lab, "two", emit::K3sJoin::inside)
            .starts_with("server: \"https://192.168.7.11:6443\"\n"));
  CHECK(config_of(lab, "three", emit::K3sJoin::inside) == R"(server: "https://192.168.7.11:6443"
token-file: /etc/rancher/k3s/token
node-ip: "192.168.7.13"
flannel-iface: eth0
)");
}

TEST_CASE("what is said beside the file does not stand in it") {
  const auto lab = lab_with("  servers = [one, two]  agents = [three]\n");
  const std::string text = config_of(lab, "two", emit::K3sJoin::outside);
  CHECK(text.find("server:") == std::string::npos);
  CHECK(text.find("token") == std::string::npos);
}

TEST_CASE("one server keeps its state without etcd") {
  CHECK(config_of(lab_with("  servers = [one]\n"), "one", emit::K3sJoin::inside)
            .find("cluster-init") == std::string::npos);
}

TEST_CASE("K3s reads amounts in its options as Kubernetes does") {
  const auto lab = lab_with("  servers = [one]\n  server-config { etcd-s3-timeout = 5min }\n");
  CHECK(config_of(lab, "one", emit::K3sJoin::inside).find("etcd-s3-timeout: \"5m0s\"\n") !=
        std::string::npos);
}

TEST_CASE("the lab's options join lists and win over scalars") {
  const auto lab = lab_with(
      "  servers = [one]\n  server-config { tls-san = [\"api.example.org\"]  secrets-encryption = false\n"
      "    kubelet-arg = [\"max-pods=60\"] }\n");
  const std::string text = config_of(lab, "one", emit::K3sJoin::outside);
  CHECK(text.find("  - one.home.example.org\n  - api.example.org\n") != std::string::npos);
  CHECK(text.find("secrets-encryption: true") == std::string::npos);
  CHECK(text.find("secrets-encryption: false\n") != std::string::npos);
  CHECK(text.find(
            "kubelet-arg:\n  - \"system-reserved=cpu=250m,memory=512Mi\"\n  - \"max-pods=60\"\n") !=
        std::string::npos);
}

TEST_CASE("options that K3s would skip are refused") {
  CHECK(lab_with("  servers = [one]\n  server-config.kublet-arg = []\n").codes() ==
        std::set<std::string>{"HL6201"});
  CHECK(lab_with("  servers = [one]\n  agent-config.tls-san = []\n").codes() ==
        std::set<std::string>{"HL6202"});
  CHECK(lab_with("  servers = [one]\n  agent-config.token = \"abc\"\n").codes() ==
        std::set<std::string>{"HL6203"});
}

TEST_CASE("a cluster of both families says both, IPv4 first") {
  const std::string text = R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24  cidr6 = fd12:3456:789a::/64 }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node one { address.lan = 192.168.7.11  address6.lan = fd12:3456:789a::11 }
node two { address.lan = 192.168.7.12  address6.lan = auto }
cluster attic: k3s {
  version = "v1.34.3+k3s1"  servers = [one]  agents = [two]  network = lan
)";
  const auto both = test::emit_lab(emit::kAnsibleEmitter,
                                   text + "pod-cidr6 = fd42::/56  service-cidr6 = fd43::/112 }\n");
  const std::string server = config_of(both, "one", emit::K3sJoin::inside);
  CHECK(server.find("cluster-cidr: \"10.42.0.0/16,fd42::/56\"\n"
                    "service-cidr: \"10.43.0.0/16,fd43::/112\"\n"
                    "flannel-ipv6-masq: true\n") != std::string::npos);
  CHECK(server.find("node-ip: \"192.168.7.11,fd12:3456:789a::11\"\n") != std::string::npos);
  CHECK(server.find("  - \"fd12:3456:789a::11\"\n") != std::string::npos);
  CHECK(config_of(both, "two", emit::K3sJoin::inside)
            .find("node-ip: \"192.168.7.12,fd12:3456:789a::2\"\n") != std::string::npos);

  const auto routed = test::emit_lab(
      emit::kAnsibleEmitter,
      text + "pod-cidr6 = 2001:db8:42::/56  service-cidr6 = 2001:db8:43::/112 }\n");
  CHECK(config_of(routed, "one", emit::K3sJoin::inside).find("masq") == std::string::npos);

  // Machines may have both families in a cluster of one.
  const auto plain = test::emit_lab(emit::kAnsibleEmitter, text + "}\n");
  CHECK(config_of(plain, "one", emit::K3sJoin::inside).find("node-ip: \"192.168.7.11\"\n") !=
        std::string::npos);
}

TEST_CASE("node ports of another range than Kubernetes' own are told to the servers") {
  const std::string line = "service-node-port-range: \"31000-31999\"\n";
  const auto with = [](const std::string& more) {
    return lab_with("  servers = [one]  agents = [two]\n" + more);
  };
  const auto said = with("  node-ports.range = 31000..31999\n");
  CHECK(config_of(said, "one", emit::K3sJoin::inside).find(line) != std::string::npos);
  CHECK(config_of(said, "two", emit::K3sJoin::inside).find("node-port") == std::string::npos);
  CHECK(config_of(with(""), "one", emit::K3sJoin::inside).find("node-port") == std::string::npos);
  // In the words of K3s: once in the file, and what `auto` draws from.
  auto further = with("  server-config.service-node-port-range = \"31000-31999\"\n");
  const std::string config = config_of(further, "one", emit::K3sJoin::inside);
  CHECK(config.find(line) != std::string::npos);
  CHECK(config.find("node-port") == config.rfind("node-port"));
  const model::View cluster = model::all(further.run->program, further.run->lab, "cluster").front();
  CHECK(cluster.ref("node-ports").value("range").range->first == 31000);
}
