#include <vector>

#include "compiler/values/operators.h"

namespace hlab::values {
namespace {

using syntax::Op;
using types::Tag;
using types::Type;
using types::TypeId;
using types::TypeKind;
using types::TypeTable;

bool quantity(TypeKind kind) { return kind >= TypeKind::bytes && kind <= TypeKind::rate; }
bool number(TypeKind kind) { return kind == TypeKind::integer || kind == TypeKind::floating; }
bool instance(TypeKind kind) { return kind == TypeKind::reference || kind == TypeKind::nested; }
bool unknown(TypeKind kind) { return kind == TypeKind::error || kind == TypeKind::absent; }
bool tree_part(TypeKind kind) {
  return number(kind) || kind == TypeKind::yaml || kind == TypeKind::boolean ||
         kind == TypeKind::string || kind == TypeKind::list || kind == TypeKind::map;
}

/// A lease reads as what it leases; an optional as what it may hold.
TypeId plain(TypeId id, const TypeTable& types) {
  id = types.required(id);
  return types.is(id, TypeKind::lease) ? types[id].a : id;
}

TypeId simple(TypeKind kind) { return TypeTable::simple(kind); }

TypeId added(TypeId left, TypeId right, TypeTable& types) {
  const TypeKind l = types[left].kind;
  const TypeKind r = types[right].kind;
  if (l == TypeKind::integer && r == TypeKind::integer) return simple(TypeKind::integer);
  if (number(l) && number(r)) return simple(TypeKind::floating);
  if (l == TypeKind::ip && r == TypeKind::integer) return simple(TypeKind::ip);
  if (l != r) return TypeId();
  if (quantity(l) || l == TypeKind::string) return simple(l);
  return l == TypeKind::list ? joined_type(left, right, types) : TypeId();
}

TypeId subtracted(TypeKind l, TypeKind r) {
  if (l == TypeKind::integer && r == TypeKind::integer) return simple(TypeKind::integer);
  if (number(l) && number(r)) return simple(TypeKind::floating);
  if (l == TypeKind::ip && r == TypeKind::integer) return simple(TypeKind::ip);
  return l == r && quantity(l) ? simple(l) : TypeId();
}

TypeId multiplied(TypeKind l, TypeKind r) {
  if (quantity(l) && number(r)) return simple(l);
  if (number(l) && quantity(r)) return simple(r);
  if (!number(l) || !number(r)) return TypeId();
  return simple(l == r ? l : TypeKind::floating);
}

TypeId divided(TypeKind l, TypeKind r) {
  if (quantity(l) && number(r)) return simple(l);
  if (quantity(l) && l == r) return simple(TypeKind::floating);
  if (!number(l) || !number(r)) return TypeId();
  return simple(l == r ? l : TypeKind::floating);
}

bool holds(TypeId element, TypeId container, const TypeTable& types) {
  const TypeKind e = types[element].kind;
  const Type& c = types[container];
  switch (c.kind) {
    case TypeKind::cidr:
    case TypeKind::ip_range:
      return e == TypeKind::ip || e == TypeKind::cidr || e == TypeKind::ip_range;
    case TypeKind::int_range: return e == TypeKind::integer;
    case TypeKind::string: return e == TypeKind::string;
    case TypeKind::list: return types_compare(element, c.a, types);
    case TypeKind::map:
      return types.is(c.b, TypeKind::reference) ? instance(e) : e == TypeKind::string;
    default: return false;
  }
}

TypeId spanned(TypeKind l, TypeKind r) {
  if (l == TypeKind::integer && r == l) return simple(TypeKind::int_range);
  return l == TypeKind::ip && r == l ? simple(TypeKind::ip_range) : TypeId();
}

TypeId boolean_if(bool defined) { return defined ? simple(TypeKind::boolean) : TypeId(); }

bool share_a_tag(TypeId left, TypeId right, const TypeTable& types) {
  for (const Tag& tag : types.tags(left)) {
    if (types.find_tag(right, tag.name)) return true;
  }
  return false;
}

TypeId joined_symbols(TypeId left, TypeId right, TypeTable& types) {
  const auto old = types.tags(left);
  std::vector<Tag> tags(old.begin(), old.end());
  for (const Tag& tag : types.tags(right)) {
    const Tag* known = types.find_tag(left, tag.name);
    if (known && known->payload != tag.payload) return TypeId();
    if (!known) tags.push_back(tag);
  }
  Type joined;
  joined.kind = TypeKind::symbols;
  return types.intern(joined, tags);
}

TypeId joined_parts(TypeId left, TypeId right, TypeTable& types) {
  // Copies: interning moves the table.
  const Type l = types[left];
  const Type r = types[right];
  const TypeId value = joined_type(l.a, r.a, types);
  if (!value.valid()) return TypeId();
  if (l.kind == TypeKind::list) return types.list_of(types.required(value));
  if (l.kind == TypeKind::secret) return types.secret_of(value);
  if (l.kind != TypeKind::map) return TypeId();
  return l.b == r.b ? types.map_of(value, l.b) : TypeId();
}

TypeId joined_reference(const Type& left, const Type& right, TypeTable& types) {
  return left.of == right.of ? types.reference_to(left.of, left.mode) : TypeId();
}

TypeId joined_required(TypeId left, TypeId right, TypeTable& types) {
  if (left == right) return left;
  const Type l = types[left];
  const Type r = types[right];
  if (l.kind == TypeKind::yaml && tree_part(r.kind)) return left;
  if (r.kind == TypeKind::yaml && tree_part(l.kind)) return right;
  if (l.kind == TypeKind::lease || r.kind == TypeKind::lease) {
    return joined_type(plain(left, types), plain(right, types), types);
  }
  if (l.kind != r.kind) return TypeId();
  if (quantity(l.kind)) return simple(l.kind);
  switch (l.kind) {
    case TypeKind::integer:
    case TypeKind::floating:
    case TypeKind::string: return simple(l.kind);
    case TypeKind::symbols: return joined_symbols(left, right, types);
    case TypeKind::reference: return joined_reference(l, r, types);
    default: return joined_parts(left, right, types);
  }
}

}  // namespace

bool types_compare(TypeId left, TypeId right, const TypeTable& types) {
  left = plain(left, types);
  right = plain(right, types);
  const Type& l = types[left];
  const Type& r = types[right];
  if (unknown(l.kind) || unknown(r.kind)) return true;
  if (l.kind == TypeKind::secret || r.kind == TypeKind::secret) return false;
  if (number(l.kind) && number(r.kind)) return true;
  if (instance(l.kind) && instance(r.kind)) return true;
  if (l.kind == TypeKind::yaml) return tree_part(r.kind);
  if (r.kind == TypeKind::yaml) return tree_part(l.kind);
  if (l.kind != r.kind) return false;
  switch (l.kind) {
    case TypeKind::symbols: return share_a_tag(left, right, types);
    case TypeKind::list: return types_compare(l.a, r.a, types);
    case TypeKind::map: return l.b == r.b && types_compare(l.a, r.a, types);
    default: return true;
  }
}

bool types_order(TypeId left, TypeId right, const TypeTable& types) {
  const TypeKind l = types[plain(left, types)].kind;
  const TypeKind r = types[plain(right, types)].kind;
  if (unknown(l) || unknown(r) || (number(l) && number(r))) return true;
  return l == r && (l == TypeKind::string || l == TypeKind::ip || quantity(l));
}

TypeId joined_type(TypeId left, TypeId right, TypeTable& types) {
  if (left == right) return left;
  if (types.is(left, TypeKind::error) || types.is(right, TypeKind::error)) {
    return types.is(left, TypeKind::error) ? right : left;
  }
  if (types.is(left, TypeKind::absent)) return types.optional_of(right);
  if (types.is(right, TypeKind::absent)) return types.optional_of(left);
  const bool optional = types.is(left, TypeKind::optional) || types.is(right, TypeKind::optional);
  const TypeId joined = joined_required(types.required(left), types.required(right), types);
  return optional && joined.valid() ? types.optional_of(joined) : joined;
}

TypeId binary_type(Op op, TypeId left, TypeId right, TypeTable& types) {
  if (op == Op::coalesce) return joined_type(types.required(left), right, types);
  left = plain(left, types);
  right = plain(right, types);
  const TypeKind l = types[left].kind;
  const TypeKind r = types[right].kind;
  if (l == TypeKind::error || r == TypeKind::error) return simple(TypeKind::error);
  if (l == TypeKind::absent || r == TypeKind::absent) return simple(TypeKind::absent);
  switch (op) {
    case Op::add: return added(left, right, types);
    case Op::subtract: return subtracted(l, r);
    case Op::multiply: return multiplied(l, r);
    case Op::divide: return divided(l, r);
    case Op::remainder: return l == TypeKind::integer && r == l ? simple(l) : TypeId();
    case Op::equal:
    case Op::not_equal: return boolean_if(types_compare(left, right, types));
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return boolean_if(types_order(left, right, types));
    case Op::logical_and:
    case Op::logical_or: return boolean_if(l == TypeKind::boolean && r == l);
    case Op::range: return spanned(l, r);
    case Op::in:
    case Op::not_in: return boolean_if(holds(left, right, types));
    default: return TypeId();
  }
}

TypeId unary_type(Op op, TypeId operand, TypeTable& types) {
  operand = plain(operand, types);
  const TypeKind kind = types[operand].kind;
  if (unknown(kind)) return operand;
  if (op == Op::logical_not) return boolean_if(kind == TypeKind::boolean);
  return op == Op::negate && number(kind) ? simple(kind) : TypeId();
}

}  // namespace hlab::values
