#include "compiler/driver/module_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

#include "compiler/check/check_diags.h"
#include "compiler/check/module_diags.h"
#include "compiler/driver/module_diags.h"
#include "emit/core/manifest.h"

namespace hlab::driver {
namespace {

namespace fs = std::filesystem;
using program::Import;
using program::Module;
using program::ModuleId;
using syntax::Entry;
using syntax::EntryKind;

constexpr std::size_t kMostEntries = 10'000;  // of folders that are looked through

class ImportCheck {
 public:
  explicit ImportCheck(Compilation& run) : run_(run), program_(run.program) {}

  void check() {
    std::vector<ModuleId> importing;
    for (std::uint32_t i = 0; i < program_.modules.size(); ++i) {
      if (!program_.modules[ModuleId(i)].imports.empty()) importing.emplace_back(i);
    }
    if (importing.empty()) return;
    collect_names();
    collect_takers();
    for (const ModuleId module : importing) {
      for (const auto& [alias, import] : sorted(module)) judge(module, alias, import);
    }
  }

 private:
  /// In the order of the source.
  std::vector<std::pair<Symbol, Import>> sorted(ModuleId module) const {
    std::vector<std::pair<Symbol, Import>> imports;
    for (const auto& [alias, import] : program_.modules[module].imports) {
      imports.emplace_back(Symbol(alias), import);
    }
    std::sort(imports.begin(), imports.end(),
              [](const auto& a, const auto& b) { return a.second.entry < b.second.entry; });
    return imports;
  }

  void judge(ModuleId module, Symbol alias, const Import& import) {
    if (clashes(module, alias, import) || !import.module) return;
    if (program_.modules[import.module].library || named_.contains({module.index, alias.index}))
      return;
    std::set<ModuleId> seen;
    if (takes_part(import.module, seen) || run_.diags.has_errors()) return;
    const Entry& e = run_.ast.entries[import.entry];
    run_.diags
        .report(
            kUnusedImport, e.name_span, program_.text(e.name),
            "brings nothing: no name of it is used, and it declares nothing that takes part by itself")
        .fix("take the line away", {{e.span, ""}});
  }

  bool clashes(ModuleId module, Symbol alias, const Import& import) {
    if (!import.module.valid()) return false;  // there is no such folder, which was told
    const Entry& e = run_.ast.entries[import.entry];
    const std::string_view name = program_.text(alias);
    Span other;
    std::string what;
    const auto own = [&](ModuleId in) {
      const Module& names = program_.modules[in];
      if (const auto kind = names.kinds.find(alias.index); kind != names.kinds.end()) {
        other = run_.ast.entries[program_.kinds[kind->second].entry].name_span;
        what = in == module ? "a kind" : "a kind of the library";
      } else if (const auto fn = names.functions.find(alias.index);
                 in == module && fn != names.functions.end()) {
        other = run_.ast.entries[program_.functions[fn->second].entry].name_span;
        what = "a function";
      }
    };
    own(program_.prelude);
    own(module);
    const auto [first, last] = run_.lab.by_name.equal_range(alias.index);
    for (auto it = first; it != last && what.empty(); ++it) {
      const program::Instance& instance = run_.lab.instances[it->second];
      if (instance.module != module) continue;
      other = instance.name_span;
      what = fmt::format("`{}`", program::instance_path(program_, run_.lab, it->second));
    }
    if (const auto group = run_.lab.find_group(module, alias); group && what.empty()) {
      other = run_.lab.groups[*group].span;
      what = "a group";
    }
    const bool hides = import.module && !program_.modules[import.module].library &&
                       program_.module_by_path.contains(alias.index);
    if (what.empty() && hides) what = "the catalogue of the library";
    if (what.empty()) return false;
    auto report = run_.diags.report(check::kImportClash, e.name_span, name, what);
    if (other.valid() && !run_.sources.file(other.file).is_library)
      report.label(other, "declared here");
    report.help(fmt::format("`import {} as {}-module`", run_.sources.text(e.name_span), name));
    return true;
  }

  /// Which names each module uses that could be those of imports.
  void collect_names() {
    const auto add = [&](Span at, Symbol name) {
      if (!at.valid() || !name.valid() || at.file.index >= program_.file_modules.size()) return;
      const ModuleId module = program_.file_modules[at.file.index];
      if (module.valid() && program_.modules[module].imports.contains(name.index)) {
        named_.insert({module.index, name.index});
      }
    };
    for (const syntax::Expr& e : run_.ast.exprs) {
      if (e.kind == syntax::ExprKind::name) add(e.span, Symbol(e.a));
    }
    for (const syntax::PathName& name : run_.ast.path_names) add(name.span, name.name);
    for (const syntax::Segment& segment : run_.ast.segments) add(segment.span, segment.name);
  }

  /// Modules that take part in the lab without being named.
  void collect_takers() {
    for (const syntax::FileRoot& file : run_.ast.files) {
      const ModuleId module = program_.file_modules[file.file.index];
      if (program_.modules[module].library) continue;
      for (const syntax::EntryId id : syntax::view(run_.ast.entry_lists, file.body)) {
        const EntryKind kind = run_.ast.entries[id].kind;
        const bool tells = kind == EntryKind::kind || kind == EntryKind::record ||
                           kind == EntryKind::function || kind == EntryKind::import_ ||
                           kind == EntryKind::edition || kind == EntryKind::allow;
        if (!tells) takers_.insert(module);
      }
    }
  }

  bool takes_part(ModuleId module, std::set<ModuleId>& seen) const {
    if (!module.valid() || !seen.insert(module).second) return false;
    if (takers_.contains(module)) return true;
    const auto& imports = program_.modules[module].imports;
    return std::any_of(imports.begin(), imports.end(),
                       [&](const auto& one) { return takes_part(one.second.module, seen); });
  }

  Compilation& run_;
  const program::Program& program_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> named_;  // (module, name)
  std::set<ModuleId> takers_;
};

class FolderSearch {
 public:
  explicit FolderSearch(Compilation& run) : run_(run) {
    for (const program::Module& module : run.program.modules) {
      if (!module.library) modules_.insert(std::string(run.program.text(module.path)));
    }
  }

  void search() {
    std::vector<std::string> next{""};
    while (!next.empty()) {
      const std::string folder = std::move(next.back());
      next.pop_back();
      look(folder, next);
    }
    std::sort(found_.begin(), found_.end());
    for (const auto& [folder, files] : found_) report(folder, files);
  }

 private:
  void look(const std::string& folder, std::vector<std::string>& next) {
    std::vector<std::string> files;
    std::vector<std::string> below;
    std::error_code error;
    for (fs::directory_iterator at(run_.loaded.root / folder, error), end; !error && at != end;
         at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (name == emit::kManifestName || ++entries_ > kMostEntries) return;
      std::error_code ignored;
      if (name.starts_with('.') || at->is_symlink(ignored)) continue;
      const bool skipped = folder.empty() && (name == "packages" || name == "vendor");
      std::string path = folder.empty() ? name : folder + "/" + name;
      if (at->is_directory(ignored)) {
        if (!skipped) below.push_back(std::move(path));
      } else if (name.ends_with(".hlab")) {
        files.push_back(std::move(path));
      }
    }
    if (!files.empty() && !modules_.contains(folder)) {
      std::sort(files.begin(), files.end());
      found_.emplace_back(folder, std::move(files));
      return;
    }
    next.insert(next.end(), below.begin(), below.end());
  }

  void report(const std::string& folder, const std::vector<std::string>& files) {
    load::ReadResult read = load::read_lab_file(run_.loaded.root, files[0]);
    Span at;
    if (read.status == load::ReadStatus::ok) {
      at.file = run_.sources.add(load::printable_name(files[0]), std::move(read.bytes));
      at.begin = at.end = 0;
    }
    const std::string shown = load::printable_name(folder);
    auto report = run_.diags.report(kLeftOutFolder, at, shown, files.size());
    report.help(fmt::format(
        "write `import ./{}` into a file of the lab's folder, or `allow HL0044 \"reason\"`",
        shown));
  }

  Compilation& run_;
  std::set<std::string> modules_;
  std::vector<std::pair<std::string, std::vector<std::string>>> found_;
  std::size_t entries_ = 0;
};

}  // namespace

namespace {

/// How other languages import.
bool imports_elsewhere(std::string_view word) {
  return word == "from" || word == "include" || word == "use" || word == "module";
}

}  // namespace

void check_imports(Compilation& run) { ImportCheck(run).check(); }

void report_left_out_folders(Compilation& run) {
  // The folder may be the one that an import means which failed.
  const auto found = run.diags.sorted();
  const bool failed = std::any_of(found.begin(), found.end(), [&](const diag::Diagnostic* one) {
    return one->info == &kNoSuchModule.info ||
           (one->info == &check::kUnknownKind.info && imports_elsewhere(run.sources.text(one->at)));
  });
  if (run.loaded.whole && !failed) FolderSearch(run).search();
}

}  // namespace hlab::driver
