#include "compiler/driver/inputs.h"

#include <algorithm>
#include <system_error>

#include "compiler/diag/suggest.h"
#include "compiler/input/input.h"
#include "compiler/input/input_diags.h"
#include "compiler/load/load_diags.h"

namespace hlab::driver {
namespace {

namespace fs = std::filesystem;
using input::InputForm;
using types::TypeKind;

constexpr std::size_t kMostNames = 1000;  // of a folder, to find the one that was meant

/// The files of the folder that the path leads to, as paths of their own.
std::vector<std::string> names_beside(const fs::path& root, const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  const fs::path folder = path.parent_path();
  for (fs::directory_iterator at(root / folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (names.size() == kMostNames || !at->is_regular_file(ignored)) continue;
    names.push_back((folder / at->path().filename()).generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TypeKind Inputs::open(Symbol path, syntax::ExprId call) {
  const auto known = known_.find(path.index);
  if (known != known_.end()) return known->second;
  const TypeKind kind = read(path, call);
  known_.emplace(path.index, kind);
  return kind;
}

void Inputs::report_missing(std::string_view path, Span at) {
  const auto names = names_beside(run_.loaded.root, fs::path(path));
  auto report = run_.diags.report(input::kMissingInput, at, load::printable_name(path));
  const std::string_view near = diag::closest(path, {names.begin(), names.end()});
  if (!near.empty()) report.help("there is `" + load::printable_name(near) + "`");
}

TypeKind Inputs::read(Symbol path, syntax::ExprId call) {
  const std::string_view name = run_.symbols.text(path);
  const Span at = run_.ast.exprs[call].span;
  load::ReadResult result = load::read_lab_file(run_.loaded.root, name);
  if (result.status == load::ReadStatus::missing) {
    report_missing(name, at);
    return TypeKind::error;
  }
  if (result.status != load::ReadStatus::ok) {
    load::report_read_failure(result, load::printable_name(name), run_.diags, load::kMaxFileBytes,
                              at);
    return TypeKind::error;
  }
  if (result.bytes.starts_with("\xef\xbb\xbf")) result.bytes.erase(0, 3);
  const InputForm form = input::form_of(name);
  const FileId file = run_.sources.add(load::printable_name(name), std::move(result.bytes));
  const auto value = input::read_input(
      form, {run_.sources, file, run_.symbols, run_.heap, call, at, run_.diags});
  if (!value) return TypeKind::error;
  run_.evaluator->inputs[path.index] = *value;
  return form == InputForm::text ? TypeKind::string : TypeKind::yaml;
}

}  // namespace hlab::driver
