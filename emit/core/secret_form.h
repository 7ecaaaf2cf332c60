// What a person encrypts: the form of a secret, with its values left to fill in.
#pragma once

#include <string>

#include "emit/core/secret_use.h"

namespace hlab::emit {

/// YAML: an object for the operator of a cluster, a flat map for machines.
[[nodiscard]] std::string secret_form(const SecretUse& use);

}  // namespace hlab::emit
