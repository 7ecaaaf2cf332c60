// Secrets on NixOS: sops-nix decrypts committed ciphertext on the machine; a value never stands in
// a Nix file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/view.h"
#include "emit/nix_text/nix_expr.h"

namespace hlab::emit {

struct NixSecret {
  model::View secret;
  std::string key;   // in the ciphertext
  std::string name;  // below sops.secrets
};

/// What a field that holds a secret, or one part of a secret, leads to.
[[nodiscard]] NixSecret nix_secret_of(const model::View& holder, std::string_view field);
/// Where the machine finds it, decrypted.
[[nodiscard]] NixExpr path_of(const NixSecret& secret);
/// Its declaration, into the body of a module; `restart_units` start again when it changes.
void declare_secret(NixExpr& body, const NixSecret& secret,
                    const std::vector<std::string>& restart_units);

}  // namespace hlab::emit
