// What the source declares: kinds, functions, and how every name in every expression was resolved.
// Made by `declare` and `check`; const for every later stage.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"
#include "compiler/types/type.h"
#include "compiler/values/value.h"

namespace hlab::program {

using syntax::EntryId;
using syntax::ExprId;
using types::KindId;
using types::TypeId;
using values::InstanceId;
using FunctionId = Id<struct FunctionTag>;
using ModuleId = Id<struct ModuleTag>;

struct Field {
  Symbol name;
  TypeId type;
  KindId owner;   // the kind that declares it
  EntryId entry;  // its declaration
};

/// A kind or a record. `fields` holds the inherited ones first, in the order of the base, so an index
/// is valid in every refinement.
struct Kind {
  Symbol name;
  ModuleId module;
  KindId base;
  bool record = false;
  bool torn = false;  // refines what is unknown: nobody knows its fields
  EntryId entry;
  std::vector<Field> fields;
  std::unordered_map<std::uint32_t, std::uint32_t> field_index;  // Symbol -> index
  std::unordered_map<std::uint32_t, FunctionId> methods;         // own and inherited
  std::vector<EntryId> checks;                                   // own only
  std::vector<KindId> chain;                                     // root first, itself last
};

struct Function {
  Symbol name;
  KindId owner;  // none for a free function
  ModuleId module;
  EntryId entry;
  std::vector<TypeId> parameters;
  TypeId result;
  KindId makes;          // of an `offers`: what a call of it makes
  bool doubled = false;  // declared twice: a call may mean either
};

/// `import ./office as o`: what stands behind `o.` in the module that has the line.
struct Import {
  ModuleId module;  // none where the folder could not be read: that has its message
  EntryId entry;
};

/// A folder of files; names in it see each other, the prelude, and what they import.
struct Module {
  Symbol path;  // "core", "std", "std.hw"; of the lab: the folder below the lab's, "" its own
  bool library = true;
  std::unordered_map<std::uint32_t, KindId> kinds;
  std::unordered_map<std::uint32_t, FunctionId> functions;
  std::unordered_map<std::uint32_t, Import> imports;  // Symbol -> what it stands for
};

/// What a dotted path of names begins with, seen from a module.
struct ModulePath {
  ModuleId module;
  std::size_t length = 0;  // of the text that names the module; 0 where it names none
  bool broken = false;     // an import that failed: nothing behind it is a second mistake
};

enum class ResolutionKind : std::uint8_t {
  none,       // literals and operators: the expression's own kind says it all
  local,      // a = links to walk up the environment
  field,      // a = index of the field
  method,     // a = FunctionId
  builtin,    // a = index in all_builtins()
  function,   // a = FunctionId
  tag,        // a = Symbol; a call carries its payload
  instance,   // a = InstanceId
  group,      // a = index of Lab::groups
  construct,  // a = KindId: makes a record or instance of the kind
  lookup,     // a = KindId: `node["n-${i}"]`
  map_key,    // a = Symbol: `.env.TZ`, `url.web`
  intrinsic,  // a = Intrinsic
  claim,      // a = FunctionId of what is offered; the object called on is a declaration
  lease_auto,
  lease_learned,
  input,         // a = Symbol: the path of a file that `load` names
  null_of_tree,  // `null` where a tree is wanted
  words,         // a = TypeId: the words of a union, `kind.field.words`
  shaped,        // a = TypeId: a tree in the place of a map that holds records somewhere
};

/// Facts that every instance has without declaring them.
enum class Intrinsic : std::uint8_t { name, path, owner_name, kind_name };

struct Resolution {
  ResolutionKind kind = ResolutionKind::none;
  types::TypeKind result = types::TypeKind::integer;  // builtin: kind of what it gives
  std::uint32_t a = 0xffffffffu;
  ModuleId module = {};  // lookup: whose declarations; none = the whole lab's
};

/// In Resolution::a: the expression was reported and evaluates to a silent error.
inline constexpr std::uint32_t kPoisoned = 1;

/// In Program::segment_instances: the name of a module; the key is the segment behind it.
inline constexpr std::uint32_t kThroughModule = 0xfffffffeu;

struct Program {
  const syntax::Ast* ast = nullptr;
  SymbolTable* symbols = nullptr;
  types::TypeTable types;
  IdVec<KindId, Kind> kinds;
  IdVec<FunctionId, Function> functions;
  IdVec<ModuleId, Module> modules;
  std::unordered_map<std::uint32_t, ModuleId> module_by_path;  // Symbol -> module, of the library
  std::vector<ModuleId> file_modules;                          // by FileId
  ModuleId prelude;
  ModuleId lab_module;
  std::vector<Resolution> resolutions;  // by ExprId
  /// By segment: InstanceId of a key in Map<&K, T>, or kThroughModule.
  std::vector<std::uint32_t> segment_instances;

  [[nodiscard]] std::string_view text(Symbol s) const { return symbols->text(s); }
  [[nodiscard]] bool is_kind(KindId kind, KindId ancestor) const;
  [[nodiscard]] KindId find_kind(ModuleId from, std::string_view dotted) const;
  /// The module that the first names of `dotted` mean; never the whole text, something stands behind.
  [[nodiscard]] ModulePath module_of_path(ModuleId from, std::string_view dotted) const;
  /// Whether `entry`, a declaration of `home`, may not be named in `from`.
  [[nodiscard]] bool is_hidden(EntryId entry, ModuleId home, ModuleId from) const {
    return home != from && (ast->entries[entry].flags & syntax::kFlagPrivate) != 0;
  }
  /// A kind of the prelude that C++ knows by name (lab, network, node ...).
  [[nodiscard]] KindId core_kind(std::string_view name) const;
  [[nodiscard]] std::uint32_t field(KindId kind, Symbol name) const;  // kNoField when absent
  [[nodiscard]] ModuleId module_of(const Span& span) const { return file_modules[span.file.index]; }
};

inline constexpr std::uint32_t kNoField = 0xffffffffu;

/// A type in the words of the language: `[&node]`, `Int(1..4094)`, `amd64 | arm64`.
std::string type_text(const Program& program, TypeId type);

/// How what `home` declares as `name` is written in `from`: `wiki`, `office.wiki`, `std.postgres`; "" where `from`
/// does not see it.
[[nodiscard]] std::string seen_name(const Program& program, ModuleId home, Symbol name,
                                    ModuleId from);

}  // namespace hlab::program
