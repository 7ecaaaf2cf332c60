#include <deque>
#include <filesystem>
#include <set>

#include "compiler/commands/commands.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/modules.h"
#include "compiler/load/load.h"
#include "compiler/load/load_diags.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

namespace hlab::commands {

using driver::imported_folder;
using driver::kFine;
using driver::kLabHasErrors;
using driver::kSystemFailed;

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

/// The text laid out, as far as it parses; what does not is reported.
std::string formatted(Formatting& run, const std::string& shown, std::string text) {
  const FileId file = run.sources.add(shown, std::move(text));
  syntax::parse(run.sources, file, run.symbols, run.ast, run.diags);
  return syntax::format(run.sources.text(file));
}

void format_file(Formatting& run, const fs::path& path, std::string text, bool check_only) {
  const std::string shown = load::printable_name(path.string());
  const std::string before = text;
  const std::string after = formatted(run, shown, std::move(text));
  if (after == before) return;
  run.changed.push_back(shown);
  if (check_only) return;
  const std::string reason = load::replace_file(path, after);
  if (!reason.empty()) run.diags.report(load::kUnwritable, {}, shown, reason);
}

/// The folders of the lab's own that the file imports; packages are others' text.
void follow_imports(const Formatting& run, std::size_t first_file, const std::string& folder,
                    std::deque<std::string>& next) {
  for (std::size_t i = first_file; i < run.ast.files.size(); ++i) {
    for (const syntax::EntryId id : syntax::view(run.ast.entry_lists, run.ast.files[i].body)) {
      const syntax::Entry& e = run.ast.entries[id];
      if (e.kind != syntax::EntryKind::import_) continue;
      const std::string_view written = run.symbols.text(e.name);
      if (!written.starts_with("./")) continue;
      if (const auto found = imported_folder(written, folder)) next.push_back(*found);
    }
  }
}

/// A folder and the folders that its files import, or one file alone.
void format_lab(Formatting& run, const std::string& path, bool check_only) {
  load::LoadedLab loaded = load::load_lab(path, run.diags);
  std::set<std::string> known{""};
  std::deque<std::string> next;
  const auto format_all = [&](std::vector<load::LoadedFile>& files, const std::string& folder) {
    const std::size_t first_file = run.ast.files.size();
    for (load::LoadedFile& file : files) {
      const fs::path place = (loaded.root / file.path).lexically_normal();
      format_file(run, place, std::move(file.bytes), check_only);
    }
    if (loaded.whole) follow_imports(run, first_file, folder, next);
  };
  format_all(loaded.files, "");
  for (; !next.empty(); next.pop_front()) {
    load::LoadedFolder folder = load::find_folder(loaded.root, next.front());
    if (folder.status != load::FolderStatus::ok || !known.insert(folder.place).second) continue;
    load::read_folder(loaded.root, folder, run.diags);
    format_all(folder.files, folder.place);
  }
}

int format_standard_input(const Options& options, Console& console, Formatting& run) {
  const InputText input = read_standard_input(load::kMaxFileBytes);
  if (!input.error.empty()) {
    console.complain("hlab fmt: cannot read standard input: " + input.error + "\n");
    return kSystemFailed;
  }
  const std::string after = formatted(run, "standard input", input.text);
  show_diagnostics(run.sources, run.diags, options, console);
  if (!options.check_only) console.print(after);
  if (run.diags.has_errors()) return kLabHasErrors;
  return options.check_only && after != input.text ? kLabHasErrors : kFine;
}

}  // namespace

int command_fmt(const Options& options, Console& console) {
  Formatting run;
  if (options.paths == std::vector<std::string>{"-"}) {
    return format_standard_input(options, console, run);
  }
  for (const std::string& path : options.paths) {
    format_lab(run, path, options.check_only);
  }
  show_diagnostics(run.sources, run.diags, options, console);
  for (const std::string& path : run.changed) console.print(path + "\n");
  const int status = status_of(run.diags);
  return status == kFine && options.check_only && !run.changed.empty() ? kLabHasErrors : status;
}

}  // namespace hlab::commands
