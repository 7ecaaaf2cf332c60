#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include "emit/ansible/ansible_diags.h"
#include "emit/ansible/emitter.h"
#include "emit/k3s/k3s_diags.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;

const std::string kTop = R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ana { admin = true }
network lan { cidr = 192.168.7.0/24 }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
)";

const std::string kFolder = "infrastructure/ansible/";

test::EmittedLab emitted(const std::string& text) {
  return test::emit_lab(emit::kAnsibleEmitter, kTop + text);
}

YAML::Node yaml(const test::EmittedLab& lab, const std::string& path) {
  const std::string text = lab.file(kFolder + path);
  INFO(path);
  REQUIRE_FALSE(text.empty());
  return YAML::Load(text);
}

const std::string kTwo =
    R"(node one { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.11 }
node two {
  hardware = std.hw.pi1
  os       = raspios { ssh-user = "pi" }
  address.lan = 192.168.7.12
  packages = ["htop"]
}
)";

const std::string kService = R"(secret login { keys = ["user", "password"] }
service names: host-service {
  on = [one, two]
  file."/etc/names.conf" { content = "{{ not ours }}\n"  once = true }
  secret-file."/etc/names.env".content = "PASSWORD='${login.key("password")}'\n"
  enabled-units = ["names.service"]
}
)";

}  // namespace

TEST_CASE("a lab without machines for Ansible has no project") {
  const auto lab = emitted(
      "node box { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = \"eno1\" }\n"
      "  os = nixos { release = \"25.11\" }  address.lan = 192.168.7.9 }\n");
  CHECK(lab.codes().empty());
  CHECK(lab.tree.size() == 0);
}

TEST_CASE("what is the same everywhere stands in one place, the rest with its host") {
  const auto lab = emitted(kTwo);
  REQUIRE(lab.codes().empty());
  const YAML::Node all = yaml(lab, "inventory/group_vars/all.yml");
  const YAML::Node one = yaml(lab, "inventory/host_vars/one.yml");
  const YAML::Node two = yaml(lab, "inventory/host_vars/two.yml");
  CHECK(all["base_domain"].as<std::string>() == "home.example.org");
  CHECK_FALSE(all["ansible_user"]);
  CHECK(one["ansible_user"].as<std::string>() == "ana");
  CHECK(two["ansible_user"].as<std::string>() == "pi");
  CHECK(two["base_architecture"].as<std::string>() == "armv6");
  CHECK(two["base_packages"].as<std::vector<std::string>>() ==
        std::vector<std::string>{"ca-certificates", "curl", "htop"});
  CHECK_FALSE(one["base_packages"]);
  CHECK_FALSE(all["secrets_directory"]);
}

TEST_CASE("who has keys has an account, and administrators become root") {
  const auto lab =
      emitted(kTwo +
              "person kim { full-name = \"Kim O'Neil\"  ssh-keys = [\"ssh-rsa AAAA kim\"] }\n"
              "person bo { admin = true  ssh-keys = [\"ssh-rsa AAAA bo\"] }\n");
  REQUIRE(lab.codes().empty());
  const YAML::Node people = yaml(lab, "inventory/group_vars/all.yml")["base_people"];
  REQUIRE(people.size() == 2);  // `ana` has none
  CHECK(people[0]["name"].as<std::string>() == "bo");
  CHECK(people[0]["admin"].as<bool>());
  CHECK(people[1]["full_name"].as<std::string>() == "Kim O'Neil");
  CHECK(people[1]["keys"].as<std::vector<std::string>>() ==
        std::vector<std::string>{"ssh-rsa AAAA kim"});
  CHECK_FALSE(people[1]["admin"].as<bool>());
  CHECK_FALSE(yaml(emitted(kTwo), "inventory/group_vars/all.yml")["base_people"]);
}

TEST_CASE("what a cluster waits for is set up before K3s") {
  const auto site = [](const std::string& tunnel, const std::string& cluster) {
    const auto lab = emitted(
        "network wg { cidr = 10.99.0.0/24  audience = vpn  interface = \"wg0\" }\n"
        "default node { hardware = std.hw.pi4  os = raspios }\n"
        "node one { address.lan = 192.168.7.11  address.wg = 10.99.0.1 }\n"
        "node two { address.lan = 192.168.7.12 }\n"
        "service extra: host-service { on = [one, two]  packages = [\"a\"] }\n"
        "service tunnel: host-service { on = [one]  " +
        tunnel +
        " }\n"
        "cluster c: k3s { version = \"v1.34.3+k3s1\"  servers = [one]  " +
        cluster + " }\n");
    REQUIRE(lab.codes().empty());
    std::vector<std::string> files;
    for (const YAML::Node& play : yaml(lab, "playbooks/site.yml"))
      files.push_back(play["ansible.builtin.import_playbook"].as<std::string>());
    if (std::count(files.begin(), files.end(), "first.yml") == 0) return files;
    const YAML::Node first = yaml(lab, "playbooks/first.yml");
    REQUIRE(first.size() == 1);
    files.push_back(first[0]["roles"][0]["vars"]["host_service_chosen"][0].as<std::string>());
    return files;
  };
  const std::vector<std::string> waits{"prepare.yml", "first.yml", "k3s.yml", "support.yml",
                                       "tunnel"};
  const std::vector<std::string> free{"prepare.yml", "k3s.yml", "support.yml"};
  const std::string unit = "enabled-units = [\"wg-quick@wg0.service\"]";
  CHECK(site(unit, "network = wg") == waits);
  CHECK(site(unit, "network = lan") == free);
  CHECK(site("enabled-units = [\"wg-quick@wg1.service\"]", "network = wg") == free);
  CHECK(site("brings = [wg]", "network = wg") == waits);
  CHECK(site("", "network = lan  needs = [tunnel]") == waits);
}

TEST_CASE("playbooks and roles follow the groups") {
  const auto plain = emitted(kTwo);
  CHECK(plain.file(kFolder + "playbooks/k3s.yml").empty());
  CHECK(plain.file(kFolder + "requirements.yml").empty());
  CHECK(plain.file(kFolder + "roles/k3s_node/tasks/main.yml").empty());
  CHECK_FALSE(plain.file(kFolder + "roles/raspberry_pi/tasks/main.yml").empty());
  CHECK(yaml(plain, "playbooks/site.yml").size() == 1);

  const auto served = emitted(kTwo + kService);
  CHECK_FALSE(served.file(kFolder + "requirements.yml").empty());
  CHECK(yaml(served, "playbooks/site.yml").size() == 2);
  CHECK(yaml(served, "inventory/hosts.yml")["all"]["children"]["support"]["hosts"].size() == 2);
}

TEST_CASE("a host service as data; secrets stay references") {
  const auto lab = emitted(kTwo + kService);
  REQUIRE(lab.codes().empty());
  const std::string text = lab.file(kFolder + "inventory/group_vars/support.yml");
  CHECK(text.find("content: !unsafe") != std::string::npos);
  const YAML::Node service = YAML::Load(text)["host_service_definitions"]["names"];
  CHECK(service["files"][0]["once"].as<bool>());
  CHECK_FALSE(service["files"][0]["mode"]);
  const YAML::Node parts = service["secret_files"][0]["parts"];
  REQUIRE(parts.size() == 3);
  CHECK(parts[0]["text"].as<std::string>() == "PASSWORD='");
  CHECK(parts[1]["file"].as<std::string>() == "login.sops.yaml");
  CHECK(parts[1]["extract"].as<std::string>() == "[\"password\"]");
  CHECK(parts[2]["text"].as<std::string>() == "'\n");
  CHECK_FALSE(service["secret_files"][0]["quoted"]);
}

TEST_CASE("the line that a secret goes on keeps its blank, and the lines before it stay lines") {
  const auto lab = emitted(
      kTwo +
      "secret login {}\nservice bridge: host-service { on = [two]  secret-file.\"/etc/b\".content = "
      "\"connection shop\\nname ${login}\\npassword ${login}\\n\" }\n");
  const std::string text = lab.file(kFolder + "inventory/group_vars/support.yml");
  CHECK(text.find(" \n") == std::string::npos);
  CHECK(text.find("- text: |\n              connection shop\n          - text: \"name \"\n") !=
        std::string::npos);
  const YAML::Node parts =
      YAML::Load(text)["host_service_definitions"]["bridge"]["secret_files"][0]["parts"];
  std::string whole;
  for (const YAML::Node& part : parts) whole += part["text"] ? part["text"].as<std::string>() : "*";
  CHECK(whole == "connection shop\nname *\npassword *\n");
}

TEST_CASE("secrets between single quotes are said to be so") {
  const auto lab = emitted(
      kTwo +
      "secret login {}\n"
      "service shut: host-service { on = [one]  secret-file.\"/etc/x\" { quoted = true  content = \"A='${login}'\" } }\n");
  const std::string text = lab.file(kFolder + "inventory/group_vars/support.yml") +
                           lab.file(kFolder + "inventory/host_vars/one.yml");
  CHECK(text.find("quoted: true") != std::string::npos);
}

TEST_CASE("a kernel of the board's vendor is chosen only where the system has it") {
  const std::string lines = "raspberry_pi_config_lines";
  const auto lines_of = [&](const std::string& system, const std::string& more) {
    const auto lab = emitted("node one { hardware = std.hw.pi5 { " + more + " }  os = " + system +
                             "  address.lan = 192.168.7.11 }\n");
    REQUIRE_FALSE(lab.run->diags.has_errors());
    const YAML::Node found = yaml(lab, "inventory/host_vars/one.yml")[lines];
    return found ? found.as<std::vector<std::string>>() : std::vector<std::string>();
  };
  const std::string own = "boot-config = [\"dtparam=pciex1_gen=3\"]";
  CHECK(lines_of("raspios", own) ==
        std::vector<std::string>{"kernel=kernel8.img", "dtparam=pciex1_gen=3"});
  CHECK(lines_of("ubuntu", own) == std::vector<std::string>{"dtparam=pciex1_gen=3"});
  CHECK(lines_of("debian { release = \"trixie\" }", "").empty());
}

TEST_CASE("servers are set up before agents, and the flags of boards in clusters come along") {
  const auto lab = emitted(
      "node one { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.11 }\n"
      "node two { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.12 }\n"
      "secret join-token {}\n"
      "cluster attic: k3s { version = \"v1.34.3+k3s1\"  servers = [one]  agents = [two]  network = lan\n"
      "  token = join-token }\n");
  REQUIRE(lab.codes().empty());
  const YAML::Node plays = yaml(lab, "playbooks/k3s.yml");
  REQUIRE(plays.size() == 2);
  CHECK(plays[0]["hosts"].as<std::string>() == "k3s_server");
  CHECK(plays[1]["hosts"].as<std::string>() == "k3s_agent");
  const YAML::Node agents = yaml(lab, "inventory/group_vars/k3s_agent.yml");
  CHECK(agents["k3s_node_interface"].as<std::string>() == "eth0");
  CHECK_FALSE(agents["k3s_node_learn_address"]);
  CHECK(agents["raspberry_pi_kernel_flags"].size() == 2);
}

TEST_CASE("the server that starts a cluster is set up first, whatever its name") {
  const auto lab = emitted(
      "node one { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.11 }\n"
      "node two { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.12 }\n"
      "node three { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.13 }\n"
      "secret join-token {}\n"
      "cluster attic: k3s { version = \"v1.34.3+k3s1\"  servers = [two, one, three]  network = lan\n"
      "  token = join-token }\n");
  REQUIRE(lab.codes().empty());
  // On an empty disk it looks for them, and makes no second cluster beside them.
  CHECK(yaml(lab, "inventory/host_vars/two.yml")["k3s_server_others"]
            .as<std::vector<std::string>>() ==
        std::vector<std::string>{"192.168.7.11", "192.168.7.13"});
  CHECK_FALSE(yaml(lab, "inventory/host_vars/one.yml")["k3s_server_others"]);
  CHECK(
      lab.file(kFolder + "inventory/hosts.yml")
          .find(
              "k3s_server:\n      hosts:\n        two: {}\n        one: {}\n        three: {}\n") !=
      std::string::npos);
}

TEST_CASE("what the lab says of a host's variables wins") {
  const auto lab = emitted(
      "node one { hardware = std.hw.pi4  os = raspios  address.lan = 192.168.7.11\n"
      "  ansible { ansible_port = 2222  base_automatic_updates = false  base_hostname = \"uno\" } }\n");
  REQUIRE(lab.codes().empty());
  const YAML::Node one = yaml(lab, "inventory/host_vars/one.yml");
  CHECK(one["ansible_port"].as<int>() == 2222);
  CHECK(one["base_hostname"].as<std::string>() == "uno");
}

TEST_CASE("what Ansible cannot set up is refused, and mended it is not") {
  std::vector<const diag::DiagInfo*> infos(std::begin(emit::kAllAnsibleDiags),
                                           std::end(emit::kAllAnsibleDiags));
  infos.insert(infos.end(), std::begin(emit::kAllK3sDiags), std::end(emit::kAllK3sDiags));
  for (const diag::DiagInfo* info : infos) {
    if (info->bad.empty()) continue;
    INFO(info->code);
    CHECK(test::emit_lab(emit::kAnsibleEmitter, std::string(info->bad)).codes() ==
          std::set<std::string>{std::string(info->code)});
    CHECK(test::emit_lab(emit::kAnsibleEmitter, std::string(info->good)).codes().empty());
  }
}
