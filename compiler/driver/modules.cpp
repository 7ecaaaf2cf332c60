#include "compiler/driver/modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "compiler/check/check_diags.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/module_diags.h"
#include "compiler/load/load_diags.h"
#include "compiler/syntax/describe.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/parse.h"

namespace hlab::driver {
namespace {

namespace fs = std::filesystem;
using load::FolderStatus;
using program::ModuleId;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;

constexpr std::size_t kMostNames = 1000;  // of a folder, to find the one that was meant

bool is_relative(std::string_view written) { return written.starts_with("./"); }

/// `./rooms/office`: office; `std.hw`: hw.
std::string_view last_part(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const bool of_folders = path.find('/') != std::string_view::npos;
  return path.substr(path.find_last_of(of_folders ? '/' : '.') + 1);
}

/// The folders right below, sorted.
std::vector<std::string> folders_in(const fs::path& place) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(place, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    std::string name = at->path().filename().string();
    if (names.size() == kMostNames || name.starts_with('.') || !at->is_directory(ignored)) continue;
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ModuleReader {
 public:
  ModuleReader(Compilation& run, const std::map<std::string, std::string>* instead)
      : run_(run), instead_(instead) {}

  void read() {
    add("", std::move(run_.loaded.files));
    for (std::size_t i = 0; i < modules_.size(); ++i) {  // grows while it is walked
      const ModuleId module = modules_[i];
      for (const EntryId entry : imports_[module]) follow(module, entry);
    }
    for (const Missing& one : missing_) report_missing(one);
    check_editions();
  }

 private:
  ModuleId add(const std::string& place, std::vector<load::LoadedFile> files) {
    const ModuleId module = run_.program.modules.add();
    run_.program.modules[module].path = run_.symbols.intern(place);
    run_.program.modules[module].library = false;
    if (place.empty()) run_.program.lab_module = module;
    by_place_.emplace(place, module);
    modules_.push_back(module);
    for (load::LoadedFile& file : files) parse(module, file);
    return module;
  }

  void parse(ModuleId module, load::LoadedFile& file) {
    ++files_;
    if (instead_ != nullptr) {
      const auto other = instead_->find(file.path);
      if (other != instead_->end()) file.bytes = other->second;
    }
    const FileId id = run_.sources.add(file.path, std::move(file.bytes));
    run_.program.file_modules.resize(id.index + 1);
    run_.program.file_modules[id.index] = module;
    const std::size_t before = run_.ast.files.size();
    syntax::parse(run_.sources, id, run_.symbols, run_.ast, run_.diags);
    if (run_.ast.files.size() == before) return;
    for (const EntryId entry : syntax::view(run_.ast.entry_lists, run_.ast.files.back().body)) {
      const EntryKind kind = run_.ast.entries[entry].kind;
      if (kind == EntryKind::import_) imports_[module].push_back(entry);
      if (kind == EntryKind::edition) editions_.emplace_back(module, entry);
    }
  }

  void follow(ModuleId from, EntryId id) {
    const Entry e = run_.ast.entries[id];
    if (is_from_import(e)) return;  // that there is no `from` has its message
    const std::string_view written = run_.symbols.text(e.name);
    const ModuleId to = target(from, id, std::string(written));
    const std::string_view last = last_part(written);
    const Symbol alias = e.alias.valid() ? e.alias : run_.symbols.intern(last);
    const bool is_name = syntax::is_name(last) && !syntax::is_word_of_language(last);
    if (!e.alias.valid() && !is_name) {
      if (to.valid() && to != from) run_.diags.report(kImportName, e.name_span, last);
      return;
    }
    auto& imports = run_.program.modules[from].imports;
    const auto [known, added] = imports.emplace(alias.index, program::Import{to, id});
    if (added) return;
    const Entry& first = run_.ast.entries[known->second.entry];
    if (known->second.module == to && to.valid()) {
      run_.diags.report(kUnusedImport, e.name_span, written, "stands here a second time")
          .label(first.name_span, "imported here")
          .fix("take the line away", {{e.span, ""}});
      return;
    }
    if (!to.valid() || !known->second.module.valid()) return;  // that has its message
    run_.diags.report(check::kDeclaredTwice, e.name_span, "import", run_.symbols.text(alias))
        .label(first.name_span, "declared here first");
  }

  /// `from office import desk`, as other languages have it.
  [[nodiscard]] bool is_from_import(const Entry& e) const {
    std::string_view line = run_.sources.text(e.span.file).substr(0, e.span.begin);
    line.remove_prefix(line.find_last_of('\n') + 1);
    line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t")));
    return line.starts_with("from ");
  }

  ModuleId target(ModuleId from, EntryId id, const std::string& written) {
    const Entry e = run_.ast.entries[id];
    if (const Symbol path = run_.symbols.find(written)) {
      const auto library = run_.program.module_by_path.find(path.index);
      if (library != run_.program.module_by_path.end()) return library->second;
    }
    const std::string here(run_.program.text(run_.program.modules[from].path));
    const std::string shown = load::printable_name(written);
    const auto folder = imported_folder(written, here);
    if (!folder) {
      run_.diags.report(load::kOutsideLab, e.name_span, shown)
          .help(
              "an import leads down, `./folder`; what several modules share is a package, `packages/NAME`");
      return {};
    }
    if (!is_relative(written) && written.find('/') != std::string::npos) {
      const bool of_package = here.empty() && load::find_folder(run_.loaded.root, *folder).status ==
                                                  FolderStatus::ok;
      run_.diags.report(kNoSuchModule, e.name_span, shown, "is not the name of a package")
          .help(of_package ? fmt::format("a folder of a package is `./{}`", *folder)
                           : fmt::format("a folder of this module is `./{}`", shown));
      return {};
    }
    load::LoadedFolder found = load::find_folder(run_.loaded.root, *folder);
    if (found.status == FolderStatus::ok) {
      const auto known = by_place_.find(found.place);
      if (known != by_place_.end()) return arrive(from, known->second, e, written);
      load::LoadLimits limits;
      limits.max_files -= std::min(files_, limits.max_files);
      load::read_folder(run_.loaded.root, found, run_.diags, limits);
      if (found.status == FolderStatus::ok) {
        return arrive(from, add(found.place, std::move(found.files)), e, written);
      }
    }
    if (found.status == FolderStatus::missing) {
      missing_.push_back({from, id, e.name_span, written,
                          *folder});  // what is meant may come in with another import
    } else {
      report(found, e, *folder);
    }
    return {};
  }

  /// Keeps the way here, and tells where it leads in a circle.
  ModuleId arrive(ModuleId from, ModuleId to, const Entry& e, const std::string& written) {
    if (!is_relative(written)) run_.packages.emplace(written, "");
    const auto way = way_from(to, from);
    ways_[from].push_back({to, e.name_span});
    if (!way) return to;
    std::string circle = fmt::format("{} imports {}", named(from), named(to));
    for (const Way& step : *way) circle += fmt::format(" imports {}", named(step.to));
    auto report = run_.diags.report(kImportCycle, e.name_span, circle);
    report.here(fmt::format("{} imports {}", named(from), named(to)));
    ModuleId at = to;
    for (const Way& step : *way) {
      report.label(step.at, fmt::format("{} imports {}", named(at), named(step.to)));
      at = step.to;
    }
    return to;
  }

  struct Way {
    ModuleId to;
    Span at;
  };

  /// The imports that lead from one module to another, empty for the same one; the shortest way.
  std::optional<std::vector<Way>> way_from(ModuleId begin, ModuleId end) {
    std::map<ModuleId, std::pair<ModuleId, Way>> came;
    std::deque<ModuleId> next{begin};
    while (!next.empty() && next.front() != end) {
      const ModuleId at = next.front();
      next.pop_front();
      for (const Way& way : ways_[at]) {
        if (way.to != begin && came.emplace(way.to, std::pair(at, way)).second)
          next.push_back(way.to);
      }
    }
    if (next.empty()) return std::nullopt;
    std::vector<Way> way;
    for (ModuleId at = end; at != begin; at = came.at(at).first) way.push_back(came.at(at).second);
    std::reverse(way.begin(), way.end());
    return way;
  }

  std::string named(ModuleId module) const {
    const std::string_view path = run_.program.text(run_.program.modules[module].path);
    return path.empty() ? "the lab's folder" : fmt::format("`{}`", path);
  }

  void report(const load::LoadedFolder& found, const Entry& e, const std::string& folder) {
    const std::string shown = load::printable_name(folder);
    switch (found.status) {
      case FolderStatus::outside:
        run_.diags.report(load::kOutsideLab, e.name_span, shown)
            .help("copy the folder into the lab's");
        return;
      case FolderStatus::unreadable:
        run_.diags.report(load::kUnreadable, e.name_span, shown, found.reason);
        return;
      case FolderStatus::not_a_folder:
        run_.diags.report(kNoSuchModule, e.name_span, shown, "is a file, and a module is a folder")
            .help("the `.hlab` files of one folder see each other without an import");
        return;
      case FolderStatus::empty:
        run_.diags.report(kEmptyModule, e.name_span, shown)
            .help("write one there, or take the import away");
        return;
      default: return;
    }
  }

  struct Missing {
    ModuleId from;
    EntryId id;
    Span at;
    std::string written, folder;
  };

  void report_missing(const Missing& one) {
    auto report = run_.diags.report(kNoSuchModule, one.at, load::printable_name(one.folder),
                                    "does not exist");
    const std::string meant = suggest(report, one.from, one.written, one.folder);
    const Symbol alias = meant.empty() ? Symbol() : run_.symbols.intern(last_part(meant));
    // What is called by the right name has this message.
    if (alias)
      run_.program.modules[one.from].imports.emplace(alias.index, program::Import{{}, one.id});
  }

  /// What was meant, if that is known.
  std::string suggest(diag::Report& report, ModuleId from, const std::string& written,
                      const std::string& folder) {
    if (written == "std" || written.starts_with("std.") || written.starts_with("std/")) {
      report.help("what is called `std.` is there without an import");
      return "";
    }
    if (written.ends_with(".hlab")) {
      report.help("a folder is imported: the files of one folder see each other");
      return "";
    }
    const std::string here(run_.program.text(run_.program.modules[from].path));
    const std::size_t cut = folder.rfind('/');
    const std::string above = cut == std::string::npos ? "" : folder.substr(0, cut);
    const auto below = folders_in(run_.loaded.root / above);
    std::vector<std::string_view> names(below.begin(), below.end());
    if (!is_relative(written)) {
      const auto beside = folders_in(run_.loaded.root / here);
      if (std::find(beside.begin(), beside.end(), written) != beside.end()) {
        report.help(
            fmt::format("`import ./{}` is the folder `{}` beside this file", written, written));
        return "";
      }
      const std::string declared = named_by(from, written, beside);
      if (!declared.empty()) {
        report.help(declared);
        return "";
      }
      for (const auto& [path, module] : run_.program.module_by_path)
        names.push_back(run_.symbols.text(Symbol(path)));
      std::sort(names.begin(), names.end());
    }
    const std::string_view meant =
        std::string_view(folder).substr(cut == std::string::npos ? 0 : cut + 1);
    const diag::Near near = diag::closest(meant, names);
    const std::size_t at = near.empty() ? std::string::npos : written.rfind(meant);
    if (at == std::string::npos) return "";
    const std::string whole = written.substr(0, at) + load::printable_name(near);
    report.suggest(diag::Near{whole, near.certain});
    return whole;
  }

  /// What is imported is a declaration, and no folder: how it is named without that.
  std::string named_by(ModuleId from, const std::string& written,
                       const std::vector<std::string>& beside) const {
    const std::size_t dot = written.find('.');
    const std::string first = written.substr(0, dot);
    if (dot != std::string::npos && std::find(beside.begin(), beside.end(), first) != beside.end())
      return fmt::format("a folder is imported as a whole: `import ./{}`, and then `{}`", first,
                         written);
    for (const program::Kind& kind : run_.program.kinds) {
      const program::Module& module = run_.program.modules[kind.module];
      if (!module.library || run_.program.text(kind.name) != written) continue;
      const std::string_view path = run_.program.text(module.path);
      return fmt::format("the kind `{}{}{}` is there without an import", path,
                         path.empty() ? "" : ".", written);
    }
    for (const Entry& e : run_.ast.entries) {
      const bool declares = e.kind == EntryKind::kind || e.kind == EntryKind::record ||
                            e.kind == EntryKind::function || e.kind == EntryKind::instance;
      if (!declares || !e.name.valid() || run_.program.text(e.name) != written) continue;
      const ModuleId home = run_.program.module_of(e.span);
      if (home == from)
        return fmt::format("the files of a folder see each other: `{}` is there without an import",
                           written);
      for (const auto& [alias, import] : run_.program.modules[from].imports) {
        if (import.module == home)
          return fmt::format("`import` is for folders: write `{}.{}` where it is used",
                             run_.symbols.text(Symbol(alias)), written);
      }
    }
    return "";
  }

  /// One for the whole lab, in its own folder.
  void check_editions() {
    EntryId first;
    for (const auto& [module, id] : editions_) {
      const Entry& e = run_.ast.entries[id];
      if (module != run_.program.lab_module) {
        run_.diags
            .report(check::kMisplaced, e.name_span, "`edition`", "in a module that is imported")
            .help("the lab's own folder says it, for all of them");
        continue;
      }
      if (first.valid()) {
        run_.diags
            .report(check::kDeclaredTwice, e.name_span, "edition", run_.sources.text(e.name_span))
            .label(run_.ast.entries[first].name_span, "declared here first");
        continue;
      }
      first = id;
      const syntax::Expr& number = run_.ast.exprs[e.value];
      const std::uint64_t year = run_.ast.literals[syntax::LiteralId(number.a)].low;
      if (year == kEdition) continue;
      run_.diags.report(kUnknownEdition, e.name_span, year).suggest(std::to_string(kEdition));
    }
  }

  static constexpr std::uint64_t kEdition = 2026;

  Compilation& run_;
  const std::map<std::string, std::string>* instead_;
  std::vector<ModuleId> modules_;
  std::map<std::string, ModuleId> by_place_;
  std::map<ModuleId, std::vector<EntryId>> imports_;
  std::vector<Missing> missing_;  // folders of imports, told once all modules are read
  std::map<ModuleId, std::vector<Way>> ways_;
  std::vector<std::pair<ModuleId, EntryId>> editions_;
  std::size_t files_ = 0;
};

}  // namespace

std::optional<std::string> imported_folder(std::string_view written, std::string_view from) {
  if (written.starts_with('/') || written.find('\0') != std::string_view::npos) return std::nullopt;
  std::string folder(is_relative(written) ? from : kPackages.substr(0, kPackages.size() - 1));
  while (!written.empty()) {
    const std::size_t cut = std::min(written.find('/'), written.size());
    const std::string_view part = written.substr(0, cut);
    written.remove_prefix(std::min(cut + 1, written.size()));
    if (part == "..") return std::nullopt;
    if (part.empty() || part == ".") continue;
    if (!folder.empty()) folder += '/';
    folder += part;
  }
  return folder;
}

void read_modules(Compilation& run, const std::map<std::string, std::string>* instead) {
  ModuleReader(run, instead).read();
}

}  // namespace hlab::driver
