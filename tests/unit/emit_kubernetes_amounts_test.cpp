// Sizes, processor time and durations in trees: each reader gets them in its own words.
#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kAmounts =
    "memory = 10GiB  disk = 500GB  whole = 2000m  part = 1500m  wait = 90min  text = \"${10GiB}\"  "
    "said = 10GiB.kubernetes  list = [256MiB]";

constexpr std::string_view kOfKubernetes[] = {
    "memory: \"10Gi\"\n",  "disk: \"500G\"\n",  "whole: \"2\"\n",   "part: \"1500m\"\n",
    "wait: \"1h30m0s\"\n", "text: \"10GiB\"\n", "said: \"10Gi\"\n",
};

/// Without the quotes, which are the writer's to choose.
std::string bare(std::string text) {
  std::erase(text, '"');
  return text;
}

void check_kubernetes(const std::string& text) {
  for (const std::string_view line : kOfKubernetes)
    CHECK_THAT(bare(text), Contains(bare(std::string(line))));
  CHECK_THAT(bare(text), Contains("- 256Mi\n") && !Contains("90min"));
}

}  // namespace

TEST_CASE("amounts in the values of a chart are quantities of Kubernetes") {
  const std::string service =
      "service web: helm {\n"
      "  chart { repo = \"https://charts.example.org\"  name = \"web\"  version = \"1.0.0\" }\n"
      "  values.inner { " +
      std::string(kAmounts) + " }\n}\n";
  const ClusterLab argo(
      "gitops main: argocd { repo = \"https://example.org/lab.git\" }\n"
      "service engine: std.argocd {}\n" +
      service);
  check_kubernetes(argo.file("kubernetes/apps/web/values.yaml"));
  const ClusterLab flux("gitops main: flux { repo = \"https://example.org/lab.git\" }\n" + service);
  check_kubernetes(flux.file("kubernetes/apps/web/manifests/helmrelease.yaml"));
}

TEST_CASE("amounts in objects and patches are quantities of Kubernetes") {
  const ClusterLab lab(
      "object limits { api = \"example.org/v1\"  type = \"Limit\"  spec { " +
      std::string(kAmounts) +
      " }  body.more = 1GiB }\n"
      "service raw: manifests {\n"
      "  objects.a { apiVersion = \"example.org/v1\"  kind = \"Limit\"  metadata { name = \"a\"  "
      "annotations.size = 3GiB }  spec { " +
      std::string(kAmounts) +
      " } }\n}\n"
      "service web: container { image = \"ghcr.io/a/web:1.2.3\" }\n"
      "patch roomy { target = \"Deployment/web\"  reason = \"a test\"  change.spec.template { " +
      std::string(kAmounts) + " } }\n");
  const std::string object = lab.file("kubernetes/apps/limits/manifests/limit.yaml");
  check_kubernetes(object);
  CHECK_THAT(object, Contains("more: \"1Gi\"\n"));
  const std::string raw = lab.file("kubernetes/apps/raw/manifests/limit-a.yaml");
  check_kubernetes(raw);
  CHECK_THAT(raw, Contains("size: \"3Gi\"\n"));
  check_kubernetes(lab.file("kubernetes/apps/web/manifests/deployment.yaml"));
}

TEST_CASE("amounts in files stay as the language writes them") {
  const ClusterLab lab("file \"notes/a.yaml\" { data { " + std::string(kAmounts) + " } }\n");
  CHECK_THAT(bare(lab.file("notes/a.yaml")),
             Contains("memory: 10GiB\n") && Contains("whole: 2000m\n") &&
                 Contains("wait: 90min\n") && Contains("said: 10Gi\n"));
}

}  // namespace hlab::test
