// `hlab check --fix`: the fixes that need no decision, applied until there is none left.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/driver/compile.h"

namespace hlab::commands {

/// A file, a place in it, and what a fix writes there.
using AppliedEdit = std::tuple<std::string, std::uint32_t, std::string>;

struct Mended {
  std::unique_ptr<driver::Compilation> run;   // of the lab as it is after the fixes
  std::map<std::string, std::string> before;  // bytes of the files that change, as they were read
  std::map<std::string, std::string> after;
  std::vector<std::string> fixed;  // `lab.hlab:3:5: HL2001: write `box``
  std::set<AppliedEdit> applied;
  std::size_t left = 0;  // diagnostics whose fixes are a choice
};

/// Changes nothing on disk.
[[nodiscard]] Mended mend_lab(driver::CompileRequest request);

/// Writes the files that changed, if all of them are still what was read; else the reason.
struct WrittenFixes {
  int status = 0;
  std::string problem;
};
[[nodiscard]] WrittenFixes write_mended(const Mended& mended);

}  // namespace hlab::commands
