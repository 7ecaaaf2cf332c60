// The syntax tree: plain structs of 32-bit numbers in a few tables, so that it can be written into
// the library image and read back as bytes. Takes shape in parse.cpp, is const ever after.
//
// One `Ast` holds every file of a run (library first); ids are unique across files, and the id of an
// expression doubles as the provenance of the values that it makes.
#pragma once

#include <cstdint>

#include "compiler/base/id.h"
#include "compiler/base/symbol.h"
#include "compiler/source/span.h"

namespace hlab::syntax {

using ExprId = Id<struct ExprTag>;
using EntryId = Id<struct EntryTag>;
using TypeNodeId = Id<struct TypeNodeTag>;
using LiteralId = Id<struct LiteralTag>;

// --- expressions ------------------------------------------------------------------------------------

enum class ExprKind : std::uint8_t {
  error,          // a place that did not parse; silent everywhere after
  boolean,        // a = 0 | 1
  integer,        // a = LiteralId
  floating,       // a = LiteralId
  string,         // a = Symbol of the text, escapes resolved
  domain,         // a = LiteralId: address, network, quantity ...
  interpolation,  // list: string and other expressions in order of the text
  name,           // a = Symbol: `lan`, `amd64`
  self_field,     // a = Symbol: `.cidr`
  self,           // a lone `.`: this instance
  member,         // a = ExprId object, b = Symbol, name_span = c..d offsets: `x.y`
  index,          // a = ExprId object, b = ExprId key: `x["y"]`
  call,           // a = ExprId callee, list: ArgumentId run in `arguments`
  refine,         // a = ExprId base, list: entries: `std.hw.pi5 { memory = 8GiB }`
  tree,           // list: entries: a brace on its own
  list,           // list: expressions; a spread is its own expression
  spread,         // a = ExprId: `...xs` inside a list
  comprehension,  // a = ExprId element, list: clauses: `[e for x in xs where c]`
  unary,          // op, a
  binary,         // op, a, b
  conditional,    // a = condition, b = then, c = else
  match,          // a = ExprId subject, list: arms
  all,            // a = Symbol of the kind: `all service`; of another module's, members around it
  is,       // a = ExprId, b = Symbol tag or kind, c = Symbol bound (or none): `k is backup(b)`
  has,      // a = ExprId: `has .expose`
  only,     // a = ExprId: `only { ... }`
  because,  // a = ExprId, b = Symbol reason: `e because "..."`
};

enum class Op : std::uint8_t {
  none,
  negate,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  logical_and,
  logical_or,
  coalesce,
  range,
  in,
  not_in,
};

struct Expr {
  ExprKind kind = ExprKind::error;
  Op op = Op::none;
  std::uint32_t a = 0xffffffffu;
  std::uint32_t b = 0xffffffffu;
  std::uint32_t c = 0xffffffffu;
  Range list;
  Span span;
  Span name_span;  // member: the name after the dot; binary: the operator; is: the tag
};

/// Call arguments: positional when `name` is none.
struct Argument {
  Symbol name;
  ExprId value;
  Span name_span;
};

/// `for x in xs`, `for i, x in xs` and `where c` of a comprehension, in the order written.
struct Clause {
  Symbol variable;  // none for `where`
  Symbol index;     // `for i, x in xs`
  ExprId value;
  Span span;
};

/// `pattern => value` of a match; `tag` none is `_`; `literal` is for scalar patterns. `tag` may
/// be a kind, `office.shelf` as one name.
struct Arm {
  Symbol tag;
  Symbol binding;
  ExprId literal;
  ExprId value;
  Span span;
  Span tag_span;
};

// --- domain literals ----------------------------------------------------------------------------------

enum class LiteralKind : std::uint8_t {
  integer,   // signed, in `low`
  floating,  // bits of a double in `low`
  ip,        // 128 bits in high:low; IPv4 in the low 32 bits; `family`
  cidr,      // address bits as written, and `prefix`
  mac,       // 48 bits in `low`
  bytes,     // in bytes
  cpu,       // in thousandths of a core
  duration,  // in milliseconds
  power,     // in milliwatts
  rate,      // in bits per second
};

struct Literal {
  LiteralKind kind = LiteralKind::integer;
  std::uint8_t family = 0;  // 4 or 6
  std::uint8_t prefix = 0;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

// --- types, as written ----------------------------------------------------------------------------------

enum class TypeNodeKind : std::uint8_t {
  error,
  name,       // path of names: `Ip`, `volume`, `std.hw.pi5`; `arguments` for `Int(1..10)`
  optional,   // a = TypeNodeId: `T?`
  list,       // a: `[T]`
  map,        // a = value, b = key or none: `Map<T>`, `Map<&network, T>`
  reference,  // path: `&node`; mode
  secret,     // a: `secret T`
  union_of,   // children: `amd64 | arm64`, `Ip | auto | learned`
  tag,        // a lower-case alternative of a union: name, and payload a or none: `backup(&backup)`
  pool,       // path of fields: what stands in `auto(.owner.cluster.node-ports)`
};

enum class EdgeMode : std::uint8_t { start, run, value };

struct TypeNode {
  TypeNodeKind kind = TypeNodeKind::error;
  EdgeMode mode = EdgeMode::start;
  std::uint32_t a = 0xffffffffu;
  std::uint32_t b = 0xffffffffu;
  Range path;      // in `path_names`
  Range children;  // in `type_children`
  ExprId low;      // Int(low..high), Float(low..high)
  ExprId high;
  Symbol pattern;  // String(/pattern/)
  Span span;
};

struct PathName {
  Symbol name;
  Span span;
};

// --- declarations and the entries of bodies ---------------------------------------------------------------

/// One step of the path on the left of an entry: `address.lan`, `mount."/music"`, `"${x}-y"`.
struct Segment {
  Symbol name;  // none when computed
  ExprId key;   // an interpolation, when computed
  Span span;
  bool quoted = false;
};

enum class EntryKind : std::uint8_t {
  error,
  // in bodies
  set,      // path = value
  append,   // path += value
  block,    // path { body }
  unset,    // unset path
  field,    // name: type [= value]        (kinds, records)
  check,    // check [rule:] condition, message [at path]
  spread,   // ...value                     (trees)
  moved,    // moved from name              (instances)
  offer,    // offers name(parameters): kind [{ body }]         (kinds)
  renamed,  // deprecated name -> base ["reason"]               (kinds)
  // anywhere
  loop,    // for [index,] variable in value [where condition] [as name] { body }
  branch,  // if condition { body } [else { else_body }]
  allow,   // allow CODE "reason"
  // declarations
  kind,      // kind name [is base] { body }
  record,    // record name [is base] { body }
  function,  // fn name(parameters) -> type = value
  instance,  // [planned] base name [: kind] { body }
  defaults,  // default base { body }
  policy,    // policy name { body }
  edition,   // edition 2026
  import_,   // import path [as name]
  site,      // site name of base { body }
  test,      // test "name" { body }
  // in sites and tests
  without,    // without base name
  override_,  // override path message -> value; `message` is what stood there, none for `any`
  expect,     // expect value [, message] | expect HLnnnn     (tests)
  // at the top and in policies
  assert_path,  // assert [no] path base -> refined [because "reason"]
};

enum EntryFlags : std::uint8_t {
  kFlagPlanned = 1,
  kFlagFinal = 2,
  kFlagElseIf = 4,       // a branch whose else body is one further branch
  kFlagQuotedName = 8,   // file "notes/hosts.txt"
  kFlagPrivate = 16,     // kind, record, function, instance
  kFlagDeprecated = 32,  // a field
  kFlagNegated = 64      // assert no path
};

struct Entry {
  EntryKind kind = EntryKind::error;
  std::uint8_t flags = 0;
  Symbol name;   // declared name, loop variable, policy, rule of a check, code of allow or expect,
                 // path of an import, words of a test, what a site or test goes without
  Symbol index;  // loop: the place of the element, or none
  Symbol alias;  // `as` of a loop or import; reason of allow, assert, a deprecation
  Symbol doc;    // text of the `##` lines above, or none
  ExprId key;    // instance: a computed name ("node-${i}")
  ExprId value;  // set, append, field default, loop list, condition, function body, spread, what is
                 // expected, the new value of an override
  ExprId message;   // check, expect: message; loop: `where` condition; override: the old value
  TypeNodeId type;  // field type; function result
  Range path;       // segments: set, append, block, unset, override; check: at
  Range base;  // path_names: `is` of a kind; head kind of an instance (one name); default; `of` of
               // a site (one name); new name of a field (one name); where an asserted path begins
  Range
      refined;  // path_names: kind after the colon of an instance or offer; `as` of a loop; end of an
                // asserted path
  Range body;  // entries (run of EntryId in `entry_lists`)
  Range else_body;
  Range parameters;  // function, offer
  Span span;         // the whole entry
  Span name_span;    // what messages point at: the name, or the path
};

struct Parameter {
  Symbol name;
  TypeNodeId type;
  ExprId fallback;  // default value or none
  Span span;
};

/// A comment, for the formatter only; not kept in the image.
struct Comment {
  Span span;
  bool own_line = false;
  bool doc = false;
};

struct FileRoot {
  FileId file;
  Range body;  // top-level entries
};

struct Ast {
  IdVec<ExprId, Expr> exprs;
  std::vector<ExprId> expr_lists;
  std::vector<Argument> arguments;
  std::vector<Clause> clauses;
  std::vector<Arm> arms;
  IdVec<LiteralId, Literal> literals;
  IdVec<TypeNodeId, TypeNode> types;
  std::vector<TypeNodeId> type_children;
  std::vector<PathName> path_names;
  IdVec<EntryId, Entry> entries;
  std::vector<EntryId> entry_lists;
  std::vector<Segment> segments;
  std::vector<Parameter> parameters;
  std::vector<FileRoot> files;
};

/// The items of a run in one of the side tables.
template <class T>
struct View {
  const T* first;
  std::uint32_t count;
  [[nodiscard]] const T* begin() const { return first; }
  [[nodiscard]] const T* end() const { return first + count; }
  [[nodiscard]] std::uint32_t size() const { return count; }
  [[nodiscard]] bool empty() const { return count == 0; }
  [[nodiscard]] const T& operator[](std::uint32_t i) const { return first[i]; }
};

template <class T>
View<T> view(const std::vector<T>& table, Range range) {
  return {table.data() + range.begin, range.count};
}

}  // namespace hlab::syntax
