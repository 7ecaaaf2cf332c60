#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/commands/version.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::kFine;

int command_version(const Options& options, Console& console) {
  if (options.format == Format::json) {
    console.print(nlohmann::ordered_json{{"version", 1}, {"hlab", kVersion}}.dump() + "\n");
  } else {
    console.print("hlab " + std::string(kVersion) + "\n");
  }
  return kFine;
}

}  // namespace hlab::commands
