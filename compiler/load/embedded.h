// Files that are compiled into the binary: the library, and the text files that emitters copy. The
// lists are written at build by scripts/embed_files.py.
#pragma once

#include <string_view>

namespace hlab::embedded {

struct EmbeddedFile {
  std::string_view path;  // relative to the embedded folder, `/` between its parts
  std::string_view bytes;
};

}  // namespace hlab::embedded
