// The record, in each generated folder, of the files that hlab wrote there and what was in them.
// One line per file, sorted: two branches that add different files merge without a conflict.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/sha256.h"

namespace hlab::emit {

inline constexpr std::string_view kManifestName = ".hlab-manifest.json";

struct OwnedFile {
  std::string path;
  Digest digest{};
};

struct Manifest {
  std::vector<std::string> folders;  // root manifest only: the folders with one of their own
  std::vector<OwnedFile> files;      // paths relative to the manifest's folder, sorted
};

std::string write_manifest(const Manifest& manifest);
/// Nothing where `text` is no manifest of a known version, or names a path no output may have.
std::optional<Manifest> read_manifest(std::string_view text);

}  // namespace hlab::emit
