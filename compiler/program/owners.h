// Who holds an instance.
#pragma once

#include <vector>

#include "compiler/program/lab.h"

namespace hlab::program {

/// The declaration in which it lies, or itself.
[[nodiscard]] inline InstanceId top_of(const Lab& lab, InstanceId id) {
  while (!lab.instances[id].alone) id = lab.instances[id].owner;
  return id;
}

/// The declaration that holds it: of a part the one in which it lies, of what stands for itself in a bundle that
/// bundle; itself where nothing holds it.
[[nodiscard]] inline InstanceId holder_of(const Lab& lab, InstanceId id) {
  const Instance& one = lab.instances[id];
  return one.owner.valid() ? top_of(lab, one.owner) : id;
}

/// The one at the top of the lab in which it lies, in a bundle too, or itself.
[[nodiscard]] inline InstanceId outermost(const Lab& lab, InstanceId id) {
  while (lab.instances[id].owner.valid()) id = lab.instances[id].owner;
  return id;
}

/// By KindId, whether an instance stands for itself where another one holds it. So do those of the library's families of
/// which the library itself holds none: services, machines, secrets, but no volumes, endpoints or disks.
[[nodiscard]] std::vector<bool> kinds_that_stand_alone(const Program& program);

/// The names of its path, without the kind: `b-web`.
[[nodiscard]] std::string joined_path(const Program& program, const Lab& lab, InstanceId id);

}  // namespace hlab::program
