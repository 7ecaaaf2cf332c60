// Settles the instances of a lab and computes their values: each (instance, field) once, in the order
// in which values need each other. Everything that is written is evaluated, used or not.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/allocate.h"
#include "compiler/evaluate/frame.h"
#include "compiler/evaluate/left_out.h"
#include "compiler/evaluate/records.h"
#include "compiler/evaluate/set_once.h"
#include "compiler/evaluate/weights.h"
#include "compiler/program/lab.h"
#include "compiler/program/pieces.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"
#include "compiler/values/builtins.h"
#include "compiler/values/value.h"

namespace hlab::evaluate {

using program::Context;
using program::InstanceId;
using program::KindId;
using program::LoopHead;
using program::TypeId;
using syntax::EntryId;
using syntax::ExprId;
using values::Value;
using values::ValueKind;

/// Leases as the lock holds them, and those that the run hands out: (pool, holder) -> text.
using Leases = std::map<std::pair<std::string, std::string>, std::string>;

class TreeBuilder;

/// Where values are handed out from.
struct LeasePool {
  InstanceId id;
  std::string name;         // in the lock
  std::string_view holds;   // "address"
  std::uint8_t family = 0;  // of addresses; 0 = numbers
  Ends ends = {};
  Taken spared = {};  // for nobody new
};

/// What a condition is that is neither true nor false.
using Hollow = std::optional<values::Value>;

class Evaluator {
 public:
  Evaluator(const program::Program& program, program::Lab& lab, values::Heap& heap,
            const SourceMap& sources, diag::Diagnostics& diags);

  // --- which instances there are (settle.cpp) ---
  InstanceId create(KindId kind, Symbol name, InstanceId owner, Symbol owner_field, Span name_span);
  void name_by_path(InstanceId id);
  /// Slots and layers of an instance whose kind and name are settled.
  void lay_out(InstanceId id);
  /// One body over what the layers below gave.
  void apply_body(InstanceId target, Range entries, const Context& context);
  void finish(InstanceId id, int depth = 0);
  /// `default KIND { ... }` of the lab. Those of a refinement lie over those of what it refines.
  void add_defaults(KindId kind, EntryId entry);
  /// After settling: what `all KIND` finds, in the order of the source.
  void index_instances();
  [[nodiscard]] const std::vector<InstanceId>& instances_of(KindId kind) const;

  // --- what they claim of each other (claims.cpp) ---
  /// After all bodies.
  void settle_claims();
  /// What the owner holds by itself under the name of an offer; or none.
  [[nodiscard]] const program::MapEntry* held(InstanceId owner, Symbol offer, Symbol name) const;

  // --- values (eval_*.cpp) ---
  Value value(ExprId id, const Context& context);
  /// Bindings of `is` extend the environment of `context` when the condition holds. Hollow operands
  /// make it false and set `hollow`.
  bool condition(ExprId id, Context& context, Hollow* hollow = nullptr);
  /// False when there is nothing to go over: what is absent, unknown or wrong, and what is no list, which is told.
  bool elements(const Value& source, values::Items& out, ExprId at);
  /// False when enough was computed; `id` is what would be next.
  bool step(ExprId id);
  /// What was spent of the budget; and what it begins with again, for what is asked by itself.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  void begin_at(std::uint64_t steps) { steps_ = steps; }
  /// How many there would be.
  static std::uint64_t element_count(const Value& source);
  Context bound(const Context& around, const LoopHead& head, std::size_t at, const Value& item);
  /// The key that a segment of a path means; none where it means none, and then `told`, if that is wrong.
  values::MapKey key_of(std::uint32_t segment, const Context& context, Value* told = nullptr);
  Value field(InstanceId instance, std::uint32_t field, ExprId asked_by);
  void all_fields();

  // --- what is left out (left_out.cpp) ---
  /// Tells what is left out because no map has the key that it names; once all fields are computed.
  void tell_left_out() const {
    if (!has_broken_bodies) named_keys_.report(program_, lab_, sources_, diags_);
  }
  /// Of what is left out here, the places of keys that another run over the same files has.
  [[nodiscard]] std::vector<Span> left_out_but_in(const Evaluator& other) const {
    return named_keys_.missed_but_in(other.named_keys_, ast());
  }

  // --- how it came to what is told (trace.cpp) ---
  /// While it stands, messages say in which rounds of which loops `context` lies.
  [[nodiscard]] Entered enter(const Context& context) {
    return Entered(frames_, {Frame::Kind::value, context.env, context.self});
  }
  /// Adds to what is `said` of a place which call, which rounds and which instance led there.
  diag::Report trace(diag::Report report, Span at, std::string_view said);
  /// Whether that is said of the place already: it is counted then.
  bool counts_again(Span at, std::string_view said, std::string_view way);
  /// Adds in which rounds the same was done `first`, where they are not those of now.
  diag::Report trace_first(diag::Report report, const program::Env* first);
  /// Ends the messages that came on several ways with how many there were. Reports are no longer held then.
  void count_ways();

  // --- checks and policies (checks.cpp) ---
  void run_checks();
  void run_policy(EntryId policy);

  // --- overrides ---
  /// `skip` segments of its path lead to the instance.
  struct LaidOverride {
    EntryId entry;
    std::uint32_t skip = 0;
    Context context;
  };
  /// Lays an override over everything else.
  void apply_override(InstanceId target, const LaidOverride& change) {
    apply_assignment(target, change.entry, change.skip, change.context);
  }
  /// Those of what somebody claims, by owner, offer and name: laid over it when it is made.
  std::multimap<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, LaidOverride>
      overrides_of_claims;

  // --- what a run is given, and what it leaves beside the lab ---
  /// `moved from OLD`, as bodies were laid over instances.
  struct Move {
    InstanceId now;
    EntryId entry;
    std::string old;
  };
  std::vector<Move> moves;
  /// Where set: every entry that is laid over a field, in order.
  std::vector<program::Setting>* history = nullptr;
  /// Where set: what each entry gave a tree or a map of plain values, in order.
  std::vector<program::Piece>* noted_pieces = nullptr;
  /// Where set: what each field read and called while it was computed, in order.
  program::Workings* workings = nullptr;
  /// Leases known before (the lock), and all of this run after `all_fields`.
  Leases known_leases;
  Leases used_leases;
  /// What the library would say of each version that the lock keeps, by the path of its holder.
  std::map<std::string, std::string> library_versions;
  /// Set where names or types are wrong already: what is missing may only be misspelt.
  bool has_broken_bodies = false;
  /// By KindId: what cannot be made, as was told (endless_kinds.h); empty where there is none.
  std::vector<bool> endless_kinds;
  /// Whether an address waits for `hlab learn`.
  bool has_unlearned = false;
  /// What a variation goes without can still be named: an override states the value of the lab itself.
  bool counts_left_out = false;
  /// What `load` gives, by the path as it is written: the driver read it while names were checked.
  std::unordered_map<std::uint32_t, Value> inputs;
  /// The writers behind `yaml(x)` and its like.
  values::TreeText tree_text = nullptr;
  /// `rule` instances of the library, as the driver read them.
  std::vector<const diag::DiagInfo*> declared_rules;
  /// `assert path` in policies, where their conditions hold.
  std::vector<EntryId> asserted;

  // --- names of places ---
  /// The line of `hlab.lock` that keeps a field, or an entry of it: pool and holder. None where it leases
  /// nothing.
  [[nodiscard]] std::optional<std::pair<std::string, std::string>> lease_key(InstanceId holder,
                                                                             std::uint32_t field,
                                                                             values::MapKey key);
  [[nodiscard]] std::string path(InstanceId id) const;
  [[nodiscard]] std::string_view text(Symbol s) const { return program_.text(s); }
  /// Where a field of an instance was set, for messages; the instance's name when by default only.
  [[nodiscard]] Span set_at(InstanceId instance, std::uint32_t field) const;

 private:
  friend class TreeBuilder;
  friend class RecordValues;
  struct Running {
    InstanceId instance;
    std::uint32_t field;
    ExprId asked_by;
    std::size_t frames = 0;  // below what it enters itself
  };

  // settle.cpp, settle_map.cpp
  void apply_entries(InstanceId target, Range entries, const Context& context);
  void apply_entry(InstanceId target, EntryId entry, std::uint32_t segment, const Context& context);
  /// Says so where an entry sets what another one of its body has set.
  void set_again(EntryId entry, Span at, Span earlier, const program::Env* earlier_env);
  void set_again(EntryId entry, const program::Slot& slot);
  void tell_again(EntryId entry, Span at, Span earlier, const program::Env* earlier_env);
  void apply_default(InstanceId target, EntryId field, const Context& context);
  void apply_assignment(InstanceId target, EntryId entry, std::uint32_t segment,
                        const Context& context);
  [[nodiscard]] ExprId bare(ExprId id) const;
  void note_move(InstanceId target, EntryId entry, const Context& context);
  void part_of_computed(EntryId part, ExprId whole);
  void set_nested(InstanceId target, std::uint32_t field, EntryId entry, std::uint32_t segment,
                  const Context& context);
  void set_in_map(InstanceId target, std::uint32_t field, EntryId entry, std::uint32_t segment,
                  const Context& context);
  void map_entry(InstanceId target, std::uint32_t field, EntryId entry, std::uint32_t segment,
                 const Context& context);
  /// One entry of a map whose keys are settled with the instances.
  struct EntryPlace {
    InstanceId target;
    std::uint32_t field;
    std::size_t entry;
  };
  std::optional<values::MapKey> key_of_entry(InstanceId target, std::uint32_t field,
                                             std::uint32_t segment, const Context& context);
  void set_entry(const EntryPlace& place, EntryId entry, std::uint32_t segment,
                 const Context& context);
  void set_entry_value(const EntryPlace& place, EntryId entry, const Context& context);
  program::MapEntry& entry_at(const EntryPlace& place);
  [[nodiscard]] Symbol name_of(values::MapKey key) const;
  std::size_t entry_place(const std::vector<program::MapEntry>& entries, values::MapKey key);
  void unset_nothing(EntryId entry);
  void clear_entries(program::Slot& slot);
  [[nodiscard]] bool keys_are_settled(const types::Type& map) const;
  void note(const program::Setting& setting) {
    if (history != nullptr) history->push_back(setting);
  }
  InstanceId construct(ExprId id, InstanceId owner, Symbol owner_field, Symbol name, Span span,
                       const Context& context);
  void for_each(EntryId loop, const Context& context,
                const std::function<void(Range, const Context&)>& visit);
  void index(InstanceId id);

  // workings.cpp
  void note_read(InstanceId instance, std::uint32_t field, ExprId at);
  void note_call(ExprId call, const Context& context, const program::Env* given);
  void note_item(const values::List& list, const program::Env* env);
  /// Items that were made elsewhere, and stand in `list` from `begin` on.
  void note_items(const values::List& list, std::size_t begin, const Value& from);
  void note_entry(const values::Map& map, values::MapKey key);
  // endless.cpp
  /// Whether the layers of that kind are being laid out already: what is told then.
  bool holds_itself(InstanceId id);
  /// Whether what makes a record for a value of another one, which made that one, goes on without end.
  bool makes_itself(ExprId id);
  void contains_itself(KindId kind, Span named, Span held, std::string_view how);
  [[nodiscard]] std::uint16_t within(InstanceId id) const;
  bool claims_without_end(ExprId call, InstanceId claimer);

  // eval_expr.cpp
  Value evaluate(ExprId id, const Context& context);
  Value literal(ExprId id);
  [[nodiscard]] bool is_smallest(ExprId id) const;
  Value interpolation(ExprId id, const Context& context);
  Value joined_secret(const Value& left, const Value& right, ExprId id);
  Value binary(ExprId id, const Context& context);
  Value conditional(ExprId id, const Context& context);
  Value match(ExprId id, const Context& context);
  Value all(ExprId id);
  bool is(ExprId id, Context& context, Hollow* hollow);
  [[nodiscard]] Value unanswered(ExprId id, const Value& why) const;
  Value list(ExprId id, const Context& context);
  [[nodiscard]] bool names_left_out(ExprId item) const;
  Value comprehension(ExprId id, const Context& context);
  /// What a comprehension makes of each round.
  struct Elements {
    ExprId element;
    Value& unknown;  // a list over which it goes, where nobody knows yet what is in it
  };
  void clauses(Range clauses, std::uint32_t at, Context context, Elements made, values::List& out);
  Value failed(ExprId id, std::string problem);
  std::optional<Value> too_long(std::size_t length, ExprId id);
  void charge(const Value& made);
  static constexpr std::size_t kBytesOfPart = 16;  // of a text
  /// Whether so deep a value is none any more, which is told once.
  bool too_deep(int depth, ExprId id);
  /// Counts what was looked at, many parts for a step. False when enough was computed.
  bool look(std::size_t parts);
  // trace.cpp
  /// Whether enough was said of a place already: this is counted, and not reported.
  bool is_enough(Span at, std::string_view said);
  static void show_steps(diag::Report report, Span at, std::vector<diag::Label> steps);
  void add_rounds(const program::Env* env, std::vector<diag::Label>& steps) const;
  void tell_computed(InstanceId holder, std::vector<diag::Label>& steps) const;
  void note_maker(InstanceId made);
  void walk(const std::vector<Frame>& stack, Span at, std::vector<diag::Label>& steps) const;
  void tell_holder(InstanceId holder, Span at, std::vector<diag::Label>& steps) const;
  [[nodiscard]] bool is_of_library(Span at) const;
  [[nodiscard]] Span blamed(Span at) const;
  [[nodiscard]] Span place_in_lab(Span at, InstanceId holder) const;
  // query_index.cpp
  enum class Match : std::uint8_t {
    whole,
    element,
    value
  };  // the field, or what is in its list, map
  struct Lookup {
    std::uint32_t field;
    ExprId value;
    Match match;
  };
  using Index = std::unordered_map<std::string, std::vector<InstanceId>>;
  [[nodiscard]] bool independent(ExprId id) const;
  [[nodiscard]] std::optional<std::uint32_t> field_of_variable(ExprId id) const;
  [[nodiscard]] std::optional<Lookup> indexed_member(const syntax::Expr& in) const;
  [[nodiscard]] std::optional<Lookup> indexed(ExprId condition) const;
  [[nodiscard]] std::string key_of(const Value& v) const;
  void add_to_index(Index& index, InstanceId one, const Value& v, Match match) const;
  const Index& index_of(KindId kind, std::uint32_t field, Match match);
  bool narrowed(Range clauses, std::uint32_t at, const Context& context, values::Items& out);
  // plain_tree.cpp
  Value plain(const Value& tree, ExprId asked_by);
  Value plain_record(InstanceId record, ExprId asked_by);
  Value plain_fields(InstanceId record, ExprId asked_by);
  std::unordered_set<std::uint32_t> plain_running_;  // records that are made trees of
  // held_records.cpp
  void break_circles();
  void break_heavy_records();
  Value heavy(InstanceId instance, std::uint32_t field, const Value& v);
  Value heavy(const Value& tree, ExprId asked_by);
  // eval_access.cpp
  Value loaded(ExprId id, std::uint32_t path);
  Value made_at(ExprId id, const Value& tree);
  Value name(ExprId id, const Context& context);
  [[nodiscard]] bool needs_planned(Span at, InstanceId target, const Context& context);
  Value instance_value(ExprId id, InstanceId target, const Context& context);
  Value member(ExprId id, const Context& context);
  Value member_of(ExprId id, const Value& object);
  Value words(TypeId type, ExprId id);
  Value index(ExprId id, const Context& context);
  const Value* find_in(const values::Map& map, values::MapKey key);
  Value call(ExprId id, const Context& context);
  Value fitting(ExprId id, TypeId wanted, Symbol parameter, const Context& context);
  Value function_call(ExprId id, const Context& context, InstanceId self);
  /// What the parameters of a function are given; none where the call is wrong.
  std::optional<std::vector<Value>> arguments(ExprId call, const program::Function& function,
                                              const Context& context, InstanceId self);
  Value builtin(ExprId id, const Context& context);
  Value lookup(ExprId id, const Context& context);
  InstanceId find_declared(ExprId id, const Value& name);
  void charge_looking(const values::Builtin& builtin, const Value& receiver);
  // claims.cpp
  [[nodiscard]] bool has_claims() const;
  void claims_in(ExprId value, const Context& context, InstanceId claimer);
  void claim(ExprId call, const Context& context, InstanceId claimer);
  program::Claim* find_claim(InstanceId owner, program::FunctionId offer, Symbol name,
                             bool planned);
  bool is_held(InstanceId owner, Symbol as, Symbol name, Span claimed);
  Value claimed(ExprId call, const Context& context);
  // eval_slot.cpp
  Value known(const program::Slot& slot, ExprId asked_by);
  Value compute(InstanceId instance, std::uint32_t field);
  Value entries(InstanceId instance, std::uint32_t field);
  Value tree(Range entries, const Context& context, TypeId type);
  Value built(std::size_t expected, TypeId type, const std::function<void(TreeBuilder&)>& pieces);
  [[nodiscard]] std::vector<diag::Label> calls_from(std::size_t running) const;
  Value cycle(InstanceId instance, std::uint32_t field, ExprId asked_by);
  void note_use(InstanceId of, ExprId at);
  /// In the text of what is computed now, the call of a function behind which all this happens; or none.
  [[nodiscard]] ExprId outermost_call() const;
  Value conform_set(InstanceId instance, std::uint32_t field, Value v);
  using FieldPlace = std::pair<InstanceId, std::uint32_t>;
  Value fragments(const FieldPlace& place, TypeId type);
  [[nodiscard]] FieldPlace lacking(InstanceId instance, std::uint32_t index) const;
  [[nodiscard]] std::string what_its_body_takes(const program::Field& field, InstanceId held) const;
  void missing(InstanceId instance, std::uint32_t field);
  // eval_conform.cpp
  Value conform(Value value, TypeId type, Span at, std::string_view what);
  Value within(Value value, const types::Type& wanted, Span at, std::string_view what);
  Value conform_text(Value value, const types::Type& wanted, Span at, std::string_view what);
  Value conform_list(Value value, const types::Type& wanted, Span at, std::string_view what);
  Value conform_map(Value value, const types::Type& wanted, Span at, std::string_view what);
  Value conform_word(Value value, TypeId wanted, Span at, std::string_view what);
  // leases.cpp
  Value wish(values::Want want, ExprId origin);
  static values::Want wanted_in(const Value& v);
  Value without_place(const Value& wish, std::string_view what);
  Value without_name(ExprId at, std::string_view mend);
  Value lease(InstanceId holder, std::uint32_t field, program::MapEntry& entry);
  values::Want asks(InstanceId holder, std::uint32_t field, program::MapEntry& entry);
  Value learned(InstanceId holder, InstanceId pool, ExprId origin);
  [[nodiscard]] const std::vector<std::uint32_t>& leasing_fields(KindId kind);
  struct PoolAsker {
    InstanceId holder;
    std::uint32_t field;
    ExprId at;
    const program::Env* env;
  };
  void hand_out(const LeasePool& pool, Taken taken, const std::vector<PoolAsker>& askers);
  bool begins(InstanceId pool, bool second, ExprId at);
  [[nodiscard]] Ends ends_of(const PoolAsker& asker) const;
  void tell_second(const LeasePool& pool, const PoolAsker& asker, const std::string& holder);
  void exhausted(const LeasePool& pool, const PoolAsker& asker, const std::string& holder);
  [[nodiscard]] std::string lease_holder(InstanceId holder, std::uint32_t field,
                                         bool address) const;
  // address_leases.cpp
  void allocate_addresses(InstanceId pool, bool second, ExprId at);
  [[nodiscard]] bool is_second(InstanceId holder, std::uint32_t field) const;
  void hand_out_addresses(InstanceId pool, bool second);
  [[nodiscard]] std::string address_pool(InstanceId network, bool second) const;
  Value named_field(InstanceId of, std::string_view name);
  Taken held_back(InstanceId network, std::string_view field, const values::Address& cidr);
  // number_leases.cpp
  Value number(InstanceId holder, std::uint32_t field);
  [[nodiscard]] bool is_nameable(InstanceId id) const;
  std::optional<InstanceId> pool_of(InstanceId holder, std::uint32_t field, std::string& missing);
  values::Want asks_for_number(InstanceId holder, std::uint32_t field);
  void allocate_numbers(InstanceId pool, ExprId at);
  void hand_out_numbers(InstanceId pool);
  Taken numbers_held_back(InstanceId pool);
  // frozen_versions.cpp
  [[nodiscard]] bool is_frozen(InstanceId instance, std::uint32_t index) const;
  Value frozen(InstanceId instance, std::uint32_t index, Value current);
  // checks.cpp
  void tell_absent(ExprId condition, InstanceId self, diag::Report& report) const;
  std::string message_of(ExprId id, const Context& context);
  void run_check(EntryId check, const Context& context, Span otherwise);
  struct RoundOf {
    Symbol variable;
    InstanceId instance;
  };
  [[nodiscard]] std::vector<RoundOf> rounds_of_policy(const Context& context) const;
  Span place_of_check(Range path, const Context& context, const std::vector<RoundOf>& rounds,
                      Span otherwise);
  void note_check(InstanceId target, EntryId check, const Context& context);
  const diag::DiagInfo* rule_info(Symbol name);
  void policy_entries(Range entries, const Context& context);

  [[nodiscard]] const syntax::Ast& ast() const { return *program_.ast; }
  [[nodiscard]] const types::Type& type(TypeId id) const { return program_.types[id]; }
  [[nodiscard]] TypeId core(TypeId id) const;
  [[nodiscard]] bool is_record(InstanceId id) const;

  const program::Program& program_;
  program::Lab& lab_;
  values::Heap& heap_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  struct Default {
    EntryId entry;
    program::ModuleId only;  // whose instances; none = all
  };
  std::unordered_map<std::uint32_t, std::vector<Default>> defaults_;  // by KindId
  std::vector<std::pair<KindId, program::ModuleId>> laying_out_;      // the innermost last
  std::set<std::uint32_t> endless_;  // kinds that were told to hold themselves without end
  /// Of what was made for a value of something else, how many steps led there; what it holds is as deep.
  std::unordered_map<std::uint32_t, std::uint16_t> within_;
  struct OwnCheck {
    InstanceId of;
    EntryId entry;
    Context context;
  };
  std::vector<OwnCheck>
      own_checks_;  // of declarations, and what loops and conditions of kinds lead to
  /// Of these the owner has one of its own: owner, field, name.
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> told_claims_;
  /// By owner, offer, name, and whether planned: the place in `claims`.
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, bool>, std::size_t> claims_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, Match>, Index> indexes_;
  std::unordered_map<std::uint32_t, Value> alls_;  // what `all KIND` found, by the expression
  RecordValues records_{*this};
  NamedKeys named_keys_;
  SetOnce set_once_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> missing_told_;  // instance and field
  std::set<std::uint32_t> parts_told_;  // entries about a part of what is settled as a whole
  /// Of maps with many entries: where each key is.
  std::unordered_map<const void*, std::unordered_map<std::uint64_t, std::size_t>> entry_places_;
  std::vector<Running> running_;
  std::vector<bool> stand_alone_;  // by KindId
  /// What bundles hold, by what it is called.
  std::unordered_multimap<std::uint32_t, InstanceId> held_by_name_;
  Weights weights_;
  std::uint64_t steps_ = 0;
  std::uint64_t looked_ = 0;  // parts that make no whole step yet
  int depth_ = 0;
  int deepest_ = 0;  // that the value of now has led to, through values that were known already too
  std::uint16_t making_ = 0;  // `within` of what is made now, where something else asks for it
  bool choosing_ = false;     // in a `where`: what is only looked at is not used
  bool told_weight_ = false;
  bool told_depth_ = false;
  using Places = std::unordered_map<std::uint64_t, std::size_t>;
  std::unordered_map<const values::Map*, Places> map_places_;  // of the keys of large maps
  std::vector<Frame> frames_;                                  // the innermost last
  std::unordered_map<std::uint32_t, Value> loaded_;            // by the `load`
  /// Of records that a function made: the steps that led there, for their values are computed later.
  std::unordered_map<std::uint32_t, std::vector<Frame>> makers_;
  /// What was said of a place, and on which ways it was come to.
  struct Told {
    struct Said {
      std::string what;
      diag::Report report;
      std::set<std::string> ways;
    };
    std::vector<Said> said;
    std::size_t more = 0;  // that are not shown
  };
  using Place = std::tuple<FileId, std::uint32_t>;
  std::map<Place, Told> told_;
  struct Allocation {
    Running asked_by;  // whose value began it
    bool done = false;
  };
  using PoolKey = std::pair<std::uint32_t, bool>;  // pool, of the second family
  std::map<PoolKey, Allocation> allocations_;
  /// By holder, its field, and pool.
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, Value> allocated_;
  /// Fields that lease something; by kind, once it was asked for.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> leasing_fields_;
  std::unordered_map<std::uint32_t, const diag::DiagInfo*> rules_;
};

}  // namespace hlab::evaluate
