// Edges that no reference makes: names in texts and trees, definitions in files; and parts as nodes.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "compiler/graph/part.h"
#include "compiler/graph/parts.h"
#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

namespace {

/// `service.web -> service.db value`
std::vector<std::string> edges_of(const ClusterLab& lab, const graph::LabGraph& graph) {
  const driver::Compilation& run = lab.run();
  std::vector<std::string> out;
  for (const graph::Edge& edge : graph.edges) {
    const std::string_view mode = edge.mode == graph::EdgeMode::start ? "start"
                                  : edge.mode == graph::EdgeMode::run ? "run"
                                                                      : "value";
    out.push_back(fmt::format("{} -> {} {}",
                              program::instance_path(run.program, run.lab, edge.from),
                              program::instance_path(run.program, run.lab, edge.to), mode));
  }
  return out;
}

bool has(const std::vector<std::string>& edges, const std::string& edge) {
  return std::find(edges.begin(), edges.end(), edge) != edges.end();
}

}  // namespace

TEST_CASE("a computed name is an edge of whoever computes it, with its place, reason and mode") {
  const ClusterLab lab(R"(default container { image = "docker.io/library/nginx:1.29.1" }
kind pair is container { other: String  env.OTHER = "http://${service[.other].name}" }
service db: container {}
service web: container {
  env.URL = "http://${service["d${"b"}"].name}"
}
service first: pair { other = "db" }
service second: pair { other = "web" }
service waits: container { needs = [service[n] for n in ["db", "web"]] }
for n in ["a", "b"] as many {
  service "one-${n}": container { env.NEXT = service[if n == "a" then "db" else "web"].name }
}
service deep: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
  values { hosts = [{ name = service["db"].name }] }
}
)");
  CHECK(lab.codes() == std::vector<std::string>{});
  const auto edges = edges_of(lab, lab.run().graph);
  CHECK(has(edges, "service.web -> service.db value"));
  CHECK(has(edges, "service.first -> service.db value"));
  CHECK_FALSE(has(edges, "service.first -> service.web value"));
  CHECK(has(edges, "service.second -> service.web value"));
  CHECK_FALSE(has(edges, "service.second -> service.db value"));
  CHECK(has(edges, "service.waits -> service.db start"));
  CHECK(has(edges, "service.waits -> service.web start"));
  CHECK(has(edges, "service.one-a -> service.db value"));
  CHECK_FALSE(has(edges, "service.one-a -> service.web value"));
  CHECK(has(edges, "service.one-b -> service.web value"));
  CHECK(has(edges, "service.deep -> service.db value"));
  const driver::Compilation& run = lab.run();
  for (const graph::Edge& edge : run.graph.edges) {
    if (program::instance_path(run.program, run.lab, edge.from) != "service.web") continue;
    if (edge.mode != graph::EdgeMode::value) continue;
    CHECK(*edge.reason == "`env`");
    CHECK(run.sources.text(edge.at) == "service[\"d${\"b\"}\"]");
  }
}

TEST_CASE("what a text or a tree names is an edge by value") {
  const ClusterLab lab(R"(
service db: container { image = "docker.io/library/redis:8.2.1"  port.http = 6379 }
service door: std.traefik {}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  env.URL    = "http://${db.name}.${db.namespace}:${db.port.http}"
  expose.web = lan {}
}
service api: container { image = "docker.io/library/nginx:1.29.1"  env.URL = web.expose.web.url  needs = [web] }
service mail: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
  values { host = one.address.lan  names = [db.name]  if db.name == "db" { deep.title = api.title } }
}
)");
  CHECK(lab.codes() == std::vector<std::string>{});
  const auto edges = edges_of(lab, lab.run().graph);
  CHECK(has(edges, "service.web -> service.db value"));
  CHECK(has(edges, "service.api -> service.web start"));
  CHECK_FALSE(has(edges, "service.api -> service.web value"));
  CHECK(has(edges, "service.mail -> node.one value"));
  CHECK(has(edges, "service.mail -> service.db value"));
  CHECK(has(edges, "service.mail -> service.api value"));
  CHECK_FALSE(has(edges, "service.db -> service.web value"));
}

TEST_CASE("what functions, loops and queries read is an edge by value of whoever asks them") {
  const ClusterLab lab(R"(default container { image = "docker.io/library/nginx:1.29.1" }
kind reader is container { from: &service by value  env.OWN = url-of(.from) }
record target { host: String  port: Int }
kind collector is container {
  targets: [target] = []
  env.FIRST = .targets[0].host
}
fn url-of(s: &service by value) -> String = "http://${s.name}:80"
fn label-of(s: &service by value) -> String = s.name
fn of-db() -> String = deeper(1)
fn deeper(n: Int) -> String = "${db.name}-${n}"
fn target-of(s: &service by value) -> target = target { host = s.name  port = 80 }
fn picked(n: Int) -> &service by value = match n { 1 => db, _ => web }
service db: container { port.http = 80 }
service web: container { port.http = 81 }
service third: container {}
service called: container { env.URL = of-db() }
service matched: container { env.URL = picked(2).name }
service looped: container { env.ALL = [s.name for s in [db, web]].join(",") }
service asks: container { env.ALL = [s.title for s in all container where s.name == "third"].join(",") }
service keyed: container { env."X_${label-of(web)}" = "1" }
service held: collector { targets = [target-of(db), target-of(web)] }
service made: container { env.HOST = target-of(db).host }
service sees: reader { from = web }
for n in ["a", "b"] as many { service "one-${n}": container { env.NEXT = of-db() } }
service grouped: container { env.ALL = [m.name for m in many].join(",") }
service untouched: container { env.OWN = .name }
file "notes.txt" { content = of-db() }
object note { api = "example.org/v1"  type = "Note"  spec.url = of-db() }
)");
  CHECK(lab.codes() == std::vector<std::string>{});
  const auto edges = edges_of(lab, lab.run().graph);
  for (const std::string_view from :
       {"service.called", "service.looped", "service.held", "service.made", "service.one-a",
        "service.one-b", "file.notes.txt", "service.note"}) {
    INFO(from);
    CHECK(has(edges, fmt::format("{} -> service.db value", from)));
  }
  for (const std::string_view from :
       {"service.matched", "service.looped", "service.keyed", "service.held", "service.sees"}) {
    INFO(from);
    CHECK(has(edges, fmt::format("{} -> service.web value", from)));
  }
  CHECK_FALSE(has(edges, "service.called -> service.web value"));
  CHECK_FALSE(has(edges, "service.made -> service.web value"));
  CHECK(has(edges, "service.grouped -> service.one-a value"));
  CHECK(has(edges, "service.grouped -> service.one-b value"));
  CHECK(has(edges, "service.asks -> service.third value"));
  CHECK_FALSE(has(edges, "service.asks -> service.db value"));  // it was only looked at
  CHECK_FALSE(has(edges, "service.asks -> service.asks value"));
  CHECK_FALSE(has(edges, "service.untouched -> service.db value"));
  const driver::Compilation& run = lab.run();
  for (const graph::Edge& edge : run.graph.edges) {
    if (program::instance_path(run.program, run.lab, edge.from) != "service.called") continue;
    if (edge.mode != graph::EdgeMode::value) continue;
    CHECK(*edge.reason == "`env`");
    CHECK(run.sources.text(edge.at) == "of-db()");
  }
}

TEST_CASE("a reference, a secret and a claim are edges to start, whatever handed them over") {
  const ClusterLab lab(R"(default container { image = "docker.io/library/nginx:1.29.1" }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
service opener: std.sops-operator {}
secret word {}
record user { of: &service  password: secret String }
kind fed is container { users: [user] = []  one: user?  by-name: Map<user>  after: [&service] }
default fed { after = first-of([db, web]) }
fn first-of(given: [&service]) -> [&service] = [s for i, s in given where i == 0]
fn user-of(s: &service) -> user = user { of = s  password = "x-${word}" }
service db: container {}
service web: container {}
service listed: fed { users = [user { of = web  password = "a" }] }
service called: fed { users = [user-of(web)] }
service single: fed { one { of = web  password = "${word}" } }
service mapped: fed { by-name.a { of = web  password = "a" } }
service chosen: container { needs = match 1 { 1 => [web], _ => [db] } }
)");
  CHECK(lab.codes() == std::vector<std::string>{});
  const auto edges = edges_of(lab, lab.run().graph);
  for (const std::string_view from :
       {"service.listed", "service.called", "service.single", "service.mapped"}) {
    INFO(from);
    CHECK(has(edges, fmt::format("{} -> service.web start", from)));
    CHECK(has(edges, fmt::format("{} -> service.db start", from)));
  }
  CHECK(has(edges, "service.called -> secret.word start"));
  CHECK(has(edges, "service.called -> service.opener start"));
  CHECK(has(edges, "service.single -> secret.word start"));
  CHECK(has(edges, "service.chosen -> service.web start"));
  CHECK_FALSE(has(edges, "service.chosen -> service.db start"));
}

TEST_CASE("definitions come before their objects, wherever either is written") {
  const ClusterLab lab(
      R"(
service old: manifests { from = "legacy/*.yaml" }
service bringer: helm {
  chart { repo = "https://charts.example.org"  name = "x"  version = "1.0.0" }
  apis = ["brought.example.org"]
}
service widgets: manifests {
  cluster-objects.d {
    apiVersion    = "apiextensions.k8s.io/v1"
    kind          = "CustomResourceDefinition"
    metadata.name = "widgets.example.com"
    spec.group    = "example.com"
  }
}
service widget: manifests { objects.w { apiVersion = "example.com/v1"  kind = "Widget"  metadata.name = "w" } }
service gear: manifests { objects.g { apiVersion = "filed.example.net/v1"  kind = "Gear"  metadata.name = "g" } }
object gadgets { api = "apiextensions.k8s.io/v1"  type = "CustomResourceDefinition"  spec.group = "gadgets.example.com" }
object gadget { api = "gadgets.example.com/v1"  type = "Gadget" }
)",
      {{"legacy/a.yaml",
        "apiVersion: brought.example.org/v1\nkind: Thing\nmetadata: {name: t}\n---\n"
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: gears.filed.example.net}\nspec: {group: "
        "filed.example.net}\n"}});
  const auto edges = edges_of(lab, lab.run().graph);
  CHECK(has(edges, "service.old -> service.bringer start"));
  CHECK(has(edges, "service.widget -> service.widgets start"));
  CHECK(has(edges, "service.gear -> service.old start"));
  CHECK(has(edges, "service.gadget -> service.gadgets start"));
}

TEST_CASE("parts are nodes for whoever asks") {
  const ClusterLab lab(R"(
service door: std.traefik {}
service blocks: storage-driver {
  chart { repo = "https://charts.example.org"  name = "x"  version = "1.0.0" }
  storage-class = "blocks"
}
service web: container {
  image         = "docker.io/library/nginx:1.29.1"
  port.http     = 80
  expose.web    = lan {}
  volume.data { on = blocks  size = 1GiB  mount = "/d"  keep = disposable }
}
)");
  const driver::Compilation& run = lab.run();
  const graph::LabGraph parts = graph::link_parts(run.program, run.lab, run.graph);
  const auto edges = edges_of(lab, parts);
  CHECK(has(edges, "service.web -> service.web.volume.data start"));
  CHECK(has(edges, "service.web.volume.data -> service.blocks start"));
  CHECK_FALSE(has(edges, "service.web -> service.blocks start"));
  CHECK(has(edges, "service.web -> service.web.expose.web run"));
  CHECK(has(edges, "service.web.expose.web -> service.door start"));
  CHECK(has(edges, "node.one -> node.one.hardware start"));
  CHECK(std::is_sorted(parts.nodes.begin(), parts.nodes.end()));
  CHECK(parts.stage.size() == parts.nodes.size());
}

}  // namespace hlab::test
