#include "emit/sops/emitter.h"

#include "emit/sops/ciphertexts.h"
#include "emit/sops/creation_rules.h"

namespace hlab::emit {
namespace {

void emit(const EmitInput& input, EmitOutput& output) {
  sops::emit_creation_rules(input, output);
  sops::add_ciphertexts(input, output);
}

}  // namespace

const Emitter kSopsEmitter{"sops", "committed ciphertext and its rules", emit};

}  // namespace hlab::emit
