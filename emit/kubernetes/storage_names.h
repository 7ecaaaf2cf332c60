// Names that a pod and the objects beside it must agree on.
#pragma once

#include <string>

#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {

/// Of the ConfigMap with the files of `config`.
std::string config_map_name(const Workload& workload);
/// What changes whenever the files of `config` do; "" without any.
std::string config_checksum(const Workload& workload);
/// What changes whenever the ciphertext of a secret does; "" without secrets, or while one of them
/// is missing.
std::string secrets_checksum(const Workload& workload);

}  // namespace hlab::emit::kubernetes
