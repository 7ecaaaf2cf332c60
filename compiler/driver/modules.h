// The lab's own folder and all that its files import, folder by folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// Where the packages of a lab lie.
inline constexpr std::string_view kPackages = "packages/";

/// The folder that an import names, relative to the lab's, as far as the words tell: `./b` written in `a`
/// is `a/b`, `media` is `packages/media`. None where it leads out.
[[nodiscard]] std::optional<std::string> imported_folder(std::string_view written,
                                                         std::string_view from);

/// Parses the files of the lab's folder and of what they import; tells the program which file belongs to
/// which module, and what names stand for modules. `instead` has texts for files, by path, that count
/// instead of what lies on disk.
void read_modules(Compilation& run, const std::map<std::string, std::string>* instead);

}  // namespace hlab::driver
