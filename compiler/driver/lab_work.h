// What the commands ask of a compiled lab. Declared apart from compile.h so that commands see
// questions, not stages. Defined beside the stages in compile.cpp.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/options.h"
#include "compiler/graph/lab_graph.h"
#include "compiler/lock/lock.h"

namespace hlab::driver {

struct Compilation;

/// The declarations and their edges, as text that ends in a newline.
[[nodiscard]] std::string graph_text(const Compilation& run, const graph::LabGraph& graph,
                                     GraphFormat format);

/// Emits and writes the tree and `hlab.lock`. `summary` goes to standard error.
struct BuildResult {
  int status = 0;
  std::string summary;
};
[[nodiscard]] BuildResult build_tree(Compilation& run, const std::string& out);

/// Says where hlab.lock does not match the lab: a warning, or an error where nothing may be given out.
void report_stale_lock(Compilation& run);

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
};
[[nodiscard]] std::vector<LearnableNetwork> learnable_networks(const Compilation& run);

/// The lock that a build would write now.
[[nodiscard]] lock::Lock new_lock(const Compilation& run);

/// The lab's folder and its lock, as read.
[[nodiscard]] const std::string& lab_folder(const Compilation& run);
[[nodiscard]] const lock::Lock& lock_of(const Compilation& run);

}  // namespace hlab::driver
