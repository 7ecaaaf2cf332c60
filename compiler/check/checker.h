// The type checker: every expression of every body, branch and function, before anything but the
// heads of instance loops is evaluated. Writes only `Program::resolutions` and the diagnostics.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/check/torn_words.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::values {
struct Builtin;
}

namespace hlab::check {

using program::ExprId;
using program::InstanceId;
using program::KindId;
using program::ModuleId;
using program::TypeId;
using types::TypeKind;

struct Local {
  Symbol name;
  TypeId type;
};

/// Whose body it is: each has entries of its own beside values.
enum class BodyOf : std::uint8_t { declaration, kind, defaults, offer, value };

/// What an expression stands in. Locals mirror the environment of the evaluator, link by link.
struct Scope {
  KindId self;  // whose fields `.x` means; none at the top level
  ModuleId module;
  std::vector<Local> locals;
  std::vector<std::string> present;  // paths that `has` has asked for
  bool head = false;                 // of a loop around declarations: nothing of the lab is known
  bool untaken = false;   // no round and no condition leads here: what it declares is not there
  bool in_check = false;  // absent makes a check vacuous, so optionals may be used freely
  BodyOf body_of = BodyOf::declaration;
};

class Checker {
 public:
  Checker(program::Program& program, const program::Lab& lab, const SourceMap& sources,
          diag::Diagnostics& diags);

  /// Checks that the expression fits `expected` (none = anything) and gives its own type. `said`: what messages say
  /// is needed, where that is less than what fits.
  TypeId expression(ExprId id, TypeId expected, Scope& scope, TypeId said = TypeId());
  /// A condition; bindings of `is` and what `has` proved stay in the scope.
  void condition(ExprId id, Scope& scope);
  /// A computed name below a head that was told: what may be it is not told to be missing.
  void breaks_name(ExprId key);
  /// A body that refines an instance or record of `kind`; `.x` means `scope.self`.
  void body(Range entries, TypeId target, Scope& scope);
  void function(program::FunctionId id, bool in_head = false);
  void policy(const syntax::Entry& entry, ModuleId module);
  /// The values of `override PATH OLD -> NEW`, where `skip` segments lead to an instance of `kind`;
  /// false where something is wrong.
  bool override_entry(const syntax::Entry& entry, std::uint32_t skip, KindId kind, Scope& scope);
  /// What a test expects, and the message.
  void expectation(const syntax::Entry& entry, Scope& scope);
  /// The rule that an `expect` names, by its code or its name; none where it states a condition. A name
  /// alone is a condition only as a variable: no declaration is true or false.
  [[nodiscard]] static Symbol expected_rule(const syntax::Ast& ast, const syntax::Entry& entry,
                                            const Scope& scope);
  /// Whether some file declares the name, taken branches or not, or a loop computes names, which may be this one.
  [[nodiscard]] bool may_be_declared(Symbol name) const;
  /// After all bodies: what texts that were told to have no quotes were meant to be.
  void judge_bare_texts();
  /// After all bodies: functions that reach themselves. Compiling always ends.
  void report_recursion();
  void unknown_kind(Span at, Symbol name, ModuleId module);
  /// A declaration of the kind was told to lack its name: a name that nothing has may be the one.
  void note_nameless(KindId kind) { nameless_.push_back(kind); }
  /// Reads the file that a `load` names and gives the type of what it says; none where nothing can be read.
  std::function<TypeKind(Symbol path, ExprId call)> load_input;
  /// The type of the elements that `for` takes from a value of this type; none = not iterable.
  TypeId element_type(TypeId list) const;
  /// The same for the variable of a loop: of a list that is written empty it is not known.
  TypeId loop_element(TypeId list) const;
  TypeId wanted_element(TypeId wanted) const;
  TypeId loop_list(const syntax::Entry& entry, Scope& scope);
  void not_iterable(Span at, TypeId source);
  static void bind(Symbol index, Symbol variable, TypeId element, Scope& scope);

 private:
  using Expr = syntax::Expr;
  struct BodyKeys;

  // check_expr.cpp
  TypeId infer(ExprId id, TypeId expected, Scope& scope);
  TypeId infer_kind(ExprId id, TypeId expected, Scope& scope);
  /// It has its message: evaluation passes over it in silence.
  void poison(ExprId id) { resolve(id, program::ResolutionKind::none, program::kPoisoned); }
  TypeId interpolation(const Expr& e, Scope& scope);
  TypeId unary(const Expr& e, Scope& scope);
  [[nodiscard]] TypeId word_of(TypeId list_type) const;
  TypeId list_of_words(TypeId id);
  TypeId list_in_place(TypeId id);
  TypeId binary(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId logical(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId other_value(const Expr& e, Scope& scope);
  [[nodiscard]] std::string operator_help(syntax::Op op, TypeId left, TypeId right) const;
  TypeId coalesce(const Expr& e, TypeId expected, Scope& scope);
  void prove(ExprId condition, bool holds, Scope& scope);
  TypeId conditional(const Expr& e, TypeId expected, Scope& scope);
  TypeId has(const Expr& e, Scope& scope);
  // check_match.cpp
  struct Arms;
  TypeId match(const Expr& e, TypeId expected, Scope& scope);
  void pattern(const syntax::Arm& arm, TypeId subject, Arms& arms, Scope& scope);
  void tell_missing(Span match, const Arms& arms);
  void unknown_tag(Span at, Symbol name, TypeId words, bool arm = false);
  void carries_nothing(Span at, Symbol word);
  TypeId is(ExprId id, const Expr& e, Scope& scope);
  KindId kind_asked(Symbol name, Span at, const Scope& scope);
  /// An arm of a match on instances: whether it takes all that are left.
  bool kind_arm(const syntax::Arm& arm, KindId subject, Scope& scope);
  // check_name.cpp
  TypeId name(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId self_field(ExprId id, const Expr& e, Scope& scope);
  TypeId instance_name(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  /// What the module declares under that name; none where it is nothing.
  TypeId declared_name(ExprId id, Symbol name, Span at, ModuleId home, TypeId expected,
                       Scope& scope);
  TypeId group_type(const program::Group& group, Span at);
  [[nodiscard]] KindId kind_wanted(TypeId expected) const;
  [[nodiscard]] std::vector<InstanceId> named(Symbol name, ModuleId home, KindId kind) const;
  void ambiguous_name(Symbol symbol, Span at, const std::vector<InstanceId>& candidates,
                      TypeId expected);
  /// The instance of that name and kind that the module declares, or none.
  InstanceId declared_in(ModuleId home, Symbol name, KindId kind) const;
  /// The names in it of what has that field, sorted; none without a field.
  [[nodiscard]] std::vector<std::string_view> declared_with(Symbol field, ModuleId home) const;
  [[nodiscard]] const TornWords& torn_words() const;
  [[nodiscard]] bool in_torn(Symbol name, Span at) const;
  [[nodiscard]] bool lacks_by_torn(KindId kind, Symbol member) const;
  [[nodiscard]] bool is_broken(Symbol name, KindId kind) const;
  [[nodiscard]] bool takes_payloads(TypeId wanted) const;
  [[nodiscard]] std::vector<std::string_view> meant_names(Symbol symbol, const Scope& scope) const;
  // bare_text.cpp
  struct BareText {
    ExprId id;
    TypeId expected;
  };
  [[nodiscard]] bool lacks_quotes(const Expr& e) const;
  TypeId text_without_quotes(ExprId id, TypeId expected);
  [[nodiscard]] std::string why_no_text(const Expr& e, TypeId expected) const;
  void judge(const BareText& bare);
  bool bare_text(ExprId id, TypeId expected, const Scope& scope);
  [[nodiscard]] bool begins_bare_text(const Expr& first, Symbol member, bool divided,
                                      const Scope& scope) const;
  // unknown_field.cpp
  void unknown_field(Span at, KindId kind, Symbol name);
  bool misses_blanks(diag::Report& report, Span at, KindId kind, Symbol name) const;
  bool suggest_field(diag::Report& report, Span at, KindId kind, Symbol name);
  bool suggest_kind(diag::Report& report, KindId kind, Symbol name);
  [[nodiscard]] std::string fields_text(KindId kind) const;
  [[nodiscard]] TypeId behind(TypeId field, Span segment) const;
  [[nodiscard]] bool may_take(TypeId field) const;
  // forgotten.cpp
  bool forgotten_assign(const syntax::Entry& e, TypeId target);
  bool forgotten_key(const syntax::Entry& e, TypeId place, TypeId one);
  [[nodiscard]] bool is_plain(ExprId value) const;
  [[nodiscard]] TypeId plain_type(const Expr& e) const;
  /// To be asked wherever an expression reads the lab; whether it may not.
  [[nodiscard]] bool asks_lab(Span at, std::string_view what, const Scope& scope);
  diag::Report head_needs_constant(Span at, std::string_view what);
  /// Whether some file declares the name, taken branches or not.
  [[nodiscard]] bool declared_anywhere(Symbol name) const;
  [[nodiscard]] const std::unordered_set<std::uint32_t>& declared_names() const;
  TypeId word(ExprId id, Symbol name, TypeId expected, Scope& scope);
  // unknown_name.cpp
  struct Meant;
  TypeId unknown_name(const Expr& e, TypeId expected, const Scope& scope);
  [[nodiscard]] bool is_told_elsewhere(const Expr& e, TypeId wanted, const Scope& scope);
  void unknown_word(const Expr& e, TypeId words, const Scope& scope);
  [[nodiscard]] Meant meant_by(Symbol symbol, TypeId wanted, const Scope& scope) const;
  void meant_field(diag::Report report, const Expr& e, const Meant& meant) const;
  void suggest_name(diag::Report report, const Expr& e, TypeId expected, const Meant& meant,
                    const Scope& scope) const;
  void suggest_other(diag::Report report, const Expr& e, TypeId expected, const Meant& meant) const;
  [[nodiscard]] bool takes_secret(TypeId place) const;
  [[nodiscard]] bool stands_alone(Span at) const;
  // check_access.cpp
  TypeId member(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId words_of(ExprId id, const Expr& e, const Scope& scope);
  /// `all office.shelf`; none when the dots are those of members.
  TypeId query_behind_module(ExprId id, const Expr& e, const Scope& scope);
  TypeId query(ExprId id, KindId kind, Span at, const Scope& scope);
  [[nodiscard]] bool names_nothing(ExprId id, const Scope& scope) const;
  TypeId dotted_name(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId map_member(ExprId id, const Expr& e, const types::Type& map);
  TypeId member_of(ExprId id, const Expr& e, TypeId object, const Scope& scope);
  TypeId kind_member(ExprId id, const Expr& e, KindId kind, const Scope& scope);
  TypeId index(ExprId id, const Expr& e, Scope& scope);
  TypeId refine(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  KindId kind_path(ExprId id, const Scope& scope) const;
  /// A kind, and the module whose instances of it are meant.
  struct Family {
    KindId kind;
    ModuleId home;
  };
  Family family(ExprId id, const Scope& scope) const;
  void tell_hidden(KindId kind, Span at, const Scope& scope);
  /// The module that a path begins with, unless a local is meant.
  program::ModulePath module_of(ExprId id, const Scope& scope) const;
  TypeId behind_module(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId declared_as(ExprId id, Symbol name, Family family, Span at, Scope& scope);
  TypeId unknown_of_kind(const Expr& e, KindId kind, const Scope& scope);
  std::string path_text(ExprId id) const;
  std::string scoped_path(ExprId id, const Scope& scope) const;
  // check_call.cpp
  TypeId call(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId call_by_name(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  TypeId call_of_self(ExprId id, const Expr& e, Scope& scope);
  TypeId call_of_member(ExprId id, const Expr& e, Scope& scope);
  TypeId call_behind_module(ExprId id, const Expr& e, ModuleId module, Scope& scope);
  TypeId tag_call(ExprId id, const Expr& e, const types::Tag& tag, TypeId type, Scope& scope);
  /// `db.database("x")`: the callee names a declaration, and the place is one for instances.
  bool may_claim(ExprId id, const Expr& e, program::FunctionId offer, const Scope& scope);
  bool sets_field(Range path, TypeId target) const;
  void allow_claims(ExprId value);
  void offer(program::FunctionId id);
  bool cannot_settle(const Expr& e, program::FunctionId callee, const Scope& scope);
  TypeId function_call(ExprId id, const Expr& e, program::FunctionId function,
                       program::ResolutionKind how, Scope& scope);
  std::string given_amiss(const Expr& e, program::FunctionId function, Scope& scope);
  void bad_arguments(Span call, program::FunctionId function, std::string_view amiss);
  TypeId load_call(ExprId id, const Expr& e, Scope& scope);
  std::string give(std::vector<TypeId>& given, std::size_t place, TypeId what,
                   const values::Builtin& builtin, Symbol name) const;
  TypeId builtin_call(ExprId id, const Expr& e, TypeId receiver, Symbol name, Span at,
                      Scope& scope);
  TypeId no_method(const Expr& e, const Expr& callee, KindId kind, std::string_view what,
                   Scope& scope);
  TypeId no_function(const Expr& e, const Expr& callee, ModuleId module, Scope& scope);
  TypeId not_callable(const Expr& e, std::string_view what, std::string_view name, Scope& scope);
  void arguments_anyhow(const Expr& e, Scope& scope);
  // check_collections.cpp
  TypeId list_literal(const Expr& e, TypeId expected, Scope& scope);
  TypeId list_element(ExprId id, TypeId element, Scope& scope);
  TypeId spread(const Expr& e, TypeId element, Scope& scope);
  TypeId comprehension(const Expr& e, TypeId expected, Scope& scope);
  TypeId tree(ExprId id, const Expr& e, TypeId expected, Scope& scope);
  void constructs(ExprId id, KindId kind, const Scope& scope);
  void resolve_defaults(KindId kind);
  [[nodiscard]] bool holds_records(TypeId id) const;
  // assignable.cpp
  bool fits(TypeId actual, TypeId expected) const;
  /// Whether comparing such values would tell something of a secret: in records too.
  [[nodiscard]] bool observes_secret(TypeId id) const;
  [[nodiscard]] bool names_secret(TypeId id) const;
  bool holds_secret(TypeId id, std::vector<KindId>& seen) const;
  TypeId comparable(TypeId id);
  bool fits_keys(TypeId actual, TypeId expected) const;
  bool fits_tree(TypeId id, std::vector<KindId>& seen) const;
  void secret_in_plain(ExprId id, TypeId expected);
  bool fits_if_there(ExprId id, TypeId actual, TypeId expected, const Scope& scope) const;
  void mismatch(ExprId id, TypeId actual, TypeId expected);
  TypeId common(TypeId a, TypeId b);
  // hints.cpp
  [[nodiscard]] const values::Builtin* operation_of_key(ExprId id) const;
  static std::string tree_help(TypeKind wanted);
  [[nodiscard]] std::string unit_behind(Span number) const;
  [[nodiscard]] bool means_without_quotes(const Expr& e, TypeId wanted) const;
  [[nodiscard]] bool means(std::string_view written, TypeId wanted, Span at) const;
  void hint(diag::Report report, ExprId id, TypeId actual, TypeId expected) const;
  [[nodiscard]] bool is_lookup(ExprId id) const;
  [[nodiscard]] std::string kind_seen(KindId kind, ModuleId from) const;
  void literal_fits(ExprId id, TypeId expected);
  // check_lease.cpp
  /// `auto` or `learned` where a scalar of another type stands.
  [[nodiscard]] bool is_lease_word(Symbol word, TypeId wanted) const;
  TypeId lease_not_taken(const Expr& e, TypeId expected);
  [[nodiscard]] bool holds_lease(TypeId id) const;
  void no_pool(Span at, const std::string& why);
  /// Whether the pool of a field that a kind declares is known.
  void lease_declaration(Span at, KindId kind, TypeId field);
  void lease_of_key(Span at, TypeId map_type);
  void lease_path(Span at, KindId kind, TypeId leased);
  void lease_in_signature(const program::Function& function);
  void text_fits(ExprId id, const types::Type& wanted);
  [[nodiscard]] values::Value literal_value(ExprId id) const;
  [[nodiscard]] std::optional<std::int64_t> literal_length(ExprId id) const;
  // check_body.cpp
  void entry(syntax::EntryId id, TypeId target, Scope& scope, BodyKeys& keys, std::uint64_t prefix);
  [[nodiscard]] bool in_own_kind(const syntax::Entry& e, const Scope& scope) const;
  /// What only some bodies hold; false where this one does not, which is told then.
  bool stands_right(const syntax::Entry& e, TypeId target, const Scope& scope,
                    std::uint64_t prefix);
  void body_of_value(Range entries, TypeId target, Scope& scope);
  void set_default(const syntax::Entry& e, std::uint64_t place, BodyKeys& keys);
  void set_whole(const syntax::Entry& e, std::uint64_t place, BodyKeys& keys);
  void assignment(const syntax::Entry& e, TypeId target, Scope& scope, BodyKeys& keys,
                  std::uint64_t prefix);
  void moved(const syntax::Entry& e, Scope& scope);
  void value_of(const syntax::Entry& e, TypeId place, Scope& scope, bool in_field = true);
  void note_use(Span at, KindId kind, Symbol name);
  [[nodiscard]] Symbol own_name(Symbol name, TypeId target) const;
  void report_final(const syntax::Segment& segment, TypeId target);
  TypeId step(const syntax::Segment& segment, std::uint32_t index, TypeId target, bool last,
              Scope& scope);
  [[nodiscard]] std::vector<std::string_view> declared_of(KindId kind, ModuleId home) const;
  TypeId declared_key(const syntax::Segment& segment, std::uint32_t index, TypeId target, bool last,
                      const Scope& scope);
  TypeId place_of(Range path, TypeId target, Scope& scope, BodyKeys* keys, std::uint64_t& hash,
                  bool& fixed);
  void loop(const syntax::Entry& e, TypeId target, Scope& scope, std::uint64_t prefix);
  void branch(const syntax::Entry& e, TypeId target, Scope& scope, std::uint64_t prefix);
  void check_entry(const syntax::Entry& e, Scope& scope);
  void place_of_check(Range path, Scope& scope);
  [[nodiscard]] std::string a_kind(KindId kind) const;

  [[nodiscard]] const syntax::Ast& ast() const { return *program_.ast; }
  [[nodiscard]] const types::Type& type(TypeId id) const { return program_.types[id]; }
  [[nodiscard]] std::string text(TypeId id) const { return program::type_text(program_, id); }
  [[nodiscard]] std::string described(TypeId id) const;
  [[nodiscard]] std::string_view text(Symbol s) const { return program_.text(s); }
  [[nodiscard]] static TypeId simple(TypeKind kind) { return types::TypeTable::simple(kind); }
  [[nodiscard]] static TypeId poisoned() { return simple(TypeKind::error); }
  /// The type that decides what a bare word means: `T` of `T?`, `secret T`.
  [[nodiscard]] TypeId core(TypeId id) const;
  /// What reading a field of this type gives.
  [[nodiscard]] TypeId read(TypeId id) const;
  void resolve(ExprId id, program::ResolutionKind kind, std::uint32_t a);
  [[nodiscard]] bool proven(ExprId id, const Scope& scope) const;
  [[nodiscard]] bool set_by_declaration(ExprId id) const;
  [[nodiscard]] const std::unordered_set<std::uint32_t>& taken_away() const;

  program::Program& program_;
  const program::Lab& lab_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  struct Call {
    std::uint32_t caller;
    std::uint32_t callee;
    Span at;
  };
  std::vector<std::uint32_t> functions_running_;  // whose bodies are being checked, innermost last
  std::unordered_set<std::uint32_t> functions_open_;  // the same ones
  std::vector<bool> functions_done_;
  std::set<std::uint32_t> resolved_early_;  // kinds of records that heads make
  bool resolving_early_ = false;
  std::unordered_map<std::uint32_t, Span> asking_;  // functions that read the lab, and where
  std::unordered_set<std::uint32_t> claim_places_;  // calls that are values of fields
  std::vector<Call> calls_;
  mutable std::optional<std::unordered_set<std::uint32_t>> taken_away_;
  mutable std::optional<TornWords> torn_words_;
  std::vector<std::string_view> broken_beginnings_;  // of names that nobody could compute
  mutable std::optional<std::unordered_set<std::uint32_t>> declared_names_;
  std::vector<KindId> nameless_;
  std::vector<BareText> bare_texts_;
  const syntax::Entry* setting_ = nullptr;  // whose path is being followed
  Symbol read_behind_;                      // `cidr`, where `lan` of `lan.cidr` is looked at
  /// Of the body that is looked at: its kind, and the refinement that has what is set in it.
  struct MeantKind {
    KindId of, refined;
  };
  MeantKind meant_;
  mutable bool computes_names_ = false;  // known once declared_names_ is
};

}  // namespace hlab::check
