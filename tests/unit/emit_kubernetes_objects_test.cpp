// Services, claims, Ingresses, objects written by hand, secrets.
#include "emit/kubernetes/object_file.h"
#include "emit/sops/creation_rules.h"
#include "tests/unit/cluster_lab_fixture.h"
#include "tests/unit/emit_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kBalancer = R"(
pool house { of = lan  range = 192.168.1.240..192.168.1.249 }
service balancer: std.metallb {}
)";
constexpr std::string_view kDoor = "service door: std.traefik {}\n";

std::string with(std::string_view before, std::string_view body) {
  return std::string(before) + "service web: container {\n  image = \"ghcr.io/a/web:1.2.3\"\n" +
         std::string(body) + "}\n";
}

constexpr std::string_view kFolder = "kubernetes/apps/web/manifests/";
std::string at(std::string_view file) { return std::string(kFolder) + std::string(file); }

}  // namespace

TEST_CASE("files are called after the kind and what is left of the name") {
  using emit::kubernetes::object_file_name;
  CHECK(object_file_name("Deployment", "web", "web") == "deployment.yaml");
  CHECK(object_file_name("ConfigMap", "web-config", "web") == "configmap-config.yaml");
  CHECK(object_file_name("Database", "other", "web") == "database-other.yaml");
  CHECK(object_file_name("ClusterRole", "system:Node", "web") == "clusterrole-system-node.yaml");
  CHECK(object_file_name("Ingress", "web-", "web") == "ingress-web-.yaml");
}

TEST_CASE("a claim is kept by Argo CD, named, and adopted where it exists") {
  const ClusterLab lab(
      with("object fast { api = \"storage.k8s.io/v1\"  type = \"StorageClass\" }\n",
           "  volume.data { size = 1536MiB  mount = \"/d\"  keep = disposable  "
           "claim = \"old\"  storage-class = \"fast\" }\n"));
  const std::string claim = lab.file(at("persistentvolumeclaim-old.yaml"));
  CHECK_THAT(claim, Contains("argocd.argoproj.io/sync-options: \"Delete=false,Prune=false\""));
  CHECK_THAT(claim, Contains("storageClassName: fast\n") && Contains("storage: \"1536Mi\"") &&
                        Contains("- ReadWriteOnce\n"));
  CHECK_THAT(lab.file(at("deployment.yaml")), Contains("claimName: old\n"));
}

TEST_CASE(
    "a claim for a chart is written where its volume says so, with the labels of its backup") {
  const ClusterLab lab(
      "storage nas: nfs-share { server = \"nas.example.net\"  path = \"/b\" }\n"
      "backup nightly { to = nas  schedule = \"0 3 * * *\"  retain = 30d }\n"
      "service blocks: storage-driver { extern = true  storage-class = \"blocks\"\n"
      "  backup-label = \"backups.example.org/\" }\n"
      "default helm { chart { repo = \"https://charts.example.org\"  name = \"web\"  "
      "version = \"1.0.0\" } }\n"
      "service web: helm {\n"
      "  volume.data { on = blocks  size = 2GiB  keep = backup(nightly)  claimed-by = hlab }\n"
      "  values.persistence.existingClaim = .volume.data.claim\n}\n"
      "service own: helm {\n"
      "  volume.data { size = 2GiB  keep = disposable }\n"
      "  values.persistence.size = .volume.data.size.kubernetes\n}\n");
  CHECK(lab.codes().empty());
  CHECK_THAT(lab.file(at("persistentvolumeclaim-data.yaml")),
             Contains("  name: web-data\n") && Contains("backups.example.org/nightly: enabled") &&
                 Contains("storageClassName: blocks\n") && Contains("storage: \"2Gi\""));
  CHECK_THAT(lab.file("kubernetes/apps/web/values.yaml"), Contains("existingClaim: web-data"));
  CHECK(!lab.has("kubernetes/apps/own/manifests/persistentvolumeclaim-data.yaml"));
}

TEST_CASE("volumes whose copies go elsewhere have a class of their own, and Longhorn the target") {
  const ClusterLab lab(
      std::string(kSecretStore) +
      with(
          "default node { disk.data { device = \"/dev/sda1\"  storage = longhorn } }\n"
          "service longhorn: std.longhorn { replicas = 1 }\n"
          "storage nas: nfs-share { server = \"nas.example.net\"  path = \"/b\" }\n"
          "storage away: s3 { endpoint = \"https://s3.example.net\"  bucket = \"home\"  key = away-key }\n"
          "secret away-key: bucket-key {}\n"
          "backup nightly { to = nas  schedule = \"0 3 * * *\"  retain = 30d }\n"
          "backup weekly { to = away  schedule = \"0 3 * * 0\"  retain = 90d }\n"
          "default volume { size = 1GiB }\n",
          "  volume.near { on = longhorn  mount = \"/n\"  keep = backup(nightly) }\n"
          "  volume.far { on = longhorn  mount = \"/f\"  keep = backup(weekly) }\n"));
  const std::string folder = "kubernetes/infrastructure/longhorn/manifests/";
  CHECK_THAT(lab.file(folder + "backuptarget-away.yaml"),
             Contains("backupTargetURL: \"s3://home@us-east-1/\"\n") &&
                 Contains("credentialSecret: away-key\n"));
  CHECK(!lab.has(folder + "backuptarget-nas.yaml"));
  CHECK_THAT(lab.file(folder + "storageclass-away.yaml"),
             Contains("  name: longhorn-away\n") && Contains("backupTargetName: away\n"));
  CHECK_THAT(lab.file(folder + "recurringjob-weekly.yaml"), Contains("    - weekly\n"));
  CHECK_THAT(lab.file(at("persistentvolumeclaim-far.yaml")),
             Contains("storageClassName: longhorn-away\n") &&
                 Contains("recurring-job-group.longhorn.io/weekly: enabled\n"));
  CHECK_THAT(lab.file(at("persistentvolumeclaim-near.yaml")),
             Contains("storageClassName: longhorn\n"));
}

TEST_CASE("a claim that others make is mounted and not written") {
  const ClusterLab lab(with("",
                            "  volume.data { size = 1GiB  mount = \"/d\"  keep = disposable  "
                            "claim = \"films\"  claimed-by = others }\n"));
  CHECK_THAT(lab.file(at("deployment.yaml")), Contains("claimName: films\n"));
  CHECK(!lab.has(at("persistentvolumeclaim-films.yaml")));
}

TEST_CASE("a port at every node is a Service of its own, beside the one of the cluster") {
  const ClusterLab lab(with("",
                            "  port.mqtt = 1883\n"
                            "  expose.mqtt = lan { protocol = tcp  node-port = 31883 }\n"));
  CHECK_THAT(lab.file(at("service.yaml")), !Contains("NodePort"));
  const std::string door = lab.file(at("service-mqtt-node.yaml"));
  CHECK_THAT(door, Contains("type: NodePort\n") && Contains("nodePort: 31883\n") &&
                       Contains("port: 1883\n") && !Contains("allocateLoadBalancerNodePorts"));
}

TEST_CASE("one address for all ports makes the Service itself a load balancer") {
  const ClusterLab lab(
      with(kBalancer,
           "  port.mqtt = 1883\n"
           "  expose.mqtt = lan { protocol = tcp  address.house = 192.168.1.241 }\n"));
  CHECK_THAT(lab.file(at("service.yaml")),
             Contains("metallb.io/loadBalancerIPs: \"192.168.1.241\"") &&
                 Contains("type: LoadBalancer\n  allocateLoadBalancerNodePorts: false\n"));
}

TEST_CASE("a pool is announced by those machines alone that are in its network") {
  const auto announcement = [](const std::string& address_of_b) {
    const EmittedLab lab = emit_lab(R"(
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network parents { cidr = 192.168.9.0/24  place = "parents" }
network wg { cidr = 10.9.0.0/24  audience = vpn }
default node { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
node a { address.lan = 192.168.1.10  address.wg = 10.9.0.1 }
node b { )" + address_of_b + R"(  address.wg = 10.9.0.2 }
cluster c: k3s { version = "v1.34.3+k3s1"  servers = [a]  agents = [b]  network = wg  token = join }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join {}
)" + std::string(kBalancer));
    return lab.file("kubernetes/infrastructure/balancer/manifests/l2advertisement-house.yaml");
  };
  CHECK_THAT(announcement("address.parents = 192.168.9.10"),
             Contains("spec:\n  ipAddressPools:\n    - house\n  nodeSelectors:\n"
                      "    - matchLabels:\n        kubernetes.io/hostname: a\n") &&
                 !Contains("hostname: b"));
  CHECK_THAT(announcement("address.lan = 192.168.1.11"),
             Contains("- house\n") && !Contains("nodeSelectors"));
}

TEST_CASE("each address of an endpoint has a Service of its own, of the address's family") {
  const std::string address6 =
      "pool house6 { of = lan  cidr = fd12:3456:789a::/64  range = "
      "fd12:3456:789a::200..fd12:3456:789a::20f }\n";
  const ClusterLab lab(with(std::string(kBalancer) + address6,
                            "  port.mqtt = 1883\n"
                            "  expose.mqtt = lan { protocol = tcp  address.house = 192.168.1.241  "
                            "address.house6 = fd12:3456:789a::201 }\n"));
  CHECK_THAT(lab.file(at("service.yaml")), !Contains("LoadBalancer"));
  CHECK_THAT(lab.file(at("service-mqtt.yaml")),
             Contains("metallb.io/loadBalancerIPs: \"192.168.1.241\"") && !Contains("ipFamil") &&
                 Contains("port: 1883\n"));
  CHECK_THAT(lab.file(at("service-mqtt-house6.yaml")),
             Contains("metallb.io/loadBalancerIPs: \"fd12:3456:789a::201\"") &&
                 Contains("ipFamilyPolicy: SingleStack\n") && Contains("- IPv6\n") &&
                 Contains("port: 1883\n"));
}

TEST_CASE("endpoints at one address are one Service, or Services that say that they share it") {
  const std::string ports = "  port.smtp = 25\n  port.imap = 993\n";
  const std::string smtp =
      "  expose.smtp = lan { protocol = tcp  address.house = 192.168.1.241 }\n";
  const ClusterLab one(with(
      kBalancer,
      ports + smtp + "  expose.imap = lan { protocol = tcp  address.house = 192.168.1.241 }\n"));
  CHECK(one.codes().empty());
  CHECK_THAT(one.file(at("service.yaml")), Contains("type: LoadBalancer\n") &&
                                               Contains("port: 25\n") && Contains("port: 993\n") &&
                                               !Contains("allow-shared-ip"));
  const ClusterLab two(
      with(kBalancer, ports + smtp +
                          "  expose.imap = lan { protocol = tcp  address.house = 192.168.1.241  "
                          "annotations.\"example.org/note\" = \"mail\" }\n"));
  CHECK(two.codes().empty());
  const std::string first = two.file(at("service-smtp.yaml"));
  const std::string second = two.file(at("service-imap.yaml"));
  for (const std::string& service : {first, second}) {
    CHECK_THAT(service, Contains("metallb.io/allow-shared-ip: ") &&
                            Contains("metallb.io/loadBalancerIPs: \"192.168.1.241\""));
  }
}

TEST_CASE("an address leads to the pods of a chart where their labels and port are known") {
  const std::string chart =
      "service mail: helm {\n  chart { repo = \"https://charts.example.org\"  name = \"mail\"  "
      "version = \"1.0.0\" }\n"
      "  expose.smtp = lan { protocol = tcp-udp  address.house = 192.168.1.241 }\n";
  const std::string balancer(kBalancer);
  const std::string engine =
      "gitops main: argocd { repo = \"https://git.example.org/home.git\" }\nservice argocd: "
      "std.argocd {}\n";
  const ClusterLab lab(engine + balancer + chart +
                       "  backend.smtp { port = \"smtp\"  number = 2525  "
                       "selector.\"app.kubernetes.io/name\" = \"postfix\" }\n}\n");
  CHECK(lab.codes().empty());
  const std::string service = lab.file("kubernetes/apps/mail/manifests/service-smtp.yaml");
  CHECK_THAT(service, Contains("name: mail-smtp\n") && Contains("type: LoadBalancer\n") &&
                          Contains("metallb.io/loadBalancerIPs: \"192.168.1.241\"") &&
                          Contains("  selector:\n    app.kubernetes.io/name: postfix\n") &&
                          Contains("- name: smtp\n      port: 2525\n      targetPort: 2525\n      "
                                   "protocol: TCP\n") &&
                          Contains("- name: smtp-udp\n      port: 2525\n"));
  CHECK_THAT(lab.file("kubernetes/argocd-apps/mail.yaml"),
             Contains("path: kubernetes/apps/mail/manifests"));

  const ClusterLab untold(balancer + chart + "}\n");
  CHECK(untold.codes() == std::vector<std::string>{"HL4510"});
  CHECK_FALSE(untold.has("kubernetes/apps/mail/manifests/service-smtp.yaml"));
  const ClusterLab told(balancer + chart +
                        "  values.service.annotations.\"metallb.io/loadBalancerIPs\" = "
                        "\"${.expose.smtp.address[house]}\"\n}\n");
  CHECK(told.codes().empty());
}

TEST_CASE("a port without an address stays inside") {
  const ClusterLab lab(with(kBalancer, R"(
  port.dns = 53
  port.admin = 8080
  expose.dns     = lan { protocol = tcp  address.house = 192.168.1.241 }
  expose.dns-udp = lan { protocol = udp  port = "dns"  host = "udp"  address.house = 192.168.1.242 }
)"));
  CHECK_THAT(lab.file(at("service.yaml")), !Contains("LoadBalancer") && Contains("name: admin"));
  CHECK_THAT(lab.file(at("service-dns.yaml")),
             Contains("name: dns\n") && !Contains("UDP") && !Contains("admin"));
  CHECK_THAT(
      lab.file(at("service-dns-udp.yaml")),
      Contains("name: dns-udp\n      port: 53\n      targetPort: dns-udp\n      protocol: UDP\n") &&
          !Contains("TCP"));
}

TEST_CASE("one address answers in both protocols where its endpoint says so") {
  const ClusterLab lab(with(kBalancer, R"(
  port.dns = 53
  expose.dns = lan { protocol = tcp-udp  address.house = 192.168.1.241 }
)"));
  CHECK_THAT(lab.file(at("service.yaml")), Contains("type: LoadBalancer") &&
                                               Contains("name: dns\n") &&
                                               Contains("name: dns-udp\n"));
}

TEST_CASE("a Service of an endpoint's second address takes no other endpoint's name") {
  const std::string pools =
      "pool a { of = lan  range = 192.168.1.240..192.168.1.244 }\n"
      "pool b { of = lan  range = 192.168.1.245..192.168.1.249 }\nservice balancer: std.metallb {}\n";
  const ClusterLab lab(with(pools, R"(
  port.web = 80
  port.web-b = 81
  port.web-node = 82
  expose.web = lan { protocol = tcp  address.a = auto  address.b = auto  node-port = 30080 }
  expose.web-b = lan { host = "wb"  protocol = tcp  address.a = auto }
  expose.web-node = lan { host = "wn"  protocol = tcp  address.a = auto }
)"));
  CHECK(lab.codes().empty());
  CHECK_THAT(lab.file(at("service-web-b-2.yaml")),
             Contains("192.168.1.245") && Contains("port: 80"));
  CHECK_THAT(lab.file(at("service-web-b.yaml")), Contains("port: 81"));
  CHECK_THAT(lab.file(at("service-web-node-2.yaml")), Contains("nodePort: 30080"));
  CHECK_THAT(lab.file(at("service-web-node.yaml")), Contains("port: 82"));
}

TEST_CASE("nothing but figures needs no Service") {
  CHECK_FALSE(ClusterLab(with("", "  port.metrics = 9100\n")).has(at("service.yaml")));
  CHECK(ClusterLab(with("", "  port.redis = 6379\n")).has(at("service.yaml")));
}

TEST_CASE("an Ingress leads to the port that the endpoint means") {
  const ClusterLab lab(with(kDoor, R"(
  port.http = 80
  port.api  = 81
  expose.web = lan {}
  expose.api = lan { host = "calls"  path = "/v1" }
)"));
  CHECK_THAT(lab.file(at("ingress.yaml")),
             Contains("host: web.home.example.org") && Contains("name: http\n") &&
                 Contains("ingressClassName: traefik\n") && !Contains("tls"));
  CHECK_THAT(lab.file(at("ingress-api.yaml")), Contains("host: calls.home.example.org") &&
                                                   Contains("path: /v1\n") &&
                                                   Contains("name: api\n"));
}

TEST_CASE("an object written by hand waits as a whole") {
  const ClusterLab lab(R"(
network tailnet: tailscale { domain = "example.ts.net" }
node far { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.tailnet = learned }
service extra: manifests {
  objects.a { apiVersion = "v1"  kind = "Service"  metadata.name = "a"  spec.loadBalancerSourceRanges = ["${far.address.tailnet}/32"] }
  objects.b { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "b" }
}
object c { api = "v1"  type = "ConfigMap"  body.data.far = "${far.address.tailnet}" }
)");
  CHECK(lab.codes() == std::vector<std::string>{"HL6001", "HL6001"});
  CHECK_FALSE(lab.has("kubernetes/apps/extra/manifests/service-a.yaml"));
  CHECK(lab.has("kubernetes/apps/extra/manifests/configmap-b.yaml"));
  CHECK_FALSE(lab.has("kubernetes/apps/c/manifests/configmap-c.yaml"));
}

TEST_CASE("of Traefik's annotations one asks another service for the login") {
  const auto codes = [](const std::string& annotation) {
    return ClusterLab(
               std::string(kDoor) +
               "service guard: container { image = \"ghcr.io/a/guard:1.2.3\"  port.http = 80 }\n" +
               with(
                   "",
                   "  port.http = 80\n  expose.web = lan { login = forward(guard)  annotations.\"" +
                       annotation + "\" = \"x\" }\n"))
        .codes();
  };
  CHECK(codes("gethomepage.dev/description") == std::vector<std::string>{"HL6006"});
  CHECK(codes("traefik.ingress.kubernetes.io/router.middlewares").empty());
}

TEST_CASE("objects written by hand get namespace and labels, and keep their own") {
  const ClusterLab lab(R"(
service extra: manifests {
  objects.a { kind = "ConfigMap"  data.k = "v"  apiVersion = "v1"  metadata { labels.mine = "1"  name = "extra-a" } }
  objects.b { apiVersion = "v1"  kind = "ConfigMap"  metadata { name = "b"  namespace = "other" } }
  cluster-objects.c { apiVersion = "rbac.authorization.k8s.io/v1"  kind = "ClusterRole"  metadata.name = "c"  rules = [] }
}
)");
  const std::string a = lab.file("kubernetes/apps/extra/manifests/configmap-a.yaml");
  CHECK_THAT(
      a, Contains(
             "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra-a\n  namespace: extra\n"));
  CHECK_THAT(a, Contains("app.kubernetes.io/part-of: home\n    mine: \"1\"\n") &&
                    Contains("data:\n  k: v\n"));
  CHECK_THAT(lab.file("kubernetes/apps/extra/manifests/configmap-b.yaml"),
             Contains("namespace: other\n"));
  CHECK_THAT(lab.file("kubernetes/apps/extra/manifests/clusterrole-c.yaml"),
             !Contains("namespace"));
}

TEST_CASE("two objects of one file name are an error, and so is one without a name") {
  CHECK(ClusterLab(R"(
service extra: manifests {
  objects.a { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "a" }
  objects.b { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "extra-a" }
}
)")
            .codes() == std::vector<std::string>{"HL6002"});
  CHECK(ClusterLab("service extra: manifests { objects.a { apiVersion = \"v1\" } }\n").codes() ==
        std::vector<std::string>{"HL6004"});
}

TEST_CASE("names that Kubernetes does not take are told, each once") {
  CHECK(ClusterLab(with("", "  port.\"0\" = 80\n  config.\"a/b\" = \"x\"\n  env.\"A B\" = \"x\"\n"))
            .codes() == std::vector<std::string>{"HL6005", "HL6005", "HL6005"});
}

TEST_CASE("an endpoint that another service guards is refused while nobody is told so") {
  const std::string guard =
      std::string(kDoor) +
      "service auth: container { image = \"ghcr.io/a/auth:1\"  port.http = 1 }\n";
  CHECK(ClusterLab(with(guard, "  port.http = 80\n  expose.web = lan { login = forward(auth) }\n"))
            .codes() == std::vector<std::string>{"HL6006"});
  CHECK(ClusterLab(with(guard, "  port.http = 80\n  expose.web = lan { login = own }\n"))
            .codes()
            .empty());
}

/// As `sops` leaves it, for the recipient of kSecretStore.
std::string sealed_login(const std::string& space, const std::string& key = "value",
                         const std::string& value = "ENC[AES256_GCM,data:x,type:str]") {
  return "apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret\nmetadata: {name: login, namespace: " +
         space + "}\nspec: {secretTemplates: [{name: login, stringData: {" + key + ": '" + value +
         "'}}]}\nsops: {mac: 'ENC[x]', age: [{recipient: "
         "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p, enc: x}]}\n";
}

TEST_CASE("ciphertext is copied as it is, to every namespace that needs it") {
  const std::string web = sealed_login("web");
  const std::string two = sealed_login("two");
  const Files files{{"secrets/kubernetes/web/login.sops.yaml", web},
                    {"secrets/kubernetes/two/login.sops.yaml", two}};
  const ClusterLab lab(with(std::string(kSecretStore) + "secret login {}\n", "  env.A = login\n") +
                           "service two: manifests { secrets = [login] }\n",
                       files);
  CHECK(lab.codes().empty());
  CHECK(lab.file(at("sopssecret-login.sops.yaml")) == web);
  CHECK(lab.file("kubernetes/apps/two/manifests/sopssecret-login.sops.yaml") == two);
  CHECK(ClusterLab(with(std::string(kSecretStore) + "secret login {}\n", "  env.A = login\n"))
            .codes() == std::vector<std::string>{"HL7010"});
}

TEST_CASE("ciphertext is held against its use as far as that can be seen without a key") {
  const auto codes = [](const std::string& bytes) {
    return ClusterLab(with(std::string(kSecretStore) + "secret login {}\n", "  env.A = login\n"),
                      {{"secrets/kubernetes/web/login.sops.yaml", bytes}})
        .codes();
  };
  using Codes = std::vector<std::string>;
  const std::string sound = sealed_login("web");
  const auto with_text = [&](const std::string& from, const std::string& to) {
    std::string out = sound;
    return out.replace(out.find(from), from.size(), to);
  };
  CHECK(codes(sound).empty());
  CHECK(codes(with_text("stringData", "data")).empty());
  CHECK(codes(with_text("v1alpha3", "v1alpha4")).empty());
  CHECK(codes(with_text("ENC[AES256_GCM,data:x,type:str]", "")).empty());
  CHECK(codes(with_text("{value: ", "{more: x, value: ")).empty());
  CHECK(codes(sealed_login("other")) == Codes{"HL7013"});
  CHECK(codes(sealed_login("web", "password")) == Codes{"HL7013"});
  CHECK(codes(with_text("{name: login, namespace", "{name: logon, namespace")) == Codes{"HL7013"});
  CHECK(codes(with_text("SopsSecret", "Secret")) == Codes{"HL7013"});
  CHECK(codes(with_text("[{name: login, string", "[{name: logon, string")) == Codes{"HL7013"});
  CHECK(codes("{{{") == Codes{"HL7013"});
  CHECK(codes("") == Codes{"HL7012"});
  CHECK(codes("- a\n") == Codes{"HL7012"});
  CHECK(codes(std::string(100'000, '[')) == Codes{"HL7013"});
  CHECK(codes(sealed_login("web", "value", "plain")) == Codes{"HL7012"});
  CHECK(codes(with_text("sops: {mac", "sops: {mack")) == Codes{"HL7012"});
  CHECK(codes(with_text("age1ql3z7", "age1qqqqq")) == Codes{"HL7011"});
  CHECK(codes(with_text("age: [", "age: [{recipient: age1other}, ")) == Codes{"HL7011"});
}

TEST_CASE("the rules of SOPS match folders of the layout, and nothing else") {
  CHECK(emit::sops::escape_regex("a.b/c+d") == "a\\.b/c\\+d");
  const std::string rules = ClusterLab(std::string(kSecretStore) + R"(
service extra: manifests { at = "k8s/extra.d"  objects.a { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "a" } }
)")
                                .file(".sops.yaml");
  CHECK_THAT(rules,
             Contains("k8s/extra\\\\.d|kubernetes/apps/[^/]+|kubernetes/infrastructure/[^/]+"));
  CHECK_THAT(rules, Contains("\"^infrastructure/nixos/secrets/[^/]*\\\\.sops\\\\.yaml$\""));
}

}  // namespace hlab::test
