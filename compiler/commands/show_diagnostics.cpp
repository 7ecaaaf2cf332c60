#include <fmt/format.h>

#include <filesystem>

#include "compiler/commands/commands.h"
#include "compiler/commands/version.h"
#include "compiler/diag/join_places.h"
#include "compiler/diag/render_github.h"
#include "compiler/diag/render_json.h"
#include "compiler/diag/render_sarif.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/load_diags.h"

namespace hlab::commands {

using driver::kFine;
using driver::kLabHasErrors;
using driver::kSystemFailed;

namespace {

/// A lab may be one file.
std::string folder_of(const std::string& lab) {
  std::error_code ignored;
  const std::filesystem::path path(lab);
  return std::filesystem::is_regular_file(path, ignored) ? path.parent_path().string() : lab;
}

}  // namespace

int status_of(const diag::Diagnostics& diags) {
  if (!diags.has_errors()) return kFine;
  for (const diag::Diagnostic* item : diags.sorted()) {
    if (item->severity == diag::Severity::error && load::is_system_failure(*item->info)) {
      return kSystemFailed;
    }
  }
  return kLabHasErrors;
}

std::string count_text(const diag::Diagnostics& diags) {
  std::size_t errors = 0, warnings = 0;
  for (const diag::Diagnostic* item : diag::join_places(diags.sorted()).items) {
    ++(item->severity == diag::Severity::error ? errors : warnings);
  }
  const auto counted = [](std::size_t n, std::string_view what) {
    return n == 0 ? std::string() : fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  const std::string e = counted(errors, "error"), w = counted(warnings, "warning");
  return e.empty() || w.empty() ? e + w : e + " and " + w;
}

void show_diagnostics(const SourceMap& sources, const diag::Diagnostics& diags,
                      const Options& options, Console& console) {
  switch (options.format) {
    case Format::json: return console.print(diag::render_json(sources, diags));
    case Format::github:
      return console.print(diag::render_github(sources, diags, folder_of(options.lab)));
    case Format::sarif:
      return console.print(diag::render_sarif(sources, diags, folder_of(options.lab), kVersion));
    case Format::human:
    case Format::yaml: break;
  }
  diag::RenderOptions look;
  look.color = console.color_errors(options.color);
  look.width = console.width();
  console.complain(diag::render_text(sources, diags, look));
}

}  // namespace hlab::commands
