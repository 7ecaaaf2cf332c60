#include "compiler/program/owners.h"

#include <algorithm>

namespace hlab::program {
namespace {

/// The kind that a place of this type holds; none where it holds none.
KindId held_by(const Program& program, TypeId id) {
  while (id.valid()) {
    const types::Type& type = program.types[id];
    switch (type.kind) {
      case types::TypeKind::nested: return type.of;
      case types::TypeKind::optional:
      case types::TypeKind::list:
      case types::TypeKind::map: id = type.a; break;
      default: return {};
    }
  }
  return {};
}

}  // namespace

std::vector<bool> kinds_that_stand_alone(const Program& program) {
  const auto family = [&](KindId kind) { return program.kinds[kind].chain.front(); };
  const auto of_library = [&](ModuleId module) { return program.modules[module].library; };
  std::vector<bool> held(program.kinds.size(), false);
  const auto note = [&](KindId kind) {
    if (kind && !program.kinds[kind].chain.empty()) held[family(kind).index] = true;
  };
  for (const Kind& kind : program.kinds) {
    if (!of_library(kind.module)) continue;
    for (const Field& field : kind.fields) note(held_by(program, field.type));
  }
  for (const Function& function : program.functions) {
    if (of_library(function.module)) note(function.makes);
  }
  std::vector<bool> out(program.kinds.size(), false);
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    const Kind& kind = program.kinds[KindId(i)];
    if (kind.record || kind.torn || kind.chain.empty()) continue;
    out[i] = of_library(program.kinds[kind.chain.front()].module) &&
             !held[kind.chain.front().index];
  }
  return out;
}

std::string joined_path(const Program& program, const Lab& lab, InstanceId id) {
  const std::string path = instance_path(program, lab, id);
  const std::string_view kind =
      program.text(program.kinds[head_kind(program, lab, outermost(lab, id))].name);
  std::string joined = path.substr(std::min(path.size(), kind.size() + 1));
  std::replace(joined.begin(), joined.end(), '.', '-');
  return joined;
}

}  // namespace hlab::program
