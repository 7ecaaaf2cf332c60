// make_image FILE: compiles the library and writes its image. Runs at build.
#include <fmt/format.h>

#include <cstdio>

#include "compiler/diag/render_text.h"
#include "compiler/driver/library_image.h"

namespace hlab::driver {
std::string_view library_image() { return {}; }
}  // namespace hlab::driver

int main(int argc, char** argv) {
  hlab::driver::Compilation library;
  hlab::driver::compile_library(library);
  if (argc != 2 || library.diags.has_errors()) {
    fmt::print(stderr, "{}", hlab::diag::render_text(library.sources, library.diags, {}));
    return 1;
  }
  const std::string image = hlab::driver::write_library_image(library);
  std::FILE* out = std::fopen(argv[1], "wb");
  if (out == nullptr) return 1;
  const bool written = std::fwrite(image.data(), 1, image.size(), out) == image.size();
  return std::fclose(out) == 0 && written ? 0 : 1;
}
