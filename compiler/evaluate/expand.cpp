#include "compiler/evaluate/expand.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "compiler/check/check_diags.h"
#include "compiler/check/type_of_node.h"
#include "compiler/evaluate/declared_names.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/groups.h"
#include "compiler/evaluate/misplaced.h"

namespace hlab::evaluate {
namespace {

using namespace program;
using check::Scope;
using syntax::Entry;
using syntax::EntryKind;
using types::TypeKind;

constexpr std::uint64_t kMostDeclarations = 1'000'000;

class Expander {
 public:
  Expander(const Program& program, Lab& lab, check::Checker& checker, Evaluator& evaluator,
           diag::Diagnostics& diags)
      : program_(program),
        ast_(*program.ast),
        lab_(lab),
        checker_(checker),
        evaluator_(evaluator),
        diags_(diags),
        names_(program, lab, evaluator, diags),
        groups_(program, lab, diags) {}

  Expansion run(std::size_t first_file, const std::vector<EntryId>& variations) {
    for (std::size_t i = first_file; i < ast_.files.size(); ++i) {
      Scope scope;
      scope.module = program_.file_modules[ast_.files[i].file.index];
      scope.head = true;
      entries(ast_.files[i].body, Context(), scope, -1);
    }
    for (const EntryId variation : variations) {
      Scope scope;
      scope.module = program_.module_of(ast_.entries[variation].span);
      scope.head = true;
      variation_ = variation;
      entries(ast_.entries[variation].body, Context(), scope, -1);
    }
    check_untaken();
    groups_.report_shared_names();
    leave_out(program_, lab_, checker_, result_.withouts, diags_);
    return std::move(result_);
  }

 private:
  void entries(Range body, const Context& context, Scope& scope, int group) {
    for (const EntryId id : syntax::view(ast_.entry_lists, body)) {
      entry(id, context, scope, group);
      previous_ = id;
    }
  }

  void entry(EntryId id, const Context& context, Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    switch (e.kind) {
      case EntryKind::instance: return instance(id, context, scope, group);
      case EntryKind::loop: return loop(id, context, scope, group);
      case EntryKind::branch: return branch(id, context, scope, group);
      case EntryKind::policy:
        if (!misplaced(id, "a policy")) policy(id);
        return;
      case EntryKind::defaults:
        if (!misplaced(id, "a default")) result_.defaults.push_back(id);
        return;
      case EntryKind::assert_path:
        if (!misplaced(id, "`assert`")) result_.assertions.push_back(id);
        return;
      case EntryKind::site:
        if (variation_.valid()) break;
        if (!misplaced(id, "a site")) site(id);
        return;
      case EntryKind::test:
        if (variation_.valid()) break;
        if (!misplaced(id, "a test")) test(id);
        return;
      case EntryKind::without:
        if (variation_.valid()) return keep(result_.withouts, id, context, scope);
        break;
      case EntryKind::override_:
        if (variation_.valid()) return keep(result_.overrides, id, context, scope);
        break;
      case EntryKind::expect:
        if (in_test()) return keep(result_.expectations, id, context, scope);
        break;
      case EntryKind::error:
      case EntryKind::allow: return;
      case EntryKind::edition:
      case EntryKind::import_:  // whoever read the files has followed it
        if (variation_.valid()) break;
        (void)misplaced(id, e.kind == EntryKind::import_ ? "an import" : "`edition`");
        return;
      case EntryKind::kind: return of_top(id, "a kind");
      case EntryKind::record: return of_top(id, "a record");
      case EntryKind::function: return of_top(id, "a function");
      default: break;
    }
    if (first_visit(id)) report_misplaced(program_, lab_, checker_, e, among(), diags_);
  }

  [[nodiscard]] Among among() const {
    if (!variation_.valid()) return Among::lab;
    return in_test() ? Among::test : Among::site;
  }
  [[nodiscard]] bool in_test() const {
    return variation_.valid() && ast_.entries[variation_].kind == EntryKind::test;
  }

  void site(EntryId id) {
    const Entry& e = ast_.entries[id];
    if (program_.module_of(e.span) != program_.lab_module) {
      return elsewhere(e.name_span, "a site", "it is of the whole lab: move it there");
    }
    if (is_first(sites_, id, "site")) result_.sites.push_back(id);
  }

  void test(EntryId id) {
    if (is_first(tests_, id, "test")) result_.tests.push_back(id);
  }

  /// Each folder names its own.
  void policy(EntryId id) {
    const Entry& e = ast_.entries[id];
    result_.policies.push_back(id);
    if (e.name_span.valid())
      (void)is_first(policies_[program_.module_of(e.span).index], id, "policy");
  }

  using Names = std::unordered_map<std::uint32_t, EntryId>;  // by Symbol
  bool is_first(Names& names, EntryId id, std::string_view what) {
    const Entry& e = ast_.entries[id];
    const auto [known, fresh] = names.emplace(e.name.index, id);
    if (!fresh)
      diags_.report(check::kDeclaredTwice, e.name_span, what, program_.text(e.name))
          .label(ast_.entries[known->second].name_span, "declared here first");
    return fresh;
  }

  void elsewhere(Span at, std::string_view what, std::string_view why) {
    diags_.report(check::kMisplaced, at, what, "in a module that is imported")
        .help(std::string(why));
  }

  /// Where nothing leads to it, it is kept once, for the checker.
  void keep(std::vector<VariationEntry>& entries, EntryId id, const Context& context,
            const Scope& scope) {
    const bool first = first_visit(id);
    if (scope.untaken && !first) return;
    entries.push_back({id, context, scope});
    entries.back().scope.head = false;
  }

  /// What is there once, or not at all, stands in no loop and no branch.
  bool misplaced(EntryId id, std::string_view what) {
    if (depth_ == 0) return false;
    const Entry& e = ast_.entries[id];
    if (first_visit(id)) {
      diags_.report(check::kMisplaced, e.name_span.valid() ? e.name_span : e.span, what,
                    "in a loop or an `if`");
    }
    return true;
  }

  void of_top(EntryId id, std::string_view what) {
    if (variation_.valid()) return at_top_only(ast_.entries[id], what);
    (void)misplaced(id, what);
  }

  /// A site and a test are made of what the lab declares.
  void at_top_only(const Entry& e, std::string_view what) {
    diags_.report(check::kMisplaced, e.name_span, what, in_test() ? "in a test" : "in a site")
        .help("declare it at the top of a file: sites and tests see it there");
  }

  /// A loop visits its entries once per element; messages about them come once.
  bool first_visit(EntryId id) { return seen_.insert(id.index).second; }

  void loop(EntryId id, const Context& context, Scope& scope, int around) {
    const Entry& e = ast_.entries[id];
    const bool first = first_visit(id);
    const std::size_t locals = scope.locals.size();
    TypeId element = types::TypeTable::simple(TypeKind::error);
    const std::size_t errors = diags_.error_count();
    if (first) {
      element = checker_.loop_list(e, scope);
      loop_types_[id.index] = element;
    } else {
      element = loop_types_[id.index];
    }
    check::Checker::bind(e.index, e.name, element, scope);
    if (first && e.message.valid()) checker_.condition(e.message, scope);
    if (diags_.error_count() != errors) bad_loops_.insert(id.index);
    const int group = e.alias.valid() ? groups_.open(id, scope.module) : around;
    if (bad_loops_.contains(id.index)) {
      leave_broken(e.body, scope, group);
    } else {
      repeat(id, context, scope, group);
    }
    scope.locals.resize(locals);
  }

  void repeat(EntryId id, const Context& context, Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    const Value source = evaluator_.value(e.value, context);
    if (source.is(ValueKind::error)) {
      leave_broken(e.body, scope, group);
      return unsettled(e.value);
    }
    const std::uint64_t count = Evaluator::element_count(source);
    if (count > kMostDeclarations)
      return too_many(ast_.exprs[e.value].span,
                      fmt::format("this loop goes round {} times", count));
    values::Items items;
    evaluator_.elements(source, items, e.value);
    bool taken = false;
    for (std::size_t i = 0; i < items.size() && !full_ && evaluator_.step(e.value); ++i) {
      Context inner = evaluator_.bound({InstanceId(), context.env}, {e.name, e.index, e.value}, i,
                                       items[i]);
      const Entered round = evaluator_.enter(inner);
      if (e.message.valid() && !evaluator_.condition(e.message, inner)) continue;
      taken = true;
      ++depth_;
      entries(e.body, inner, scope, group);
      --depth_;
    }
    if (!taken) leave(e.body, scope, group);
  }

  /// Nothing of the lab is left out in silence.
  void unsettled(ExprId head) {
    if (diags_.has_errors() || !unsettled_.insert(head.index).second) return;
    diags_.report(check::kHeadNeedsConstant, ast_.exprs[head].span, "this");
  }

  /// Told once: what follows would be more of the same.
  void too_many(Span at, std::string_view what) {
    if (!full_) diags_.report(kTooManyDeclarations, at, what);
    full_ = true;
  }

  void branch(EntryId id, const Context& context, Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    const std::size_t locals = scope.locals.size();
    if (first_visit(id)) checker_.condition(e.value, scope);
    scope.locals.resize(locals);
    Context inner = context;
    ++depth_;
    Hollow hollow;
    const bool holds = evaluator_.condition(e.value, inner, &hollow);
    if (hollow) {
      leave_broken(e.body, scope, group);
      leave_broken(e.else_body, scope, group);
      unsettled(e.value);
    } else {
      entries(holds ? e.body : e.else_body, context, scope, group);
      leave(holds ? e.else_body : e.body, scope, group);
    }
    --depth_;
  }

  /// A loop leaves the same body out in many rounds.
  void leave(Range body, const Scope& scope, int group) {
    if (!body.empty() && left_out_.insert(body.begin).second)
      untaken_.push_back({body, scope, group});
  }

  /// Below a head that was told: nobody knows whether it is there, so naming it is no second mistake.
  void leave_broken(Range body, const Scope& scope, int group) {
    note_broken_names(body);
    leave(body, scope, group);
  }

  void note_broken_names(Range body) {
    for (const EntryId id : syntax::view(ast_.entry_lists, body)) {
      const Entry& e = ast_.entries[id];
      if (e.kind == EntryKind::instance && e.name.valid()) lab_.broken_names.insert(e.name.index);
      if (e.kind == EntryKind::instance && e.key.valid()) checker_.breaks_name(e.key);
      if (e.kind == EntryKind::loop && e.alias.valid()) lab_.broken_names.insert(e.alias.index);
      if (e.kind != EntryKind::loop && e.kind != EntryKind::branch) continue;
      note_broken_names(e.body);
      note_broken_names(e.else_body);
    }
  }

  /// What no round and no condition leads to makes nothing, and is checked all the same. It comes last:
  /// another round may have been there.
  void check_untaken() {
    ++depth_;
    for (std::size_t i = 0; i < untaken_.size(); ++i) {
      Scope scope = untaken_[i].scope;
      scope.untaken = true;
      const int group = untaken_[i].group;
      for (const EntryId id : syntax::view(ast_.entry_lists, untaken_[i].body))
        untaken(id, scope, group);
    }
    --depth_;
  }

  void untaken(EntryId id, Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    if (e.kind == EntryKind::instance) {
      if (!first_visit(id)) return;
      groups_.may_join(group, declare(id, scope));
      return;
    }
    if (e.kind == EntryKind::loop || e.kind == EntryKind::branch) {
      const bool first = first_visit(id);
      Scope inner = scope;
      if (e.kind == EntryKind::loop) {
        if (first) loop_types_[id.index] = checker_.loop_list(e, inner);
        check::Checker::bind(e.index, e.name, loop_types_[id.index], inner);
        if (first && e.message.valid()) checker_.condition(e.message, inner);
        if (e.alias.valid()) group = groups_.open(id, scope.module);
      } else if (first) {
        checker_.condition(e.value, inner);
        inner = scope;
      }
      untaken_.push_back({e.body, inner, group});
      untaken_.push_back({e.else_body, inner, group});
      return;
    }
    entry(id, Context(), scope, -1);
  }

  [[nodiscard]] std::string family_help(KindId head) const {
    const std::string family = check::family_text(program_, head);
    return family.empty()
               ? ""
               : fmt::format("kinds of {}: {}", program_.text(program_.kinds[head].name), family);
  }

  KindId kind_of(const Entry& e, const Scope& scope) {
    const KindId head = check::find_kind(program_, scope.module, e.base, diags_, true);
    if (!head || e.refined.empty()) return head;
    const KindId refined = check::find_kind(program_, scope.module, e.refined, diags_);
    if (!refined || program_.is_kind(refined, head)) return refined;
    const auto names = syntax::view(ast_.path_names, e.refined);
    diags_
        .report(check::kKindMismatch, join(names[0].span, names[names.size() - 1].span),
                check::dotted(program_, e.refined), check::dotted(program_, e.base))
        .help(family_help(head));
    return {};
  }

  /// What is the same in each round: its kind, and what the checker has to look at.
  KindId declare(EntryId id, const Scope& scope) {
    const Entry& e = ast_.entries[id];
    const KindId kind = kind_of(e, scope);
    if (e.key.valid()) {
      Scope head = scope;
      checker_.expression(e.key, types::TypeTable::simple(TypeKind::string), head);
    }
    Declaration declaration{id, scope};
    declaration.scope.head = false;
    result_.instances.push_back(std::move(declaration));
    const bool is_lab = program_.is_kind(kind, program_.core_kind("lab"));
    if (!is_lab || scope.module == program_.lab_module) return kind;
    elsewhere(e.name_span, "`lab`", "there is one lab, and its own folder declares it");
    return {};
  }

  void instance(EntryId id, const Context& context, const Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    if (first_visit(id)) kinds_[id.index] = declare(id, scope);
    const KindId kind = kinds_[id.index];
    if (variation_.valid() && kind && program_.is_kind(kind, program_.core_kind("rule")))
      return at_top_only(e, "a rule");
    if (!kind) {
      if (e.name.valid()) lab_.broken_names.insert(e.name.index);
      return;
    }
    Symbol name = e.name;
    if (e.key.valid()) {
      const Value computed = evaluator_.value(e.key, context);
      if (!computed.is(ValueKind::string)) return;
      name = program_.symbols->intern(computed.as_text());
    }
    if (!name.valid()) return;
    const NewDeclaration wanted{id, kind, name, scope.module, variation_, previous_, depth_ > 0};
    if (names_.may_take(wanted)) add(wanted, context, group);
  }

  void add(const NewDeclaration& wanted, const Context& context, int group) {
    const Entry& e = ast_.entries[wanted.entry];
    if (lab_.instances.size() >= kMostDeclarations)
      return too_many(e.name_span, "this is one too many");
    const InstanceId added = lab_.instances.add();
    Instance& instance = lab_.instances[added];
    instance.kind = wanted.kind;
    instance.name = wanted.name;
    instance.called = wanted.name;
    instance.entry = wanted.entry;
    instance.env = context.env;
    instance.name_span = e.name_span;
    instance.module = wanted.module;
    instance.planned = (e.flags & syntax::kFlagPlanned) != 0;
    names_.take(added);
    groups_.join(group, added);
  }

  const Program& program_;
  const syntax::Ast& ast_;
  Lab& lab_;
  check::Checker& checker_;
  Evaluator& evaluator_;
  diag::Diagnostics& diags_;
  DeclaredNames names_;
  Groups groups_;
  Expansion result_;
  int depth_ = 0;      // loops and branches around
  bool full_ = false;  // no more declarations are made
  EntryId variation_;
  EntryId previous_;  // before the one that is looked at
  Names sites_, tests_;
  std::unordered_map<std::uint32_t, Names> policies_;  // by module
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<std::uint32_t> unsettled_;
  struct Untaken {
    Range body;
    Scope scope;
    int group;
  };
  std::vector<Untaken> untaken_;
  std::unordered_set<std::uint32_t> left_out_;  // bodies in it, by where they begin
  std::unordered_set<std::uint32_t> bad_loops_;
  std::unordered_map<std::uint32_t, TypeId> loop_types_;
  std::unordered_map<std::uint32_t, KindId> kinds_;
};

}  // namespace

Expansion expand(const Program& program, Lab& lab, check::Checker& checker, Evaluator& evaluator,
                 std::size_t first_file, const std::vector<EntryId>& variations,
                 diag::Diagnostics& diags) {
  return Expander(program, lab, checker, evaluator, diags).run(first_file, variations);
}

}  // namespace hlab::evaluate
