// Objects in their own words, patches of objects, files as they are, what is foreign or somebody else's.
#include "emit/core/glob.h"
#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kGitops = R"(
gitops main: argocd { repo = "https://example.org/lab.git" }
service engine: std.argocd {}
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80 }
)";

std::string lab_with(std::string_view more) { return std::string(kGitops) + std::string(more); }
const std::string kDeployment = "kubernetes/apps/web/manifests/deployment.yaml";

}  // namespace

TEST_CASE("an object is written in the words of its API, with an Application of its own") {
  const ClusterLab lab(lab_with(R"(
object ups {
  api         = "monitoring.coreos.com/v1"
  type        = "PodMonitor"
  namespace   = "monitoring"
  annotations."argocd.argoproj.io/sync-wave" = "3"
  spec { podMetricsEndpoints = [{ port = "metrics" }] }
}
object reader { api = "rbac.authorization.k8s.io/v1"  type = "ClusterRole"  body { rules = [] } }
)"));
  CHECK(lab.codes().empty());
  const std::string text = lab.file("kubernetes/apps/ups/manifests/podmonitor.yaml");
  CHECK_THAT(text, Contains("apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\n") &&
                       Contains("  namespace: monitoring\n") && Contains("sync-wave: \"3\"") &&
                       Contains("spec:\n  podMetricsEndpoints:\n    - port: metrics\n"));
  CHECK_THAT(lab.file("kubernetes/argocd-apps/ups.yaml"),
             Contains("path: kubernetes/apps/ups/manifests"));
  const std::string role = lab.file("kubernetes/apps/reader/manifests/clusterrole.yaml");
  CHECK_THAT(role, !Contains("namespace:") && Contains("rules: []"));
  CHECK_THAT(lab.file("kubernetes/argocd-apps/project-apps.yaml"),
             Contains("kind: ClusterRole") && !Contains("!monitoring"));
}

TEST_CASE("an object of a service lies beside those of the service") {
  const ClusterLab lab(lab_with(R"(
object web-limits { api = "v1"  type = "LimitRange"  of = web  spec { limits = [] } }
)"));
  CHECK(lab.codes().empty());
  const std::string text = lab.file("kubernetes/apps/web/manifests/limitrange-limits.yaml");
  CHECK_THAT(text, Contains("namespace: web\n") && Contains("app.kubernetes.io/name: web\n"));
  CHECK_FALSE(lab.has("kubernetes/argocd-apps/web-limits.yaml"));
}

TEST_CASE("a patch merges maps, replaces the rest, removes by pointer, and says so in the file") {
  const ClusterLab plain(lab_with(""));
  REQUIRE_THAT(plain.file(kDeployment), Contains("  replicas: 1\n"));
  const ClusterLab lab(lab_with(R"(
patch history {
  target  = "Deployment/web"
  change  { spec { revisionHistoryLimit = 1  template.spec.dnsConfig.nameservers = ["1.1.1.1"] } }
  remove  = ["/spec/replicas", "/metadata/labels/app.kubernetes.io~1part-of"]
  reason = "an autoscaler counts"
}
)"));
  CHECK(lab.codes().empty());
  const std::string text = lab.file(kDeployment);
  CHECK_THAT(text, Contains("# Patched by `patch.history`: an autoscaler counts\n") &&
                       Contains("revisionHistoryLimit: 1\n") && Contains("- \"1.1.1.1\"\n") &&
                       Contains("image: \"docker.io/library/nginx:1.29.1\""));
  CHECK_THAT(text, !Contains("replicas:"));
  CHECK_THAT(text.substr(0, text.find("spec:")), !Contains("part-of"));
}

TEST_CASE("a patch of nothing names what is near, one of several names them all") {
  const ClusterLab none(lab_with(R"(
patch a { target = "Deployment/wab"  change.spec.replicas = 2  reason = "b" }
)"));
  CHECK(none.codes() == std::vector<std::string>{"HL6011"});
  const ClusterLab both(lab_with(R"(
object one-more { api = "apps/v1"  type = "Deployment"  object-name = "web"  namespace = "other" }
patch a { target = "Deployment/web"  change.spec.replicas = 2  reason = "b" }
)"));
  CHECK(both.codes() == std::vector<std::string>{"HL6012"});
  const ClusterLab one(lab_with(R"(
object one-more { api = "apps/v1"  type = "Deployment"  object-name = "web"  namespace = "other" }
patch a { target = "Deployment/web"  namespace = "web"  change.spec.replicas = 2  reason = "b" }
)"));
  CHECK(one.codes().empty());
  CHECK_THAT(one.file(kDeployment), Contains("replicas: 2"));
}

TEST_CASE("patches that say something else of one place are told, whatever their order") {
  const auto codes = [](std::string_view one, std::string_view other) {
    const auto patch = [](std::string_view name, std::string_view what) {
      return fmt::format("patch {} {{ target = \"Deployment/web\"  {}  reason = \"so\" }}\n", name,
                         what);
    };
    const std::string said = patch("a", one) + patch("b", other);
    return ClusterLab(lab_with(said)).codes();
  };
  using Codes = std::vector<std::string>;
  const Codes disagree{"HL6020"};
  CHECK(codes("change { spec.replicas = 2 }", "change { spec.replicas = 3 }") == disagree);
  CHECK(codes("change { spec.replicas = 2 }", "change { spec.replicas = 2 }") == Codes());
  CHECK(codes("change { spec.replicas = 2 }", "remove = [\"/spec/replicas\"]") == disagree);
  CHECK(codes("remove = [\"/spec/replicas\"]", "change { spec.replicas = 2 }") == disagree);
  CHECK(codes("remove = [\"/spec/selector\"]", "change { spec.selector.more = \"x\" }") ==
        disagree);
  CHECK(codes("remove = [\"/spec/replicas\"]", "change { spec.minReadySeconds = 2 }") == Codes());
}

TEST_CASE("a service that somebody else runs is referred to, and nothing is written for it") {
  const ClusterLab lab(lab_with(R"(
service vault: extern { namespace = "vault"  port.https = 8200 }
service door: ingress-controller {
  extern       = true
  chart { repo = "https://charts.example.org"  name = "door"  version = "1.0.0" }
  class        = "theirs"
  internal-url = "https://door.door.svc.cluster.local"
}
service page: container {
  image        = "docker.io/library/nginx:1.29.1"
  port.http    = 80
  needs        = [vault]
  env.VAULT    = "https://${vault.host}:${vault.port.https}"
  expose.web   = lan {}
}
)"));
  CHECK(lab.codes().empty());
  CHECK_FALSE(lab.has("kubernetes/argocd-apps/vault.yaml"));
  CHECK_FALSE(lab.has("kubernetes/argocd-apps/door.yaml"));
  CHECK_FALSE(lab.has("kubernetes/apps/door/values.yaml"));
  CHECK_THAT(lab.file("kubernetes/apps/page/manifests/deployment.yaml"),
             Contains("https://vault.vault.svc.cluster.local:8200"));
  CHECK_THAT(lab.file("kubernetes/apps/page/manifests/ingress.yaml"),
             Contains("ingressClassName: theirs"));
}

TEST_CASE("manifests of the lab's folder are copied, in an Application that may make them") {
  const std::string web =
      "# mine\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: old  # kept\n  namespace: legacy\n"
      "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: slow}\n";
  const ClusterLab lab(
      lab_with("service legacy: manifests { from = \"legacy/**/*.yaml\" }\n"),
      {{"legacy/web.yaml", web},
       {"legacy/deep/er.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"},
       {"legacy/notes.txt", "no"}});
  CHECK(lab.codes().empty());
  const std::string text = lab.file("kubernetes/apps/legacy/manifests/web.yaml");
  CHECK_THAT(text, Contains("Copied by hlab from legacy/web.yaml") && Catch::EndsWith(web));
  CHECK(lab.has("kubernetes/apps/legacy/manifests/deep-er.yaml"));
  const std::string project = lab.file("kubernetes/argocd-apps/project-apps.yaml");
  CHECK_THAT(project, Contains("kind: StorageClass"));
  CHECK_THAT(project, !Contains("kind: Secret"));
}

TEST_CASE("a file that is no manifest stops the build") {
  for (const std::string text : {"a: [", "kind: ConfigMap\n", "- 1\n", "just words\n"}) {
    INFO(text);
    const ClusterLab lab(lab_with("service legacy: manifests { from = \"legacy/*\" }\n"),
                         {{"legacy/web.yaml", text}});
    CHECK(lab.codes() == std::vector<std::string>{"HL6015"});
  }
}

TEST_CASE("names that a hand-written neighbour holds are taken") {
  const ClusterLab object(
      lab_with("foreign x { path = \"x/**\"  objects = [\"Deployment/web/web\"] }\n"));
  CHECK(object.codes() == std::vector<std::string>{"HL6010"});
  const ClusterLab other(
      lab_with("foreign x { path = \"x/**\"  objects = [\"Deployment/other/web\"] }\n"));
  CHECK(other.codes().empty());
  const ClusterLab path(lab_with("foreign x { path = \"kubernetes/apps/web/**\" }\n"));
  CHECK(path.codes() == std::vector<std::string>{"HL6014", "HL6014"});
  const ClusterLab host(
      lab_with("foreign x { path = \"x/**\"  hosts = [\"one.home.example.org\"] }\n"));
  CHECK(host.codes().size() == 1);
  const ClusterLab address(lab_with("foreign x { path = \"x/**\"  address.lan = 192.168.1.10 }\n"));
  CHECK(address.codes().size() == 1);
}

TEST_CASE("patterns of paths") {
  using emit::glob_matches;
  CHECK(glob_matches("a/*.yaml", "a/b.yaml"));
  CHECK_FALSE(glob_matches("a/*.yaml", "a/b/c.yaml"));
  CHECK(glob_matches("a/**", "a/b/c.yaml"));
  CHECK(glob_matches("a/**/*.yaml", "a/c.yaml"));
  CHECK(glob_matches("a/**/*.yaml", "a/b/d/c.yaml"));
  CHECK_FALSE(glob_matches("a/**/*.yaml", "b/c.yaml"));
  CHECK(glob_matches("?.yaml", "b.yaml"));
  CHECK_FALSE(glob_matches("?.yaml", "bb.yaml"));
  CHECK(emit::glob_root("a/b*/c") == "a");
  CHECK(emit::glob_root("a/b/c.yaml") == "a/b");
  CHECK(emit::glob_root("*.yaml").empty());
  std::string many, text(200, 'a');
  for (int i = 0; i < 60; ++i) many += "*a";
  CHECK_FALSE(glob_matches(many + "b", text));
}

}  // namespace hlab::test
