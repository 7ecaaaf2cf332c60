#include "compiler/check/type_of_node.h"

#include <array>
#include <optional>
#include <utility>

#include "compiler/check/check_diags.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {
namespace {

using namespace program;
using syntax::TypeNode;
using syntax::TypeNodeKind;
using types::TextFormat;
using types::Type;
using types::TypeKind;

constexpr std::array<std::pair<std::string_view, TypeKind>, 16> kSimple{{
    {"Bool", TypeKind::boolean}, {"Int", TypeKind::integer},   {"Float", TypeKind::floating},
    {"String", TypeKind::string}, {"Ip", TypeKind::ip},        {"Cidr", TypeKind::cidr},
    {"Mac", TypeKind::mac},      {"IpRange", TypeKind::ip_range}, {"IntRange", TypeKind::int_range},
    {"Bytes", TypeKind::bytes},  {"Cpu", TypeKind::cpu},       {"Duration", TypeKind::duration},
    {"Power", TypeKind::power},  {"Rate", TypeKind::rate},     {"Yaml", TypeKind::yaml},
    {"Any", TypeKind::yaml},
}};

constexpr std::array<std::pair<std::string_view, TextFormat>, 9> kFormats{{
    {"Hostname", TextFormat::hostname}, {"DnsLabel", TextFormat::dns_label},
    {"Url", TextFormat::url},           {"Path", TextFormat::path},
    {"Cron", TextFormat::cron},         {"SemVer", TextFormat::semver},
    {"Image", TextFormat::image},       {"Email", TextFormat::email},
    {"EnvName", TextFormat::env_name},
}};

class TypeMaker {
 public:
  TypeMaker(Program& program, ModuleId module, diag::Diagnostics& diags)
      : program_(program), ast_(*program.ast), module_(module), diags_(diags) {}

  TypeId make(syntax::TypeNodeId id) {
    if (!id.valid()) return types::TypeTable::simple(TypeKind::error);
    const TypeNode node = ast_.types[id];
    switch (node.kind) {
      case TypeNodeKind::error: return types::TypeTable::simple(TypeKind::error);
      case TypeNodeKind::name: return named(node);
      case TypeNodeKind::optional: return program_.types.optional_of(make(part(node.a)));
      case TypeNodeKind::list: return program_.types.list_of(make(part(node.a)));
      case TypeNodeKind::map: return map(node);
      case TypeNodeKind::reference: return reference(node);
      case TypeNodeKind::secret: return program_.types.secret_of(make(part(node.a)));
      case TypeNodeKind::union_of: return union_of(node);
      case TypeNodeKind::tag: return types::TypeTable::simple(TypeKind::error);
    }
    return types::TypeTable::simple(TypeKind::error);
  }

 private:
  static syntax::TypeNodeId part(std::uint32_t index) { return syntax::TypeNodeId(index); }

  TypeId map(const TypeNode& node) {
    const TypeId value = make(part(node.a));
    const TypeId key = part(node.b).valid() ? make(part(node.b)) : TypeId();
    return program_.types.map_of(value, key);
  }

  TypeId reference(const TypeNode& node) {
    const KindId kind = find_kind(program_, module_, node.path, diags_);
    if (!kind) return types::TypeTable::simple(TypeKind::error);
    return program_.types.reference_to(kind, node.mode);
  }

  TypeId named(const TypeNode& node) {
    const auto path = syntax::view(ast_.path_names, node.path);
    if (path.size() == 1) {
      const std::string_view name = program_.text(path[0].name);
      if (name == "Port") return integer(1, 65535);
      for (const auto& [known, kind] : kSimple) {
        if (known == name) return refined(node, kind);
      }
      for (const auto& [known, format] : kFormats) {
        if (known == name) return text(format, Symbol());
      }
    }
    const KindId kind = find_kind(program_, module_, node.path, diags_);
    return kind ? program_.types.nested_of(kind) : types::TypeTable::simple(TypeKind::error);
  }

  TypeId refined(const TypeNode& node, TypeKind kind) {
    if (node.low.valid() && kind != TypeKind::integer) {
      diags_.report(kMisplaced, node.span, "a range", "on a type that is no Int: say it with a `check`");
    }
    if (node.pattern.valid() && kind != TypeKind::string) {
      diags_.report(kMisplaced, node.span, "a pattern", "on a type that is no String");
    }
    if (kind == TypeKind::string && node.pattern.valid()) {
      return text(TextFormat::pattern, node.pattern);
    }
    if (kind == TypeKind::integer && node.low.valid()) {
      return integer(bound(node.low, INT64_MIN), bound(node.high, INT64_MAX));
    }
    return types::TypeTable::simple(kind);
  }

  std::int64_t bound(ExprId id, std::int64_t otherwise) {
    if (!id.valid()) return otherwise;
    const syntax::Expr& expr = ast_.exprs[id];
    if (expr.kind == syntax::ExprKind::unary) return -bound(ExprId(expr.a), otherwise);
    if (expr.kind != syntax::ExprKind::integer) return otherwise;
    return static_cast<std::int64_t>(ast_.literals[syntax::LiteralId(expr.a)].low);
  }

  TypeId integer(std::int64_t low, std::int64_t high) {
    Type type;
    type.kind = TypeKind::integer;
    type.low = low;
    type.high = high;
    return program_.types.intern(type);
  }

  TypeId text(TextFormat format, Symbol pattern) {
    Type type;
    type.kind = TypeKind::string;
    type.format = format;
    type.pattern = pattern;
    return program_.types.intern(type);
  }

  /// Words with payloads; or one scalar with `auto` and `learned` beside it, which makes a lease.
  TypeId union_of(const TypeNode& node) {
    std::vector<types::Tag> tags;
    TypeId scalar;
    std::uint8_t lease = 0;
    for (const syntax::TypeNodeId child : syntax::view(ast_.type_children, node.children)) {
      const TypeNode alternative = ast_.types[child];
      if (alternative.kind != TypeNodeKind::tag) {
        scalar = make(child);
        continue;
      }
      const Symbol name = ast_.path_names[alternative.path.begin].name;
      if (program_.text(name) == "auto") lease |= types::kLeaseAuto;
      if (program_.text(name) == "learned") lease |= types::kLeaseLearned;
      const auto payload = part(alternative.a);
      tags.push_back({name, payload.valid() ? make(payload) : TypeId()});
    }
    if (scalar.valid() && lease != 0) return lease_of(scalar, lease);
    if (scalar.valid()) {
      diags_.report(kMisplaced, node.span, "a type beside words", "in a union");
      return types::TypeTable::simple(TypeKind::error);
    }
    Type type;
    type.kind = TypeKind::symbols;
    return program_.types.intern(type, tags);
  }

  TypeId lease_of(TypeId scalar, std::uint8_t flags) {
    Type type;
    type.kind = TypeKind::lease;
    type.a = scalar;
    type.flags = flags;
    return program_.types.intern(type);
  }

  Program& program_;
  const syntax::Ast& ast_;
  ModuleId module_;
  diag::Diagnostics& diags_;
};

std::vector<std::string_view> kind_names(const Program& program, ModuleId module) {
  std::vector<std::string_view> names;
  for (const Kind& kind : program.kinds) {
    if (kind.module == module || kind.module == program.prelude) {
      names.push_back(program.text(kind.name));
    }
  }
  return names;
}

}  // namespace

std::string dotted(const Program& program, Range path) {
  std::string text;
  for (const syntax::PathName& name : syntax::view(program.ast->path_names, path)) {
    if (!text.empty()) text += '.';
    text += program.text(name.name);
  }
  return text;
}

KindId find_kind(const Program& program, ModuleId module, Range path, diag::Diagnostics& diags) {
  if (path.empty()) return {};
  const std::string name = dotted(program, path);
  const KindId kind = program.find_kind(module, name);
  if (kind) return kind;
  const auto names = syntax::view(program.ast->path_names, path);
  const Span span = join(names[0].span, names[names.size() - 1].span);
  auto report = diags.report(kUnknownKind, span, name);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) {
    report.suggest(diag::closest(name, kind_names(program, module)));
    return {};
  }
  const Symbol prefix = program.symbols->find(std::string_view(name).substr(0, dot));
  const auto known = prefix ? program.module_by_path.find(prefix.index) : program.module_by_path.end();
  if (known != program.module_by_path.end()) {
    const auto near = diag::closest(name.substr(dot + 1), kind_names(program, known->second));
    if (!near.empty()) report.suggest(name.substr(0, dot + 1) + std::string(near));
  }
  return {};
}

TypeId type_of_node(Program& program, ModuleId module, syntax::TypeNodeId node,
                    diag::Diagnostics& diags) {
  return TypeMaker(program, module, diags).make(node);
}

}  // namespace hlab::check
