// What a person encrypts: the form of a secret, with its values left to fill in.
#pragma once

#include <string>
#include <vector>

#include "emit/core/secret_use.h"

namespace hlab::emit {

/// YAML: an object for the operator of a cluster, a flat map for machines. In pieces: between two of them
/// stands the value of a key, in the order of `keys`. None where YAML cannot hold it.
[[nodiscard]] std::vector<std::string> secret_form(const SecretUse& use);

}  // namespace hlab::emit
