#include "emit/sops/emitter.h"

#include "emit/core/secret_use.h"
#include "emit/sops/creation_rules.h"

namespace hlab::emit {
namespace {

void emit(const EmitInput& input, EmitOutput& output) {
  sops::emit_creation_rules(input, output);
  add_ciphertexts(input, output, SecretTarget::kubernetes);
  add_ciphertexts(input, output, SecretTarget::nixos);
  add_ciphertexts(input, output, SecretTarget::ansible);
}

}  // namespace

const Emitter kSopsEmitter{"sops", "committed ciphertext and its rules", emit};

}  // namespace hlab::emit
