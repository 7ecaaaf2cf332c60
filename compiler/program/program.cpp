#include "compiler/program/program.h"

#include <fmt/format.h>

#include "compiler/values/bounds.h"

namespace hlab::program {

bool Program::is_kind(KindId kind, KindId ancestor) const {
  if (!kind.valid() || !ancestor.valid()) return false;
  const auto& chain = kinds[kind].chain;
  const std::size_t depth = kinds[ancestor].chain.size();
  return depth <= chain.size() && depth > 0 && chain[depth - 1] == ancestor;
}

KindId Program::find_kind(ModuleId from, std::string_view dotted) const {
  const std::size_t dot = dotted.rfind('.');
  const Symbol name = symbols->find(dot == std::string_view::npos ? dotted
                                                                  : dotted.substr(dot + 1));
  if (!name) return {};
  const auto in_module = [&](ModuleId module) -> KindId {
    const auto found = modules[module].kinds.find(name.index);
    return found == modules[module].kinds.end() ? KindId() : found->second;
  };
  if (dot == std::string_view::npos) {
    const KindId own = in_module(from);
    return own ? own : in_module(prelude);
  }
  const ModulePath module = module_of_path(from, dotted);
  return module.length == dot && module.module ? in_module(module.module) : KindId();
}

ModulePath Program::module_of_path(ModuleId from, std::string_view dotted) const {
  const std::size_t last = dotted.rfind('.');
  const std::size_t first = dotted.find('.');
  if (last == std::string_view::npos) return {};
  const Symbol alias = symbols->find(dotted.substr(0, first));
  std::string path(dotted.substr(0, last));
  if (alias && from) {
    const auto imported = modules[from].imports.find(alias.index);
    if (imported != modules[from].imports.end()) {
      const ModuleId to = imported->second.module;
      if (!to) return {{}, first, true};
      if (!modules[to].library || last == first) return {to, first, false};
      path.replace(0, first, text(modules[to].path));
    }
  }
  const Symbol whole = symbols->find(path);
  const auto known = whole ? module_by_path.find(whole.index) : module_by_path.end();
  return known == module_by_path.end() ? ModulePath() : ModulePath{known->second, last, false};
}

KindId Program::core_kind(std::string_view name) const { return find_kind(prelude, name); }

std::uint32_t Program::field(KindId kind, Symbol name) const {
  if (!kind.valid()) return kNoField;
  const auto found = kinds[kind].field_index.find(name.index);
  return found == kinds[kind].field_index.end() ? kNoField : found->second;
}

namespace {

std::string_view simple_name(types::TypeKind kind) {
  using enum types::TypeKind;
  switch (kind) {
    case error: return "?";
    case absent: return "absent";
    case boolean: return "Bool";
    case integer: return "Int";
    case floating: return "Float";
    case string: return "String";
    case ip: return "Ip";
    case cidr: return "Cidr";
    case mac: return "Mac";
    case ip_range: return "IpRange";
    case int_range: return "IntRange";
    case bytes: return "Bytes";
    case cpu: return "Cpu";
    case duration: return "Duration";
    case power: return "Power";
    case rate: return "Rate";
    case yaml: return "Yaml";
    default: return "";
  }
}

std::string_view format_name(types::TextFormat format) {
  using enum types::TextFormat;
  switch (format) {
    case hostname: return "Hostname";
    case dns_label: return "DnsLabel";
    case url: return "Url";
    case path: return "Path";
    case cron: return "Cron";
    case semver: return "SemVer";
    case image: return "Image";
    case email: return "Email";
    case env_name: return "EnvName";
    default: return "String";
  }
}

/// `(1..10)` behind a type that has ends.
std::string in_bounds(std::string text, const types::Type& type) {
  if (values::has_bounds(type)) text += "(" + values::bounds_text(type) + ")";
  return text;
}

std::string string_text(const Program& program, const types::Type& type) {
  if (!type.pattern.valid()) return in_bounds(std::string(format_name(type.format)), type);
  const std::string ends = values::bounds_text(type);
  return fmt::format("String(/{}/{}{})", program.text(type.pattern), ends.empty() ? "" : ", ",
                     ends);
}

/// Longer ones are made by a program, and nobody reads them to the end.
constexpr std::size_t kMostTags = 200;

std::string tags_text(const Program& program, TypeId id) {
  std::string text;
  std::size_t told = 0;
  for (const types::Tag& tag : program.types.tags(id)) {
    if (!text.empty()) text += " | ";
    if (++told > kMostTags) return text + "...";
    text += program.text(tag.name);
    if (tag.payload.valid()) text += "(" + type_text(program, tag.payload) + ")";
  }
  return text;
}

std::string mode_text(syntax::EdgeMode mode) {
  if (mode == syntax::EdgeMode::run) return " at run";
  return mode == syntax::EdgeMode::value ? " by value" : "";
}

std::string lease_text(const Program& program, const types::Type& type) {
  std::string text = type_text(program, type.a);
  if (type.flags & types::kLeaseAuto) text += " | auto";
  if (type.flags & types::kLeaseLearned) text += " | learned";
  return text;
}

}  // namespace

std::string type_text(const Program& program, TypeId id) {
  if (!id.valid()) return "?";
  const types::Type& type = program.types[id];
  using enum types::TypeKind;
  switch (type.kind) {
    case integer: return type.low == 1 && type.high == 65535 ? "Port" : in_bounds("Int", type);
    case string: return string_text(program, type);
    case symbols: return tags_text(program, id);
    case list:
      return program.types.is(type.a, absent)
                 ? "[]"
                 : in_bounds("[" + type_text(program, type.a) + "]", type);
    case map:
      if (type.b.valid() && program.types.is(type.b, reference)) {
        return in_bounds(
            fmt::format("Map<{}, {}>", type_text(program, type.b), type_text(program, type.a)),
            type);
      }
      return in_bounds("Map<" + type_text(program, type.a) + ">", type);
    case reference:
      return fmt::format("&{}{}", type.of.valid() ? program.text(program.kinds[type.of].name) : "?",
                         mode_text(type.mode));
    case nested: return std::string(program.text(program.kinds[type.of].name));
    case optional: return type_text(program, type.a) + "?";
    case secret: return "secret " + type_text(program, type.a);
    case lease: return lease_text(program, type);
    default: return in_bounds(std::string(simple_name(type.kind)), type);
  }
}

std::string seen_name(const Program& program, ModuleId home, Symbol name, ModuleId from) {
  const std::string_view bare = program.text(name);
  if (home == from || home == program.prelude) return std::string(bare);
  std::string_view module;  // of several the first
  for (const auto& [alias, import] : program.modules[from].imports) {
    const std::string_view text = program.text(Symbol(alias));
    if (import.module == home && (module.empty() || text < module)) module = text;
  }
  if (module.empty() && program.modules[home].library)
    module = program.text(program.modules[home].path);
  return module.empty() ? "" : fmt::format("{}.{}", module, bare);
}

}  // namespace hlab::program
