// The real `sops`, as a process that gets plain text by a pipe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hlab::commands {

struct SopsRequest {
  std::string program;  // an absolute path
  std::vector<std::string> recipients;
  std::string encrypted_parts;  // a regular expression of keys; "" for all of them
  std::string name;             // the path that the file will have
};

struct SopsAnswer {
  std::string ciphertext;
  std::string error;  // its words, or those of the system; empty on success
};

/// The first `sops` of PATH, or "".
[[nodiscard]] std::string find_sops();

/// Nothing of `form` is on its command line, in its environment or in a file.
[[nodiscard]] SopsAnswer encrypt(const SopsRequest& request, std::string_view form);

}  // namespace hlab::commands
