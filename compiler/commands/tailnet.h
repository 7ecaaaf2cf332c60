// What `tailscale status --json` says about machines, and what of it a lab wants to know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/learnable.h"
#include "compiler/lock/lock.h"

namespace hlab::commands {

struct TailnetMachine {
  std::string host_name;   // what the machine calls itself; not unique
  std::string dns_label;   // first label of its name in the tailnet; unique
  std::string address;     // canonical; IPv4 where it has one
  bool elsewhere = false;  // of another tailnet, whose owner lets this one see it
};

struct TailnetStatus {
  std::vector<TailnetMachine> machines;  // sorted by label, then address
  std::string error;                     // why the text could not be used; empty when it could
};

[[nodiscard]] TailnetStatus parse_tailnet(std::string_view json);

/// The leases that follow, and what did not fit.
struct Learned {
  lock::Lock lock;
  std::vector<std::string> ambiguous;  // machines of the lab that several of the tailnet answer to
  std::vector<std::string> missing;    // machines of the lab that the tailnet does not show
  std::vector<std::string> unknown;    // machines of the tailnet that the lab does not have
  std::vector<std::string>
      elsewhere;  // machines of the lab of which another tailnet has the only namesake
  std::vector<std::string> outside;  // machines whose address is none of the network
  std::vector<std::string> doubled;  // machines whose address another one of the lab has
};

/// `before` with the addresses of `network` brought up to date. A machine that the tailnet does not
/// show keeps its lease: it may be switched off.
[[nodiscard]] Learned learn(const lock::Lock& before, const LearnableNetwork& network,
                            const std::vector<TailnetMachine>& machines);

}  // namespace hlab::commands
