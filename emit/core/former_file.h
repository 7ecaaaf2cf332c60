// A file that hlab wrote once, as it was.
#pragma once

#include <string>

namespace hlab::emit {

struct FormerFile {
  std::string path;
  std::string bytes;
};

}  // namespace hlab::emit
