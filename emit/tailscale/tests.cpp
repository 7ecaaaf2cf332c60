// What must work and what must stay shut, as the tailnet itself tries it each time the file is saved.
// Autogroups cannot be tried, so people are tried only where the lab knows them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/model/pod_network.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit::tailscale {
namespace {

struct Target {
  std::string dst;
  std::int64_t port = 0;
};

bool port_fits(std::string_view ports, std::int64_t port) {
  if (ports == "*") return true;
  const std::size_t dash = ports.find('-');
  const auto number = [](std::string_view text) {
    std::int64_t out = -1;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  };
  const std::int64_t first = number(ports.substr(0, dash));
  const std::int64_t last = dash == std::string_view::npos ? first : number(ports.substr(dash + 1));
  return first <= port && port <= last;
}

bool holds(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

class Tests {
 public:
  Tests(const Tailnet& tailnet, Policy& policy)
      : tailnet_(tailnet),
        policy_(policy),
        // What somebody opens in Tailscale's own words is not for the lab to shut.
        only_ours_(!tailnet.network.has("further-policy")) {}

  void add() {
    std::set<std::string> seen;
    for (const Member& member : tailnet_.members) {
      if (seen.insert(member.tag()).second) add_machine(member);
    }
    add_person(true);
    add_person(false);
  }

 private:
  [[nodiscard]] bool allowed(const std::vector<std::string>& identity, const std::string& proto,
                             const Target& target) const {
    return std::any_of(policy_.grants.begin(), policy_.grants.end(), [&](const Grant& grant) {
      if (!holds(grant.dst, target.dst)) return false;
      if (std::none_of(identity.begin(), identity.end(),
                       [&](const std::string& name) { return holds(grant.src, name); })) {
        return false;
      }
      return std::any_of(grant.ip.begin(), grant.ip.end(), [&](std::string_view ip) {
        if (ip == "*") return true;
        const std::size_t colon = ip.find(':');
        return ip.substr(0, colon) == proto && port_fits(ip.substr(colon + 1), target.port);
      });
    });
  }

  /// Tries what must work; and shuts what no part of the lab opens.
  void add_test(const std::vector<std::string>& identity, const std::string& proto,
                const std::vector<Target>& accept, const std::vector<Target>& deny) {
    PolicyTest test{identity.front(), proto, {}, {}};
    for (const Target& target : accept) {
      add_once(test.accept, fmt::format("{}:{}", target.dst, target.port));
    }
    for (const Target& target : deny) {
      if (!only_ours_ || allowed(identity, proto, target)) continue;
      add_once(test.deny, fmt::format("{}:{}", target.dst, target.port));
    }
    if (!test.accept.empty() || !test.deny.empty()) policy_.tests.push_back(std::move(test));
  }

  [[nodiscard]] static bool by_tailnet(const View& cluster, const View& network) {
    return cluster && cluster.ref("network") == network;
  }

  void add_machine(const Member& from) {
    const View& cluster = from.membership.cluster;
    const bool inside = by_tailnet(cluster, tailnet_.network);
    const std::vector<std::int64_t> pods = inside ? model::flannel_ports(cluster)
                                                  : std::vector<std::int64_t>();
    std::vector<Target> tcp;
    std::vector<Target> udp;
    std::vector<Target> shut;
    for (const Member& to : tailnet_.members) {
      const bool mates = inside && to.membership.cluster == cluster;
      std::vector<Target>& kubernetes = mates ? tcp : shut;
      if (to.membership.server) kubernetes.push_back({to.tag(), api_port(to)});
      if (to.membership.cluster) kubernetes.push_back({to.tag(), 10250});
      for (const std::int64_t port : pods) {
        if (mates) udp.push_back({to.tag(), port});
      }
      shut.push_back({to.tag(), 22});
    }
    add_test({from.tag()}, "tcp", tcp, shut);
    add_test({from.tag()}, "udp", udp, {});
  }

  /// The first administrator, or the first person who is none.
  void add_person(bool admin) {
    const auto person = std::find_if(tailnet_.people.begin(), tailnet_.people.end(),
                                     [&](const Person& p) { return p.admin == admin; });
    if (person == tailnet_.people.end()) return;
    std::vector<Target> tcp = doors("tcp");
    std::vector<Target> shut;
    for (const Member& to : tailnet_.members) {
      std::vector<Target>& administration = admin ? tcp : shut;
      administration.push_back({to.tag(), 22});
      if (to.membership.server) administration.push_back({to.tag(), api_port(to)});
      if (to.membership.cluster) shut.push_back({to.tag(), 10250});
    }
    std::vector<std::string> identity{person->login, tailnet_.everybody, "autogroup:member"};
    if (admin) identity.push_back(tailnet_.admins);
    add_test(identity, "tcp", tcp, shut);
    add_test(identity, "udp", doors("udp"), {});
  }

  /// What people reach of the services.
  [[nodiscard]] std::vector<Target> doors(std::string_view proto) const {
    std::vector<Target> out;
    for (const Grant& grant : policy_.grants) {
      if (!holds(grant.src, tailnet_.everybody)) continue;
      for (const std::string& dst : grant.dst) {
        for (const std::string& ip : grant.ip) {
          const std::size_t colon = ip.find(':');
          if (colon == std::string::npos || ip.substr(0, colon) != proto) continue;
          if (ip.substr(colon + 1) == "*" || dst.find("::") != std::string::npos) continue;
          out.push_back({dst, std::stoll(ip.substr(colon + 1))});
        }
      }
    }
    return out;
  }

  static std::int64_t api_port(const Member& member) {
    return member.membership.cluster.number("api-port", 6443);
  }

  const Tailnet& tailnet_;
  Policy& policy_;
  bool only_ours_;
};

}  // namespace

void add_tests(const Tailnet& tailnet, Policy& policy) { Tests(tailnet, policy).add(); }

}  // namespace hlab::emit::tailscale
