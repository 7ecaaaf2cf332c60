// Services that answer for the names of the lab: where they are asked, and from which private networks.
// The access policy opens the way, the README says who has to be told.
#pragma once

#include <string>
#include <vector>

#include "emit/core/machine.h"

namespace hlab::emit {

struct NameServer {
  model::View service;
  model::View node;       // the machine that answers; none for an address of a cluster's service
  std::string address;    // outside of private networks or in a pool, or ""
  bool in_house = false;  // everybody in the house can ask it there
};

/// In the order of the lab, one for each machine or address.
[[nodiscard]] std::vector<NameServer> name_servers(const EmitInput& input);

/// How whoever is in a private network asks a name server.
struct WayToNames {
  bool member = false;  // its machine has an address in that network itself
  std::string address;  // "" where there is no way, or where that address is not known yet
  [[nodiscard]] bool open() const { return member || !address.empty(); }
};

[[nodiscard]] WayToNames way_to(const EmitInput& input, const NameServer& server,
                                const model::View& overlay);

}  // namespace hlab::emit
