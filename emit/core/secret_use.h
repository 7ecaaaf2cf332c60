// Who needs which secret where. hlab never sees a value: a person commits ciphertext beside the
// lab, one file for each place that decrypts it, and the build copies its bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/emitter.h"

namespace hlab::emit {

enum class SecretTarget : std::uint8_t { kubernetes, nixos, ansible };

struct SecretUse {
  model::View secret;
  model::View user;                // the first declaration that needs it there
  std::vector<model::View> users;  // all of them
  SecretTarget target = SecretTarget::kubernetes;
  std::string source;  // its ciphertext in the lab's folder
  std::string output;  // and in the tree
};

/// Who decrypts a secret in its cluster; none where the GitOps engine does it.
[[nodiscard]] model::View operator_of(const SecretUse& use);

/// Every ciphertext that the tree refers to, sorted by its place in the tree.
[[nodiscard]] std::vector<SecretUse> secret_uses(const EmitInput& input);

/// The places that need a secret which something else makes (`extern`): no ciphertext is theirs.
[[nodiscard]] std::vector<SecretUse> extern_secret_uses(const EmitInput& input);

/// Secrets in a value: a handle, one part of one, or a text that is put together from them. A part
/// counts as its secret.
void collect_secrets(const model::View& context, const values::Value& value,
                     std::vector<model::View>& out);

}  // namespace hlab::emit
