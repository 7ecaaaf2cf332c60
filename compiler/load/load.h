// Takes the LAB argument, gives the bytes of the lab's source files in a stable order. What the bytes
// are (UTF-8, a BOM, control characters) is the token source's affair.
#pragma once

#include <cstdint>
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
  bool whole = false;             // a folder was given, not one file
};

enum class FolderStatus : std::uint8_t { ok, missing, outside, not_a_folder, unreadable, empty };

/// A folder of the lab: a module of its own.
struct LoadedFolder {
  FolderStatus status = FolderStatus::ok;
  std::string place;   // relative to the lab's folder, links resolved; "" is that folder
  std::string reason;  // of the system, where it gave one
  std::vector<LoadedFile> files;
};

/// `lab` is a folder (its `*.hlab` files, not those of sub-folders) or one `.hlab` file; "" means the
/// current folder. Files that can be read are returned even where others cannot.
[[nodiscard]] LoadedLab load_lab(std::string_view lab, diag::Diagnostics& diags,
                                 const LoadLimits& limits = {});

/// Where the folder lies. Opens nothing.
[[nodiscard]] LoadedFolder find_folder(const std::filesystem::path& root,
                                       std::string_view relative);

/// Reads the source files of a folder that was found.
void read_folder(const std::filesystem::path& root, LoadedFolder& folder, diag::Diagnostics& diags,
                 const LoadLimits& limits = {});

/// Reports why a file could not be read; nothing for `ok`. `missing` counts as unreadable here.
void report_read_failure(const ReadResult& result, std::string_view path, diag::Diagnostics& diags,
                         std::size_t max_bytes = kMaxFileBytes, Span at = {});

}  // namespace hlab::load
