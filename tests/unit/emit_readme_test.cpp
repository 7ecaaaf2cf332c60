#include <catch2/catch.hpp>

#include "emit/readme/emitter.h"
#include "emit/readme/markdown.h"
#include "tests/unit/emit_lab_fixture.h"

namespace {

using namespace hlab;
using Catch::Contains;

const std::string kShed =
    R"(lab shed { domain = "shed.example.org"  timezone = "Europe/Madrid"  description = "A <b>*shed*" }
network lan { cidr = 192.168.7.0/24  dns = [192.168.7.1, 9.9.9.9] }
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
secret join-token { description = "lets | machines in" }
default node { hardware = std.hw.pc { arch = amd64  cpu = 2  memory = 4GiB  nic = "eno1" } }
node one {
  os = nixos { release = "25.11" }
  address.lan = 192.168.7.11
  disk.data { device = "/dev/disk/by-label/data"  mount = "/srv" }
}
node two {
  os = debian
  address.lan = 192.168.7.12
  disk.data { device = "/dev/sdb1"  mount = "/srv" }
}
cluster c: k3s {
  version = "v1.34.3+k3s1"  servers = [one]  agents = [two]  network = lan  token = join-token
}
)";

std::string readme(const std::string& text) {
  const auto lab = test::emit_lab(emit::kReadmeEmitter, text);
  INFO(text);
  REQUIRE_FALSE(lab.run->diags.has_errors());
  return lab.file("README.md");
}

}  // namespace

TEST_CASE("markdown texts mean themselves", "[emit][readme]") {
  CHECK(emit::markdown_text("a*b_c <d> & `e` | [f](g)\nh") ==
        "a\\*b\\_c &lt;d&gt; &amp; \\`e\\` \\| \\[f\\](g) h");
  CHECK(emit::markdown_code("a*b") == "`a*b`");
  CHECK(emit::markdown_code("a`b|c") == "a\\`b\\|c");
  CHECK(emit::markdown_code("").empty());
}

TEST_CASE("readme: machines, their roles and addresses", "[emit][readme]") {
  const std::string text = readme(kShed);
  CHECK_THAT(text, Contains("# shed\n\nA &lt;b&gt;\\*shed\\*\n"));
  CHECK_THAT(text, Contains("| one | PC | NixOS 25.11 | server of c | `192.168.7.11` (lan) |"));
  CHECK_THAT(text, Contains("| two | PC | Debian bookworm | agent of c | `192.168.7.12` (lan) |"));
}

TEST_CASE("readme: what the DHCP server is to be told", "[emit][readme]") {
  CHECK_THAT(readme(kShed), !Contains("MAC |"));
  const std::string text = readme(
      kShed + R"(network guests { cidr = 192.168.8.0/24  dhcp = 192.168.8.100..192.168.8.199 }
node three {
  os = debian
  address.guests = 192.168.8.110
  mac.guests = DC:A6:32:00:00:01
}
)");
  CHECK_THAT(text, Contains("| two | lan | `192.168.7.12` |  | you |\n") &&
                       Contains("| three | guests | `192.168.8.110` | `dc:a6:32:00:00:01` | the "
                                "DHCP server: reserve it |\n"));
}

TEST_CASE("readme: what a person does once", "[emit][readme]") {
  const std::string text = readme(kShed);
  CHECK_THAT(text, Contains("- one: `mkfs.ext4 -L data /dev/DISK`\n") &&
                       Contains("- two: `mkfs.ext4 /dev/sdb1`\n"));
  CHECK_THAT(text, Contains("`mkfs` destroys all that a disk holds") && Contains("`lsblk -f`"));
  CHECK_THAT(
      text, Contains("| `secrets/nixos/join-token.sops.yaml` | `value` | lets \\| machines in |") &&
                Contains("| `secrets/ansible/join-token.sops.yaml` |"));
  CHECK_THAT(text, !Contains("private network") && !Contains("hlab learn"));
}

TEST_CASE("readme: a machine that somebody else sets up", "[emit][readme]") {
  const std::string text = readme(kShed + "foreign printer { address.lan = 192.168.7.40 }\n");
  CHECK_THAT(text, Contains("| printer | lan | `192.168.7.40` |") &&
                       Contains("| printer |  |  | not set up by hlab | `192.168.7.40` (lan) |\n"));
}

TEST_CASE("readme: where it goes", "[emit][readme]") {
  const auto lies_at = [](const std::string& path, const std::string& text) {
    return !test::emit_lab(emit::kReadmeEmitter, kShed + text).file(path).empty();
  };
  CHECK(lies_at("README.md", ""));
  CHECK(lies_at("README.md", "foreign mine { path = \"notes/**\" }\n"));
  CHECK(lies_at("HLAB.md", "foreign mine { path = \"README.md\" }\n"));
  CHECK_FALSE(lies_at("README.md", "foreign mine { path = \"README.md\" }\n"));
  const std::string said =
      "gitops main: flux { repo = \"https://git.example.org/x.git\"  layout.readme = \"docs/lab.md\" }\n";
  CHECK(lies_at("docs/lab.md", said));
  CHECK_FALSE(lies_at("README.md", said));
}

TEST_CASE("readme: a lab without machines has nothing to bring up", "[emit][readme]") {
  const std::string text =
      readme("lab shed { domain = \"shed.example.org\"  timezone = \"Europe/Madrid\" }\n");
  CHECK_THAT(text, Contains("# shed") && !Contains("##"));
}

TEST_CASE("readme: what waits for an address that nobody has learned", "[emit][readme]") {
  const std::string net =
      kShed +
      "network net: tailscale { domain = \"example.ts.net\" }\n"
      "node three { os = debian  address.lan = 192.168.7.13  address.net = learned }\n";
  CHECK_THAT(readme(net), Contains("into `hlab.lock`.\n"));
  CHECK_THAT(readme(net + "file \"peers\" { content = \"${three.address.net}\" }\n"),
             Contains("into `hlab.lock`. Until then this is left out, so build again then:\n"
                      "   - `content` of `file.peers`\n"));
}

TEST_CASE("readme: addresses and what the router is told come before anything else",
          "[emit][readme]") {
  const std::string text = readme(
      kShed +
      "network far { cidr = 192.168.9.0/24  gateway = 192.168.9.1  vlan = 9  mtu = 9000  dhcp = 192.168.9.100..192.168.9.120 }\n");
  const std::size_t addresses = text.find("1. Give each machine its address");
  CHECK(addresses < text.find("2. Install the systems"));
  CHECK_THAT(text, Contains("| one | lan | `192.168.7.11` | you; later its own configuration |") &&
                       Contains("| two | lan | `192.168.7.12` | you |"));
  CHECK_THAT(text, Contains("- lan (`192.168.7.0/24`): name servers `192.168.7.1`, `9.9.9.9`\n") &&
                       Contains("- far (`192.168.9.0/24`): VLAN 9; the router is `192.168.9.1`; "
                                "DHCP hands out `192.168.9.100..192.168.9.120` and nothing else; "
                                "packets of 9000 bytes at most, as it tells by DHCP\n"));
}

TEST_CASE("readme: which network the router lets into which", "[emit][readme]") {
  const std::string counted = " hlab counts on it, and nothing that it writes enforces it";
  CHECK_THAT(readme(kShed), !Contains("firewall"));
  CHECK_THAT(readme(kShed + "network things { cidr = 192.168.9.0/24 }\n"),
             Contains("\n   - its firewall lets no network into another:" + counted));
  CHECK_THAT(
      readme(kShed + "network things { cidr = 192.168.9.0/24 }\n"
                     "network guests { cidr = 192.168.8.0/24 }\n"
                     "network desk { cidr = 192.168.6.0/24  reaches = [things, lan] }\n"
                     "network box { cidr = 192.168.5.0/24  reaches = [desk] }\n"),
      Contains("\n   - its firewall lets `box` into `desk`; `desk` into `things`, `lan`; and no "
               "further network into another:" +
               counted));
  CHECK_THAT(readme(kShed + "network far { cidr = 192.168.7.0/24  place = \"far\" }\n"
                            "network rented { cidr = 203.0.113.10/32 }\n"),
             !Contains("firewall"));
}

TEST_CASE("readme: what the script brings is not asked for before it", "[emit][readme]") {
  const std::string git =
      "node four { os = debian  address.lan = 192.168.7.14 }\n"
      "service git: host-service {\n  on = [four]\n  host-port.web { port = 3000  audience = lan  purpose = \"git\" }\n"
      "  expose.web = lan {}\n}\n"
      "service argocd: std.argocd {}\n"
      "gitops main: argocd { repo = \"http://git.shed.example.org:3000/me/lab.git\" }\n";
  CHECK_THAT(readme(kShed + git), Contains("It lies with git, which the script sets up") &&
                                      !Contains("Commit and push"));
  const std::string names =
      "node three { os = debian  address.lan = 192.168.7.1 }\nsecret word {}\n"
      "service names: std.pihole { on = [three]  password = word }\n";
  CHECK_THAT(readme(kShed + names),
             Contains("name servers `192.168.7.1`, `9.9.9.9` (the router's own until they answer"));
}

namespace {

const std::string kNames = R"(
network net: tailscale { domain = "example.ts.net" }
service traefik: std.traefik {}
service web: container { image = "docker.io/library/nginx:1.29.1"  port.http = 80  expose.web = lan {} }
secret word {}
)";

std::string pi(const std::string& more) {
  return "node pi { os = debian  address.lan = 192.168.7.5  " + more +
         " }\nservice names: std.pihole { on = [pi]  password = word }\n";
}

}  // namespace

TEST_CASE("readme: split DNS is a step only where a way leads to a name server", "[emit][readme]") {
  const std::string step = " as name server for `shed.example.org` alone";
  const std::string reached = readme(kShed + kNames + pi("address.net = learned"));
  CHECK_THAT(reached, Contains("- names on pi (`192.168.7.5`)\n") &&
                          Contains("- give the address of pi in net" + step));
  CHECK_THAT(readme(kShed + kNames + pi("address.net = 100.64.0.9")),
             Contains("- give `100.64.0.9`" + step));
  const std::string router =
      "node gate { os = debian  address.lan = 192.168.7.6  address.net = learned  routes = [lan.cidr] }\n";
  CHECK_THAT(readme(kShed + kNames + pi("") + router), Contains("- give `192.168.7.5`" + step));
  const std::string other =
      "node gate { os = debian  address.lan = 192.168.7.6  address.net = learned  routes = [10.1.0.0/24] }\n";
  CHECK_THAT(readme(kShed + kNames + pi("") + other),
             Contains("In `net` they are not found") && !Contains(step));
  CHECK_THAT(readme(kShed + kNames + other),
             Contains("Nothing in this lab answers for these names") && !Contains(step));
}

TEST_CASE("readme: split DNS is for every zone in which the lab has names", "[emit][readme]") {
  const auto page = [](const std::string& name, const std::string& zone) {
    return "service " + name + ": host-service { on = [two]  expose.http = lan { zone = \"" + zone +
           "\" } }\n";
  };
  const std::string pages = page("a", "dev.example.net") + page("b", "example.net") +
                            page("c", "inner.shed.example.org");
  CHECK_THAT(readme(kShed + kNames + pages + pi("address.net = 100.64.0.9")),
             Contains("- give `100.64.0.9` as name server for `shed.example.org`, `example.net` "
                      "alone (DNS, \"Restrict to domain\", once for each)"));
  CHECK_THAT(readme(kShed + pages),
             Contains("the public zones of `shed.example.org`, `example.net` (records may hold"));
}

TEST_CASE("readme: what a service wants of a person is a step, whoever makes it",
          "[emit][readme]") {
  const std::string text = readme(kShed + kNames + R"(
kind doorbell is container {
  image     = "docker.io/library/nginx:1.29.1"
  port.ring = 7000
  by-hand   = ["Screw `${.name}` to the wall.", "Press it:\n\n- once"]
}
service bell: doorbell { expose.ring = lan { protocol = tcp  address.house = 192.168.7.241 } }
pool house { of = lan  range = 192.168.7.240..192.168.7.249 }
service metallb: std.metallb {}
default node { os = debian }
storage away: s3 { endpoint = "https://s3.example.net"  bucket = "b"  key = away-key }
secret away-key: bucket-key {}
service keep: std.restic { on = [two]  password = word  backup = b  paths = ["/etc"] }
backup b { to = away  schedule = "0 3 * * *"  retain = 30d }
)");
  CHECK_THAT(
      text, Contains(". Screw `bell` to the wall.\n") && Contains(". Press it:\n   \n   - once\n"));
  CHECK(text.find("Screw") < text.find("Make the secrets"));
  CHECK_THAT(text, Contains("`AWS_ENDPOINTS` (https://s3.example.net) |"));
  CHECK_THAT(text, Contains("| `bell.shed.example.org:7000` | `192.168.7.241` |"));
}

TEST_CASE("readme: a name for everybody without a tunnel is not reached by itself",
          "[emit][readme]") {
  const std::string open =
      kShed +
      "service traefik: std.traefik {}\n"
      "service web: container { image = \"docker.io/library/nginx:1.29.1\"  port.http = 80\n"
      "  expose.web = public { login = own } }\n";
  CHECK_THAT(readme(open), Contains("From outside nobody reaches `web.shed.example.org` yet"));
  const std::string tunnel = readme(
      kShed +
      "service traefik: std.traefik {}\n"
      "service web: container { image = \"docker.io/library/nginx:1.29.1\"  port.http = 80\n"
      "  expose.web = public { login = own  through = door } }\n"
      "tunnel door: std.cloudflare { id = \"00000000-0000-4000-8000-000000000000\"  credentials = file-of-door }\n"
      "secret file-of-door { keys = [\"credentials.json\"] }\n");
  CHECK_THAT(tunnel, !Contains("From outside") && Contains("cloudflared tunnel create door") &&
                         Contains("- `cloudflared tunnel route dns "
                                  "00000000-0000-4000-8000-000000000000 web.shed.example.org`"));
}

TEST_CASE("readme: a rented machine is reached at the address that it has", "[emit][readme]") {
  const std::string rented =
      kShed +
      "network rented { cidr = 203.0.113.10/32  place = \"rented\" }\n"
      "node three { os = debian  address.rented = 203.0.113.10 }\n"
      "cluster d: k3s { version = \"v1.34.3+k3s1\"  servers = [three]  network = rented }\n"
      "service traefik: std.traefik { cluster = d  replicas = 1 }\n"
      "service web: container { cluster = d  image = \"docker.io/library/nginx:1.29.1\"  port.http = 80\n"
      "  expose.web = public { login = own } }\n"
      "service page: host-service { on = [three]  host-port.web { port = 8080  audience = lan  purpose = \"pages\" }\n"
      "  expose.web = public { login = own } }\n";
  const std::string text = readme(rented);
  CHECK_THAT(text,
             !Contains("nobody reaches") && Contains("- `page.shed.example.org`: `203.0.113.10`\n"
                                                     "- `web.shed.example.org`: `203.0.113.10`\n"));
  CHECK_THAT(text, Contains("| <https://web.shed.example.org> | `203.0.113.10` | everybody |"));
}

TEST_CASE(
    "readme: what is found in the private network alone is joined there by hand, before the script",
    "[emit][readme]") {
  const auto lab = [](const std::string& more) {
    return readme(
        kShed + "network tailnet: tailscale { domain = \"example.ts.net\" }\n" +
        "node far { os = ubuntu  address.tailnet = learned" + more + " }\n" +
        "node near { os = debian  address.lan = 192.168.7.13  address.tailnet = learned }\n");
  };
  const std::string text = lab("");
  const std::size_t step = text.find("- far: `sudo tailscale up --hostname=far");
  CHECK(step != std::string::npos);
  CHECK(step < text.find("bootstrap.sh --dry-run"));
  CHECK_THAT(text, !Contains("--hostname=near"));
  CHECK_THAT(lab("  reach = \"far.example.org\""), !Contains("--hostname=far"));
  // A name that the private network gives is no way into it.
  CHECK_THAT(lab("  reach = \"far.example.ts.net\""), Contains("--hostname=far"));
}

TEST_CASE("readme: what kubectl asks is found by the person's own machine", "[emit][readme]") {
  const auto lab = [](const std::string& networks, const std::string& node,
                      const std::string& network) {
    return readme(kShed + networks + "node three { os = debian  " + node +
                  " }\ncluster d: k3s { version = \"v1.34.3+k3s1\"  servers = [three]  network = " +
                  network + " }\n");
  };
  const std::string wg =
      "network wg { cidr = 10.99.0.0/24  audience = vpn  interface = \"wg0\" }\n";
  const std::string far = "network far { cidr = 192.168.1.0/24  place = \"far\" }\n";
  const std::string tunnel =
      "service tunnel: host-service { on = [three]  enabled-units = [\"wg-quick@wg0.service\"] }\n";
  CHECK_THAT(lab(wg + tunnel, "address.wg = 10.99.0.3", "wg"),
             Contains("| three | wg | `10.99.0.3` | later tunnel, a service of it |"));
  CHECK_THAT(lab(wg, "address.wg = 10.99.0.3", "wg"),
             Contains("Let your own machine into `wg` too: kubectl asks `10.99.0.3` for d"));
  // By SSH's own words for it: kubectl takes the tunnel, or what the name says to everybody.
  const std::string reach = "address.far = 192.168.1.3  reach = \"three.wg\"";
  CHECK_THAT(lab(far + wg, reach + "  address.wg = 10.99.0.3", "far"),
             Contains("kubectl asks `10.99.0.3` for d") && !Contains("SSH makes"));
  CHECK_THAT(lab(far, reach, "far"),
             Contains("See that your own machine finds `three.wg`, by DNS or in its `hosts` file"));
  CHECK_THAT(lab(far, "address.far = 192.168.1.3", "far"), !Contains("your own machine"));
  const std::string tailnet = "network tailnet: tailscale { domain = \"example.ts.net\" }\n";
  CHECK_THAT(
      lab(far + tailnet,
          "address.far = 192.168.1.3  address.tailnet = learned  reach = \"three.example.ts.net\"",
          "far"),
      Contains("Join your own machine to the private network. Then run"));
}

TEST_CASE("readme: what is learned is a step only where something is", "[emit][readme]") {
  const std::string net = kShed +
                          "network net: tailscale { domain = \"example.ts.net\" }\n"
                          "node three { os = debian  address.lan = 192.168.7.13  address.net = ";
  CHECK_THAT(readme(net + "learned }\n"), Contains("hlab learn"));
  CHECK_THAT(readme(net + "100.64.0.7 }\n"), !Contains("hlab learn"));
}

TEST_CASE("readme: without a repository the script applies services again", "[emit][readme]") {
  const std::string web =
      "service web: container { image = \"docker.io/library/nginx:1.29.1\"  port.http = 80 }\n";
  CHECK_THAT(readme(kShed + web), Contains("`bootstrap.sh`, with `helm` and `kubectl` |") &&
                                      Contains("commit, then `scripts/bootstrap.sh` applies it"));
}
