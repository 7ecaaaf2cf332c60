// Takes the LAB argument, gives the bytes of the lab's source files in a stable order. What the bytes
// are (UTF-8, a BOM, control characters) is the token source's affair.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/load/read_file.h"

namespace hlab::load {

struct LoadLimits {
  std::size_t max_file_bytes = kMaxFileBytes;
  std::size_t max_files = 10'000;
};

struct LoadedFile {
  std::string path;  // relative to the lab's folder, as shown
  std::string bytes;
};

struct LoadedLab {
  std::filesystem::path root;     // the lab's folder; the lock and ciphertext lie here
  std::vector<LoadedFile> files;  // sorted by path, bytewise
};

/// `lab` is a folder (its `*.hlab` files, not those of sub-folders) or one `.hlab` file; "" means the
/// current folder. Files that can be read are returned even where others cannot.
[[nodiscard]] LoadedLab load_lab(std::string_view lab, diag::Diagnostics& diags,
                                 const LoadLimits& limits = {});

/// Reports why a file could not be read; nothing for `ok`. `missing` counts as unreadable here.
void report_read_failure(const ReadResult& result, std::string_view path, diag::Diagnostics& diags,
                         std::size_t max_bytes = kMaxFileBytes, Span at = {});

}  // namespace hlab::load
