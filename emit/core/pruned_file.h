// A file that hlab wrote once and writes no more.
#pragma once

#include <string>

namespace hlab::emit {

struct PrunedFile {
  std::string path;
  std::string bytes;  // what it held
};

}  // namespace hlab::emit
