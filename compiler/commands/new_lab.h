// The text of a lab to begin with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/options.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

struct NewFile {
  std::string name;
  std::string text;
};

struct NewLab {
  std::vector<NewFile> files;
  std::string problem;  // what is wrong with the answers, or ""
};

/// Every answer is there; `library` is the library alone, compiled. The files are laid out as `hlab fmt`
/// would.
[[nodiscard]] NewLab new_lab(const driver::Compilation& library, const InitOptions& answers);

/// What is wrong with a domain or time zone, with what may have been meant; nothing where it is fine.
[[nodiscard]] std::optional<std::string> domain_problem(std::string_view domain);
[[nodiscard]] std::optional<std::string> timezone_problem(const driver::Compilation& library,
                                                          std::string_view zone);

}  // namespace hlab::commands
