#include "compiler/values/builtin_rows.h"
#include "compiler/values/comparison.h"
#include "compiler/values/scalar_text.h"
#include "compiler/values/text_forms.h"

namespace hlab::values {
namespace {

using types::Tag;
using types::TypeId;
using types::TypeKind;
using types::TypeTable;

TypeId ordered_pair(TypeTable& types, TypeId, std::span<const TypeId> args) {
  if (!types_order(args[0], args[1], types)) return TypeId();
  return joined_type(plain_type(types, args[0]), plain_type(types, args[1]), types);
}

bool has_json(const TypeTable& types, TypeId id) {
  const types::Type& type = types[id];
  switch (type.kind) {
    case TypeKind::reference:
    case TypeKind::nested:
    case TypeKind::secret:
    case TypeKind::int_range: return false;
    case TypeKind::list:
    case TypeKind::optional:
    case TypeKind::lease: return has_json(types, type.a);
    case TypeKind::map: return !types.is(type.b, TypeKind::reference) && has_json(types, type.a);
    case TypeKind::symbols:
      for (const Tag& tag : types.tags(id)) {
        if (tag.payload.valid() && !has_json(types, tag.payload)) return false;
      }
      return true;
    default: return true;
  }
}

TypeId json_type(TypeTable& types, TypeId, std::span<const TypeId> args) {
  return has_json(types, args[0]) ? TypeTable::simple(TypeKind::string) : TypeId();
}

template <bool Smaller>
OpResult chosen(const Call& call) {
  const auto order = compare_order(call.args[0], call.args[1]);
  if (!order) {
    return problem_of(call, std::string(kind_name(call.args[0].kind)) + " and " +
                                std::string(kind_name(call.args[1].kind)) + " have no order");
  }
  const bool first = Smaller ? *order <= 0 : *order >= 0;
  const Value& value = call.args[first ? 0 : 1];
  // `max(1, 0.5)` is a Float, whichever of them it is.
  if (call.result == TypeKind::floating && value.is(ValueKind::integer)) {
    return real_of(call, static_cast<double>(value.number));
  }
  return taken(value);
}

OpResult json(const Call& call) {
  std::string text;
  const Value* bad = append_json(text, call.args[0], call.symbols);
  if (!bad) return text_of(call, text);
  if (bad->hollow()) return {spread_hollow(*bad, call.origin), {}};
  return problem_of(call, "JSON has no form for " + std::string(kind_name(bad->kind)));
}

OpResult base64(const Call& call) { return text_of(call, base64_text(call.args[0].as_text())); }

constexpr std::array kRows{
    Builtin{"min", TypeKind::absent, false, 2, 2, ordered_pair, chosen<true>,
            "min(a: T, b: T) -> T", "The smaller of two numbers, texts, addresses or quantities."},
    Builtin{"max", TypeKind::absent, false, 2, 2, ordered_pair, chosen<false>,
            "max(a: T, b: T) -> T", "The larger of two numbers, texts, addresses or quantities."},
    Builtin{"json", TypeKind::absent, false, 1, 1, json_type, json, "json(value: T) -> String",
            "The value as compact JSON; addresses and quantities as their text."},
    Builtin{"base64", TypeKind::absent, false, 1, 1,
            simple_result<TypeKind::string, TypeKind::string>, base64,
            "base64(text: String) -> String",
            "The bytes of the text in Base64, with padding. It hides nothing."},
};

}  // namespace

std::span<const Builtin> global_builtins() { return kRows; }

}  // namespace hlab::values
