#include "compiler/commands/lab_folder.h"

#include <filesystem>

namespace hlab::commands {

bool holds_lab(const std::string& folder) {
  std::error_code failed;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
       it.increment(failed)) {
    if (it->path().extension() == ".hlab") return true;
  }
  return false;
}

}  // namespace hlab::commands
