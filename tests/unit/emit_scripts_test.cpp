#include <catch2/catch.hpp>

#include "emit/core/shell_word.h"
#include "emit/scripts/emitter.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;
using Catch::Contains;

const std::string kShed = R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.7.0/24  dns = [192.168.7.1, 9.9.9.9] }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token {}
default node { hardware = std.hw.pi4 }
node a { os = raspios  address.lan = 192.168.7.11 }
node b { os = nixos { release = "25.11" }  address.lan = 192.168.7.12 }
node c { os = raspios  address.lan = 192.168.7.13 }
)";

test::EmittedLab scripts(const std::string& text) {
  test::EmittedLab lab = test::emit_lab(emit::kScriptsEmitter, text);
  INFO(text);
  REQUIRE_FALSE(lab.run->diags.has_errors());
  return lab;
}

/// Whether the texts stand in the script, in this order.
bool in_order(const std::string& script, const std::vector<std::string>& texts) {
  std::size_t at = 0;
  for (const std::string& text : texts) {
    at = script.find(text, at);
    if (at == std::string::npos) return false;
  }
  return true;
}

std::string cluster(const std::string& servers, const std::string& agents) {
  return "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [" + servers + "]  agents = [" +
         agents + "]  network = lan  token = join-token }\n";
}

}  // namespace

TEST_CASE("shell words", "[emit][scripts]") {
  CHECK(emit::shell_word("a-b_c.d/e:f@g%h+i=j,1") == "a-b_c.d/e:f@g%h+i=j,1");
  CHECK(emit::shell_word("") == "''");
  CHECK(emit::shell_word("it's $HOME") == R"('it'\''s $HOME')");
  CHECK(emit::shell_word("~") == "'~'");
  CHECK(emit::shell_word("a\nb") == "'a\nb'");
}

TEST_CASE("scripts: a cluster that starts on NixOS waits for nothing of Ansible",
          "[emit][scripts]") {
  const auto lab = scripts(kShed + cluster("b", "a"));
  CHECK(in_order(
      lab.file("scripts/bootstrap.sh"),
      {"apply_nixos b 192.168.7.12", "fetch_kubeconfig 192.168.7.12 https://192.168.7.12:6443",
       "step 'a, c: Ansible'", "wait_ready a", "The lab is up."}));
}

TEST_CASE("scripts: a cluster that starts on Ansible comes before who joins it",
          "[emit][scripts]") {
  const auto lab = scripts(kShed + cluster("c", "a, b"));
  CHECK(in_order(lab.file("scripts/bootstrap.sh"),
                 {"step 'c, a: Ansible'", "fetch_kubeconfig 192.168.7.13", "apply_nixos b",
                  "wait_ready a b"}));
}

TEST_CASE("scripts: a cluster on NixOS comes after the machines that know names for it",
          "[emit][scripts]") {
  const std::string asks_a =
      "network shop { cidr = 192.168.8.0/24  dns = [192.168.7.11, 192.168.7.13] }\n"
      "node d { hardware = std.hw.pi4  os = nixos { release = \"25.11\" }  address.shop = 192.168.8.2 }\n"
      "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [d]  network = shop }\n"
      "secret word {}\nservice names: std.pihole { on = [a]  password = word }\n";
  const std::string far = "service more: std.pihole { on = [c]  password = word }\n";
  const std::string script = scripts(kShed + asks_a + far).file("scripts/bootstrap.sh");
  CHECK(in_order(script, {"apply_ansible playbooks/prepare.yml playbooks/first.yml --limit a,c",
                          "apply_nixos d 192.168.8.2", "fetch_kubeconfig", "apply_nixos b",
                          "apply_ansible playbooks/site.yml\n"}));
}

TEST_CASE("scripts: a cluster whose machines ask another one for names is handed over after it",
          "[emit][scripts]") {
  const auto order = [](const std::string& others) {
    const std::string flux = ": flux { repo = \"https://git.example.net/x/y.git\"  cluster = ";
    return scripts(
               kShed + "network shop { cidr = 192.168.8.0/24  dns = [192.168.7.240" + others +
               "] }\n"
               "node d { hardware = std.hw.pi4  os = nixos { release = \"25.11\" }  address.shop = 192.168.8.2 }\n"
               "cluster asks: k3s { version = \"v1.34.3+k3s1\"  servers = [d]  network = shop }\n"
               "cluster tells: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  network = lan }\n"
               "gitops asks" +
               flux + "asks }\ngitops tells" + flux +
               "tells }\n"
               "service metallb: std.metallb { cluster = tells }\n"
               "pool house { of = lan  range = 192.168.7.240..192.168.7.249 }\n"
               "service names: container { cluster = tells  image = \"docker.io/technitium/dns-server:13.4.0\"\n"
               "  port.dns = 53  expose.dns = lan { protocol = udp  address.house = 192.168.7.240 } }\n"
               "service web: container { cluster = asks  image = \"docker.io/library/nginx:1.29.1\" }\n")
        .file("scripts/bootstrap.sh");
  };
  const std::vector<std::string> tells_first{"KUBECONFIG=$HOME/.kube/tells.yaml\nstep 'Hand over",
                                             "KUBECONFIG=$HOME/.kube/asks.yaml\nstep 'Hand over"};
  const auto plain = [](std::string script) {
    for (std::size_t at; (at = script.find("\n\n")) != std::string::npos;) script.erase(at, 1);
    return script;
  };
  CHECK(in_order(plain(order("")), tells_first));
  CHECK_THAT(order(""), !Contains("look_for_repository"));
  CHECK(!in_order(plain(order(", 9.9.9.9")), tells_first));
}

TEST_CASE("scripts: a repository that the lab keeps is asked for before it is read",
          "[emit][scripts]") {
  const std::string git =
      kShed + cluster("a", "") +
      "service git: host-service {\n  on = [c]  host-port.web { port = 3000  audience = lan "
      " purpose = \"git\" }\n  expose.web = lan {}\n}\n";
  const std::string repo = "repo = \"http://git.shed.example.org:3000/me/lab.git\"";
  CHECK(in_order(scripts(git + "gitops main: flux { " + repo + " }\n").file("scripts/bootstrap.sh"),
                 {"need", " git ", "step 'a, c: Ansible'",
                  "look_for_repository http://git.shed.example.org:3000/me/lab.git main",
                  "flux bootstrap git", "--token-auth --allow-insecure-http"}));
  const auto elsewhere =
      scripts(git + "gitops main: flux { repo = \"https://git.example.net/me/lab.git\" }\n");
  const std::string script = elsewhere.file("scripts/bootstrap.sh");
  CHECK(script.find("look_for_repository") == std::string::npos);
  CHECK(script.find("--allow-insecure-http") == std::string::npos);
  CHECK(elsewhere.file("scripts/steps.sh").find("look_for_repository") == std::string::npos);
}

TEST_CASE("scripts: steps that the lab has no use for are left out", "[emit][scripts]") {
  const auto lab = scripts(kShed);
  const std::string bootstrap = lab.file("scripts/bootstrap.sh");
  CHECK_THAT(bootstrap, !Contains("kubectl") && !Contains("age-keygen") && !Contains("helm"));
  CHECK_THAT(lab.file("scripts/steps.sh"), !Contains("wait_ready") && !Contains("age_key_file="));
  CHECK(scripts("lab shed { domain = \"shed.example.org\"  timezone = \"Europe/Madrid\" }\n")
            .tree.size() == 0);
}

TEST_CASE("scripts: several clusters keep several kubeconfigs", "[emit][scripts]") {
  const auto lab =
      scripts(kShed + cluster("c", "") +
              "cluster l: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  network = lan"
              "  token = join-token }\n");
  CHECK(in_order(lab.file("scripts/bootstrap.sh"), {"export KUBECONFIG=$HOME/.kube/k.yaml\n",
                                                    "export KUBECONFIG=$HOME/.kube/l.yaml\n"}));
  CHECK(in_order(lab.file("scripts/join.sh"),
                 {"  c)", "k.yaml", "joined \"$machine\" k", "  a)", "l.yaml"}));
}

TEST_CASE("scripts: a cluster in another house is asked where its machine is found from here",
          "[emit][scripts]") {
  const std::string away =
      "network far { cidr = 192.168.7.0/24  place = \"far\" }\n"
      "node d { os = raspios  address.far = 192.168.7.11  reach = \"d.example.net\" }\n"
      "cluster m: k3s { version = \"v1.34.3+k3s1\"  servers = [d]  network = far"
      "  token = join-token }\n";
  CHECK_THAT(scripts(kShed + away).file("scripts/bootstrap.sh"),
             Contains("fetch_kubeconfig d.example.net https://d.example.net:6443"));
  // kubectl knows nothing of what SSH makes of a name: it goes by a private network where there is one.
  const std::string tunnel =
      "network wg { cidr = 10.99.0.0/24  audience = vpn  interface = \"wg0\" }\n"
      "network far { cidr = 192.168.7.0/24  place = \"far\" }\n"
      "node d { os = raspios  address.far = 192.168.7.11  address.wg = 10.99.0.2  reach = \"d.wg\" }\n"
      "cluster m: k3s { version = \"v1.34.3+k3s1\"  servers = [d]  network = far"
      "  token = join-token }\n";
  CHECK_THAT(scripts(kShed + tunnel).file("scripts/bootstrap.sh"),
             Contains("fetch_kubeconfig d.wg https://10.99.0.2:6443"));
  // Of several by the first one's name, wherever it stands.
  const std::string second =
      "network a-wg { cidr = 10.98.0.0/24  audience = vpn  interface = \"wg1\" }\n";
  const std::string in_both = std::string(tunnel).replace(tunnel.find("address.wg"), 0,
                                                          "address.a-wg = 10.98.0.2  ");
  for (const std::string& text : {second + in_both, in_both + second})
    CHECK_THAT(scripts(kShed + text).file("scripts/bootstrap.sh"),
               Contains("https://10.98.0.2:6443"));
  // In this house its machines' own way is everybody's.
  const std::string here =
      "node d { os = raspios  address.lan = 192.168.7.14  reach = \"d.example.net\" }\n"
      "cluster m: k3s { version = \"v1.34.3+k3s1\"  servers = [d]  network = lan"
      "  token = join-token }\n";
  CHECK_THAT(scripts(kShed + here).file("scripts/bootstrap.sh"),
             Contains("fetch_kubeconfig d.example.net https://192.168.7.14:6443"));
}

TEST_CASE("scripts: what the lab says is a word, whatever it holds", "[emit][scripts]") {
  const auto lab =
      scripts(R"lab(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid" }
node b { hardware = std.hw.pi4  os = nixos { release = "25.11"  ssh-user = "x; reboot '" } }
gitops g: argocd { repo = "https://example.org/x.git"  layout { scripts = "ops/my scripts"  nixos = "$(id)" } }
service engine: gitops-engine {
  chart { repo = "https://charts.example.org"  name = "engine"  version = "1.0.0" }
}
)lab");
  const std::string steps = lab.file("ops/my scripts/steps.sh");
  CHECK_THAT(steps, Contains("ssh_user='x; reboot '\\'''\n") && Contains("nixos='$(id)'\n") &&
                        Contains("/../..\" && pwd)"));
  CHECK_THAT(lab.file("ops/my scripts/bootstrap.sh"), Contains("(default: ?)"));
}

TEST_CASE("scripts: services that no repository brings are applied, what is needed first first",
          "[emit][scripts]") {
  const std::string services =
      "service web: container { image = \"docker.io/library/nginx:1.29.1\"  port.http = 80  needs = [chart] }\n"
      "service chart: helm { chart { repo = \"oci://charts.example.org\"  name = \"x\"  version = \"1.0.0\" } }\n"
      "service opener: std.sops-operator {}\n";
  const auto lab = scripts(kShed + cluster("a", "c") + services);
  const std::string bootstrap = lab.file("scripts/bootstrap.sh");
  CHECK(in_order(bootstrap,
                 {"need ", " helm ", "wait_ready c", "prepare_namespace sops restricted",
                  "prepare_namespace chart baseline",
                  "run helm upgrade --install chart oci://charts.example.org/x",
                  "prepare_namespace web baseline", "apply_objects kubernetes/apps/web/manifests",
                  "wait_for_service web web", "The lab is up."}));
  CHECK_THAT(lab.file("scripts/steps.sh"), Contains("prepare_namespace() {"));
  const auto handed = scripts(kShed + cluster("a", "c") + services +
                              "gitops r: argocd { repo = \"https://git.example.org/r.git\" }\n"
                              "service argocd: std.argocd {}\n");
  CHECK_THAT(handed.file("scripts/bootstrap.sh"), !Contains("apply_objects"));
  CHECK_THAT(handed.file("scripts/steps.sh"), !Contains("prepare_namespace() {"));
}

TEST_CASE("scripts: a cluster that somebody else made is asked with the person's own kubeconfig",
          "[emit][scripts]") {
  const std::string other =
      "cluster desk { version = \"v1.32.2\"  servers = [a]  network = lan }\n"
      "service web: container { cluster = desk  image = \"docker.io/library/nginx:1.29.1\"  port.http = 80 }\n";
  const std::string alone = scripts(kShed + other).file("scripts/bootstrap.sh");
  CHECK(in_order(alone, {"KUBECONFIG (with which kubectl finds desk; default: ~/.kube/config)",
                         " kubectl", "step 'Look for desk'", "run kubectl get nodes",
                         "apply_objects kubernetes/apps/web/manifests"}));
  CHECK_THAT(alone, !Contains("export KUBECONFIG") && !Contains("fetch_kubeconfig"));
  const std::string both = scripts(kShed + other + cluster("c", "")).file("scripts/bootstrap.sh");
  CHECK(in_order(both, {"own_kubeconfig=${KUBECONFIG:-$HOME/.kube/config}",
                        "export KUBECONFIG=$HOME/.kube/k.yaml", "fetch_kubeconfig",
                        "step 'Look for desk'", "export KUBECONFIG=$own_kubeconfig"}));
}

TEST_CASE("scripts: pods get their network before anybody waits for a node", "[emit][scripts]") {
  const std::string lab_text =
      kShed +
      "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  agents = [b]  network = lan  "
      "token = join-token  cni = cilium }\n"
      "service cilium: helm { namespace = \"kube-system\"  layer = platform  pod-security = "
      "privileged  chart { repo = \"https://helm.cilium.io\"  name = \"cilium\"  version = "
      "\"1.18.1\" } }\n"
      "service web: container { image = \"docker.io/library/nginx:1.29.1\" }\n";
  const auto by_hand = scripts(lab_text);
  CHECK(in_order(by_hand.file("scripts/bootstrap.sh"),
                 {"fetch_kubeconfig", "run helm upgrade --install cilium", "wait_ready a",
                  "wait_ready b", "apply_objects kubernetes/apps/web/manifests"}));
  const auto flux =
      scripts(lab_text + "gitops main: flux { repo = \"https://github.com/me/home.git\" }\n");
  const std::string script = flux.file("scripts/bootstrap.sh");
  CHECK(in_order(script, {"fetch_kubeconfig", "run helm upgrade --install cilium", "wait_ready a",
                          "flux bootstrap"}));
  CHECK(script.find("--wait") == std::string::npos);
}

TEST_CASE("scripts: what the network of pods needs of a machine comes before the cluster",
          "[emit][scripts]") {
  const std::string text =
      kShed +
      "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [b]  network = lan  cni = cilium }\n"
      "service hub: host-service { on = [c]  packages = [\"docker-registry\"]\n"
      "  host-port.h { port = 5000  audience = lan  purpose = \"images\" }  expose.h = lan {} }\n"
      "service other: host-service { on = [a]  packages = [\"htop\"] }\n"
      "service cilium: helm { namespace = \"kube-system\"  layer = platform  pod-security = privileged\n"
      "  chart { repo = \"https://helm.cilium.io\"  name = \"cilium\"  version = \"1.18.1\" }\n"
      "  values.image.repository = \"hub.shed.example.org:5000/cilium\" }\n";
  CHECK(in_order(
      scripts(text).file("scripts/bootstrap.sh"),
      {"apply_ansible playbooks/prepare.yml playbooks/first.yml --limit c\n", "apply_nixos b",
       "helm upgrade --install cilium", "wait_ready b", "apply_ansible playbooks/site.yml\n"}));
}

TEST_CASE("scripts: a network of pods whose image another cluster has comes after that cluster",
          "[emit][scripts]") {
  const std::string flux = ": flux { repo = \"https://git.example.net/x/y.git\"  cluster = ";
  const std::string text =
      kShed +
      "cluster far: k3s { version = \"v1.34.3+k3s1\"  servers = [b]  agents = [c]  network = lan\n"
      "  token = join-token  cni = cilium }\n"
      "cluster near: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  network = lan  ingress = front }\n"
      "gitops far" +
      flux + "far }\ngitops near" + flux +
      "near }\n"
      "service front: std.traefik { cluster = near }\n"
      "service hub: container { cluster = near  image = \"docker.io/library/registry:3.0.0\"\n"
      "  port.http = 5000  expose.web = lan {} }\n"
      "service cilium: helm { cluster = far  namespace = \"kube-system\"  layer = platform\n"
      "  chart { repo = \"https://helm.cilium.io\"  name = \"cilium\"  version = \"1.18.1\" }\n"
      "  values.image.repository = \"hub.shed.example.org/cilium\" }\n";
  const std::string script = scripts(text).file("scripts/bootstrap.sh");
  CHECK(in_order(script, {"fetch_kubeconfig 192.168.7.12", "fetch_kubeconfig 192.168.7.11",
                          "wait_ready a", "flux bootstrap git", "helm upgrade --install cilium",
                          "wait_ready b c", "flux bootstrap git"}));
  CHECK(script.find("wait_ready b\n") == std::string::npos);
}

TEST_CASE("scripts: services by hand follow the graph over clusters", "[emit][scripts]") {
  const std::string two =
      kShed +
      "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  network = lan }\n"
      "cluster l: k3s { version = \"v1.34.3+k3s1\"  servers = [c]  network = lan }\n"
      "service first: container { cluster = k  image = \"docker.io/library/nginx:1.29.1\" }\n"
      "service middle: container { cluster = l  image = \"docker.io/library/nginx:1.29.1\"  needs = "
      "[first] }\n"
      "service last: container { cluster = k  image = \"docker.io/library/nginx:1.29.1\"  needs = "
      "[middle] }\n";
  const std::string script = scripts(two).file("scripts/bootstrap.sh");
  const std::string from = script.substr(script.find("step 'first'") - 60);
  CHECK(in_order(from, {"k.yaml", "first/manifests", "l.yaml", "middle/manifests", "k.yaml",
                        "last/manifests"}));
  const std::string engine =
      "service argocd: std.argocd { cluster = k }\n"
      "gitops main: argocd { repo = \"https://github.com/me/home.git\" }\n";
  const std::string mixed =
      scripts(
          kShed + "cluster k: k3s { version = \"v1.34.3+k3s1\"  servers = [a]  network = lan }\n" +
          "cluster l: k3s { version = \"v1.34.3+k3s1\"  servers = [c]  network = lan }\n" + engine +
          "service web: container { cluster = k  image = \"docker.io/library/nginx:1.29.1\"  needs = "
          "[db] }\n"
          "service db: container { cluster = l  image = \"docker.io/library/nginx:1.29.1\" }\n")
          .file("scripts/bootstrap.sh");
  CHECK(in_order(mixed, {"db/manifests", "root.yaml"}));
}

TEST_CASE("scripts: an engine that runs already is not installed again", "[emit][scripts]") {
  const std::string lab = kShed + cluster("c", "") +
                          "gitops main: argocd { repo = \"https://git.example.org/shed.git\" }\n"
                          "service engine: std.argocd { extern = ";
  const std::string ours = scripts(lab + "false }\n").file("scripts/bootstrap.sh");
  const std::string theirs = scripts(lab + "true }\n").file("scripts/bootstrap.sh");
  CHECK_THAT(ours, Contains(" helm kubectl"));
  CHECK_THAT(ours, Contains("run helm upgrade"));
  CHECK_THAT(theirs, !Contains("helm"));
  for (const std::string& script : {ours, theirs}) {
    CHECK_THAT(script, Contains("bootstrap/root.yaml"));
  }
}

TEST_CASE("scripts: namespaces that Kubernetes makes keep their own limits", "[emit][scripts]") {
  const auto lab = scripts(kShed + cluster("c", "") +
                           "default container { image = \"ghcr.io/a/b:1\" }\n"
                           "service driver: container { namespace = \"kube-system\" }\n"
                           "service web: container { namespace = \"shop\" }\n");
  const std::string script = lab.file("scripts/bootstrap.sh");
  CHECK_THAT(script, Contains("prepare_namespace shop baseline"));
  CHECK_THAT(script, !Contains("prepare_namespace kube-system"));
}
