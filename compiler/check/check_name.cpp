// What a bare word means: a local, a word of the expected type, a declaration of the lab.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/foreign_words.h"
#include "compiler/check/module_diags.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/article.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::ExprKind;
using enum TypeKind;

TypeId Checker::name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const Symbol symbol(e.a);
  for (std::size_t i = scope.locals.size(); i-- > 0;) {
    if (scope.locals[i].name == symbol) {
      resolve(id, ResolutionKind::local, static_cast<std::uint32_t>(scope.locals.size() - 1 - i));
      return scope.locals[i].type;
    }
  }
  const TypeId as_word = word(id, symbol, expected, scope);
  if (as_word.valid()) return as_word;
  return instance_name(id, e, expected, scope);
}

TypeId Checker::word(ExprId id, Symbol symbol, TypeId expected, Scope& scope) {
  const TypeId wanted = core(expected);
  if (!wanted.valid()) return {};
  const types::Type t = type(wanted);
  if (t.kind == symbols) {
    const types::Tag* tag = program_.types.find_tag(wanted, symbol);
    if (tag == nullptr || tag->payload.valid()) return {};
    resolve(id, ResolutionKind::tag, symbol.index);
    return wanted;
  }
  if (t.kind == lease) {
    const bool is_auto = text(symbol) == "auto" && (t.flags & types::kLeaseAuto);
    const bool is_learned = text(symbol) == "learned" && (t.flags & types::kLeaseLearned);
    if (!is_auto && !is_learned) return {};
    resolve(id, is_auto ? ResolutionKind::lease_auto : ResolutionKind::lease_learned, 0);
    return wanted;
  }
  if (t.kind == nested) {
    const KindId kind = program_.find_kind(scope.module, text(symbol));
    if (!kind || !program_.is_kind(kind, t.of)) return {};
    constructs(id, kind, scope);
    return program_.types.nested_of(kind);
  }
  return {};
}

InstanceId Checker::declared_in(ModuleId home, Symbol name, KindId kind) const {
  const auto [first, last] = lab_.by_name.equal_range(name.valid() ? name.index : ~0u);
  for (auto it = first; it != last; ++it) {
    const program::Instance& instance = lab_.instances[it->second];
    const bool fits = !kind || program_.is_kind(instance.kind, kind);
    if (fits && instance.module == home) return it->second;
  }
  return {};
}

TypeId Checker::instance_name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const Symbol symbol(e.a);
  const TypeId found = declared_name(id, symbol, e.span, scope.module, expected, scope);
  if (found.valid()) return found;
  const TypeId wanted = core(expected);
  if (text(symbol) == "null" && wanted.valid() && type(wanted).kind == yaml) {
    resolve(id, ResolutionKind::null_of_tree, 0);
    return wanted;
  }
  if (text(symbol) != "lab") return unknown_name(e, expected, scope);
  (void)asks_lab(e.span, "`lab`", scope);
  resolve(id, ResolutionKind::instance, 0xffffffffu);
  const KindId lab_kind = program_.core_kind("lab");
  return lab_kind ? program_.types.reference_to(lab_kind, syntax::EdgeMode::value) : poisoned();
}

TypeId Checker::declared_name(ExprId id, Symbol symbol, Span at, ModuleId home, TypeId expected,
                              Scope& scope) {
  const KindId kind = kind_wanted(expected);
  const std::vector<InstanceId> candidates = named(symbol, home, kind);
  const auto group = lab_.find_group(home, symbol);
  if (candidates.empty() && !group) return {};
  if (asks_lab(at, fmt::format("`{}`", text(symbol)), scope)) return poisoned();
  if (candidates.empty()) {
    resolve(id, ResolutionKind::group, *group);
    return group_type(lab_.groups[*group], at);
  }
  if (candidates.size() > 1) {
    ambiguous_name(symbol, at, candidates, expected);
    return poisoned();
  }
  const program::Instance& instance = lab_.instances[candidates[0]];
  resolve(id, ResolutionKind::instance, candidates[0].index);
  if (program_.is_hidden(instance.entry, home, scope.module))
    report_hidden(program_, instance.entry, home, at, diags_);
  if (kind && !program_.is_kind(instance.kind, kind)) {
    const std::string_view is =
        text(program_.kinds[program::head_kind(program_, lab_, candidates[0])].name);
    diags_
        .report(kWrongKind, at, text(symbol),
                fmt::format("{}, and {} is needed", diag::with_article(is), a_kind(kind)))
        .label(instance.name_span, fmt::format("the {} is declared here", is));
    return poisoned();
  }
  return program_.types.reference_to(instance.kind, syntax::EdgeMode::start);
}

TypeId Checker::group_type(const program::Group& group, Span at) {
  if (group.kind) {
    return program_.types.list_of(program_.types.reference_to(group.kind, syntax::EdgeMode::value));
  }
  if (group.members.empty()) return poisoned();  // nobody can tell what it would hold
  diags_
      .report(
          kTypeMismatch, at,
          fmt::format("`{}`, declarations of kinds that have nothing in common", text(group.name)),
          "a list of one kind")
      .label(group.span, "this loop makes them")
      .help("give those of one kind a loop, and a name, of their own");
  return poisoned();
}

/// Of instances that stand where such a value is wanted; none where any kind may, or no instance.
KindId Checker::kind_wanted(TypeId expected) const {
  if (expected.valid() && type(program_.types.required(expected)).kind == secret)
    return program_.core_kind("secret");
  const TypeId wanted = core(expected);
  const bool of_kind = wanted.valid() &&
                       (type(wanted).kind == reference || type(wanted).kind == nested);
  return of_kind ? type(wanted).of : KindId();
}

/// What the module declares under that name: those of the kind, or all where none is of it.
std::vector<InstanceId> Checker::named(Symbol symbol, ModuleId home, KindId kind) const {
  std::vector<InstanceId> all;
  const auto [first, last] = lab_.by_name.equal_range(symbol.index);
  for (auto it = first; it != last; ++it) {
    if (lab_.instances[it->second].module == home) all.push_back(it->second);
  }
  std::vector<InstanceId> fitting;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fitting), [&](InstanceId one) {
    return kind && program_.is_kind(lab_.instances[one].kind, kind);
  });
  return fitting.empty() ? all : fitting;
}

void Checker::ambiguous_name(Symbol symbol, Span at, const std::vector<InstanceId>& candidates,
                             TypeId expected) {
  std::string_view before = sources_.text(at);  // a module's name
  before.remove_suffix(text(symbol).size());
  auto report = diags_.report(kAmbiguousName, at, text(symbol));
  std::string choices;
  for (const InstanceId one : candidates) {
    const std::string path = program::instance_path(program_, lab_, one);
    report.label(lab_.instances[one].name_span, fmt::format("`{}`", path));
    choices += fmt::format("{}`{}{}`", choices.empty() ? "" : " or ", before, path);
  }
  const TypeId wanted = core(expected);
  if (wanted.valid() && type(wanted).kind == string) {  // neither would fit
    report.help(fmt::format("a text is written in quotes: \"{}\"", text(symbol)));
    return;
  }
  report.help("write " + choices);
}

/// Heads are settled before the lab is known. Of a function it is remembered, for those who call it in one.
bool Checker::asks_lab(Span at, std::string_view what, const Scope& scope) {
  if (!functions_running_.empty()) {
    asking_.try_emplace(functions_running_.back(), at);
  } else if (scope.head) {
    (void)head_needs_constant(at, what);
  }
  return scope.head;
}

diag::Report Checker::head_needs_constant(Span at, std::string_view what) {
  return diags_.report(kHeadNeedsConstant, at, what)
      .help(
          "heads are made of literals, ranges, lists and functions of these; inside a value, `[... for x in ...]` may ask");
}

/// Half-typed text declares nothing, but what it was to declare is not told to be missing.
const TornWords& Checker::torn_words() const {
  if (!torn_words_) torn_words_.emplace(ast(), sources_, diags_);
  return *torn_words_;
}

bool Checker::in_torn(Symbol name, Span at) const { return torn_words().may_name(text(name), at); }

/// A field or function that the kind may lack because a line of it did not parse.
bool Checker::lacks_by_torn(KindId kind, Symbol member) const {
  const auto& chain = program_.kinds[kind].chain;
  return std::any_of(chain.begin(), chain.end(), [&](KindId layer) {
    const program::Kind& declared = program_.kinds[layer];
    return declared.entry.valid() && !program_.modules[declared.module].library &&
           torn_words().may_be_of(text(member), ast().entries[declared.entry].span);
  });
}

/// Heads are read before all declarations are known: whether the name is that of one.
bool Checker::declared_anywhere(Symbol name) const { return declared_names().contains(name.index); }

bool Checker::may_be_declared(Symbol name) const {
  return declared_anywhere(name) || computes_names_;
}

const std::unordered_set<std::uint32_t>& Checker::declared_names() const {
  if (declared_names_) return *declared_names_;
  declared_names_.emplace();
  for (const syntax::Entry& entry : ast().entries) {
    if (entry.kind == syntax::EntryKind::loop && entry.alias) {
      declared_names_->insert(entry.alias.index);
    }
    if (entry.kind != syntax::EntryKind::instance) continue;
    if (entry.name) declared_names_->insert(entry.name.index);
    computes_names_ = computes_names_ || entry.key.valid();
  }
  return *declared_names_;
}

void Checker::unknown_kind(Span at, Symbol name, ModuleId module) {
  report_unknown_kind(program_, module, text(name), at, diags_);
}

TypeId Checker::self_field(ExprId id, const Expr& e, Scope& scope) {
  const Symbol symbol(e.a);
  if (!scope.self) {
    diags_.report(kNoSelf, e.span, text(symbol))
        .help(fmt::format("say whose it is, as in `lab.{}`; a function takes it as a parameter",
                          text(symbol)));
    return poisoned();
  }
  (void)asks_lab(e.span, fmt::format("`.{}`", text(symbol)), scope);
  return kind_member(id, e, scope.self, scope);
}

}  // namespace hlab::check
