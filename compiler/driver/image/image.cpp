#include "compiler/driver/library_image.h"

// The bytes come into the binary as they are; aligned, so that tables can be copied out of them.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "hlab_library_image_begin:\n"
    ".incbin \"" HLAB_IMAGE_FILE
    "\"\n"
    "hlab_library_image_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" const char hlab_library_image_begin[];
extern "C" const char hlab_library_image_end[];

namespace hlab::driver {

std::string_view library_image() {
  return {hlab_library_image_begin,
          static_cast<std::size_t>(hlab_library_image_end - hlab_library_image_begin)};
}

}  // namespace hlab::driver
