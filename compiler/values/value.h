// Values: 16 bytes each, payloads in an arena that lives as long as the run. Every value remembers
// the expression that made it (`origin`), so that messages, `why` and source maps can point there.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"

namespace hlab::values {

using InstanceId = Id<struct InstanceTag>;

enum class ValueKind : std::uint8_t {
  error,      // already reported; every operation on it is silent
  absent,     // an optional that nobody set
  boolean, integer, floating, string, ip, cidr, mac, ip_range, int_range,
  bytes, cpu, duration, power, rate,
  symbol,     // a tag without payload
  variant,    // a tag with payload
  list, map,
  instance,   // a reference, or an instance that its owner holds (the type tells which)
  secret_text,  // text with secrets in it, assembled where the platform can
  unlearned,    // a fact that `hlab learn` has not brought yet; spreads like error, but is no fault
};

struct Value;

/// 128 bits; IPv4 sits in the low 32 bits. `prefix` is for networks, `last_*` for ranges.
struct Address {
  std::uint8_t family = 4;
  std::uint8_t prefix = 0;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::uint64_t last_high = 0;
  std::uint64_t last_low = 0;
};

struct Text {
  std::string_view text;
};

struct Variant;
struct List;
struct Map;

/// Which fact is missing: `pool` names it, `holder` is who waits for it.
struct Unlearned {
  InstanceId pool;
  InstanceId holder;
};

struct Value {
  ValueKind kind = ValueKind::absent;
  std::uint8_t pad = 0;
  std::uint16_t pad2 = 0;
  syntax::ExprId origin;
  union {
    std::uint64_t bits = 0;
    bool boolean;
    std::int64_t number;      // integer; quantities in the units of ast.h (bytes, millicores, ms, mW, bit/s)
    double real;
    const Text* text;         // string
    const Address* address;   // ip, cidr, ip_range
    std::uint64_t mac;
    const struct IntRange* range;
    std::uint32_t symbol;     // Symbol index
    std::uint32_t instance;   // InstanceId index
    const Variant* variant;
    const List* list;         // list, secret_text (parts)
    const Map* map;
    const Unlearned* unlearned;
  };

  [[nodiscard]] bool is(ValueKind k) const { return kind == k; }
  /// error, absent and unlearned: nothing can be computed from them.
  [[nodiscard]] bool hollow() const {
    return kind == ValueKind::error || kind == ValueKind::absent || kind == ValueKind::unlearned;
  }
  [[nodiscard]] Symbol as_symbol() const { return Symbol(symbol); }
  [[nodiscard]] InstanceId as_instance() const { return InstanceId(instance); }
  [[nodiscard]] std::string_view as_text() const { return text->text; }
};

struct IntRange {
  std::int64_t first = 0;
  std::int64_t last = 0;  // inclusive
};

struct Variant {
  Symbol tag;
  Value payload;
};

struct List {
  std::vector<Value> items;
};

/// Keys are strings, or instances in a `Map<&network, T>`; order is the order of first mention.
struct MapKey {
  std::uint32_t id = 0xffffffffu;
  bool is_instance = false;
  friend bool operator==(MapKey, MapKey) = default;
  static MapKey of(Symbol s) { return {s.index, false}; }
  static MapKey of(InstanceId i) { return {i.index, true}; }
};

struct MapItem {
  MapKey key;
  Value value;
};

struct Map {
  std::vector<MapItem> items;
  [[nodiscard]] const Value* find(MapKey key) const {
    for (const MapItem& item : items) {
      if (item.key == key) return &item.value;
    }
    return nullptr;
  }
};

/// Owns every payload of a run. Nothing is freed before the end.
class Heap {
 public:
  Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap();

  const Text* text(std::string_view text);         // copies
  const Text* static_text(std::string_view text);  // refers
  const Address* address(const Address& address);
  const IntRange* range(IntRange range);
  const Variant* variant(Symbol tag, Value payload);
  List* list();
  Map* map();
  const Unlearned* unlearned(Unlearned fact);
  /// Uninitialised bytes, aligned to 8.
  char* bytes(std::size_t size);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::vector<std::unique_ptr<List>> lists_;
  std::vector<std::unique_ptr<Map>> maps_;
};

inline Value make(ValueKind kind, syntax::ExprId origin) {
  Value v;
  v.kind = kind;
  v.origin = origin;
  return v;
}
inline Value make_bool(bool b, syntax::ExprId origin) {
  Value v = make(ValueKind::boolean, origin);
  v.boolean = b;
  return v;
}
inline Value make_number(ValueKind kind, std::int64_t n, syntax::ExprId origin) {
  Value v = make(kind, origin);
  v.number = n;
  return v;
}
inline Value make_text(const Text* t, syntax::ExprId origin) {
  Value v = make(ValueKind::string, origin);
  v.text = t;
  return v;
}
inline Value make_instance(InstanceId id, syntax::ExprId origin) {
  Value v = make(ValueKind::instance, origin);
  v.bits = 0;
  v.instance = id.index;
  return v;
}

}  // namespace hlab::values
