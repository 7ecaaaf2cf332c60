// What a file of SOPS says without its key: for whom it is, and the names of what it holds.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/secret_use.h"

namespace hlab::emit::sops {

/// Values that SOPS encrypts in an object of Kubernetes; in the files of machines it encrypts all.
inline constexpr std::string_view kEncryptedParts = "^(data|stringData)$";

struct Ciphertext {
  std::set<std::string> recipients;
  std::vector<std::string> plain;    // what should be encrypted and is not
  std::vector<std::string> misfits;  // what the user of the secret will not find
};

/// Held against what `hlab secret set` would make.
[[nodiscard]] Ciphertext read_ciphertext(const SecretUse& use, const std::string& bytes);

}  // namespace hlab::emit::sops
