// Committed ciphertext: copied as it is, and looked at as far as it can be without a key.
#pragma once

#include "emit/core/emitter.h"

namespace hlab::emit::sops {

/// Adds the ciphertexts that the tree needs; tells of those that are missing, or made for something else.
void add_ciphertexts(const EmitInput& input, EmitOutput& output);

}  // namespace hlab::emit::sops
