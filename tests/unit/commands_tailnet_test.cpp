#include <catch2/catch.hpp>

#include "compiler/commands/tailnet.h"

namespace {

using namespace hlab::commands;

constexpr const char* kStatus = R"({
  "BackendState": "Running",
  "Self": {"HostName": "Box", "DNSName": "box.tail1.ts.net.", "TailscaleIPs": ["100.64.0.1"]},
  "Peer": {
    "nodekey:1": {"HostName": "raspberrypi", "DNSName": "left.tail1.ts.net.",
                  "TailscaleIPs": ["fd7a:115c:a1e0::2", "100.64.0.2"]},
    "nodekey:2": {"HostName": "raspberrypi", "DNSName": "raspberrypi-1.tail1.ts.net.",
                  "TailscaleIPs": ["100.64.0.3"]},
    "nodekey:3": {"HostName": "six", "DNSName": "", "TailscaleIPs": ["fd7a:115c:a1e0::4"]},
    "nodekey:4": {"HostName": "gone", "TailscaleIPs": null},
    "nodekey:5": 7
  }})";

}  // namespace

TEST_CASE("machines of a tailnet, one address each") {
  const auto status = parse_tailnet(kStatus);
  CHECK(status.error.empty());
  REQUIRE(status.machines.size() == 4);
  CHECK(status.machines[0].address == "fd7a:115c:a1e0::4");
  CHECK(status.machines[1].host_name == "box");
  CHECK(status.machines[2].address == "100.64.0.2");
}

TEST_CASE("matching by label first, by host name else, never by a guess") {
  hlab::lock::Lock before;
  before.set("network.t", "away", "100.64.0.9");
  const LearnableNetwork network{
      "t",
      "network.t",
      {{"BOX", "box"}, {"left", "left"}, {"raspberrypi", "pi"}, {"six", "six"}, {"away", "away"}}};
  const auto learned = learn(before, network, parse_tailnet(kStatus).machines);
  CHECK(learned.lock.find("network.t", "box")->value == "100.64.0.1");
  CHECK(learned.lock.find("network.t", "left")->value == "100.64.0.2");
  CHECK(learned.lock.find("network.t", "six")->value == "fd7a:115c:a1e0::4");
  CHECK(learned.lock.find("network.t", "away")->value == "100.64.0.9");
  CHECK(learned.lock.find("network.t", "pi") == nullptr);
  CHECK(learned.ambiguous == std::vector<std::string>{"raspberrypi"});
  CHECK(learned.missing == std::vector<std::string>{"away"});
  CHECK(learned.unknown.empty());
  const auto none = learn({}, {"t", "network.t", {}}, parse_tailnet(kStatus).machines);
  CHECK(none.unknown.size() == 4);
}

TEST_CASE("what is not this tailnet's, nor of its addresses, is told and not written") {
  const auto machines = parse_tailnet(R"({
  "BackendState": "Running",
  "MagicDNSSuffix": "tail1.ts.net",
  "Self": {"HostName": "box", "DNSName": "box.tail1.ts.net.", "TailscaleIPs": ["100.64.0.1"]},
  "Peer": {
    "1": {"HostName": "nas", "DNSName": "nas.friend.ts.net.", "TailscaleIPs": ["100.64.0.2"]},
    "2": {"HostName": "far", "DNSName": "far.tail1.ts.net.", "TailscaleIPs": ["10.0.0.7"]},
    "3": {"HostName": "pi", "DNSName": "left.tail1.ts.net.", "TailscaleIPs": ["100.64.0.3"]},
    "4": {"HostName": "new", "DNSName": "new.tail1.ts.net.", "TailscaleIPs": ["100.64.0.9"]}
  }})")
                            .machines;
  hlab::lock::Lock before;
  before.set("network.t", "away", "100.64.0.9");
  const LearnableNetwork network{"t",
                                 "network.t",
                                 {{"box", "box"},
                                  {"nas", "nas"},
                                  {"far", "far"},
                                  {"left", "left"},
                                  {"pi", "pi"},
                                  {"away", "away"},
                                  {"new", "new"}},
                                 "100.64.0.0/10"};
  const auto learned = learn(before, network, machines);
  CHECK(learned.elsewhere == std::vector<std::string>{"nas"});
  CHECK(learned.outside == std::vector<std::string>{"far 10.0.0.7"});
  CHECK(learned.doubled ==
        std::vector<std::string>{"left 100.64.0.3", "pi 100.64.0.3", "new 100.64.0.9"});
  CHECK(learned.lock.find("network.t", "box")->value == "100.64.0.1");
  CHECK(learned.lock.find("network.t", "away")->value == "100.64.0.9");
  for (const char* machine : {"nas", "far", "left", "pi", "new"})
    CHECK(learned.lock.find("network.t", machine) == nullptr);
  CHECK(learned.unknown.empty());
}

TEST_CASE("other input is refused with a reason") {
  for (const char* text : {"", "[]", "{}", "{\"Peer\":", "null", "\xff"}) {
    CHECK_FALSE(parse_tailnet(text).error.empty());
  }
  CHECK(parse_tailnet(R"({"BackendState":"Stopped"})").error.find("Stopped") != std::string::npos);
  CHECK_FALSE(parse_tailnet(std::string(100'000, '[')).error.empty());
}
