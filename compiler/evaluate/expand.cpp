#include "compiler/evaluate/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "compiler/check/check_diags.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/article.h"
#include "compiler/diag/suggest.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/meant_declaration.h"
#include "compiler/values/text_format.h"
#include "compiler/values/text_forms.h"

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
        diags_(diags) {
    for (const auto& [name, known] : lab.by_name)
      by_path_.emplace(path_of(head_kind(program, lab, known), Symbol(name)), known);
  }

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
    report_shared_names();
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
        if (!misplaced(id, "a policy")) result_.policies.push_back(id);
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
    if (first_visit(id)) misplaced(e);
  }

  static bool is_value(const Entry& e) {
    return e.kind == EntryKind::set || e.kind == EntryKind::append || e.kind == EntryKind::block;
  }

  /// What stands there, in the words of the writer.
  static std::string written(const Entry& e) {
    switch (e.kind) {
      case EntryKind::check: return "a check";
      case EntryKind::field: return "a field";
      case EntryKind::unset: return "`unset`";
      case EntryKind::spread: return "`...`";
      case EntryKind::moved: return "`moved from`";
      case EntryKind::without: return "`without`";
      case EntryKind::override_: return "`override`";
      case EntryKind::expect: return "`expect`";
      default: return is_value(e) ? "a value" : "this";
    }
  }

  void misplaced(const Entry& e) {
    const Span at = e.name_span.valid() ? e.name_span : e.span;
    const std::string_view where = !variation_.valid() ? "at the top of a file"
                                   : in_test()         ? "in a test"
                                                       : "in a site";
    auto report = diags_.report(check::kMisplaced, at, written(e), where);
    if (e.kind == EntryKind::without || e.kind == EntryKind::override_) {
      report.help("it stands in a `site NAME of LAB { ... }` or a `test \"...\" { ... }`");
    } else if (e.kind == EntryKind::expect) {
      report.help("it stands in a `test \"...\" { ... }`");
    } else if (!variation_.valid()) {
      const auto meant = e.kind == EntryKind::block ? meant_declaration(program_, e, report)
                                                    : std::nullopt;
      if (meant && meant->nameless) checker_.note_nameless(meant->nameless);
      if (meant && meant->name.valid()) lab_.broken_names.insert(meant->name.index);
      if (meant) return;
      report.help(e.kind == EntryKind::check
                      ? "it stands in a kind, in a declaration or in a `policy NAME { ... }`"
                  : is_value(e)
                      ? "values are set inside of a declaration, such as `network lan { ... }`"
                      : "declarations look like `node pi5 { ... }` or `service x: std.x { ... }`");
    }
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
    const int group = e.alias.valid() ? open_group(id, scope.module) : around;
    if (!bad_loops_.contains(id.index)) repeat(id, context, scope, group);
    scope.locals.resize(locals);
  }

  void repeat(EntryId id, const Context& context, Scope& scope, int group) {
    const Entry& e = ast_.entries[id];
    const Value source = evaluator_.value(e.value, context);
    if (source.is(ValueKind::error)) return unsettled(e.value);
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

  /// A loop inside of another one opens its group once for each round of that.
  int open_group(EntryId id, ModuleId module) {
    const Entry& e = ast_.entries[id];
    const Span at = syntax::view(ast_.path_names, e.refined)[0].span;
    if (const auto known = lab_.find_group(module, e.alias)) {
      const Group& first = lab_.groups[*known];
      if (group_loops_[*known] != id && twice_told_.insert(id.index).second) {
        diags_.report(check::kDeclaredTwice, at, "group", program_.text(e.alias))
            .label(first.span, "declared here first");
      }
      return static_cast<int>(*known);
    }
    Group group;
    group.name = e.alias;
    group.module = module;
    group.span = at;
    lab_.groups.push_back(group);
    const auto index = static_cast<std::uint32_t>(lab_.groups.size() - 1);
    lab_.group_by_name.emplace(std::pair(module.index, e.alias.index), index);
    group_loops_[index] = id;
    return static_cast<int>(index);
  }

  /// A bare name would mean either.
  void report_shared_names() {
    for (const auto& [index, loop] : group_loops_) {
      const Group& group = lab_.groups[index];
      const auto [first, last] = lab_.by_name.equal_range(group.name.index);
      const auto instance = std::find_if(first, last, [&](const auto& one) {
        return lab_.instances[one.second].module == group.module;
      });
      if (instance == last) continue;
      const Instance& named = lab_.instances[instance->second];
      const KindId head = head_kind(program_, lab_, instance->second);
      diags_.report(check::kDeclaredTwice, group.span, "the name", program_.text(group.name))
          .label(named.name_span,
                 diag::with_article(program_.text(program_.kinds[head].name)) + " has it already")
          .help("a group and a declaration of one name could not be told apart");
    }
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
      const KindId kind = declare(id, scope);
      if (group >= 0 && kind) may_join(lab_.groups[static_cast<std::size_t>(group)], kind);
      return;
    }
    if (e.kind == EntryKind::loop || e.kind == EntryKind::branch) {
      const bool first = first_visit(id);
      Scope inner = scope;
      if (e.kind == EntryKind::loop) {
        if (first) loop_types_[id.index] = checker_.loop_list(e, inner);
        check::Checker::bind(e.index, e.name, loop_types_[id.index], inner);
        if (first && e.message.valid()) checker_.condition(e.message, inner);
        if (e.alias.valid()) group = open_group(id, scope.module);
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
    if (!name.valid() || twice(kind, name, e, scope.module)) return;
    if (!program_.is_kind(kind, program_.core_kind("file"))) check_label(name, e);
    add(id, kind, name, context, group, scope.module);
  }

  void check_label(Symbol name, const Entry& e) {
    const auto problem = values::text_problem(types::TextFormat::dns_label, program_.text(name),
                                              "");
    if (!problem) return;
    auto report = diags_.report(kNameNotLabel, e.name_span, program_.text(name));
    report.note(*problem);
    const std::string fitting = values::slug_text(program_.text(name));
    lab_.broken_names.insert(program_.symbols->intern(fitting).index);
    const std::string_view written = program_.text(name);
    const std::size_t open = written.find_first_of("${");
    if (!e.key.valid() && depth_ > 0 && open != std::string_view::npos) {
      report.help(fmt::format("the variable of a loop stands in `${{ }}`: \"{}${{...}}\"",
                              written.substr(0, open)));
    } else if (!fitting.empty() && !e.key.valid()) {
      report.help(fmt::format("`{}` would do", fitting));
    }
  }

  [[nodiscard]] bool is_label(Symbol name) const {
    return !values::text_problem(types::TextFormat::dns_label, program_.text(name), "");
  }

  /// A site looks ahead: what the lab plans is there in it, said in full.
  bool replaces_planned(const Entry& e, InstanceId declared) {
    Instance& before = lab_.instances[declared];
    const bool planned = (e.flags & syntax::kFlagPlanned) != 0;
    const bool in_site = variation_.valid() && ast_.entries[variation_].kind == EntryKind::site;
    if (!in_site || planned || !before.planned || before.gone) return false;
    const Span site = ast_.entries[variation_].span;
    const bool of_site = before.name_span.file == site.file &&
                         before.name_span.begin >= site.begin && before.name_span.end <= site.end;
    if (of_site) return false;
    before.gone = true;
    return true;
  }

  /// Paths begin with the name of the kind: of two modules' kinds that are called alike, too.
  [[nodiscard]] std::uint64_t path_of(KindId head, Symbol name) const {
    return std::uint64_t{program_.kinds[head].name.index} << 32 | name.index;
  }

  /// A name is one in the whole lab: what is generated is called by it.
  bool twice(KindId kind, Symbol name, const Entry& e, ModuleId module) {
    const KindId head = program_.kinds[kind].chain.front();
    const auto known = by_path_.find(path_of(head, name));
    if (known == by_path_.end()) return false;
    const InstanceId earlier = known->second;
    if (replaces_planned(e, earlier)) {
      by_path_.erase(known);
      const auto [first, last] = lab_.by_name.equal_range(name.index);
      lab_.by_name.erase(
          std::find_if(first, last, [&](const auto& one) { return one.second == earlier; }));
      return false;
    }
    const std::uint64_t place = std::uint64_t{e.name_span.file.index} << 32 | e.name_span.begin;
    const bool is_file = program_.is_kind(kind, program_.core_kind("file"));
    // A name that cannot be is told once, also where a loop makes it in each round.
    if (!is_file && !e.key.valid() && depth_ > 0 && !is_label(name)) return true;
    if (told_names_.insert({place, name.index}).second) tell_twice(head, name, e, module, earlier);
    return true;
  }

  void tell_twice(KindId head, Symbol name, const Entry& e, ModuleId module, InstanceId earlier) {
    auto report = diags_.report(check::kDeclaredTwice, e.name_span,
                                program_.text(program_.kinds[head].name), program_.text(name));
    const Instance& first = lab_.instances[earlier];
    if (first.name_span != e.name_span) report.label(first.name_span, "declared here first");
    evaluator_.trace(report, e.name_span, program_.text(name));
    evaluator_.trace_first(report, first.env);
    if (previous_.valid() && ast_.entries[previous_].kind == EntryKind::without) {
      report.help(ast_.entries[previous_].name == name
                      ? "what is left out keeps its name: `override` changes its fields instead"
                      : "`without` leaves out one declaration: write it before this one too");
    }
    if (first.module != module)
      report.note(
          "both modules are parts of one lab, and what is generated is called by this name");
  }

  void add(EntryId id, KindId kind, Symbol name, const Context& context, int group,
           ModuleId module) {
    const Entry& e = ast_.entries[id];
    if (lab_.instances.size() >= kMostDeclarations)
      return too_many(e.name_span, "this is one too many");
    const InstanceId added = lab_.instances.add();
    Instance& instance = lab_.instances[added];
    instance.kind = kind;
    instance.name = name;
    instance.entry = id;
    instance.env = context.env;
    instance.name_span = e.name_span;
    instance.module = module;
    instance.planned = (e.flags & syntax::kFlagPlanned) != 0;
    lab_.by_name.emplace(name.index, added);
    by_path_.emplace(path_of(head_kind(program_, lab_, added), name), added);
    if (group < 0) return;
    Group& joined = lab_.groups[static_cast<std::size_t>(group)];
    joined.kind = joined.members.empty() ? kind : common_kind(joined.kind, kind);
    joined.members.push_back(added);
  }

  /// What an empty group would be of is known all the same.
  void may_join(Group& empty, KindId kind) const {
    if (empty.members.empty()) empty.kind = empty.kind ? common_kind(empty.kind, kind) : kind;
  }

  /// None where they have none in common.
  KindId common_kind(KindId a, KindId b) const {
    for (KindId up = a; up; up = program_.kinds[up].base) {
      if (program_.is_kind(b, up)) return up;
    }
    return {};
  }

  const Program& program_;
  const syntax::Ast& ast_;
  Lab& lab_;
  check::Checker& checker_;
  Evaluator& evaluator_;
  diag::Diagnostics& diags_;
  Expansion result_;
  int depth_ = 0;      // loops and branches around
  bool full_ = false;  // no more declarations are made
  EntryId variation_;
  EntryId previous_;  // before the one that is looked at
  Names sites_, tests_;
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<std::uint32_t> unsettled_;
  struct Untaken {
    Range body;
    Scope scope;
    int group;
  };
  std::vector<Untaken> untaken_;
  std::unordered_set<std::uint32_t> left_out_;  // bodies in it, by where they begin
  std::set<std::pair<std::uint64_t, std::uint32_t>> told_names_;  // place and name
  std::unordered_set<std::uint32_t> twice_told_;
  std::map<std::uint32_t, EntryId> group_loops_;  // by group: the loop that opened it
  std::unordered_set<std::uint32_t> bad_loops_;
  std::unordered_map<std::uint32_t, TypeId> loop_types_;
  std::unordered_map<std::uint32_t, KindId> kinds_;
  std::unordered_map<std::uint64_t, InstanceId> by_path_;
};

}  // namespace

Expansion expand(const Program& program, Lab& lab, check::Checker& checker, Evaluator& evaluator,
                 std::size_t first_file, const std::vector<EntryId>& variations,
                 diag::Diagnostics& diags) {
  return Expander(program, lab, checker, evaluator, diags).run(first_file, variations);
}

}  // namespace hlab::evaluate
