#include "compiler/commands/mend_lab.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/choose_fixes.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_lock.h"
#include "compiler/driver/modules.h"
#include "compiler/load/read_file.h"
#include "compiler/syntax/parse.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::kPackages;
using driver::kRefused;
using driver::kSystemFailed;
using driver::report_stale_lock;

namespace {

using diag::ChosenFix;
using diag::Edit;

/// A fix may bring out the next mistake; fixes that undo each other must end.
constexpr int kMostRounds = 16;

std::size_t syntax_errors(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  const FileId file = sources.add("lab", std::string(text));
  syntax::parse(sources, file, symbols, ast, diags);
  return diags.error_count();
}

bool is_text_of_lab(std::string_view path) { return path.ends_with(".hlab"); }
bool is_lock(std::string_view path) {
  return path.starts_with("hlab.") && path.ends_with(".lock") && path.find('/') == path.npos;
}

class Round {
 public:
  Round(const Compilation& run, Mended& mended) : run_(run), mended_(mended) {}

  /// Applies what can be applied; whether anything was.
  bool apply() {
    const auto writable = [&](FileId file) { return is_of_lab(file); };
    const diag::FixChoice choice = diag::choose_fixes(run_.diags, writable);
    mended_.left = choice.ambiguous;
    std::vector<ChosenFix> fixes = choice.chosen;
    std::erase_if(fixes, [&](const ChosenFix& fix) { return !is_new(fix); });
    if (!fits(fixes)) {  // find those that would break a file
      std::vector<ChosenFix> sound;
      for (const ChosenFix& fix : fixes) {
        sound.push_back(fix);
        if (!fits(sound)) sound.pop_back();
      }
      fixes = std::move(sound);
    }
    for (const ChosenFix& fix : fixes) {
      tell(fix);
      for (const Edit& edit : fix.fix->edits) mended_.applied.insert(written(edit));
    }
    for (auto& [path, text] : texts(fixes)) keep(path, std::move(text));
    return !fixes.empty();
  }

 private:
  /// Packages are somebody else's: what is wrong there is mended there.
  [[nodiscard]] bool is_of_lab(FileId file) const {
    const SourceFile& known = run_.sources.file(file);
    const bool is_ours = is_text_of_lab(known.path) || is_lock(known.path);
    return !known.is_library && is_ours && !known.path.starts_with(kPackages);
  }

  /// One that was applied at this place already did not mend it.
  [[nodiscard]] bool is_new(const ChosenFix& fix) const {
    const auto applied = [&](const Edit& edit) { return mended_.applied.contains(written(edit)); };
    return !std::all_of(fix.fix->edits.begin(), fix.fix->edits.end(), applied);
  }

  [[nodiscard]] AppliedEdit written(const Edit& edit) const {
    return {run_.sources.file(edit.span.file).path, edit.span.begin, edit.text};
  }

  [[nodiscard]] std::map<std::string, std::string> texts(
      const std::vector<ChosenFix>& fixes) const {
    std::map<std::uint32_t, std::vector<Edit>> edits;
    for (const ChosenFix& fix : fixes) {
      for (const Edit& edit : fix.fix->edits) edits[edit.span.file.index].push_back(edit);
    }
    std::map<std::string, std::string> out;
    for (const auto& [index, of_file] : edits) {
      const SourceFile& file = run_.sources.file(FileId(index));
      out[file.path] = diag::apply_edits(file.text, of_file);
    }
    return out;
  }

  /// No file has more mistakes of grammar than before.
  [[nodiscard]] bool fits(const std::vector<ChosenFix>& fixes) const {
    for (const auto& [path, text] : texts(fixes)) {
      if (!is_text_of_lab(path)) continue;
      const std::string_view before = text_of(path);
      if (syntax_errors(text) > syntax_errors(before)) return false;
    }
    return true;
  }

  [[nodiscard]] std::string_view text_of(const std::string& path) const {
    for (std::uint32_t i = 0; i < run_.sources.size(); ++i) {
      const SourceFile& file = run_.sources.file(FileId(i));
      if (!file.is_library && file.path == path) return file.text;
    }
    return {};
  }

  void tell(const ChosenFix& fix) {
    const Span at = fix.fix->edits.front().span;
    const Position p = run_.sources.position(at.file, at.begin);
    mended_.fixed.push_back(fmt::format("{}:{}:{}: {}: {}", run_.sources.file(at.file).path, p.line,
                                        p.column, fix.of->info->code, fix.fix->message));
  }

  void keep(const std::string& path, std::string text) {
    if (!mended_.after.contains(path)) mended_.before[path] = text_of(path);
    mended_.after[path] = std::move(text);
  }

  const Compilation& run_;
  Mended& mended_;
};

}  // namespace

Mended mend_lab(CompileRequest request) {
  Mended mended;
  request.instead = &mended.after;
  for (int round = 0;; ++round) {
    mended.run = check_lab(request);
    report_stale_lock(*mended.run);
    if (round == kMostRounds || !Round(*mended.run, mended).apply()) return mended;
  }
}

WrittenFixes write_mended(const Mended& mended) {
  const auto place = [&](const std::string& path) { return mended.run->loaded.root / path; };
  for (const auto& [path, before] : mended.before) {
    const load::ReadResult now = load::read_lab_file(mended.run->loaded.root, path);
    if (now.status == load::ReadStatus::ok && now.bytes == before) continue;
    return {kRefused,
            fmt::format("`{}` has changed since it was read; nothing was written\n", path)};
  }
  for (const auto& [path, after] : mended.after) {
    const std::string reason = load::replace_file(place(path), after);
    if (reason.empty()) continue;
    return {kSystemFailed,
            fmt::format("cannot write {}: {}\n", load::printable_name(path), reason)};
  }
  return {};
}

}  // namespace hlab::commands
