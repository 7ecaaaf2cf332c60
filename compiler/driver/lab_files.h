// Files of the lab's folder that are not its sources.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/emitter.h"

namespace hlab::driver {

/// Sorted by path. Hidden files and links that lead out of the folder are none of the lab's.
[[nodiscard]] std::vector<emit::FoundFile> lab_files(const std::filesystem::path& root,
                                                     std::string_view pattern);

/// Gives the bytes of a file of the lab's folder, by its path in it; none where it cannot be read.
[[nodiscard]] std::function<std::optional<std::string>(std::string_view relative)> lab_file_reader(
    const std::filesystem::path& root);

}  // namespace hlab::driver
