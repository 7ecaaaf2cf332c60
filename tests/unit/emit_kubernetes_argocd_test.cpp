// Applications, waves, projects, values of charts; files that the lab spells out.
#include "emit/core/layout.h"
#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kGitops = R"(
gitops main: argocd { repo = "https://example.org/lab.git" }
service engine: std.argocd {}
)";

std::string lab_with(std::string_view more) { return std::string(kGitops) + std::string(more); }
std::string app(std::string_view name) {
  return "kubernetes/argocd-apps/" + std::string(name) + ".yaml";
}

}  // namespace

TEST_CASE("waves count the services that must be healthy before") {
  const ClusterLab lab(lab_with(R"(
service first: container { image = "ghcr.io/a/b:1" }
service second: container { image = "ghcr.io/a/b:1"  needs = [first] }
service third: container { image = "ghcr.io/a/b:1"  needs = [second, first] }
)"));
  CHECK_THAT(lab.file(app("first")), Contains("sync-wave: \"0\""));
  CHECK_THAT(lab.file(app("second")), Contains("sync-wave: \"10\""));
  CHECK_THAT(lab.file(app("third")), Contains("sync-wave: \"20\""));
}

TEST_CASE("a service with a secret waits for who decrypts it") {
  const ClusterLab lab(lab_with(std::string(kSecretStore) + R"(
secret login { keys = ["a", "b"] }
service web: container { image = "ghcr.io/a/b:1"  env.A = login.key("b") }
)"));
  CHECK_THAT(lab.file(app("opener")), Contains("sync-wave: \"0\""));
  CHECK_THAT(lab.file(app("web")), Contains("sync-wave: \"10\""));
}

TEST_CASE("a chart comes from its repository, its values from ours") {
  const ClusterLab lab(lab_with(R"(
service cache: helm {
  chart { repo = "oci://registry.example.org/charts"  name = "cache"  version = "1.10" }
  release = "kept"
  values { size = 1GiB  on = true  note = "yes" }
  ignore-differences = [{ group = "g"  kind = "K"  jqPathExpressions = [".a"] }]
}
)"));
  const std::string text = lab.file(app("cache"));
  CHECK_THAT(text, Contains("repoURL: registry.example.org/charts") &&
                       Contains("targetRevision: \"1.10\"") && Contains("releaseName: kept") &&
                       Contains("ref: values") &&
                       Contains("$values/kubernetes/apps/cache/values.yaml") &&
                       Contains("RespectIgnoreDifferences=true"));
  CHECK_THAT(text, !Contains("path:"));
  CHECK_THAT(lab.file("kubernetes/apps/cache/values.yaml"), Contains("note: \"yes\"\n"));
}

TEST_CASE("namespaces that Kubernetes makes are neither made nor limited") {
  const ClusterLab lab(lab_with(R"(
service driver: container { image = "ghcr.io/a/b:1"  namespace = "kube-system" }
service web: container { image = "ghcr.io/a/b:1"  namespace = "shop" }
)"));
  CHECK_THAT(lab.file(app("web")),
             Contains("enforce: baseline") && Contains("CreateNamespace=true"));
  CHECK_THAT(lab.file(app("driver")), !Contains("enforce") && !Contains("CreateNamespace"));
}

TEST_CASE("what a chart brings the definition of comes after the chart") {
  const ClusterLab lab(lab_with(R"(
service signer: helm {
  apis = ["signer.test"]
  chart { repo = "https://charts.test"  name = "signer"  version = "1.0" }
}
object root { api = "signer.test/v1"  type = "Certificate"  of = signer }
object early { api = "signer.test/v1"  type = "Key"  of = signer  annotations."argocd.argoproj.io/sync-wave" = "-1" }
object settings { api = "v1"  type = "ConfigMap"  of = signer }
service data: manifests { objects.disk { apiVersion = "v1"  kind = "PersistentVolumeClaim"  metadata.name = "disk" } }
)"));
  const auto object = [&](std::string_view file) {
    return lab.file("kubernetes/apps/signer/manifests/" + std::string(file));
  };
  CHECK_THAT(object("certificate-root.yaml"), Contains("sync-wave: \"1\""));
  CHECK_THAT(object("key-early.yaml"), Contains("sync-wave: \"-1\""));
  CHECK_THAT(object("configmap-settings.yaml"), Contains("settings") && !Contains("sync-wave"));
  CHECK_THAT(lab.file("kubernetes/apps/data/manifests/persistentvolumeclaim-disk.yaml"),
             Contains("Delete=false,Prune=false"));
}

TEST_CASE("only apps take their objects with them, and only the platform may do everything") {
  const ClusterLab lab(lab_with(R"(
service base: manifests { layer = platform  objects.a { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "a" } }
service web: container { image = "ghcr.io/a/b:1"  namespace = "shared"  user = 1000 }
service old: container { image = "ghcr.io/a/b:1"  namespace = "shared" }
service role: manifests {
  cluster-objects.r { apiVersion = "rbac.authorization.k8s.io/v1"  kind = "ClusterRole"  metadata.name = "r"  rules = [] }
}
)"));
  CHECK_THAT(lab.file(app("base")), !Contains("finalizers"));
  CHECK_THAT(lab.file(app("web")),
             Contains("finalizers:\n    - resources-finalizer.argocd.argoproj.io"));
  // One namespace has one profile: that of who needs most.
  CHECK_THAT(lab.file(app("web")), Contains("pod-security.kubernetes.io/enforce: baseline"));
  const std::string apps = lab.file(app("project-apps"));
  CHECK_THAT(apps, Contains("- group: \"\"\n      kind: Namespace\n"
                            "    - group: rbac.authorization.k8s.io\n      kind: ClusterRole\n"));
  CHECK_THAT(lab.file(app("project-platform")),
             Contains("namespace: \"*\"") && Contains("- group: \"*\""));
}

TEST_CASE("what a service had may be deleted by the project of a lab without the service") {
  const ClusterLab with(lab_with(R"(
service keep: container { image = "ghcr.io/a/b:1" }
service web: container { image = "ghcr.io/a/b:1"  namespace = "shop" }
)"));
  const ClusterLab without(lab_with("service keep: container { image = \"ghcr.io/a/b:1\" }\n"));
  const ClusterLab none{kGitops};
  CHECK(with.file(app("project-apps")) == without.file(app("project-apps")));
  CHECK(with.file(app("project-apps")) == none.file(app("project-apps")));
  const std::string apps = with.file(app("project-apps"));
  for (const std::string_view denied : {"engine", "kube-system", "kube-public", "kube-node-lease"})
    CHECK_THAT(apps, Contains("namespace: \"!" + std::string(denied) + "\"\n"));
}

TEST_CASE("a namespace in which an app lies is not denied to apps") {
  const ClusterLab lab(lab_with(R"(
service driver: container { image = "ghcr.io/a/b:1"  namespace = "kube-system" }
object notes { api = "v1"  type = "ConfigMap"  namespace = "kube-public"  body { data { a = "b" } } }
)"));
  CHECK_THAT(lab.file(app("project-apps")), !Contains("kube-system") && !Contains("kube-public") &&
                                                Contains("\"!kube-node-lease\""));
}

TEST_CASE("a service without any output has no Application, a lab without gitops no Argo CD") {
  CHECK_FALSE(ClusterLab(lab_with("service none: manifests {}\n")).has(app("none")));
  const ClusterLab lab("service web: container { image = \"ghcr.io/a/b:1\" }\n");
  CHECK(lab.has("kubernetes/apps/web/manifests/deployment.yaml"));
  CHECK_FALSE(lab.has("kubernetes/bootstrap/root.yaml"));
}

TEST_CASE("the layout moves the folders, and the defaults are the library's") {
  const ClusterLab moved(R"(
gitops main: argocd { repo = "https://example.org/lab.git"  layout { apps = "k8s/"  applications = "./argo" } }
service engine: std.argocd {}
service web: container { image = "ghcr.io/a/b:1" }
)");
  CHECK_THAT(moved.file("argo/web.yaml"), Contains("path: k8s/web/manifests\n"));
  CHECK_THAT(moved.file("kubernetes/bootstrap/root.yaml"),
             Contains("path: argo\n    directory:\n      include: \"*.yaml\"\n"));
  const ClusterLab plain{kGitops};
  const driver::Compilation& run = plain.run();
  const emit::EmitInput input{run.program, run.lab, run.graph, run.sources, {}};
  const emit::Layout said = emit::layout_of(input);
  const emit::Layout defaults;
  CHECK(said.ansible == defaults.ansible);
  CHECK(said.nixos == defaults.nixos);
  CHECK(said.usual.applications == defaults.usual.applications);
  CHECK(said.usual.apps == defaults.usual.apps);
  CHECK(said.usual.platform == defaults.usual.platform);
  CHECK(said.usual.bootstrap == defaults.usual.bootstrap);
  CHECK(said.scripts == defaults.scripts);
}

TEST_CASE("files of the lab are written as they are said") {
  const ClusterLab lab(R"(
file "notes/a.yaml" { data { on = "yes"  list = [1, 2] } }
file "notes/b.json" { data { a = 1 }  format = json }
file "run.sh" { content = "#!/bin/sh\necho hi\n"  executable = true }
file elsewhere { to = "x/y.txt"  content = "z" }
)");
  CHECK_THAT(lab.file("notes/a.yaml"), Contains("\"on\": \"yes\"\nlist:\n  - 1\n  - 2\n"));
  CHECK(lab.file("notes/b.json") == "{\n  \"a\": 1\n}\n");
  CHECK(lab.file("run.sh") == "#!/bin/sh\necho hi\n");
  CHECK(lab.file("x/y.txt") == "z");
}

}  // namespace hlab::test
