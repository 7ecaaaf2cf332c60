// Questions of the form "who holds me" go by an index: they find what looking at everything finds, and a lab
// of thousands of services stays within the steps that evaluation may take.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "compiler/driver/compile.h"
#include "tests/unit/tree_fixture.h"

namespace hlab::test {

namespace {

std::vector<std::string> errors_of(const std::string& text) {
  const Scratch scratch;
  put(scratch.at("lab.hlab"), text);
  const auto run = driver::check_lab({scratch.at("lab.hlab"), false});
  std::vector<std::string> out;
  for (const diag::Diagnostic* one : run->diags.sorted()) {
    if (one->severity == diag::Severity::error)
      out.push_back(fmt::format("{}: {}", one->info->code, one->message));
  }
  return out;
}

constexpr std::string_view kHome =
    "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n";

}  // namespace

TEST_CASE("who holds a value is found by an index as by looking at each") {
  const std::string boxes = R"(
kind part { size: Int }
kind box {
  parts: Map<part>
  friends: [&box by value] = []
  numbers: [Float] = []
  words: [String] = []
  range: IntRange = 1..3
}
kind seeker {
  box: &box by value
  part: &part by value
  number: Int
  word: String
  found-friends: [String] = [b.name for b in all box where .box in b.friends]
  each-friend: [String] = [b.name for b in all box where [f for f in b.friends where f == .box].length > 0]
  found-parts: [String] = [b.name for b in all box where .part in b.parts.values()]
  each-part: [String] = [b.name for b in all box where [p for p in b.parts.values() where p == .part].length > 0]
  found-numbers: [String] = [b.name for b in all box where .number in b.numbers]
  each-number: [String] = [b.name for b in all box where [n for n in b.numbers where n == .number].length > 0]
  found-words: [String] = [b.name for b in all box where b.name != "x" and .word in b.words]
  each-word: [String] = [b.name for b in all box where [w for w in b.words where w == .word].length > 0]
  found-ranges: [String] = [b.name for b in all box where .number in b.range]

  check friends: .found-friends == .each-friend, "friends"
  check parts: .found-parts == .each-part, "parts"
  check numbers: .found-numbers == .each-number, "numbers"
  check words: .found-words == .each-word, "words"
}
box a { parts.one { size = 1 }  friends = [b, b]  numbers = [1.0, 2.5]  words = ["x", "x"] }
box b { parts.two { size = 2 }  friends = [a, c]  words = ["y", "x"]  range = 4..6 }
box c { parts.one { size = 3 }  numbers = [4.0] }
seeker s { box = b  part = a.parts.one  number = 1  word = "x" }
seeker t { box = c  part = c.parts.one  number = 4  word = "none" }
policy found {
  check s.found-friends == ["a"], "friends of b"
  check s.found-words == ["a", "b"], "once each"
  check s.found-parts == ["a"], "parts"
  check t.found-numbers == ["c"], "a float may be what an integer is"
  check t.found-ranges == ["b"], "ranges are no lists"
  check t.found-words == [], "nobody"
}
)";
  CHECK(errors_of(std::string(kHome) + boxes) == std::vector<std::string>{});
}

TEST_CASE("thousands of services that are reached stay within the steps of evaluation") {
  std::string text(kHome);
  text += R"(network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.240..192.168.1.249 }
service metallb: std.metallb {}
service front: std.traefik { address.house = 192.168.1.240 }
node one { hardware = std.hw.pc { arch = amd64  cpu = 1000  memory = 1TiB  nic = "eno1" }  os = debian  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
default container { image = "docker.io/library/nginx:1.29.1"  resources { cpu = 1m  memory = 1MiB } }
)";
  for (int i = 0; i < 3000; ++i)
    text += fmt::format("service s{}: container {{ port.http = 80  expose.web = lan {{}} }}\n", i);
  CHECK(errors_of(text) == std::vector<std::string>{});
}

}  // namespace hlab::test
