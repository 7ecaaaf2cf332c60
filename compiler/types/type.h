// The types of the language, interned: two ids of one table are equal exactly when the types are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/base/symbol.h"
#include "compiler/syntax/ast.h"

namespace hlab::types {

using TypeId = Id<struct TypeTag>;
using KindId = Id<struct KindTag>;

enum class TypeKind : std::uint8_t {
  error,   // of an expression that already got its message; fits everywhere, silently
  absent,  // of a lookup that can only be absent
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
  yaml,       // the one untyped tree
  symbols,    // a union of tags, some with a payload: `replicated | backup(&backup)`
  list,       // a
  map,        // a = value, b = key (string or reference)
  reference,  // kind, mode: `&node at run`
  nested,     // kind: a record, or an instance that its owner holds
  optional,   // a
  secret,     // a
  lease,      // a = what it leases: `Ip | auto | learned`; flags; tags = the path to its pool
};

/// Formats of strings that are checked when a literal is compiled and when a text is computed.
enum class TextFormat : std::uint8_t {
  any,
  hostname,
  dns_label,
  url,
  path,
  cron,
  semver,
  image,
  email,
  env_name,
  pattern,
};

/// The path to the pool begins at the holder, or at the lab.
enum LeaseFlags : std::uint8_t { kLeaseAuto = 1, kLeaseLearned = 2, kLeaseOfLab = 4 };

struct Tag {
  Symbol name;
  TypeId payload;  // none when the tag stands alone
};

struct Type {
  TypeKind kind = TypeKind::error;
  TextFormat format = TextFormat::any;
  syntax::EdgeMode mode = syntax::EdgeMode::start;
  std::uint8_t flags = 0;
  TypeId a;
  TypeId b;
  KindId of;
  Symbol pattern;                // string with TextFormat::pattern
  std::int64_t low = INT64_MIN;  // integer
  std::int64_t high = INT64_MAX;
  Range tags;  // symbols and lease: in `tags`
};

class TypeTable {
 public:
  TypeTable();

  TypeId intern(const Type& type, const std::vector<Tag>& tags = {});
  [[nodiscard]] const Type& operator[](TypeId id) const { return types_[id.index]; }
  [[nodiscard]] syntax::View<Tag> tags(TypeId id) const {
    return syntax::view(tags_, types_[id.index].tags);
  }
  /// The tag of a symbols type by name, or nullptr.
  [[nodiscard]] const Tag* find_tag(TypeId id, Symbol name) const;
  [[nodiscard]] std::size_t size() const { return types_.size(); }

  // Types without parts have fixed ids.
  [[nodiscard]] static TypeId simple(TypeKind kind) {
    return TypeId(static_cast<std::uint32_t>(kind));
  }
  TypeId list_of(TypeId element);
  TypeId map_of(TypeId value, TypeId key);
  TypeId optional_of(TypeId type);
  TypeId secret_of(TypeId type);
  TypeId reference_to(KindId kind, syntax::EdgeMode mode);
  TypeId nested_of(KindId kind);
  /// `T` of `T?`, else the type itself.
  [[nodiscard]] TypeId required(TypeId id) const;
  [[nodiscard]] bool is(TypeId id, TypeKind kind) const {
    return id.valid() && types_[id.index].kind == kind;
  }

 private:
  std::vector<Type> types_;
  std::vector<Tag> tags_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> index_;
};

}  // namespace hlab::types
