// Reads a whole regular file with a limit, never following a link out of a given folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace hlab::load {

inline constexpr std::size_t kMaxFileBytes = 16u << 20;

enum class ReadStatus { ok, missing, outside, not_a_file, too_large, unreadable };

struct ReadResult {
  ReadStatus status = ReadStatus::ok;
  std::string bytes;
  std::string reason;  // the system's words, for `unreadable`
};

/// Reads any regular file of up to `max_bytes`.
[[nodiscard]] ReadResult read_regular_file(const std::filesystem::path& path,
                                           std::size_t max_bytes = kMaxFileBytes);

/// Reads `relative` below the lab's folder `root`: ciphertext, the lock. Absolute paths, `..` and links
/// that lead out of the folder are `outside`.
[[nodiscard]] ReadResult read_lab_file(const std::filesystem::path& root, std::string_view relative,
                                       std::size_t max_bytes = kMaxFileBytes);

/// Writes beside the place and renames: the old bytes or the new ones are there, never a part. Keeps the
/// permissions of a file that it replaces, and touches nothing when the bytes are the same. Empty on
/// success, else the system's reason.
[[nodiscard]] std::string replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Replaces what a terminal or a comment line must not carry by `?`.
[[nodiscard]] std::string printable_name(std::string_view name);

}  // namespace hlab::load
