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

/// `tail1.ts.net` of `box.tail1.ts.net.`.
std::string suffix_of(const std::string& name) {
  const std::size_t dot = name.find('.');
  std::string suffix = dot == std::string::npos ? "" : lower(name.substr(dot + 1));
  if (!suffix.empty() && suffix.back() == '.') suffix.pop_back();
  return suffix;
}

/// The name that all machines of this tailnet end with; machines that others share into it do not.
std::string own_suffix(const Json& root) {
  const std::string said = text_of(root, "MagicDNSSuffix");
  if (!said.empty()) return suffix_of("." + said);
  const auto self = root.find("Self");
  return self != root.end() && self->is_object() ? suffix_of(text_of(*self, "DNSName")) : "";
}

void add_machine(TailnetStatus& status, const Json& machine, const std::string& own) {
  if (!machine.is_object()) return;
  const std::string name = text_of(machine, "DNSName");
  const std::string suffix = suffix_of(name);
  TailnetMachine result{lower(text_of(machine, "HostName")), lower(name.substr(0, name.find('.'))),
                        address_of(machine), !own.empty() && !suffix.empty() && suffix != own};
  if (!result.address.empty() && !(result.host_name.empty() && result.dns_label.empty())) {
    status.machines.push_back(std::move(result));
  }
}

/// Its label in the tailnet decides, being unique; else the name that it gives itself, if one has it.
std::vector<const TailnetMachine*> candidates(const std::string& name,
                                              const std::vector<TailnetMachine>& machines) {
  std::vector<const TailnetMachine*> by_label, by_host;
  for (const TailnetMachine& machine : machines) {
    if (machine.elsewhere) continue;
    if (machine.dns_label == name) by_label.push_back(&machine);
    if (machine.host_name == name) by_host.push_back(&machine);
  }
  return by_label.empty() ? by_host : by_label;
}

bool is_elsewhere(const std::string& name, const std::vector<TailnetMachine>& machines) {
  return std::any_of(machines.begin(), machines.end(), [&](const TailnetMachine& machine) {
    return machine.elsewhere && (machine.dns_label == name || machine.host_name == name);
  });
}

bool is_outside(const std::string& address, const std::string& cidr) {
  const auto network = values::parse_cidr(cidr);
  const auto ip = values::parse_ip(address);
  return network && ip && !values::network_has(*network, *ip);
}

using Found = std::vector<std::pair<const LearnedMachine*, std::string>>;  // machine, its address

/// Whether another machine of the lab has the address too: found now, or known from before.
bool is_doubled(const Found& all, const LearnedMachine& machine, const std::string& address,
                const lock::Lock& before, const LearnableNetwork& network) {
  return std::any_of(
      network.machines.begin(), network.machines.end(), [&](const LearnedMachine& other) {
        if (other.lease_path == machine.lease_path) return false;
        const auto now = std::find_if(all.begin(), all.end(),
                                      [&](const auto& one) { return one.first == &other; });
        if (now != all.end()) return now->second == address;
        const lock::Lease* kept = before.find(network.pool, other.lease_path);
        return kept != nullptr && kept->value == address;
      });
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
  const std::string own = own_suffix(root);
  if (const auto self = root.find("Self"); self != root.end()) add_machine(status, *self, own);
  if (const auto peers = root.find("Peer"); peers != root.end() && peers->is_object()) {
    for (const Json& peer : *peers) add_machine(status, peer, own);
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
  Found all;
  for (const LearnedMachine& wanted : network.machines) {
    const std::string name = lower(wanted.host_name);
    const auto found = candidates(name, machines);
    used.insert(found.begin(), found.end());
    if (found.size() > 1)
      result.ambiguous.push_back(wanted.host_name);
    else if (found.empty())
      (is_elsewhere(name, machines) ? result.elsewhere : result.missing)
          .push_back(wanted.host_name);
    else if (is_outside(found.front()->address, network.cidr))
      result.outside.push_back(wanted.host_name + " " + found.front()->address);
    else
      all.emplace_back(&wanted, found.front()->address);
  }
  for (const auto& [wanted, address] : all) {
    if (is_doubled(all, *wanted, address, before, network))
      result.doubled.push_back(wanted->host_name + " " + address);
    else
      result.lock.set(network.pool, wanted->lease_path, address);
  }
  for (const TailnetMachine& machine : machines) {
    if (used.count(&machine) != 0 || machine.elsewhere) continue;
    result.unknown.push_back(machine.dns_label.empty() ? machine.host_name : machine.dns_label);
  }
  return result;
}

}  // namespace hlab::commands
