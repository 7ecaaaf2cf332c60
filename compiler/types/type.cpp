#include "compiler/types/type.h"

#include <algorithm>
#include <utility>

namespace hlab::types {
namespace {

std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
  return (h ^ v) * 0x9e3779b97f4a7c15ull + (h >> 29);
}

std::uint64_t hash_of(const Type& t, const std::vector<Tag>& tags) {
  std::uint64_t h = static_cast<std::uint64_t>(t.kind);
  h = mix(h, static_cast<std::uint64_t>(t.format));
  h = mix(h, static_cast<std::uint64_t>(t.mode));
  h = mix(h, t.flags);
  h = mix(h, t.a.index);
  h = mix(h, t.b.index);
  h = mix(h, t.of.index);
  h = mix(h, t.pattern.index);
  h = mix(h, static_cast<std::uint64_t>(t.low));
  h = mix(h, static_cast<std::uint64_t>(t.high));
  for (const Tag& tag : tags) h = mix(mix(h, tag.name.index), tag.payload.index);
  return h;
}

bool same_parts(const Type& x, const Type& y) {
  return x.kind == y.kind && x.format == y.format && x.mode == y.mode && x.flags == y.flags &&
         x.a == y.a && x.b == y.b && x.of == y.of && x.pattern == y.pattern && x.low == y.low &&
         x.high == y.high;
}

}  // namespace

TypeTable::TypeTable() {
  for (auto kind = 0; kind <= static_cast<int>(TypeKind::lease); ++kind) {
    Type simple_type;
    simple_type.kind = static_cast<TypeKind>(kind);
    types_.push_back(simple_type);
    index_.emplace(hash_of(simple_type, {}), static_cast<std::uint32_t>(kind));
  }
}

TypeId TypeTable::intern(const Type& type, const std::vector<Tag>& tags) {
  const std::uint64_t hash = hash_of(type, tags);
  const auto same_tags = [&](Range range) {
    const auto known = syntax::view(tags_, range);
    return known.size() == tags.size() &&
           std::equal(known.begin(), known.end(), tags.begin(), [](const Tag& x, const Tag& y) {
             return x.name == y.name && x.payload == y.payload;
           });
  };
  const auto [first, last] = index_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    if (same_parts(types_[it->second], type) && same_tags(types_[it->second].tags)) {
      return TypeId(it->second);
    }
  }
  Type added = type;
  added.tags = {static_cast<std::uint32_t>(tags_.size()), static_cast<std::uint32_t>(tags.size())};
  tags_.insert(tags_.end(), tags.begin(), tags.end());
  types_.push_back(added);
  const TypeId id(static_cast<std::uint32_t>(types_.size() - 1));
  index_.emplace(hash, id.index);
  return id;
}

const Tag* TypeTable::find_tag(TypeId id, Symbol name) const {
  for (const Tag& tag : tags(id)) {
    if (tag.name == name) return &tag;
  }
  return nullptr;
}

TypeId TypeTable::list_of(TypeId element) {
  Type t;
  t.kind = TypeKind::list;
  t.a = element.valid() ? element : simple(TypeKind::absent);  // what `[]` holds can only be absent
  return intern(t);
}

TypeId TypeTable::map_of(TypeId value, TypeId key) {
  Type t;
  t.kind = TypeKind::map;
  t.a = value;
  t.b = key;
  return intern(t);
}

TypeId TypeTable::optional_of(TypeId type) {
  if (is(type, TypeKind::optional) || is(type, TypeKind::error) || is(type, TypeKind::absent)) {
    return type;
  }
  Type t;
  t.kind = TypeKind::optional;
  t.a = type;
  return intern(t);
}

TypeId TypeTable::secret_of(TypeId type) {
  if (is(type, TypeKind::secret)) return type;
  Type t;
  t.kind = TypeKind::secret;
  t.a = type;
  return intern(t);
}

TypeId TypeTable::reference_to(KindId kind, syntax::EdgeMode mode) {
  Type t;
  t.kind = TypeKind::reference;
  t.of = kind;
  t.mode = mode;
  return intern(t);
}

TypeId TypeTable::nested_of(KindId kind) {
  Type t;
  t.kind = TypeKind::nested;
  t.of = kind;
  return intern(t);
}

TypeId TypeTable::required(TypeId id) const {
  return is(id, TypeKind::optional) ? types_[id.index].a : id;
}

}  // namespace hlab::types
