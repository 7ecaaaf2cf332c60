// Endpoints of what runs on machines themselves, in all that leads people there: the README, a tunnel, a dashboard.
#include "tests/unit/cluster_lab_fixture.h"

namespace hlab::test {

using Catch::Contains;

namespace {

constexpr std::string_view kShelf = R"(
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = debian  address.lan = 192.168.1.11 }
service traefik: std.traefik {}
service home-page: std.homepage { expose.web = lan { host = "start" } }
secret tunnel-file { keys = ["credentials.json"] }
tunnel door: std.cloudflare { id = "00000000-0000-4000-8000-000000000000"  credentials = tunnel-file }
service shelf: host-service {
  on = [two]
  host-port.web { port = 8080  audience = lan  purpose = "pages" }
  host-port.data { port = 9000  audience = lan  purpose = "data" }
  expose.web   = lan {}
  expose.data  = lan { host = "data"  protocol = tcp }
  expose.hook  = public { host = "hook"  port = "web"  through = door  login = own }
  expose.loose = public { host = "loose"  through = door  login = own }
  expose.quiet = lan { host = "quiet"  port = "web"  listed = false }
}
)";

}  // namespace

TEST_CASE("endpoints of machines stand in the README, in a tunnel and on a dashboard") {
  const ClusterLab lab(std::string(kSecretStore) + std::string(kShelf));
  const std::string readme = lab.file("README.md");
  CHECK_THAT(readme, Contains("| <http://shelf.home.example.org:8080> | `192.168.1.11` |") &&
                         Contains("| `data.home.example.org:9000` | `192.168.1.11` |") &&
                         Contains("| <http://quiet.home.example.org:8080> | `192.168.1.11` |"));
  // Found outside, where the tunnel's provider adds the certificate.
  CHECK_THAT(readme, Contains("| <https://hook.home.example.org> |"));

  const std::string tunnel =
      lab.file("kubernetes/infrastructure/door/manifests/configmap-config.yaml");
  CHECK_THAT(tunnel, Contains(R"({"hostname":"hook.home.example.org",)") &&
                         Contains(R"("service":"http://192.168.1.11:8080"})") &&
                         Contains(R"("service":"http://192.168.1.11:80"})"));

  const std::string page = lab.file("kubernetes/apps/home-page/manifests/configmap-config.yaml");
  CHECK_THAT(page, Contains(R"(href: "http://shelf.home.example.org:8080")") &&
                       Contains(R"(siteMonitor: "http://shelf.home.example.org:8080")") &&
                       Contains(R"(href: "https://hook.home.example.org")"));
  CHECK_THAT(page, !Contains("quiet.home.example.org") && !Contains("data.home.example.org"));
}

TEST_CASE("a tunnel hands paths of one name to whom they belong, the longest first") {
  const ClusterLab lab(std::string(kSecretStore) + std::string(kShelf) + R"(
service pages: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = public { host = "shop"  through = door  login = own }
  expose.api = public { host = "shop"  path = "/api/v1.0/"  through = door  login = own }
}
service admin: host-service {
  on = [two]
  host-port.web { port = 8443  audience = lan  purpose = "settings" }
  expose.web = public { host = "shop"  path = "/api"  through = door  login = own }
}
)");
  const std::string tunnel =
      lab.file("kubernetes/infrastructure/door/manifests/configmap-config.yaml");
  const std::size_t longest = tunnel.find(R"x("path":"^/api/v1\\.0(/|$)")x");
  const std::size_t shorter =
      tunnel.find(R"x("path":"^/api(/|$)","service":"http://192.168.1.11:8443")x");
  const std::size_t rest = tunnel.find(R"x({"hostname":"shop.home.example.org","service")x");
  REQUIRE(rest != std::string::npos);
  CHECK(longest < shorter);
  CHECK(shorter < rest);
  // One name is led to the tunnel once.
  const std::string readme = lab.file("README.md");
  const std::string step =
      "cloudflared tunnel route dns 00000000-0000-4000-8000-000000000000 shop.";
  REQUIRE_THAT(readme, Contains(step));
  CHECK(readme.find(step) == readme.rfind(step));
}

TEST_CASE("an endpoint of a machine without a port of its name is told wherever it leads") {
  const ClusterLab lab(std::string(kSecretStore) + std::string(kShelf));
  const std::vector<std::string> codes = lab.codes();
  CHECK(std::count(codes.begin(), codes.end(), "HL4632") == 1);
}

}  // namespace hlab::test
