// What waits for what without a field that names it: classes of volumes, images in trees; and what waits for nobody:
// pages that lead back to who they are of, programs on machines.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

/// The mode of the edge, or "" where there is none.
std::string mode_of(const ClusterLab& lab, const std::string& from, const std::string& to) {
  const driver::Compilation& run = lab.run();
  std::string out;
  for (const graph::Edge& edge : run.graph.edges) {
    if (program::instance_path(run.program, run.lab, edge.from) != from) continue;
    if (program::instance_path(run.program, run.lab, edge.to) != to) continue;
    out += edge.mode == graph::EdgeMode::start ? "start"
           : edge.mode == graph::EdgeMode::run ? "run"
                                               : "value";
  }
  return out;
}

constexpr std::string_view kGoes = "argocd.argoproj.io/ignore-healthcheck: \"true\"";

}  // namespace

TEST_CASE("a page waits for its way only where the way does not wait for the service") {
  const ClusterLab lab(R"(
default helm { chart { repo = "https://charts.example.org"  name = "x"  version = "1.0.0" } }
service blocks: storage-driver {
  storage-class = "blocks"
  expose.web    = lan {}
  backend.web { service = "blocks-ui"  port = "http" }
}
service door: std.traefik { needs = [blocks] }
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80  expose.web = lan {} }
)");
  REQUIRE(lab.codes() == std::vector<std::string>{});
  CHECK(mode_of(lab, "service.door", "service.blocks") == "start");
  CHECK(mode_of(lab, "service.blocks", "service.door") == "run");
  CHECK(mode_of(lab, "service.web", "service.door") == "start");
  CHECK_THAT(lab.file("kubernetes/infrastructure/blocks/manifests/ingress.yaml"),
             Contains(std::string(kGoes)));
  CHECK_THAT(lab.file("kubernetes/apps/web/manifests/ingress.yaml"), !Contains(std::string(kGoes)));
}

TEST_CASE("pages that ask each other wait for neither; what is no page still does") {
  const ClusterLab lab(R"(
service door: std.traefik { login-annotations = ["ask"] }
default container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
service a: container { expose.web = lan { login = forward(b)  annotations.ask = "b" } }
service b: container { expose.web = lan { login = forward(a)  annotations.ask = "a" } }
service c: container { needs = [a]  expose.web = lan { login = forward(b)  annotations.ask = "b" } }
)");
  REQUIRE(lab.codes() == std::vector<std::string>{});
  CHECK(mode_of(lab, "service.a", "service.b") == "run");
  CHECK(mode_of(lab, "service.b", "service.a") == "run");
  CHECK(mode_of(lab, "service.a", "service.door") == "start");
  CHECK(mode_of(lab, "service.c", "service.a") == "start");
  CHECK(mode_of(lab, "service.c", "service.b") == "start");
}

TEST_CASE("a program on a machine waits for nothing that its endpoint names") {
  const ClusterLab lab(std::string(kSecretStore) + R"(
node pi { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.5 }
service door: std.traefik {}
service certs: std.cert-manager {}
secret t { extern = true }
issuer le: acme { email = "me@example.org"  solver = std.cloudflare-dns { token = t } }
default endpoint { issuer = le }
service forge: host-service {
  on            = [pi]
  host-port.web { port = 3000  audience = lan  purpose = "git" }
  expose.web    = lan {}
}
service argocd: std.argocd {}
gitops main: argocd { repo = "http://pi.home.example.org:3000/me/home.git" }
)");
  REQUIRE(lab.codes() == std::vector<std::string>{});
  CHECK(mode_of(lab, "service.forge", "issuer.le") == "run");
  CHECK(mode_of(lab, "gitops.main", "service.forge") == "start");
  CHECK_THAT(lab.file("scripts/bootstrap.sh"), !Contains("late.yml"));
}

TEST_CASE("Flux's own pods wait for the network of pods") {
  const ClusterLab lab(R"(
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.11 }
cluster k: k3s { version = "v1.34.3+k3s1"  servers = [two]  network = lan  cni = cilium }
service cilium: helm { cluster = k  layer = platform  chart { repo = "https://helm.cilium.io"  name = "cilium"  version = "1.18.1" } }
gitops main: flux { cluster = k  repo = "https://git.example.net/x/y.git" }
)");
  CHECK(mode_of(lab, "gitops.main", "service.cilium") == "start");
}

TEST_CASE("a volume waits for who brings its class, however the class is named") {
  const ClusterLab lab(R"(
default helm { chart { repo = "https://charts.example.org"  name = "x"  version = "1.0.0" } }
default container { image = "docker.io/library/nginx:1.29.1" }
service blocks: storage-driver { storage-class = "blocks"  further-classes = ["blocks-2"] }
service fast: manifests {
  cluster-objects.c { apiVersion = "storage.k8s.io/v1"  kind = "StorageClass"  metadata.name = "fast"  provisioner = "x" }
}
object slow { api = "storage.k8s.io/v1"  type = "StorageClass"  of = own  body.provisioner = "x" }
service web: container { volume.data { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "blocks" } }
service more: container { volume.data { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "blocks-2" } }
service quick: container { volume.data { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "fast" } }
service own: container { volume.data { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "slow" } }
service plain: container { volume.data { size = 1GiB  mount = "/d"  keep = disposable  storage-class = "local-path" } }
service chart: helm { values.persistence.storageClass = "blocks" }
service set: manifests {
  objects.claim { apiVersion = "v1"  kind = "PersistentVolumeClaim"  metadata.name = "c"  spec.storageClassName = "fast" }
}
)");
  REQUIRE(lab.codes() == std::vector<std::string>{});
  CHECK(mode_of(lab, "service.web", "service.blocks") == "start");
  CHECK(mode_of(lab, "service.more", "service.blocks") == "start");
  CHECK(mode_of(lab, "service.quick", "service.fast") == "start");
  CHECK(mode_of(lab, "service.chart", "service.blocks") == "start");
  CHECK(mode_of(lab, "service.set", "service.fast") == "start");
  CHECK(mode_of(lab, "service.own", "service.slow") == "");
  CHECK(mode_of(lab, "service.plain", "service.blocks") == "");
  CHECK(mode_of(lab, "service.blocks", "service.blocks") == "");
}

TEST_CASE("an image out of the lab's registry is an edge wherever it stands") {
  const std::string daemons = R"(apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: copied}
    spec: {template: {spec: {containers: [{name: a, image: "reg.home.example.org/agent:1"}]}}}
)";
  const ClusterLab lab(R"(
service door: std.traefik {}
service reg: container { image = "docker.io/library/registry:3"  port.http = 5000  expose.web = lan {} }
service set: manifests {
  objects.d {
    apiVersion = "apps/v1"  kind = "DaemonSet"  metadata.name = "agent"
    spec.template.spec.containers = [{ name = "a"  image = "reg.home.example.org/agent:1" }]
  }
}
object job { api = "batch/v1"  type = "Job"  spec.template.spec.containers = [{ name = "a"  image = "reg.home.example.org/job:1" }] }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch own-image {
  target = "Deployment/web"
  reason = "built at home"
  change.spec.template.spec.containers = [{ name = "web"  image = "reg.home.example.org/web:1" }]
}
service files: manifests { from = "daemons/*.yaml" }
service other: container { image = "docker.io/library/nginx:1.29.1" }
)",
                       {{"daemons/a.yaml", daemons}});
  REQUIRE(lab.codes() == std::vector<std::string>{});
  for (const char* asker : {"service.set", "service.job", "service.web", "service.files"}) {
    INFO(asker);
    CHECK(mode_of(lab, asker, "service.reg") == "start");
    CHECK(mode_of(lab, asker, "service.door") == "start");
  }
  CHECK(mode_of(lab, "service.other", "service.reg") == "");
  CHECK(mode_of(lab, "service.reg", "service.reg") == "");
}

TEST_CASE("monitoring waits for who signs the certificate of its webhook") {
  const ClusterLab lab(std::string(kSecretStore) + R"(
service certs: std.cert-manager {}
secret adm { keys = ["admin-user", "admin-password"]  extern = true }
service mon: std.monitoring { admin = adm }
)");
  CHECK(mode_of(lab, "service.mon", "service.certs") == "start");
}

TEST_CASE(
    "what a chart's pods mount is applied before it, what it brings the definition of after it") {
  const std::string services = R"(
service cloud: helm {
  chart { repo = "https://charts.example.org"  name = "cloud"  version = "1.0.0" }
  apis        = ["cloud.example.org"]
  volume.data { size = 50GiB  keep = disposable  claimed-by = hlab }
  values.existingClaim = .volume.data.claim
  objects.settings { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "settings"  data.a = "b" }
  objects.own { apiVersion = "cloud.example.org/v1"  kind = "Cloud"  metadata.name = "own" }
}
)";
  const std::string folder = "kubernetes/apps/cloud/manifests";
  const auto in_order = [](const std::string& script, const std::vector<std::string>& texts) {
    std::size_t at = 0;
    for (const std::string& text : texts) {
      at = script.find(text, at);
      if (at == std::string::npos) return false;
    }
    return true;
  };
  const std::string by_hand = ClusterLab(services).file("scripts/bootstrap.sh");
  INFO(by_hand);
  CHECK(in_order(by_hand, {"prepare_namespace cloud", folder + "/configmap-settings.yaml",
                           folder + "/persistentvolumeclaim-data.yaml",
                           "helm upgrade --install cloud", "apply_objects " + folder}));
  CHECK(by_hand.find(folder + "/cloud-own.yaml") == std::string::npos);
  const std::string before = ClusterLab(services + R"(
service argocd: std.argocd { needs = [cloud] }
gitops main: argocd { repo = "https://github.com/me/home.git" }
)")
                                 .file("scripts/bootstrap.sh");
  INFO(before);
  CHECK(in_order(before, {"make_namespace cloud", folder + "/persistentvolumeclaim-data.yaml",
                          "helm upgrade --install cloud", "--recursive -f \"$root\"/" + folder,
                          "helm upgrade --install argocd"}));
}

}  // namespace hlab::test
