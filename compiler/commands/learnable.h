// Which addresses of a lab wait for `hlab learn`.
#pragma once

#include <string>
#include <vector>

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

/// A machine whose address in an overlay network is `learned`.
struct LearnedMachine {
  std::string host_name;
  std::string lease_path;
};

/// A network that machines join by themselves; `pool` is its name in the lock (`network.<name>`).
struct LearnableNetwork {
  std::string name;
  std::string pool;
  std::vector<LearnedMachine> machines;
  std::string cidr = {};  // its addresses; "" where nobody knows
};

[[nodiscard]] std::vector<LearnableNetwork> learnable_networks(const driver::Compilation& run);

}  // namespace hlab::commands
