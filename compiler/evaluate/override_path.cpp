#include "compiler/evaluate/override_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/diag/suggest.h"

namespace hlab::evaluate {

using namespace program;

InstanceId find_declared(const Program& program, const Lab& lab, KindId kind, Symbol name) {
  if (!kind || !name.valid()) return {};
  const auto [first, last] = lab.by_name.equal_range(name.index);
  const auto found = std::find_if(first, last, [&](const auto& named) {
    return program.is_kind(lab.instances[named.second].kind, kind);
  });
  return found == last ? InstanceId() : found->second;
}

OverridePath::OverridePath(const Program& program, const Lab& lab, const syntax::Entry& entry)
    : program_(program),
      lab_(lab),
      path_(syntax::view(program.ast->segments, entry.path)),
      from_(program.module_of(entry.span)) {}

Symbol OverridePath::name(std::uint32_t segment) const {
  return segment < path_.size() ? path_[segment].name : Symbol();
}

bool OverridePath::is_of(InstanceId one, ModuleId home) const {
  return lab_.instances[one].module == home;
}

/// The only declaration of that name in the module: of two kinds, the kind has to be said.
InstanceId OverridePath::alone(ModuleId home, Symbol name) const {
  InstanceId only;
  const auto [first, last] = lab_.by_name.equal_range(name.valid() ? name.index : ~0u);
  for (auto it = first; it != last; ++it) {
    if (!is_of(it->second, home)) continue;
    if (only.valid()) return {};
    only = it->second;
  }
  return only;
}

/// The module that the first name stands for.
ModuleId OverridePath::imported() const {
  const auto& imports = program_.modules[from_].imports;
  const auto found = imports.find(name(0).valid() ? name(0).index : ~0u);
  return found == imports.end() ? ModuleId() : found->second.module;
}

OverridePath::Found OverridePath::find(Symbol second) const {
  if (!name(0).valid()) return {};
  const std::string_view first = program_.text(name(0));
  const KindId own_kind = program_.find_kind(from_, first);
  if (const auto it = find_declared(program_, lab_, own_kind, second)) return {it, 2, own_kind};
  if (const ModuleId module = imported(); module && name(1).valid()) {
    const KindId kind = program_.find_kind(from_,
                                           fmt::format("{}.{}", first, program_.text(name(1))));
    if (const auto it = find_declared(program_, lab_, kind, name(2))) return {it, 3, kind};
    if (const InstanceId it = alone(module, name(1))) return {it, 2, {}};
  }
  if (const InstanceId it = alone(from_, name(0))) return {it, 1, {}};
  if (first != "lab") return {};
  const auto is_lab = [&](const Instance& one) {
    return !one.owner.valid() && program_.is_kind(one.kind, program_.core_kind("lab"));
  };
  for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
    if (is_lab(lab_.instances[InstanceId(i)])) return {InstanceId(i), 1, {}};
  }
  return {};
}

std::string OverridePath::with(std::uint32_t segment, std::string_view by) const {
  std::string path;
  for (std::uint32_t i = 0; i < path_.size(); ++i) {
    if (i > 0) path += '.';
    const std::string_view own = path_[i].name.valid() ? program_.text(path_[i].name) : "...";
    if (i == segment) {
      path += by;
    } else {
      path += path_[i].quoted || !path_[i].name.valid() ? fmt::format("\"{}\"", own) : own;
    }
  }
  return path;
}

std::string OverridePath::behind_its_module() const {
  if (!name(0).valid()) return "";
  std::string found;
  for (const auto& [alias, import] : program_.modules[from_].imports) {
    if (!import.module || program_.modules[import.module].library) continue;
    const auto& kinds = program_.modules[import.module].kinds;
    const auto kind = kinds.find(name(0).index);
    const bool is_kind = kind != kinds.end() &&
                         find_declared(program_, lab_, kind->second, name(1)).valid();
    if (!is_kind && !alone(import.module, name(0)).valid()) continue;
    const std::string path = fmt::format("{}.{}", program_.text(Symbol(alias)), written());
    if (found.empty() || path < found) found = path;
  }
  return found;
}

std::string OverridePath::nearest() const {
  if (!name(0).valid()) return "";
  const KindId kind = program_.find_kind(from_, program_.text(name(0)));
  const ModuleId module = imported();
  const std::uint32_t at = kind || module ? 1 : 0;
  if (!name(at).valid()) return "";
  std::vector<std::string_view> names;
  for (const auto& [index, id] : lab_.by_name) {
    const bool fits = kind ? program_.is_kind(lab_.instances[id].kind, kind)
                           : is_of(id, module ? module : from_);
    if (fits) names.push_back(program_.text(Symbol(index)));
    // A misspelt kind in front of a name that there is.
    if (at == 0 && Symbol(index) == name(1))
      names.push_back(program_.text(program_.kinds[head_kind(program_, lab_, id)].name));
  }
  std::sort(names.begin(), names.end());
  const std::string_view near = diag::closest(program_.text(name(at)), names);
  return near.empty() ? "" : with(at, near);
}

}  // namespace hlab::evaluate
