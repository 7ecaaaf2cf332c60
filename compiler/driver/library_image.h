// The library as it is after declaring and checking, made at build and read back as bytes: starting
// costs neither parsing nor type-checking it.
#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// The image that this program was built with; empty in the tool that makes it.
[[nodiscard]] std::string_view library_image();

/// A run that holds the library and nothing else, as bytes.
[[nodiscard]] std::string write_library_image(const Compilation& library);

/// Fills an empty run. False when the image is empty or was made by another build.
[[nodiscard]] bool read_library_image(std::string_view image, Compilation& run);

/// Parses, declares and checks the library from its embedded sources.
void compile_library(Compilation& run);

}  // namespace hlab::driver
