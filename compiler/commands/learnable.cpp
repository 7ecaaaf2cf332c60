#include "compiler/commands/learnable.h"

#include "compiler/driver/compile.h"

namespace hlab::commands {

using driver::Compilation;

std::vector<LearnableNetwork> learnable_networks(const Compilation& run) {
  std::vector<LearnableNetwork> networks;
  for (const model::View& network : model::all(run.program, run.lab, "network")) {
    LearnableNetwork found{std::string(network.name()), network.path(), {}, network.text("cidr")};
    for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
      const program::InstanceId id(i);
      for (std::uint32_t f = 0; f < run.lab.instances[id].slot_count; ++f) {
        for (const program::MapEntry& entry : run.lab.slot(id, f).entries) {
          const bool asks = entry.key == values::MapKey::of(network.id()) &&
                            entry.asked.want == values::Want::learned;
          if (!asks) continue;
          const model::View holder(run.program, run.lab, id);
          found.machines.push_back({std::string(holder.top().name()), holder.path()});
        }
      }
    }
    if (!found.machines.empty()) networks.push_back(std::move(found));
  }
  return networks;
}

}  // namespace hlab::commands
