// The files of the lab's folder whose path fits a pattern.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "emit/core/emitter.h"

namespace hlab::driver {

/// Sorted by path. Hidden files and links that lead out of the folder are none of the lab's.
[[nodiscard]] std::vector<emit::FoundFile> lab_files(const std::filesystem::path& root,
                                                     std::string_view pattern);

}  // namespace hlab::driver
