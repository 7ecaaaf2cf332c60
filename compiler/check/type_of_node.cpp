#include "compiler/check/type_of_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <optional>
#include <utility>

#include "compiler/check/check_diags.h"
#include "compiler/check/declaration_diags.h"
#include "compiler/check/module_names.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/values/bounds.h"
#include "compiler/values/text_format.h"

namespace hlab::check {
namespace {

using namespace program;
using syntax::TypeNode;
using syntax::TypeNodeKind;
using types::TextFormat;
using types::Type;
using types::TypeKind;

constexpr std::array<std::pair<std::string_view, TypeKind>, 16> kSimple{{
    {"Bool", TypeKind::boolean},
    {"Int", TypeKind::integer},
    {"Float", TypeKind::floating},
    {"String", TypeKind::string},
    {"Ip", TypeKind::ip},
    {"Cidr", TypeKind::cidr},
    {"Mac", TypeKind::mac},
    {"IpRange", TypeKind::ip_range},
    {"IntRange", TypeKind::int_range},
    {"Bytes", TypeKind::bytes},
    {"Cpu", TypeKind::cpu},
    {"Duration", TypeKind::duration},
    {"Power", TypeKind::power},
    {"Rate", TypeKind::rate},
    {"Yaml", TypeKind::yaml},
    {"Any", TypeKind::yaml},
}};

constexpr std::array<std::pair<std::string_view, TextFormat>, 9> kFormats{{
    {"Hostname", TextFormat::hostname},
    {"DnsLabel", TextFormat::dns_label},
    {"Url", TextFormat::url},
    {"Path", TextFormat::path},
    {"Cron", TextFormat::cron},
    {"SemVer", TextFormat::semver},
    {"Image", TextFormat::image},
    {"Email", TextFormat::email},
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
      case TypeNodeKind::list: return bounded(node, program_.types.list_of(make(part(node.a))));
      case TypeNodeKind::map: return map(node);
      case TypeNodeKind::reference: return reference(node);
      case TypeNodeKind::secret: return program_.types.secret_of(make(part(node.a)));
      case TypeNodeKind::union_of: return union_of(node);
      case TypeNodeKind::tag: return types::TypeTable::simple(TypeKind::error);
      case TypeNodeKind::pool: return misplaced_pool(node);
    }
    return types::TypeTable::simple(TypeKind::error);
  }

 private:
  static syntax::TypeNodeId part(std::uint32_t index) { return syntax::TypeNodeId(index); }

  TypeId map(const TypeNode& node) {
    const TypeId value = make(part(node.a));
    const TypeId key = part(node.b).valid() ? make(part(node.b)) : TypeId();
    if (key.valid()) {
      const TypeKind kind = program_.types[key].kind;
      if (kind != TypeKind::string && kind != TypeKind::reference && kind != TypeKind::error) {
        const std::string written = type_text(program_, key);
        auto report = diags_.report(kMapKey, ast_.types[part(node.b)].span, written);
        if (kind == TypeKind::nested)
          report.help(fmt::format("a declaration is a key as `&{}`", written));
        return types::TypeTable::simple(TypeKind::error);
      }
    }
    return bounded(node, program_.types.map_of(value, key));
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
      if (name == "Port") return bounded(node, integer(1, 65535));
      for (const auto& [known, kind] : kSimple) {
        if (known == name) return refined(node, kind);
      }
      for (const auto& [known, format] : kFormats) {
        if (known != name) continue;
        if (node.pattern.valid())
          unrefined(node, fmt::format("`{}` has a form of its own and takes no pattern", name));
        return bounded(node, text(format, Symbol()));
      }
    }
    if (node.low.valid() || node.high.valid() || node.pattern.valid()) {
      unrefined(node, fmt::format("`{}` takes no ends", dotted(program_, node.path)));
    }
    const KindId kind = find_kind(program_, module_, node.path, diags_);
    return kind ? program_.types.nested_of(kind) : types::TypeTable::simple(TypeKind::error);
  }

  TypeId refined(const TypeNode& node, TypeKind kind) {
    if (kind == TypeKind::string && node.pattern.valid()) {
      const std::string amiss = values::match_pattern("", program_.text(node.pattern)).problem;
      if (!amiss.empty()) unrefined(node, amiss);
      return bounded(node, text(TextFormat::pattern, node.pattern));
    }
    if (node.pattern.valid()) unrefined(node, "only a `String` takes a pattern");
    return bounded(node, types::TypeTable::simple(kind));
  }

  void unrefined(const TypeNode& node, std::string_view why) {
    diags_.report(kBadRefinement, node.span, why);
  }

  /// The type within the ends that stand behind it.
  TypeId bounded(const TypeNode& node, TypeId plain) {
    if (!node.low.valid() && !node.high.valid()) return plain;
    Type type = program_.types[plain];
    if (!values::takes_bounds(type.kind)) {
      const std::string name = type_text(program_, plain);
      diags_.report(kBadRefinement, node.span, fmt::format("`{}` takes no ends", name))
          .help("say what may be there with a `check`");
      return plain;
    }
    const std::optional<std::int64_t> low = bound(node.low, type);
    if (node.low.valid() && !low) return plain;
    const std::optional<std::int64_t> high = bound(node.high, type);
    if (node.high.valid() && !high) return plain;
    if (low) type.low = *low;
    if (high) type.high = *high;
    if (node.low.valid() && node.high.valid() && values::ends_before(type)) {
      unrefined(node, fmt::format("{} ends before it begins, so that nothing fits",
                                  values::bounds_text(type)));
      return plain;
    }
    return program_.types.intern(type);
  }

  /// An end as the type keeps it; none where it is of another type, which is told.
  std::optional<std::int64_t> bound(ExprId id, const Type& type) {
    if (!id.valid()) return std::nullopt;
    const syntax::Expr& expr = ast_.exprs[id];
    const bool negative = expr.kind == syntax::ExprKind::unary;
    const syntax::Expr& written = negative ? ast_.exprs[ExprId(expr.a)] : expr;
    const syntax::Literal& literal = ast_.literals[syntax::LiteralId(written.a)];
    const auto end = end_of(literal, type.kind, negative);
    const bool length = values::bounds_length(type.kind);
    if (end && !(length && *end < 0) && (type.kind == TypeKind::floating || fits_base(*end, type)))
      return end;
    auto report = diags_.report(
        kBadRefinement, expr.span,
        end && length ? "a length is not negative"
        : end         ? fmt::format("a `Port` goes from 1 to 65535")
        : length      ? fmt::format("the ends of {} count {}, in whole numbers", what(type.kind),
                                    parts(type.kind))
                      : fmt::format("this is no `{}`",
                                    type_text(program_, types::TypeTable::simple(type.kind))));
    if (!end && !length)
      report.help(fmt::format("the ends are written like its values: `{}`", example(type.kind)));
    return std::nullopt;
  }

  static bool fits_base(std::int64_t end, const Type& type) {
    return type.kind != TypeKind::integer || (end >= type.low && end <= type.high);
  }

  static std::string_view what(TypeKind kind) {
    return kind == TypeKind::string ? "a text" : kind == TypeKind::list ? "a list" : "a map";
  }

  static std::string_view parts(TypeKind kind) {
    return kind == TypeKind::string ? "characters"
           : kind == TypeKind::list ? "elements"
                                    : "entries";
  }

  static std::string_view example(TypeKind kind) {
    switch (kind) {
      case TypeKind::bytes: return "1MiB..1GiB";
      case TypeKind::cpu: return "100m..2000m";
      case TypeKind::duration: return "1s..5min";
      case TypeKind::power: return "5W..65W";
      case TypeKind::rate: return "100Mbps..1Gbps";
      default: return kind == TypeKind::floating ? "0..1" : "1..10";
    }
  }

  static std::optional<std::int64_t> end_of(const syntax::Literal& literal, TypeKind kind,
                                            bool negative) {
    using syntax::LiteralKind;
    const auto whole = static_cast<std::int64_t>(literal.low);
    if (kind == TypeKind::floating) {
      if (literal.kind != LiteralKind::floating && literal.kind != LiteralKind::integer)
        return std::nullopt;
      const double real = literal.kind == LiteralKind::integer ? static_cast<double>(whole)
                                                               : std::bit_cast<double>(literal.low);
      return values::float_bound(negative ? -real : real);
    }
    const bool number = kind == TypeKind::integer || values::bounds_length(kind);
    const LiteralKind wanted = kind == TypeKind::bytes      ? LiteralKind::bytes
                               : kind == TypeKind::cpu      ? LiteralKind::cpu
                               : kind == TypeKind::duration ? LiteralKind::duration
                               : kind == TypeKind::power    ? LiteralKind::power
                               : kind == TypeKind::rate     ? LiteralKind::rate
                                                            : LiteralKind::integer;
    if (literal.kind != wanted || (negative && !number)) return std::nullopt;
    return negative ? static_cast<std::int64_t>(0 - literal.low) : whole;
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

  /// `Fast | Slow`: what begins with a capital is a type.
  bool tells_capital_words(const TypeNode& node) {
    std::string words;
    const TypeNode* first = nullptr;
    for (const syntax::TypeNodeId child : syntax::view(ast_.type_children, node.children)) {
      const TypeNode& alternative = ast_.types[child];
      if (alternative.kind != TypeNodeKind::name || alternative.path.count != 1) return false;
      std::string word(program_.text(ast_.path_names[alternative.path.begin].name));
      if (is_type_name(word) || program_.find_kind(module_, word)) return false;
      word.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(word.front())));
      words += fmt::format("{}{}", words.empty() ? "" : " | ", word);
      if (first == nullptr) first = &alternative;
    }
    if (first == nullptr) return false;
    diags_.report(kUnknownKind, first->span, program_.text(ast_.path_names[first->path.begin].name))
        .help(fmt::format("the words of a union begin with a small letter: `{}`", words))
        .fix("write it so", {{node.span, words}});
    return true;
  }

  /// Words with payloads; or one scalar with `auto` and `learned` beside it, which makes a lease.
  TypeId union_of(const TypeNode& node) {
    if (tells_capital_words(node)) return types::TypeTable::simple(TypeKind::error);
    std::vector<types::Tag> tags;
    TypeId scalar;
    Lease lease;
    for (const syntax::TypeNodeId child : syntax::view(ast_.type_children, node.children)) {
      const TypeNode alternative = ast_.types[child];
      if (alternative.kind != TypeNodeKind::tag) {
        scalar = make(child);
        continue;
      }
      const Symbol name = ast_.path_names[alternative.path.begin].name;
      const auto payload = part(alternative.a);
      if (program_.text(name) == "auto") {
        lease.flags |= types::kLeaseAuto;
        if (payload.valid() && names_pool(payload, lease)) continue;
      }
      if (program_.text(name) == "learned") lease.flags |= types::kLeaseLearned;
      const bool again = std::any_of(tags.begin(), tags.end(),
                                     [&](const types::Tag& tag) { return tag.name == name; });
      if (again) {
        diags_.report(kDeclaredTwice, alternative.span, "the word", program_.text(name));
        continue;
      }
      tags.push_back({name, payload.valid() ? make(payload) : TypeId()});
    }
    if (scalar.valid() && lease.flags != 0) return lease_of(scalar, lease);
    if (scalar.valid() || !lease.pool.empty()) {
      diags_.report(kMisplaced, node.span, "a type beside words", "in a union")
          .help(
              "what may be absent is written `T?`; a word may carry a value: `days(Int) | forever`");
      return types::TypeTable::simple(TypeKind::error);
    }
    Type type;
    type.kind = TypeKind::symbols;
    return program_.types.intern(type, tags);
  }

  struct Lease {
    std::uint8_t flags = 0;
    std::vector<types::Tag> pool;
  };

  /// `auto(.owner.cluster.node-ports)`, `auto(lab.vlans)`: where the values come from.
  bool names_pool(syntax::TypeNodeId payload, Lease& lease) {
    const TypeNode& node = ast_.types[payload];
    const auto path = syntax::view(ast_.path_names, node.path);
    const bool of_lab = node.kind == TypeNodeKind::name && path.size() > 1 &&
                        program_.text(path[0].name) == "lab";
    if (node.kind != TypeNodeKind::pool && !of_lab) return false;
    if (of_lab) lease.flags |= types::kLeaseOfLab;
    for (std::size_t i = of_lab ? 1 : 0; i < path.size(); ++i)
      lease.pool.push_back({path[i].name, TypeId()});
    return true;
  }

  TypeId misplaced_pool(const TypeNode& node) {
    diags_.report(kMisplaced, node.span, "a path of fields", "in a type")
        .help("only `auto` says where its values come from: `Int | auto(.owner.ports)`");
    return types::TypeTable::simple(TypeKind::error);
  }

  TypeId lease_of(TypeId scalar, const Lease& lease) {
    Type type;
    type.kind = TypeKind::lease;
    type.a = scalar;
    type.flags = lease.flags;
    return program_.types.intern(type, lease.pool);
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

namespace {

struct Foreign {
  std::string_view word;
  std::string_view type;  // what to write in its place, else
  std::string_view help;
};

constexpr std::string_view kNoVariables =
    "there are no variables; a function without parameters names a value: `fn x() -> Int = 5`";

constexpr std::string_view kImports =
    "the files of a folder see each other; another folder is imported: `import ./office`";

constexpr std::string_view kMap = "a map is written `Map<T>`";

constexpr std::array<Foreign, 52> kForeign{{
    {"int", "Int", ""},
    {"integer", "Int", ""},
    {"Integer", "Int", ""},
    {"number", "Float", ""},
    {"float", "Float", ""},
    {"double", "Float", ""},
    {"string", "String", ""},
    {"str", "String", ""},
    {"Str", "String", ""},
    {"Text", "String", ""},
    {"Double", "Float", ""},
    {"Number", "Float", ""},
    {"IPv4", "Ip", ""},
    {"Subnet", "Cidr", ""},
    {"bool", "Bool", ""},
    {"boolean", "Bool", ""},
    {"Boolean", "Bool", ""},
    {"any", "Yaml", ""},
    {"list", "", "a list is written `[T]`"},
    {"List", "", "a list is written `[T]`"},
    {"array", "", "a list is written `[T]`"},
    {"Array", "", "a list is written `[T]`"},
    {"map", "", kMap},
    {"Map", "", kMap},
    {"Dict", "", kMap},
    {"site", "", "a site says which lab it varies: `site NAME of LAB { ... }`"},
    {"test", "", "a test has its name in quotes: `test \"what it shows\" { ... }`"},
    {"without", "", "`without` takes a kind and a name: `without node pi5`"},
    {"override", "", "an override says what it replaces: `override PATH OLD -> NEW`"},
    {"dict", "", kMap},
    {"object", "", "a map is written `Map<T>`, a record is declared with `record`"},
    {"Optional", "", "what may be absent is written `T?`"},
    {"optional", "", "what may be absent is written `T?`"},
    {"Enum", "", "a choice of words is written `slow | fast`"},
    {"enum", "", "a choice of words is written `slow | fast`"},
    {"let", "", kNoVariables},
    {"var", "", kNoVariables},
    {"const", "", kNoVariables},
    {"variable", "", kNoVariables},
    {"locals", "", kNoVariables},
    {"def", "", "a function is declared as `fn name(x: Int) -> Int = ...`"},
    {"function", "", "a function is declared as `fn name(x: Int) -> Int = ...`"},
    {"type", "", "a kind is declared as `kind name { ... }`, a record as `record name { ... }`"},
    {"interface", "", "a kind is declared as `kind name { ... }`"},
    {"include", "", kImports},
    {"use", "", kImports},
    {"module", "", kImports},
    {"from", "",
     "a folder is imported as a whole, `import ./office`, and what it declares is then called "
     "`office.desk`"},
    {"export", "", "what is not `private` is seen by who imports the folder"},
    {"class", "", "a kind is declared as `kind name { ... }`, a record as `record name { ... }`"},
    {"struct", "", "a kind is declared as `kind name { ... }`, a record as `record name { ... }`"},
}};

/// The same name in another module: `office.shelf` for `shelf`, of those that the module imports, else
/// `std.jellyfin` for `jellyfin`; the first by its path.
std::string elsewhere(const Program& program, ModuleId from, std::string_view name) {
  std::string found;
  const Symbol symbol = program.symbols->find(name);
  if (!symbol) return found;
  for (const auto& [alias, import] : program.modules[from].imports) {
    if (!import.module) continue;
    const auto& kinds = program.modules[import.module].kinds;
    const auto kind = kinds.find(symbol.index);
    if (kind == kinds.end() ||
        program.is_hidden(program.kinds[kind->second].entry, import.module, from))
      continue;
    const std::string whole = fmt::format("{}.{}", program.text(Symbol(alias)), name);
    if (found.empty() || whole < found) found = whole;
  }
  if (!found.empty()) return found;
  for (const auto& [path, module] : program.module_by_path) {
    if (!program.modules[module].kinds.contains(symbol.index)) continue;
    const std::string whole = std::string(program.text(Symbol(path))) + "." + std::string(name);
    if (found.empty() || whole < found) found = whole;
  }
  return found;
}

/// Whether an import has taken the name of a module of the library, which has its message.
bool hides_library(const Program& program, ModuleId from, std::string_view name) {
  const Symbol first = program.symbols->find(name.substr(0, name.find('.')));
  if (!first || name.find('.') == std::string_view::npos) return false;
  const auto import = program.modules[from].imports.find(first.index);
  return import != program.modules[from].imports.end() && import->second.module &&
         !program.modules[import->second.module].library &&
         program.module_by_path.contains(first.index);
}

/// The type that is written so but for its capitals, or nearly so; empty where none is.
std::string_view near_type(std::string_view name) {
  std::vector<std::string_view> all{"Port"};
  for (const auto& one : kSimple) all.push_back(one.first);
  for (const auto& one : kFormats) all.push_back(one.first);
  const auto same = [&](std::string_view type) {
    return std::equal(type.begin(), type.end(), name.begin(), name.end(), [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) ==
             std::tolower(static_cast<unsigned char>(b));
    });
  };
  const auto found = std::find_if(all.begin(), all.end(), same);
  if (found != all.end()) return *found;
  const bool capital = std::isupper(static_cast<unsigned char>(name.front())) != 0;
  return capital ? std::string_view(diag::closest(name, all)) : std::string_view();
}

}  // namespace

bool is_type_name(std::string_view name) {
  const auto called = [&](const auto& one) { return one.first == name; };
  return name == "Port" || name == "Map" || std::any_of(kSimple.begin(), kSimple.end(), called) ||
         std::any_of(kFormats.begin(), kFormats.end(), called);
}

void report_unknown_kind(const Program& program, ModuleId module, std::string_view name, Span at,
                         diag::Diagnostics& diags, bool begins_entry) {
  const ModulePath reached = program.module_of_path(module, name);
  if (reached.broken || hides_library(program, module, name)) return;
  auto report = diags.report(kUnknownKind, at, name);
  if (!diag::worth_naming(diags)) return;
  for (const Foreign& foreign : kForeign) {
    if (foreign.word != name) continue;
    if (foreign.type.empty()) {
      report.help(std::string(foreign.help));
    } else {
      report.suggest(foreign.type);
    }
    return;
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    const std::string_view type = begins_entry ? std::string_view() : near_type(name);
    if (!type.empty()) return (void)report.suggest(type);
    const std::string other = elsewhere(program, module, name);
    std::vector<std::string_view> names = kind_names(program, module);
    if (begins_entry)
      names.insert(names.end(), {"kind", "record", "policy", "default", "test", "site"});
    report.suggest(other.empty() ? diag::closest(name, names) : std::string_view(other));
    return;
  }
  if (!reached.module || reached.length != dot)
    return suggest_module(program, module, name, report);
  const auto near = diag::closest(name.substr(dot + 1),
                                  names_behind(program, reached.module, module));
  if (!near.empty()) report.suggest(std::string(name.substr(0, dot + 1)) + std::string(near));
}

KindId find_kind(const Program& program, ModuleId module, Range path, diag::Diagnostics& diags,
                 bool begins_entry) {
  if (path.empty()) return {};
  const std::string name = dotted(program, path);
  const KindId kind = program.find_kind(module, name);
  const auto names = syntax::view(program.ast->path_names, path);
  const Span span = join(names[0].span, names[names.size() - 1].span);
  if (!kind) {
    report_unknown_kind(program, module, name, span, diags, begins_entry);
    return {};
  }
  const Kind& found = program.kinds[kind];
  if (program.is_hidden(found.entry, found.module, module)) {
    report_hidden(program, found.entry, found.module, span, diags);
  }
  return kind;
}

std::string family_text(const Program& program, KindId family) {
  constexpr std::size_t kMost = 8;
  std::vector<std::string_view> all;
  std::vector<std::string_view> next;  // those that refine it directly
  for (std::uint32_t i = 0; i < program.kinds.size(); ++i) {
    const KindId id(i);
    const Kind& kind = program.kinds[id];
    const bool near = kind.module == program.prelude || kind.module == program.kinds[family].module;
    if (!near || id == family || !program.is_kind(id, family)) continue;
    all.push_back(program.text(kind.name));
    if (kind.base == family) next.push_back(all.back());
  }
  std::vector<std::string_view>& names = all.size() > kMost ? next : all;
  if (names.empty() || names.size() > kMost) return "";
  std::sort(names.begin(), names.end());
  return fmt::format("`{}`", fmt::join(names, "`, `"));
}

TypeId type_of_node(Program& program, ModuleId module, syntax::TypeNodeId node,
                    diag::Diagnostics& diags) {
  return TypeMaker(program, module, diags).make(node);
}

}  // namespace hlab::check
