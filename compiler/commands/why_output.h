// The answer of `hlab why`, as text and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/commands/emitted_file.h"
#include "compiler/commands/line_origins.h"

namespace hlab::commands {

struct Answer {
  std::string given;  // the file, as it was asked for
  EmittedFile found;
  std::optional<std::uint32_t> asked_line;  // as the file on disk counts, where that differs
  std::optional<std::uint32_t> line;        // of what would be written
  std::string text;                         // what stands there on disk, or would
  std::vector<LineOrigin> origins;
  Alike alike;
  std::string problem;
  std::optional<std::string> other_tree;  // the option that asks about the tree on disk
};

/// That the file on disk is of a site, or of the lab itself, and how to ask about that.
[[nodiscard]] std::string other_tree_text(const Answer& answer);

[[nodiscard]] std::string why_text(const driver::Compilation& run, const Answer& answer);
[[nodiscard]] std::string why_json(const driver::Compilation& run, const Answer& answer);

}  // namespace hlab::commands
