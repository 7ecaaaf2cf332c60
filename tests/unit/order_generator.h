// Random labs that know what needs what: each is written in an order that tells nothing.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hlab::test {

/// `from` cannot start before `to` runs.
struct Need {
  std::string from;
  std::string to;
  bool reached_by = false;  // only to be reached from outside
};

struct OrderService {
  std::string name;
  bool host = false;  // on machines, not in a cluster
  bool late = false;  // such a one that needs a service of a cluster
  int cluster = 0;
  std::set<int> on;  // machines of a host service
};

struct OrderLab {
  std::string text;
  std::string turned;  // the same declarations in another order
  std::vector<OrderService> services;
  std::vector<Need> needs;
  std::vector<std::vector<std::string>> nodes;  // by cluster
  std::vector<std::string> engines;             // by cluster: argocd, flux, "" for by hand
  std::vector<std::set<std::string>> waits;     // by cluster: services of machines before it

  [[nodiscard]] const OrderService* find(const std::string& name) const {
    const auto found = std::find_if(services.begin(), services.end(),
                                    [&](const OrderService& s) { return s.name == name; });
    return found == services.end() ? nullptr : &*found;
  }
};

class OrderGenerator {
 public:
  explicit OrderGenerator(std::uint32_t seed) : random_(seed) {}

  OrderLab run() {
    machines();
    for (std::size_t c = 0; c < lab_.nodes.size(); ++c) choose_engine();
    platform();
    const int count = below(9) + 3;
    for (int i = 0; i < count; ++i) service(i);
    for (std::size_t c = 0; c < lab_.nodes.size(); ++c) engine(static_cast<int>(c));
    objects();
    clusters();
    write();
    return std::move(lab_);
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  void say(std::string text) { parts_.push_back(std::move(text)); }
  void need(const std::string& from, const std::string& to, bool reached_by = false) {
    lab_.needs.push_back({from, to, reached_by});
    below_[whole_of(*lab_.find(from))].insert(whole_of(*lab_.find(to)));
  }

  void choose_engine() {
    lab_.engines.emplace_back(chance(25) ? "" : chance(50) ? "flux" : "argocd");
  }

  /// What it is started with: all that an engine brings to one cluster, or itself.
  [[nodiscard]] std::string whole_of(const OrderService& one) const {
    const bool alone = one.host || lab_.engines[static_cast<std::size_t>(one.cluster)].empty();
    return alone ? one.name : fmt::format("cluster {}", one.cluster);
  }

  /// Whether the one may wait for the other: clusters that are handed over as a whole must not wait for
  /// each other, be it over services elsewhere.
  [[nodiscard]] bool may_wait(const OrderService& one, const OrderService& other) const {
    const std::string from = whole_of(one);
    std::set<std::string> seen{whole_of(other)};
    if (seen.contains(from)) return true;
    std::vector<std::string> open(seen.begin(), seen.end());
    while (!open.empty()) {
      const auto found = below_.find(open.back());
      open.pop_back();
      if (found == below_.end()) continue;
      for (const std::string& next : found->second) {
        if (next == from) return false;
        if (seen.insert(next).second) open.push_back(next);
      }
    }
    return true;
  }

  void machines() {
    const int clusters = chance(45) ? 2 + below(2) : 1;
    int number = 0;
    for (int c = 0; c < clusters; ++c) {
      lab_.nodes.emplace_back();
      const int size = 1 + below(3);
      for (int i = 0; i < size; ++i) lab_.nodes.back().push_back(machine(number++));
    }
    for (int i = 0; i < 3; ++i) {
      beside_.push_back(fmt::format("m{}", number));
      say(debian(number++));
    }
  }

  /// Some wait for services of machines, beside them or among their own.
  void clusters() {
    for (std::size_t c = 0; c < lab_.nodes.size(); ++c) {
      const std::vector<std::string>& nodes = lab_.nodes[c];
      std::string agents;
      for (std::size_t i = 1; i < nodes.size(); ++i) agents += (i > 1 ? ", " : "") + nodes[i];
      std::vector<std::string> needs;
      for (const OrderService& one : lab_.services) {
        if (one.host && !one.late && chance(20)) needs.push_back(one.name);
      }
      lab_.waits.emplace_back(needs.begin(), needs.end());
      say(fmt::format(
          "cluster c{}: k3s {{ version = \"v1.34.3+k3s1\"  servers = [{}]  agents = [{}]  "
          "network = lan  token = join  needs = [{}] }}\n",
          c, nodes[0], agents, names(needs)));
    }
  }

  std::string machine(int number) {
    if (chance(50)) {
      say(debian(number));
      beside_.push_back(fmt::format("m{}", number));
    } else {
      say(fmt::format(
          "node m{0} {{ hardware = std.hw.pc {{ arch = amd64  cpu = 4  memory = 8GiB  nic = "
          "\"eno1\" }}  os = nixos {{ release = \"25.11\" }}  address.lan = 192.168.1.{1} }}\n",
          number, 10 + number));
    }
    return fmt::format("m{}", number);
  }

  static std::string debian(int number) {
    return fmt::format(
        "node m{0} {{ hardware = std.hw.pi4 {{ memory = 8GiB }}  os = raspios  "
        "address.lan = 192.168.1.{1} }}\n",
        number, 10 + number);
  }

  /// What others use without naming it in `needs`.
  void platform() {
    add("front");
    say("service front: std.traefik { cluster = c0 }\n");
    if (lab_.engines[0] != "flux" || chance(60)) {  // Flux opens secrets itself
      opener_ = true;
      add("opener");
      say("service opener: std.sops-operator { cluster = c0 }\n");
    }
    if (chance(60)) {
      signer_ = true;
      add("signer");
      say("service signer: std.cert-manager { cluster = c0 }\n");
      say("issuer le: acme { email = \"a@example.org\"  solver = std.cloudflare-dns { token = dns } }\n");
      say("secret dns {}\n");
      if (opener_) need("signer", "opener");
    }
    say("secret login {}\n");
    say("secret join {}\n");
  }

  void add(const std::string& name) {
    OrderService one;
    one.name = name;
    add(std::move(one));
  }
  void add(OrderService one) { lab_.services.push_back(std::move(one)); }

  /// Some that were made before, fit for `one` to wait for.
  std::vector<std::string> choose_needs(const OrderService& one) {
    std::vector<std::string> out;
    for (const OrderService& other : lab_.services) {
      if (other.late && !one.late) continue;
      const bool workload = !other.host;
      if (one.host && workload && !one.late) continue;
      if (!chance(25) || !may_wait(one, other)) continue;
      out.push_back(other.name);
      below_[whole_of(one)].insert(whole_of(other));
    }
    return out;
  }

  std::string names(const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& name : all) out += (out.empty() ? "" : ", ") + name;
    return out;
  }

  void service(int number) {
    OrderService one;
    one.name = fmt::format("s{}", number);
    one.host = chance(30);
    one.late = one.host && chance(30);
    one.cluster = one.host ? 0 : below(static_cast<int>(lab_.nodes.size()));
    const auto needs = choose_needs(one);
    add(one);
    for (const std::string& name : needs) need(one.name, name);
    if (one.host) {
      const int machines = static_cast<int>(beside_.size());
      for (int i = 0; i < machines; ++i) {
        if (chance(i < machines - 3 ? 15 : 50)) one.on.insert(i);
      }
      if (one.on.empty()) one.on.insert(below(machines));
      lab_.services.back().on = one.on;
      std::string on;
      for (const int i : one.on) on += (on.empty() ? "" : ", ") + beside_[i];
      say(fmt::format(
          "service {}: host-service {{ on = [{}]  needs = [{}]  packages = [\"a\"] }}\n", one.name,
          on, names(needs)));
    } else {
      workload(one, needs);
    }
  }

  void workload(const OrderService& one, const std::vector<std::string>& needs) {
    std::string body = fmt::format("cluster = c{}  needs = [{}]", one.cluster, names(needs));
    if (chance(40)) return chart(one, body);
    std::string image = "docker.io/library/nginx:1.29.1";
    if (!registry_.empty() && chance(30) && may_wait(one, *lab_.find(registry_)) &&
        may_wait(one, *lab_.find("front"))) {
      image = "hub.home.example.org/a/b:1";
      need(one.name, registry_);
      need(one.name, "front");
    }
    body += fmt::format("  image = \"{}\"", image);
    if (one.cluster == 0 && chance(30)) {
      body += "  env.A = login";
      if (opener_) need(one.name, "opener");
    }
    if (one.cluster == 0 && chance(40)) exposed(one, body);
    if (chance(20) && !brought_.empty()) own_kind(one, body);
    say(fmt::format("service {}: container {{ {} }}\n", one.name, body));
  }

  void exposed(const OrderService& one, std::string& body) {
    const bool hub = registry_.empty() && chance(50);
    const bool signs = signer_ && chance(60);
    body += fmt::format("  port.http = 80  expose.web = lan {{ host = \"{}\"{} }}",
                        hub ? "hub" : one.name, signs ? "  issuer = le" : "");
    need(one.name, "front", true);
    if (signs) need(one.name, "signer", true);
    if (hub) registry_ = one.name;
  }

  void own_kind(const OrderService& one, std::string& body) {
    const auto& [group, bringer, cluster] = brought_[below(static_cast<int>(brought_.size()))];
    if (cluster != one.cluster) return;
    body += fmt::format(
        "  objects.thing {{ apiVersion = \"{}/v1\"  kind = \"Thing\"  metadata.name = "
        "\"{}-thing\" }}",
        group, one.name);
    need(one.name, bringer);
  }

  void chart(const OrderService& one, std::string body) {
    body += "  chart { repo = \"https://charts.example.org\"  name = \"x\"  version = \"1.0.0\" }";
    if (chance(50)) {
      const std::string group = one.name + ".example.org";
      body += fmt::format("  apis = [\"{}\"]", group);
      if (chance(50)) {
        body += fmt::format(
            "  objects.own {{ apiVersion = \"{}/v1\"  kind = \"Own\"  metadata.name = \"o\" }}",
            group);
      }
      brought_.push_back({group, one.name, one.cluster});
    }
    say(fmt::format("service {}: helm {{ {} }}\n", one.name, body));
  }

  void engine(int cluster) {
    const std::string& kind = lab_.engines[static_cast<std::size_t>(cluster)];
    if (kind.empty()) return;
    if (kind == "flux") {
      say(fmt::format(
          "gitops g{0}: flux {{ repo = \"https://example.org/a.git\"  cluster = c{0} }}\n",
          cluster));
      return;
    }
    OrderService conductor;
    conductor.name = cluster == 0 ? "conductor" : fmt::format("conductor{}", cluster);
    conductor.cluster = cluster;
    std::vector<std::string> needs;
    for (const OrderService& one : lab_.services) {
      if (one.cluster == cluster && !one.late && chance(8)) needs.push_back(one.name);
    }
    // What is there first cannot come out of the cluster's own registry.
    if (!registry_.empty()) needs.clear();
    add(conductor);
    for (const std::string& name : needs) need(conductor.name, name);
    say(fmt::format("service {}: std.argocd {{ cluster = c{}  needs = [{}] }}\n", conductor.name,
                    cluster, names(needs)));
    say(fmt::format("gitops g{}: argocd {{ repo = \"https://example.org/a.git\"  engine = {} }}\n",
                    cluster, conductor.name));
  }

  /// Objects beside services: what they need, their service waits for, and who needs one waits for it.
  void objects() {
    const std::vector<OrderService> all = lab_.services;
    std::vector<std::string> made;
    std::vector<std::string> waited;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].host || all[i].name.starts_with("conductor") || !chance(15)) continue;
      std::vector<std::string> needs;
      for (std::size_t k = 0; k < i; ++k) {
        if (all[k].late || !chance(20) || !may_wait(all[i], all[k])) continue;
        needs.push_back(all[k].name);
        below_[whole_of(all[i])].insert(whole_of(all[k]));
      }
      const std::string name = fmt::format("o{}", i);
      say(fmt::format(
          "object {} {{ api = \"v1\"  type = \"ConfigMap\"  of = {}  needs = [{}]  body {{ data.a = "
          "\"b\" }} }}\n",
          name, all[i].name, names(needs)));
      for (const std::string& other : needs) need(all[i].name, other);
      if (all[i].cluster != 0) continue;
      made.push_back(name);
      waited.push_back(all[i].name);
    }
    if (made.empty()) return;
    add("last");
    for (const std::string& name : waited) need("last", name);
    say(fmt::format(
        "service last: container {{ cluster = c0  image = \"docker.io/library/nginx:1.29.1\"  "
        "needs = [{}] }}\n",
        names(made)));
  }

  void write() {
    lab_.text = shuffled();
    lab_.turned = shuffled();
  }

  std::string shuffled() {
    std::shuffle(parts_.begin(), parts_.end(), random_);
    std::string text =
        "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
        "network lan { cidr = 192.168.1.0/24 }\n"
        "secrets repo: sops { recipients = "
        "[\"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\"] }\n";
    for (const std::string& part : parts_) text += part;
    return text;
  }

  struct Brought {
    std::string group;
    std::string bringer;
    int cluster;
  };

  std::mt19937 random_;
  OrderLab lab_;
  std::vector<std::string> parts_;
  std::vector<std::string> beside_;  // machines under Debian: those of clusters, then three outside
  std::vector<Brought> brought_;
  std::map<std::string, std::set<std::string>> below_;  // by what is started as a whole
  std::string registry_;
  bool opener_ = false;
  bool signer_ = false;
};

}  // namespace hlab::test
