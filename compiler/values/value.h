// Values: 16 bytes each, payloads in an arena that lives as long as the run. Every value remembers
// the expression that made it (`origin`), so that messages, `why` and source maps can point there.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"

namespace hlab::values {

using InstanceId = Id<struct InstanceTag>;

enum class ValueKind : std::uint8_t {
  error,   // already reported; every operation on it is silent
  absent,  // an optional that nobody set
  boolean,
  integer,
  floating,
  string,
  ip,
  cidr,
  mac,
  ip_range,
  int_range,
  bytes,
  cpu,
  duration,
  power,
  rate,
  symbol,   // a tag without payload
  variant,  // a tag with payload
  list,
  map,
  instance,     // a reference, or an instance that its owner holds (the type tells which)
  secret_text,  // text with secrets in it, assembled where the platform can
  unlearned,    // a fact that `hlab learn` has not brought yet; spreads like error, but is no fault
  null,         // in trees alone: for those who read "take it away" from it
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

/// What an expression of a lease may say instead of a value.
enum class Want : std::uint8_t { nothing, automatic, learned };

/// Which fact is missing: `pool` names it, `holder` is who waits for it.
struct Unlearned {
  InstanceId pool;
  InstanceId holder;
  Want want = Want::nothing;  // it is a word of which the field makes a lease
};

struct Value {
  ValueKind kind = ValueKind::absent;
  std::uint8_t pad = 0;
  std::uint16_t pad2 = 0;
  syntax::ExprId origin;
  union {
    std::uint64_t bits = 0;
    bool boolean;
    std::int64_t
        number;  // integer; quantities in the units of ast.h (bytes, millicores, ms, mW, bit/s)
    double real;
    const Text* text;        // string
    const Address* address;  // ip, cidr, ip_range
    std::uint64_t mac;
    const struct IntRange* range;
    std::uint32_t symbol;    // Symbol index
    std::uint32_t instance;  // InstanceId index
    const Variant* variant;
    const List* list;  // list, secret_text (parts)
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

/// Those of a list or map of the heap lie in the heap; a vector of one's own frees its memory itself.
using Items = std::pmr::vector<Value>;

struct List {
  Items items;
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

using MapItems = std::pmr::vector<MapItem>;

struct Map {
  MapItems items;
  [[nodiscard]] const Value* find(MapKey key) const {
    for (const MapItem& item : items) {
      if (item.key == key) return &item.value;
    }
    return nullptr;
  }
};

/// Owns every payload of a run. Nothing is freed before the end.
class Heap final : private std::pmr::memory_resource {
 public:
  Heap() = default;
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap() override;

  const Text* text(std::string_view text);         // copies
  const Text* static_text(std::string_view text);  // refers
  const Address* address(const Address& address);
  const IntRange* range(IntRange range);
  const Variant* variant(Symbol tag, Value payload);
  /// `expected`: how many entries it will probably hold.
  List* list(std::size_t expected = 0);
  Map* map(std::size_t expected = 0);
  const Unlearned* unlearned(Unlearned fact);
  /// Uninitialised bytes, aligned to 8.
  char* bytes(std::size_t size);

 private:
  void* do_allocate(std::size_t size, std::size_t) override { return bytes(size); }
  void do_deallocate(void*, std::size_t, std::size_t) override {}
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }

  struct Free {
    void operator()(char* block) const { std::free(block); }
  };
  std::vector<std::unique_ptr<char, Free>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
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
