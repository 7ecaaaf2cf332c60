// Who holds an instance.
#pragma once

#include "compiler/program/lab.h"

namespace hlab::program {

/// The declaration of the lab in which it lies, or itself.
[[nodiscard]] inline InstanceId top_of(const Lab& lab, InstanceId id) {
  while (lab.instances[id].owner.valid()) id = lab.instances[id].owner;
  return id;
}

}  // namespace hlab::program
