#include "compiler/check/declare.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "compiler/check/check_diags.h"
#include "compiler/check/claim_diags.h"
#include "compiler/check/declaration_diags.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {
namespace {

using namespace program;
using syntax::Entry;
using syntax::EntryKind;
using types::TypeKind;

/// "std/hw/pi.hlab" -> "std.hw".
std::string library_module(const SourceFile& file) {
  const std::size_t slash = file.path.rfind('/');
  std::string path = slash == std::string::npos ? "" : file.path.substr(0, slash);
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

constexpr int kMostRefined = 256;
constexpr int kLongestWalk = 10'000;

class Declarer {
 public:
  Declarer(Program& program, const SourceMap& sources, diag::Diagnostics& diags)
      : program_(program), ast_(*program.ast), sources_(sources), diags_(diags) {}

  void run(std::size_t first_file) {
    const std::size_t first_kind = program_.kinds.size();
    for (std::size_t i = first_file; i < ast_.files.size(); ++i) names_of(ast_.files[i]);
    for (std::size_t k = first_kind; k < program_.kinds.size(); ++k) base_of(kind_id(k));
    for (std::size_t k = first_kind; k < program_.kinds.size(); ++k) cut_deep(kind_id(k));
    mark_torn(first_kind);
    for (std::size_t k = first_kind; k < program_.kinds.size(); ++k) fields_of(kind_id(k));
    for (const auto& [id, entry] : functions_) signature_of(id, ast_.entries[entry]);
  }

 private:
  static KindId kind_id(std::size_t i) { return KindId(static_cast<std::uint32_t>(i)); }

  ModuleId library_module_of(const SourceFile& file) {
    const std::string path = library_module(file);
    const Symbol symbol = program_.symbols->intern(path);
    const auto known = program_.module_by_path.find(symbol.index);
    if (known != program_.module_by_path.end()) return known->second;
    const ModuleId id = program_.modules.add();
    program_.modules[id].path = symbol;
    program_.module_by_path.emplace(symbol.index, id);
    if (path == "core") program_.prelude = id;
    return id;
  }

  /// Of the lab's files whoever read them has told the modules.
  ModuleId module_of(FileId file) {
    if (program_.file_modules.size() <= file.index) program_.file_modules.resize(file.index + 1);
    ModuleId& module = program_.file_modules[file.index];
    if (!module) module = library_module_of(sources_.file(file));
    return module;
  }

  void names_of(const syntax::FileRoot& root) {
    const ModuleId module = module_of(root.file);
    for (const EntryId id : syntax::view(ast_.entry_lists, root.body)) {
      const Entry& entry = ast_.entries[id];
      if (entry.kind == EntryKind::kind || entry.kind == EntryKind::record) add_kind(module, id);
      if (entry.kind == EntryKind::function) add_function(module, id);
    }
  }

  void add_kind(ModuleId module, EntryId id) {
    const Entry& entry = ast_.entries[id];
    if (is_type_name(program_.text(entry.name))) {
      const bool record = entry.kind == EntryKind::record;
      diags_.report(kNameOfType, entry.name_span, record ? "a record" : "a kind",
                    program_.text(entry.name));
    }
    const bool hides_lab = program_.text(entry.name) == "lab" && !program_.modules[module].library;
    if (hides_lab) {
      diags_.report(kNameOfType, entry.name_span, "a kind", "lab")
          .help("`lab` is the kind of the lab itself: choose another name");
      return;
    }
    const auto known = program_.modules[module].kinds.find(entry.name.index);
    if (known != program_.modules[module].kinds.end()) {
      diags_.report(kDeclaredTwice, entry.name_span, "kind", program_.text(entry.name))
          .label(ast_.entries[program_.kinds[known->second].entry].name_span,
                 "declared here first");
      program_.kinds[known->second].torn = true;  // its fields may be those of either
      return;
    }
    const KindId kind = program_.kinds.add();
    Kind& added = program_.kinds[kind];
    added.name = entry.name;
    added.module = module;
    added.record = entry.kind == EntryKind::record;
    added.entry = id;
    program_.modules[module].kinds.emplace(entry.name.index, kind);
  }

  void add_function(ModuleId module, EntryId id) {
    const Entry& entry = ast_.entries[id];
    const auto known = program_.modules[module].functions.find(entry.name.index);
    if (known != program_.modules[module].functions.end()) {
      const Entry& first = ast_.entries[program_.functions[known->second].entry];
      diags_.report(kDeclaredTwice, entry.name_span, "function", program_.text(entry.name))
          .label(first.name_span, "declared here first");
      program_.functions[known->second].doubled = true;
      return;
    }
    program_.modules[module].functions.emplace(entry.name.index,
                                               new_function(module, KindId(), id));
  }

  FunctionId new_function(ModuleId module, KindId owner, EntryId entry) {
    const FunctionId id = program_.functions.add();
    Function& function = program_.functions[id];
    function.name = ast_.entries[entry].name;
    function.module = module;
    function.owner = owner;
    function.entry = entry;
    functions_.emplace_back(id, entry);
    return id;
  }

  void report_kind_cycle(KindId id, KindId base) {
    const auto entry_of = [&](KindId kind) -> const Entry& {
      return ast_.entries[program_.kinds[kind].entry];
    };
    const auto step = [&](KindId from, KindId to) {
      return fmt::format("`{}` refines `{}`", program_.text(entry_of(from).name),
                         program_.text(entry_of(to).name));
    };
    auto report = diags_.report(kKindCycle, entry_of(id).name_span,
                                program_.text(entry_of(id).name));
    report.here(step(id, base));
    for (KindId up = base; up != id; up = program_.kinds[up].base) {
      report.label(entry_of(up).name_span, step(up, program_.kinds[up].base));
    }
  }

  /// A record is a value and may stand for an instance; what is declared is none in particular.
  void report_record(KindId id, KindId base) {
    const Range path = ast_.entries[program_.kinds[id].entry].base;
    const syntax::PathName& named = syntax::view(ast_.path_names, path)[path.count - 1];
    program_.kinds[id].torn = true;
    diags_.report(kKindMismatch, named.span, program_.text(named.name), "kind")
        .label(ast_.entries[program_.kinds[base].entry].name_span, "a record")
        .help(fmt::format("a kind that holds one says so in a field: `NAME: {}`",
                          program_.text(named.name)));
  }

  void base_of(KindId id) {
    const Entry& entry = ast_.entries[program_.kinds[id].entry];
    if (entry.base.empty()) return;
    const KindId base = find_kind(program_, program_.kinds[id].module, entry.base, diags_);
    program_.kinds[id].torn = program_.kinds[id].torn || !base;
    if (!base) return;
    if (program_.kinds[base].record && !program_.kinds[id].record) return report_record(id, base);
    int steps = 0;
    for (KindId up = base; up; up = program_.kinds[up].base) {
      if (up == id) return report_kind_cycle(id, base);
      if (++steps > kLongestWalk) return cut(id);
    }
    program_.kinds[id].base = base;
  }

  /// Where a field or function has lost its name, nobody knows all that the kind has.
  void mark_torn(std::size_t first_kind) {
    for (const Entry& lost : ast_.entries) {
      if (lost.kind != EntryKind::error || !lost.span.valid()) continue;
      const std::string_view written = sources_.text(lost.span);
      if (!written.starts_with(':') && !written.starts_with("fn (")) continue;
      for (std::size_t k = first_kind; k < program_.kinds.size(); ++k) {
        const Span around = ast_.entries[program_.kinds[kind_id(k)].entry].span;
        if (contains(around, lost.span)) program_.kinds[kind_id(k)].torn = true;
      }
    }
  }

  /// Each kind remembers all that it refines, so a long chain of them costs its square.
  void cut_deep(KindId id) {
    int depth = 0;
    for (KindId up = program_.kinds[id].base; up && depth <= kMostRefined;
         up = program_.kinds[up].base)
      ++depth;
    if (depth > kMostRefined) cut(id);
  }

  /// Told once: the others of the chain would be the same again.
  void cut(KindId id) {
    const Entry& entry = ast_.entries[program_.kinds[id].entry];
    if (!told_deep_)
      diags_.report(kKindTooDeep, entry.name_span, program_.text(entry.name), kMostRefined);
    told_deep_ = true;
    program_.kinds[id].base = KindId();
    program_.kinds[id].torn = true;
  }

  /// Inherited fields first; so the base is done before.
  void fields_of(KindId id) {
    if (!program_.kinds[id].chain.empty()) return;
    const KindId base = program_.kinds[id].base;
    if (base) {
      fields_of(base);
      Kind& kind = program_.kinds[id];
      kind.torn = kind.torn || program_.kinds[base].torn;
      kind.fields = program_.kinds[base].fields;
      kind.field_index = program_.kinds[base].field_index;
      kind.methods = program_.kinds[base].methods;
      kind.chain = program_.kinds[base].chain;
    }
    program_.kinds[id].chain.push_back(id);
    const Entry& entry = ast_.entries[program_.kinds[id].entry];
    for (const EntryId member : syntax::view(ast_.entry_lists, entry.body)) member_of(id, member);
    for (const EntryId member : syntax::view(ast_.entry_lists, entry.body)) {
      if (ast_.entries[member].kind == EntryKind::renamed) add_old_name(id, ast_.entries[member]);
    }
  }

  /// `deprecated OLD -> NEW`: the index finds the field by its old name too.
  void add_old_name(KindId id, const Entry& entry) {
    Kind& kind = program_.kinds[id];
    const syntax::PathName& now = syntax::view(ast_.path_names, entry.base)[0];
    const auto field = kind.field_index.find(now.name.index);
    if (field == kind.field_index.end()) {
      std::vector<std::string_view> names;
      for (const Field& one : kind.fields) names.push_back(program_.text(one.name));
      diags_.report(kUnknownField, now.span, program_.text(kind.name), program_.text(now.name))
          .suggest(diag::closest(program_.text(now.name), names));
      kind.torn = true;  // what the old name is of nobody knows
      return;
    }
    const auto [known, added] = kind.field_index.emplace(entry.name.index, field->second);
    if (added) return;
    diags_.report(kFieldTwice, entry.name_span, program_.text(entry.name))
        .label(ast_.entries[kind.fields[known->second].entry].name_span, "declared here")
        .help(
            fmt::format("to give it another value, set it: `{} = ...`", program_.text(entry.name)));
  }

  void member_of(KindId id, EntryId member) {
    const Entry& entry = ast_.entries[member];
    if (entry.kind == EntryKind::check) program_.kinds[id].checks.push_back(member);
    if (entry.kind == EntryKind::field) add_field(id, member);
    if (entry.kind == EntryKind::function || entry.kind == EntryKind::offer) {
      add_method(id, member);
    }
  }

  /// What a kind says anew is its base's, not its own.
  void add_method(KindId id, EntryId member) {
    const Entry& entry = ast_.entries[member];
    const auto known = program_.kinds[id].methods.find(entry.name.index);
    if (known != program_.kinds[id].methods.end() &&
        program_.functions[known->second].owner == id) {
      const Entry& first = ast_.entries[program_.functions[known->second].entry];
      diags_
          .report(kDeclaredTwice, entry.name_span,
                  entry.kind == EntryKind::offer ? "offer" : "function", program_.text(entry.name))
          .label(first.name_span, "declared here first");
      program_.functions[known->second].doubled = true;
      return;
    }
    const FunctionId method = new_function(program_.kinds[id].module, id, member);
    program_.kinds[id].methods[entry.name.index] = method;
  }

  void add_field(KindId id, EntryId member) {
    const Entry& entry = ast_.entries[member];
    const TypeId type = type_of_node(program_, program_.kinds[id].module, entry.type, diags_);
    Kind& kind = program_.kinds[id];
    const auto known = kind.field_index.find(entry.name.index);
    if (known != kind.field_index.end()) {
      Field& first = kind.fields[known->second];
      diags_.report(kFieldTwice, entry.name_span, program_.text(entry.name))
          .label(ast_.entries[first.entry].name_span, "declared here")
          .help(first.type == type ? fmt::format("to give it another default, set it: `{} = ...`",
                                                 program_.text(entry.name))
                                   : "a field keeps its type: give this one another name");
      // What it is given may be of either type.
      if (first.type != type) first.type = types::TypeTable::simple(types::TypeKind::error);
      return;
    }
    if ((entry.flags & syntax::kFlagFinal) != 0 && !entry.value.valid())
      diags_.report(kFinalWithoutValue, entry.name_span, program_.text(entry.name));
    kind.field_index.emplace(entry.name.index, static_cast<std::uint32_t>(kind.fields.size()));
    kind.fields.push_back({entry.name, type, id, member});
  }

  void report_doubled(const Entry& function) {
    std::unordered_map<std::uint32_t, Span> first;
    for (const syntax::Parameter& one : syntax::view(ast_.parameters, function.parameters)) {
      const auto [known, added] = first.emplace(one.name.index, one.span);
      if (added || !one.name.valid()) continue;
      diags_.report(kDeclaredTwice, one.span, "parameter", program_.text(one.name))
          .label(known->second, "declared here first");
    }
  }

  void signature_of(FunctionId id, const Entry& entry) {
    const ModuleId module = program_.functions[id].module;
    std::vector<TypeId> parameters;
    report_doubled(entry);
    for (const syntax::Parameter& parameter : syntax::view(ast_.parameters, entry.parameters)) {
      parameters.push_back(type_of_node(program_, module, parameter.type, diags_));
    }
    TypeId result;
    if (entry.kind == EntryKind::offer) {
      const KindId makes = find_kind(program_, module, entry.refined, diags_);
      program_.functions[id].makes = makes;
      result = makes ? program_.types.reference_to(makes, syntax::EdgeMode::start)
                     : types::TypeTable::simple(TypeKind::error);
      const bool named = !parameters.empty() && program_.types.is(parameters[0], TypeKind::string);
      const bool known = !parameters.empty() && program_.types.is(parameters[0], TypeKind::error);
      if (!named && !known)
        diags_.report(kUnnamedOffer, entry.name_span, program_.text(entry.name));
    }
    if (entry.type.valid()) result = type_of_node(program_, module, entry.type, diags_);
    program_.functions[id].parameters = std::move(parameters);
    program_.functions[id].result = result;
  }

  Program& program_;
  const syntax::Ast& ast_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::vector<std::pair<FunctionId, EntryId>> functions_;
  bool told_deep_ = false;
};

}  // namespace

void declare(Program& program, const SourceMap& sources, std::size_t first_file,
             diag::Diagnostics& diags) {
  Declarer(program, sources, diags).run(first_file);
}

}  // namespace hlab::check
