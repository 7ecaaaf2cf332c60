// How a variable names a secret: a file of ciphertext in the project, and the part of it that is
// meant. The controller decrypts it when a task needs it.
#pragma once

#include <string_view>

#include "emit/core/document.h"
#include "emit/core/emitter.h"

namespace hlab::emit {

/// Where roles look for the files: from the inventory's place, so the project can be moved.
inline constexpr std::string_view kSecretsFolder = "{{ inventory_dir | dirname }}/secrets";

/// Writes `{file, extract}` for a secret, or for one part of one.
void put_secret(Doc& doc, const model::View& secret, Origin origin = kNoOrigin);
/// The entries alone, into the map that is open.
void put_secret_entries(Doc& doc, const model::View& secret, Origin origin = kNoOrigin);

}  // namespace hlab::emit
