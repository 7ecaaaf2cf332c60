// The instances of a lab and their slots: which there are (settled first), what gives each field its
// value, and, once evaluated, the values.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/program/program.h"
#include "compiler/program/rounds.h"

namespace hlab::program {

/// Values of loop variables, parameters and bindings, innermost first.
struct Env {
  const Env* parent = nullptr;
  values::Value value;
};

/// What an expression is evaluated in: `.x` means a field of `self`.
struct Context {
  InstanceId self;
  const Env* env = nullptr;
};

enum class SlotState : std::uint8_t { waiting, running, done };

enum class SlotShape : std::uint8_t {
  none,        // nobody sets it
  expression,  // one expression
  nested,      // an instance or record that this one holds
  fragments,   // a map of plain values, a tree, or a list with `+=`: pieces in the order of layers
  entries,     // a map of leases or of nested instances: keys are settled, values each on their own
};

/// One entry as it was laid over a field while the layers settled. Kept only for who asks (`hlab show`).
struct Setting {
  InstanceId instance;
  std::uint32_t field = 0;
  values::MapKey key;  // of a map whose entries are settled one by one; else none
  EntryId entry;
  const Env* env = nullptr;
  bool whole = false;  // about the field or key itself, and not a part inside
};

/// One field as it was read for another. Kept only for who asks (`hlab why`), as what follows.
struct Read {
  InstanceId reader;
  std::uint32_t field = 0;
  InstanceId of;
  std::uint32_t read_field = 0;
  ExprId at;
  ExprId call;  // in the reader's own text, where a function that it calls reads; else none
  const Env* env = nullptr;  // of that text
};

/// One call of a function while a field was computed.
struct Called {
  InstanceId reader;
  std::uint32_t field = 0;
  ExprId call;
  const Env* given = nullptr;  // the last parameter first
  const Env* env = nullptr;    // where it stands
};

/// A value of a declaration that the words of another led to, through a loop, a function or a query.
struct Use {
  InstanceId user;  // may lie in a declaration, or be a record that a function made
  std::uint32_t field = 0;
  InstanceId of;
  ExprId at;  // in the words of the lab
};

/// What each value was made of.
struct Workings {
  std::vector<Read> reads;
  std::vector<Called> calls;
  /// In which round of a loop an item of a list or an entry of a map was made.
  std::map<std::pair<const values::List*, std::size_t>, const Env*> items;
  std::map<std::tuple<const values::Map*, bool, std::uint32_t>, const Env*> entries;  // by key
};

/// One piece of a map, tree or list, as one layer wrote it.
struct Fragment {
  EntryId entry;  // none for a whole expression
  ExprId whole;
  std::uint32_t segment = 0;  // first segment of the entry's path that lies inside the slot
  Context context;
};

/// What a lease asks for, once its expression was looked at.
struct Asked {
  std::optional<values::Want> want;
  ExprId at;  // the word
};

struct MapEntry {
  values::MapKey key;
  SlotState state = SlotState::waiting;
  InstanceId nested;  // a map of instances
  ExprId value;       // a map of leases
  Context context;    // in which the entry was last set
  Span span;          // where the entry was last set
  Asked asked;
  values::Value result;
};

struct Slot {
  SlotState state = SlotState::waiting;
  SlotShape shape = SlotShape::none;
  bool key_missing = false;  // an entry's key names nothing, which was told: the map is not whole
  bool waits = false;  // a part of the value is not learned yet: `Lab::known_parts` has the rest
  ExprId value;
  InstanceId nested;
  std::uint32_t depth = 0;  // of what it needed, once it is computed
  Context context;          // in which the entry that won was laid over it
  EntryId set_by;           // the entry that won, for messages
  Asked asked;              // of a number that is leased
  std::vector<Fragment> fragments;
  std::vector<MapEntry> entries;
  values::Value result;
};

/// Slots at stable places: it grows while references are held. Those of one instance lie side by side.
class SlotTable {
 public:
  SlotTable() = default;
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;
  SlotTable(SlotTable&&) = default;
  SlotTable& operator=(SlotTable&&) = default;

  /// The first of `count` new ones.
  Slot* add(std::size_t count);

 private:
  static constexpr std::size_t kBlock = 512;
  std::vector<std::vector<Slot>> blocks_;  // none ever outgrows its capacity
};

struct Instance {
  types::KindId kind;
  Symbol name;  // its own name; nested ones: field or key
  /// What tools call it: its name, or `b-web` of `blog.b.web` where it stands for itself.
  Symbol called;
  InstanceId owner;
  Symbol owner_field;
  EntryId entry;             // its declaration (none when the kind's default made it)
  const Env* env = nullptr;  // of the loops around the declaration
  Span name_span;
  ModuleId module;        // where it is declared; nested ones: as their owner
  Slot* slots = nullptr;  // of the fields of its kind
  std::uint32_t slot_count = 0;
  bool planned = false;
  /// At the top of the lab, or what tools know by itself though a bundle holds it: a service, a machine, a secret.
  bool alone = true;
  bool gone = false;  // a site or test goes without it; planned too
  bool settled = false;
};

struct Group {
  Symbol name;
  ModuleId module;
  types::KindId kind;
  std::vector<InstanceId> members;
  Span span;
};

/// `db.database("tasks")`: what the owner holds because somebody asked for it.
struct Claim {
  InstanceId owner;
  FunctionId offer;
  Symbol name;
  InstanceId made;
  InstanceId by;  // the top-level instance that asks
  ExprId call;
  std::vector<values::Value> arguments;
};

struct Lab {
  IdVec<InstanceId, Instance> instances;
  SlotTable slots;
  std::deque<Env> envs;
  std::vector<Group> groups;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> group_by_name;  // (module, name)
  std::unordered_multimap<std::uint32_t, InstanceId> by_name;                      // top-level ones
  /// Declared, but with a head that was reported: naming them is no second mistake.
  std::unordered_set<std::uint32_t> broken_names;
  std::vector<Claim> claims;
  std::multimap<std::uint32_t, std::uint32_t> claims_of;  // InstanceId of the owner -> index
  /// What computed names meant (`service["${x}"]`), by ExprId: in the values of which instance, and the declaration.
  std::unordered_map<std::uint32_t, std::vector<std::pair<InstanceId, InstanceId>>> lookups;
  std::vector<Use> uses;  // in the order in which values were computed
  /// What `all KIND` finds, nested instances too, planned ones not; by KindId, in source order.
  std::vector<std::vector<InstanceId>> by_kind;
  Rounds rounds;
  /// What is left of values of which a part waits for `hlab learn`; by instance and field.
  std::map<std::pair<std::uint32_t, std::uint32_t>, values::Value> known_parts;

  /// Index in `groups` of the module's group, or none.
  [[nodiscard]] std::optional<std::uint32_t> find_group(ModuleId module, Symbol name) const {
    const auto found = group_by_name.find({module.index, name.index});
    return found == group_by_name.end() ? std::nullopt : std::optional(found->second);
  }

  [[nodiscard]] Slot& slot(InstanceId id, std::uint32_t field) {
    return instances[id].slots[field];
  }
  [[nodiscard]] const Slot& slot(InstanceId id, std::uint32_t field) const {
    return instances[id].slots[field];
  }
  /// The value of a field, without what is not learned yet where that is only a part of it.
  [[nodiscard]] const values::Value& known(InstanceId id, std::uint32_t field) const {
    const Slot& slot = instances[id].slots[field];
    return slot.waits ? known_parts.at({id.index, field}) : slot.result;
  }
  const Env* extend(const Env* parent, values::Value value) {
    envs.push_back({parent, value});
    return &envs.back();
  }
};

/// `service.vikunja.volume.data`: the id of an instance in graphs, leases and messages.
std::string instance_path(const Program& program, const Lab& lab, InstanceId id);
/// The kind right under which the lab declares it: `node`, `service` (not the refining kind).
KindId head_kind(const Program& program, const Lab& lab, InstanceId id);

}  // namespace hlab::program
