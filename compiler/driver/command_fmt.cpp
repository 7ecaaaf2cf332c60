#include <filesystem>

#include "compiler/driver/commands.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/load.h"
#include "compiler/load/load_diags.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

namespace hlab::driver {
namespace {

namespace fs = std::filesystem;

/// What a run of `fmt` has seen; diagnostics are shown once at the end.
struct Formatting {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  std::vector<std::string> changed;
};

/// The text laid out, or nothing where it does not parse: that is reported, and the file is left alone.
std::optional<std::string> formatted(Formatting& run, const std::string& shown, std::string text) {
  const std::size_t before = run.diags.error_count();
  const FileId file = run.sources.add(shown, std::move(text));
  syntax::parse(run.sources, file, run.symbols, run.ast, run.diags);
  if (run.diags.error_count() != before) return std::nullopt;
  return syntax::format(run.sources.text(file));
}

void format_file(Formatting& run, const fs::path& path, std::string text, bool check_only) {
  const std::string shown = load::printable_name(path.string());
  const std::string before = text;
  const auto after = formatted(run, shown, std::move(text));
  if (!after || *after == before) return;
  run.changed.push_back(shown);
  if (check_only) return;
  const std::string reason = load::replace_file(path, *after);
  if (!reason.empty()) run.diags.report(load::kUnwritable, {}, shown, reason);
}

int format_standard_input(const Options& options, Console& console, Formatting& run) {
  const InputText input = read_standard_input(load::kMaxFileBytes);
  if (!input.error.empty()) {
    console.complain("hlab fmt: cannot read standard input: " + input.error + "\n");
    return kSystemFailed;
  }
  const auto after = formatted(run, "standard input", input.text);
  show_diagnostics(run.sources, run.diags, options, console);
  if (!after) return kLabHasErrors;
  if (options.check_only) return *after == input.text ? kFine : kLabHasErrors;
  console.print(*after);
  return kFine;
}

}  // namespace

int command_fmt(const Options& options, Console& console) {
  Formatting run;
  if (options.paths == std::vector<std::string>{"-"}) {
    return format_standard_input(options, console, run);
  }
  for (const std::string& path : options.paths) {
    load::LoadedLab loaded = load::load_lab(path, run.diags);
    for (load::LoadedFile& file : loaded.files) {
      const fs::path place = (loaded.root / file.path).lexically_normal();
      format_file(run, place, std::move(file.bytes), options.check_only);
    }
  }
  show_diagnostics(run.sources, run.diags, options, console);
  for (const std::string& path : run.changed) console.print(path + "\n");
  const int status = status_of(run.diags);
  return status == kFine && options.check_only && !run.changed.empty() ? kLabHasErrors : status;
}

}  // namespace hlab::driver
