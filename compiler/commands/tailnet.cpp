#include "compiler/commands/tailnet.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "compiler/values/address.h"

namespace hlab::commands {
namespace {

using Json = nlohmann::json;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The IPv4 address where there is one: labs name tailnet machines by it. Anything unreadable is skipped.
std::string address_of(const Json& machine) {
  const auto listed = machine.find("TailscaleIPs");
  if (listed == machine.end() || !listed->is_array()) return {};
  std::string other;
  for (const Json& item : *listed) {
    if (!item.is_string()) continue;
    const auto address = values::parse_ip(item.get_ref<const std::string&>());
    if (!address) continue;
    if (values::address_width(*address) == 32) return values::ip_text(*address);
    if (other.empty()) other = values::ip_text(*address);
  }
  return other;
}

void add_machine(TailnetStatus& status, const Json& machine) {
  if (!machine.is_object()) return;
  const std::string name = text_of(machine, "DNSName");
  TailnetMachine result{lower(text_of(machine, "HostName")), lower(name.substr(0, name.find('.'))),
                        address_of(machine)};
  if (!result.address.empty() && !(result.host_name.empty() && result.dns_label.empty())) {
    status.machines.push_back(std::move(result));
  }
}

/// Its label in the tailnet decides, being unique; else the name that it gives itself, if one has it.
std::vector<const TailnetMachine*> candidates(const std::string& name,
                                              const std::vector<TailnetMachine>& machines) {
  std::vector<const TailnetMachine*> by_label, by_host;
  for (const TailnetMachine& machine : machines) {
    if (machine.dns_label == name) by_label.push_back(&machine);
    if (machine.host_name == name) by_host.push_back(&machine);
  }
  return by_label.empty() ? by_host : by_label;
}

}  // namespace

TailnetStatus parse_tailnet(std::string_view text) {
  TailnetStatus status;
  // Depth is bounded here: the parser itself keeps no call stack per level, but values free theirs so.
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= 16; };
  const Json root = Json::parse(text, shallow, false);
  if (!root.is_object()) {
    status.error = "this is not what `tailscale status --json` prints";
    return status;
  }
  const std::string state = text_of(root, "BackendState");
  if (state != "Running") {
    status.error = state.empty() ? "this is not what `tailscale status --json` prints"
                                 : "Tailscale is not running here: its state is " + state;
    return status;
  }
  if (const auto self = root.find("Self"); self != root.end()) add_machine(status, *self);
  if (const auto peers = root.find("Peer"); peers != root.end() && peers->is_object()) {
    for (const Json& peer : *peers) add_machine(status, peer);
  }
  const auto key = [](const TailnetMachine& m) {
    return std::tie(m.dns_label, m.host_name, m.address);
  };
  std::sort(status.machines.begin(), status.machines.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return status;
}

Learned learn(const lock::Lock& before, const LearnableNetwork& network,
              const std::vector<TailnetMachine>& machines) {
  Learned result;
  result.lock = before;
  std::set<const TailnetMachine*> used;
  for (const LearnedMachine& wanted : network.machines) {
    const auto found = candidates(lower(wanted.host_name), machines);
    used.insert(found.begin(), found.end());
    if (found.empty())
      result.missing.push_back(wanted.host_name);
    else if (found.size() > 1)
      result.ambiguous.push_back(wanted.host_name);
    else
      result.lock.set(network.pool, wanted.lease_path, found.front()->address);
  }
  for (const TailnetMachine& machine : machines) {
    if (used.count(&machine) != 0) continue;
    result.unknown.push_back(machine.dns_label.empty() ? machine.host_name : machine.dns_label);
  }
  return result;
}

}  // namespace hlab::commands
