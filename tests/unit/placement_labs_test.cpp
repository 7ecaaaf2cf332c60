// Placement of random labs against an exhaustive search of what the lab was made from: the generator knows the
// question in numbers, and hlab has to read the same one out of the text.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <random>

#include "compiler/driver/compile.h"
#include "compiler/placement/cluster_problem.h"
#include "compiler/placement/conflict.h"
#include "compiler/placement/search.h"
#include "tests/unit/every_way.h"
#include "tests/unit/tree_fixture.h"

namespace hlab::test {

namespace {

constexpr std::int64_t kGiB = std::int64_t{1} << 30U;
constexpr int kPortNumbers[] = {8080, 9090};
constexpr std::size_t kGpuAmount = 2;
constexpr std::size_t kFirstPort = 3;

struct PlacedLab {
  std::string text;
  Problem problem;
};

class LabMaker {
 public:
  explicit LabMaker(std::uint32_t seed) : random_(seed) {}

  PlacedLab make() {
    lab_.problem.amounts = {
        {"memory", kMemory}, {"cpu", kCpu}, {"gpu", kGpu}, {"port", kPorts}, {"port", kPorts}};
    lab_.text =
        "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
        "network lan { cidr = 192.168.1.0/24 }\n"
        "secrets repo: sops { recipients = [\"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\"] }\n"
        "secret join {}\nservice gpus: std.nvidia-gpus {}\n"
        "default container { image = \"docker.io/library/nginx:1.29.1\" }\n";
    const std::uint32_t nodes = 2 + below(3);
    for (std::uint32_t n = 0; n < nodes; ++n) node(n);
    std::string agents;
    for (std::uint32_t n = 1; n < nodes; ++n) agents += fmt::format("{}n{}", n > 1 ? ", " : "", n);
    lab_.text += fmt::format(
        "cluster home: k3s {{ version = \"v1.34.3+k3s1\"  servers = [n0]  agents = [{}]  network = lan  token = join }}\n",
        agents);
    const std::uint32_t services = 1 + below(5);
    for (std::uint32_t s = 0; s < services; ++s) service(s);
    return std::move(lab_);
  }

 private:
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }

  void node(std::uint32_t n) {
    const std::int64_t cores = 1 + below(4);
    const std::int64_t memory = 2 + below(6);
    const std::int64_t reserve = below(2);
    const std::int64_t slices = chance(2) ? 1 + below(3) : 0;
    std::string body = fmt::format(
        "hardware = std.hw.pc {{ arch = amd64  cpu = {}  memory = {}GiB  nic = \"eno1\" }}  os = debian  "
        "address.lan = 192.168.1.{}  reserve {{ memory = {}GiB  cpu = {}m }}",
        cores, memory, 10 + n, reserve, 500 * reserve);
    if (slices > 0) body += fmt::format("  gpu.card {{ maker = nvidia  slices = {} }}", slices);
    taints_.push_back(chance(3) ? 1 + below(3) : 0);
    std::string taints;
    if ((taints_.back() & 1U) != 0) taints += "\"a=b:NoSchedule\", ";
    if ((taints_.back() & 2U) != 0) taints += "\"c:NoExecute\", ";
    body += fmt::format("  taints = [{}\"soft:PreferNoSchedule\"]", taints);
    lab_.text += fmt::format("node n{} {{ {} }}\n", n, body);
    Amounts has{(memory - reserve) * kGiB, 1000 * cores - 500 * reserve, slices, 1, 1};
    if (chance(4)) {
      lab_.text += fmt::format(
          "service own{0}: host-service {{ on = [n{0}]  packages = [\"a\"]  host-port.own {{ port = {1}  purpose = \"own\" }} }}\n",
          n, kPortNumbers[1]);
      has[kFirstPort + 1] = 0;
    }
    lab_.problem.machines.push_back({has});
  }

  void service(std::uint32_t s) {
    const std::size_t nodes = lab_.problem.machines.size();
    Pods pods;
    pods.needs = {static_cast<std::int64_t>(below(4)) * kGiB,
                  500 * static_cast<std::int64_t>(below(4)), 0, 0, 0};
    pods.count = chance(3) ? 1 + below(3) : 1;
    pods.apart = chance(2);
    std::string body = fmt::format(
        "resources {{ memory = {}  cpu = {}m }}  replicas = {}  apart = {}",
        pods.needs[0] == 0 ? "0B" : fmt::format("{}GiB", pods.needs[0] / kGiB), pods.needs[1],
        pods.count, pods.apart);
    std::uint32_t bound = 0;
    if (chance(3)) {
      std::string on;
      for (std::uint32_t n = 0; n < nodes; ++n) {
        const bool here = chance(2) || (n + 1 == nodes && bound == 0);
        pods.bound_to.push_back(here);
        if (here) on += fmt::format("{}n{}", bound++ > 0 ? ", " : "", n);
      }
      body += fmt::format("  on = [{}]", on);
    }
    const std::uint32_t borne = below(4);
    body += fmt::format("  tolerates = [{}{}]", (borne & 1U) != 0 ? "\"a=b\"," : "",
                        (borne & 2U) != 0 ? "\"c\"" : "");
    for (const std::uint32_t taint : taints_) pods.tolerates.push_back((taint & ~borne) == 0);
    if (pods.tolerates.count() == nodes) pods.tolerates = {};
    if (chance(4)) {
      pods.needs[kGpuAmount] = 1 + below(2);
      body += fmt::format("  gpu {{ slices = {} }}", pods.needs[kGpuAmount]);
    }
    // Of what runs on one machine only, ports are told by another rule.
    for (std::size_t p = 0; p < 2 && bound != 1; ++p) {
      if (!chance(4)) continue;
      pods.needs[kFirstPort + p] = 1;
      body += fmt::format("  host-port.p{} {{ port = {}  purpose = \"x\" }}", p, kPortNumbers[p]);
    }
    lab_.problem.pods.push_back(pods);
    lab_.text += fmt::format("service s{}: container {{ {} }}\n", s, body);
  }

  std::mt19937 random_;
  PlacedLab lab_;
  std::vector<std::uint32_t> taints_;  // by node
};

std::set<std::string> errors_of(const driver::Compilation& run) {
  std::set<std::string> out;
  for (const diag::Diagnostic* one : run.diags.sorted()) {
    if (one->severity == diag::Severity::error) out.emplace(one->info->name);
  }
  return out;
}

}  // namespace

TEST_CASE("placement of random labs agrees with every way there is", "[property]") {
  const Scratch scratch;
  const int labs = how_many(300);
  int placed = 0;
  int impossible = 0;
  std::set<std::uint32_t> members;
  for (int seed = 0; seed < labs; ++seed) {
    const PlacedLab lab = LabMaker(static_cast<std::uint32_t>(seed)).make();
    INFO("seed " << seed << "\n" << lab.text);
    put(scratch.at("lab.hlab"), lab.text);
    const auto run = driver::check_lab({scratch.at("lab.hlab"), false});
    std::set<std::string> errors = errors_of(*run);
    const bool over_memory = errors.erase("memory-over-capacity") > 0;
    const bool told = errors.erase("no-placement") > 0;
    REQUIRE(errors == std::set<std::string>{});

    const auto cluster = model::all(run->program, run->lab, "cluster").front();
    const ClusterProblem read = cluster_problem(run->program, run->lab, cluster);
    REQUIRE(read.services.size() == lab.problem.pods.size());
    const Answer answer = place(read.problem).answer;
    const bool exists = place_exists(lab.problem, all_constraints(lab.problem));
    REQUIRE(answer == (exists ? Answer::placed : Answer::impossible));
    if (exists) {
      ++placed;
      REQUIRE_FALSE(told);
      REQUIRE_FALSE(over_memory);
      continue;
    }
    ++impossible;
    REQUIRE((told || over_memory));
    const Conflict conflict = conflict_of(read.problem);
    REQUIRE(conflict.irreducible);
    REQUIRE_FALSE(place_exists(lab.problem, only(lab.problem, conflict.members)));
    for (std::size_t i = 0; i < conflict.members.size(); ++i) {
      members.insert(conflict.members[i].bit);
      auto fewer = conflict.members;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      REQUIRE(place_exists(lab.problem, only(lab.problem, fewer)));
    }
  }
  CHECK(placed > labs / 5);
  CHECK(impossible > labs / 5);
  CHECK(members == std::set<std::uint32_t>{kBound, kTaint, kApart, kPorts, kMemory, kCpu, kGpu});
}

}  // namespace hlab::test
