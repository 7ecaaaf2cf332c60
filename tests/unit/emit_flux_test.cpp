// What Flux reads: Kustomizations and their order, charts, namespaces, secrets.
#include <yaml-cpp/yaml.h>

#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kFlux = R"(
gitops main: flux { repo = "https://example.org/lab.git"  interval = 1h }
)";
constexpr std::string_view kStore = R"(
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
)";

/// What SOPS leaves readable of an object, for the recipient of the store.
std::string sealed(std::string_view object) {
  return std::string(object) +
         "sops:\n  mac: ENC[1]\n  age:\n    - recipient: "
         "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n";
}

const std::string kSealedSecret = sealed(
    "apiVersion: v1\nkind: Secret\nmetadata: {name: login, namespace: web}\ntype: Opaque\n"
    "stringData: {value: 'ENC[1]'}\n");
const std::string kSealedObject = sealed(
    "apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret\nmetadata: {name: login, namespace: web}\n"
    "spec: {secretTemplates: [{name: login, stringData: {value: 'ENC[1]'}}]}\n");

std::string lab_with(std::string_view more) { return std::string(kFlux) + std::string(more); }

YAML::Node yaml(const ClusterLab& lab, const std::string& path) {
  return YAML::Load(lab.file(path));
}

std::vector<std::string> needs(const ClusterLab& lab, const std::string& name) {
  std::vector<std::string> out;
  for (const YAML::Node& need : yaml(lab, "clusters/home/" + name + ".yaml")["spec"]["dependsOn"]) {
    CHECK(need.size() == 1);  // of the same namespace
    out.push_back(need["name"].as<std::string>());
  }
  return out;
}

}  // namespace

TEST_CASE("flux: a Kustomization for each service waits for those that it needs") {
  const ClusterLab lab(lab_with(R"(
service third: container { image = "ghcr.io/a/b:1"  needs = [second] }
service first: container { image = "ghcr.io/a/b:1"  namespace = "shared" }
service second: container { image = "ghcr.io/a/b:1"  namespace = "shared"  needs = [first]  pod-security = privileged }
)"));
  REQUIRE(lab.codes().empty());
  const YAML::Node spec = yaml(lab, "clusters/home/second.yaml")["spec"];
  CHECK(spec["path"].as<std::string>() == "./kubernetes/apps/second/manifests");
  CHECK(spec["interval"].as<std::string>() == "1h0m0s");
  CHECK(spec["prune"].as<bool>());
  CHECK(spec["wait"].as<bool>());
  CHECK(spec["sourceRef"]["name"].as<std::string>() == "flux-system");
  CHECK(!spec["decryption"]);
  CHECK(needs(lab, "first").empty());
  CHECK(needs(lab, "second") == std::vector<std::string>{"first"});
  CHECK(needs(lab, "third") == std::vector<std::string>{"second"});
  const std::string space = lab.file("clusters/home/namespace-shared.yaml");
  CHECK_THAT(space, Contains("enforce: privileged") && Contains("prune: disabled"));
  CHECK(!lab.has("kubernetes/bootstrap/root.yaml"));
  CHECK(!lab.has("clusters/home/kustomization.yaml"));
}

TEST_CASE("flux: a chart is a repository and a release, and no file of values") {
  const ClusterLab lab(lab_with(R"(
service cache: helm {
  chart { repo = "oci://registry.example.org/charts"  name = "cache"  version = "1.10" }
  namespace = "stores"
  release   = "kept"
  values { size = 1GiB  on = true  note = "yes" }
}
service other: helm {
  chart { repo = "https://charts.example.org"  name = "other"  version = "2.0.0" }
  ignore-differences = [{ group = "g"  kind = "K"  jqPathExpressions = [".a"] }]
}
)"));
  const YAML::Node repository = yaml(lab, "kubernetes/apps/cache/manifests/helmrepository.yaml");
  CHECK(repository["spec"]["type"].as<std::string>() == "oci");
  CHECK(repository["metadata"]["namespace"].as<std::string>() == "stores");
  const YAML::Node release = yaml(lab, "kubernetes/apps/cache/manifests/helmrelease.yaml");
  CHECK(release["spec"]["chart"]["spec"]["version"].as<std::string>() == "1.10");
  CHECK(release["spec"]["chart"]["spec"]["sourceRef"]["name"].as<std::string>() == "cache");
  CHECK(release["spec"]["releaseName"].as<std::string>() == "kept");
  CHECK(release["spec"]["values"]["note"].as<std::string>() == "yes");
  CHECK(release["spec"]["driftDetection"]["mode"].as<std::string>() == "enabled");
  CHECK(!lab.has("kubernetes/apps/cache/values.yaml"));
  const std::string other = "kubernetes/apps/other/manifests/";
  CHECK(!yaml(lab, other + "helmrepository.yaml")["spec"]["type"]);
  CHECK(yaml(lab, other + "helmrelease.yaml")["spec"]["driftDetection"]["mode"].as<std::string>() ==
        "warn");
}

TEST_CASE("flux: what a chart defines follows it, and whoever uses that follows both") {
  const ClusterLab lab(lab_with(R"(
service brewer: helm {
  chart { repo = "https://charts.example.org"  name = "brewer"  version = "1.0.0" }
  apis = ["brew.example.org"]
  objects {
    pot { apiVersion = "brew.example.org/v1"  kind = "Pot"  metadata.name = "pot" }
    plan { apiVersion = "v1"  kind = "ConfigMap"  metadata.name = "plan"  data.a = "b" }
  }
}
service cup: manifests {
  objects.cup { apiVersion = "brew.example.org/v1"  kind = "Cup"  metadata.name = "cup" }
}
)"));
  CHECK(lab.has("kubernetes/apps/brewer/objects/pot-pot.yaml"));
  CHECK(lab.has("kubernetes/apps/brewer/manifests/configmap-plan.yaml"));
  CHECK(lab.has("kubernetes/apps/cup/manifests/cup.yaml"));
  CHECK(needs(lab, "brewer-objects") == std::vector<std::string>{"brewer"});
  CHECK(needs(lab, "cup") == std::vector<std::string>{"brewer-objects"});
}

TEST_CASE("flux: claims are kept, in the words of Flux") {
  const ClusterLab lab(lab_with(R"(
service web: container {
  image = "ghcr.io/a/b:1"
  volume.data { size = 1GiB  mount = "/data"  keep = disposable }
}
)"));
  const std::string claim =
      lab.file("kubernetes/apps/web/manifests/persistentvolumeclaim-data.yaml");
  CHECK_THAT(claim, Contains("kustomize.toolkit.fluxcd.io/prune: disabled") && !Contains("argocd"));
}

TEST_CASE("flux: a claim that a chart makes outlives its release") {
  const ClusterLab lab(lab_with(std::string(kSecretStore) + R"(
secret admin { keys = ["admin-user", "admin-password"] }
service figures: std.monitoring { admin = admin }
)"));
  const YAML::Node release = yaml(lab,
                                  "kubernetes/infrastructure/figures/manifests/helmrelease.yaml");
  const YAML::Node claim = release["spec"]["values"]["grafana"]["persistence"];
  CHECK(claim["annotations"]["helm.sh/resource-policy"].as<std::string>() == "keep");
}

TEST_CASE("flux: opens secrets itself where nobody else does") {
  const std::string secret = R"(
secret login {}
service web: container { image = "ghcr.io/a/b:1"  env.A = login }
service plain: container { image = "ghcr.io/a/b:1" }
)";
  const std::string source = "secrets/kubernetes/web/login.sops.yaml";
  const ClusterLab lab(lab_with(std::string(kStore) + secret), {{source, kSealedSecret}});
  CHECK(lab.codes().empty());
  CHECK(lab.has("kubernetes/apps/web/manifests/secret-login.sops.yaml"));
  const YAML::Node web = yaml(lab, "clusters/home/web.yaml")["spec"]["decryption"];
  CHECK(web["secretRef"]["name"].as<std::string>() == "sops-age");
  CHECK(!yaml(lab, "clusters/home/plain.yaml")["spec"]["decryption"]);
  CHECK_THAT(lab.file(".sops.yaml"), Contains("/manifests/secret-"));
  CHECK_THAT(lab.file("scripts/bootstrap.sh"),
             Contains("give_age_key flux-system sops-age age.agekey\n") &&
                 Contains("flux bootstrap git --url https://example.org/lab.git --branch main") &&
                 Contains("--path clusters/home --token-auth"));

  const ClusterLab with_operator(lab_with(std::string(kSecretStore) + secret),
                                 {{source, kSealedObject}});
  CHECK(with_operator.codes().empty());
  CHECK(with_operator.has("kubernetes/apps/web/manifests/sopssecret-login.sops.yaml"));
  CHECK(!yaml(with_operator, "clusters/home/web.yaml")["spec"]["decryption"]);
  CHECK(needs(with_operator, "web") == std::vector<std::string>{"opener"});

  const ClusterLab wrong(lab_with(std::string(kStore) + secret), {{source, kSealedObject}});
  CHECK(wrong.codes() == std::vector<std::string>{"HL7013"});
}

TEST_CASE("flux: a service cannot take the name of Flux itself") {
  const ClusterLab lab(lab_with(R"(service flux-system: container { image = "ghcr.io/a/b:1" })"));
  CHECK(!lab.has("clusters/home/flux-system.yaml"));
  CHECK(yaml(lab, "clusters/home/flux-system-service.yaml")["metadata"]["name"].as<std::string>() ==
        "flux-system-service");
}

}  // namespace hlab::test
