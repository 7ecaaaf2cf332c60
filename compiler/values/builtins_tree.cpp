// What a `Yaml` turns out to be: the only way out of the untyped tree. A dot reads a key, so all of
// these are called: `tree.port.int()`.
#include "compiler/values/builtin_rows.h"
#include "compiler/values/read_scalar.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

using types::TypeKind;
using types::TypeTable;

OpResult other(const Call& call, std::string_view wanted) {
  std::string found(kind_name(call.receiver.kind));
  if (const auto text = canonical_text(call.receiver, call.symbols)) {
    found = shown_text(call.receiver, call.symbols) + " (" + found + ")";
  }
  return problem_of(
      call, "the tree holds " + found + " here, not a value of type " + std::string(wanted));
}

OpResult text(const Call& call) {
  return call.receiver.is(ValueKind::string) ? taken(call.receiver) : other(call, "String");
}

OpResult integer(const Call& call) {
  return call.receiver.is(ValueKind::integer) ? taken(call.receiver) : other(call, "Int");
}

OpResult real(const Call& call) {
  if (call.receiver.is(ValueKind::integer)) {
    return real_of(call, static_cast<double>(call.receiver.number));
  }
  return call.receiver.is(ValueKind::floating) ? taken(call.receiver) : other(call, "Float");
}

OpResult flag(const Call& call) {
  return call.receiver.is(ValueKind::boolean) ? taken(call.receiver) : other(call, "Bool");
}

OpResult elements(const Call& call) {
  return call.receiver.is(ValueKind::list) ? taken(call.receiver) : other(call, "[Yaml]");
}

OpResult entries(const Call& call) {
  return call.receiver.is(ValueKind::map) ? taken(call.receiver) : other(call, "Map<Yaml>");
}

/// What it is, or what its text says: the files of others know no addresses and no units.
template <ValueKind Kind>
OpResult scalar(const Call& call) {
  if (call.receiver.is(Kind)) return taken(call.receiver);
  if (!call.receiver.is(ValueKind::string)) return other(call, kind_name(Kind));
  const auto value = read_scalar(Kind, call.receiver.as_text(), call.receiver.origin, call.heap);
  return value ? taken(*value) : other(call, kind_name(Kind));
}

OpResult is_null(const Call& call) { return boolean_of(call, call.receiver.is(ValueKind::null)); }

OpResult is_map(const Call& call) { return boolean_of(call, call.receiver.is(ValueKind::map)); }

types::TypeId entries_type(TypeTable& types, types::TypeId, std::span<const types::TypeId>) {
  return types.map_of(TypeTable::simple(TypeKind::yaml), TypeTable::simple(TypeKind::string));
}

constexpr TypeKind kYaml = TypeKind::yaml;

constexpr std::array kRows{
    Builtin{"text", kYaml, true, 0, 0, simple_result<TypeKind::string>, text, "text() -> String",
            "The text that it is; anything else is an error.", R"(tree().name.text() == "web")"},
    Builtin{"int", kYaml, true, 0, 0, simple_result<TypeKind::integer>, integer, "int() -> Int",
            "The whole number that it is; anything else is an error.",
            R"(tree().port.int() == 80)"},
    Builtin{"float", kYaml, true, 0, 0, simple_result<TypeKind::floating>, real, "float() -> Float",
            "The number that it is; anything else is an error.", R"(tree().port.float() == 80.0)"},
    Builtin{"bool", kYaml, true, 0, 0, simple_result<TypeKind::boolean>, flag, "bool() -> Bool",
            "The truth value that it is; anything else is an error.", R"(tree().tls.bool())"},
    Builtin{"ip", kYaml, true, 0, 0, simple_result<TypeKind::ip>, scalar<ValueKind::ip>,
            "ip() -> Ip", "The address that its text is; anything else is an error.",
            R"(host().ip.ip() == 10.0.0.9)"},
    Builtin{"cidr", kYaml, true, 0, 0, simple_result<TypeKind::cidr>, scalar<ValueKind::cidr>,
            "cidr() -> Cidr", "The network that its text is; anything else is an error.",
            R"(host().lan.cidr() == 10.0.0.0/24)"},
    Builtin{"mac", kYaml, true, 0, 0, simple_result<TypeKind::mac>, scalar<ValueKind::mac>,
            "mac() -> Mac", "The hardware address that its text is; anything else is an error.",
            R"(host().mac.mac() == dc:a6:32:01:02:03)"},
    Builtin{"bytes", kYaml, true, 0, 0, simple_result<TypeKind::bytes>, scalar<ValueKind::bytes>,
            "bytes() -> Bytes",
            "The size that its text is, with its unit; anything else is an error.",
            R"(host().memory.bytes() == 4GiB)"},
    Builtin{"duration", kYaml, true, 0, 0, simple_result<TypeKind::duration>,
            scalar<ValueKind::duration>, "duration() -> Duration",
            "The time that its text is, with its unit; anything else is an error.",
            R"(host().lease.duration() == 12h)"},
    Builtin{"list", kYaml, true, 0, 0, list_result<kYaml>, elements, "list() -> [Yaml]",
            "The list that it is; anything else is an error.",
            R"([t.text() for t in tree().tags.list()] == ["a", "b"])"},
    Builtin{"map", kYaml, true, 0, 0, entries_type, entries, "map() -> Map<Yaml>",
            "The map that it is; anything else is an error.", R"(tree().map().keys().length == 4)"},
    Builtin{"is-map", kYaml, true, 0, 0, simple_result<TypeKind::boolean>, is_map,
            "is-map() -> Bool", "Whether it is a map.",
            R"(tree().is-map() and not tree().port.is-map())"},
    Builtin{"is-null", kYaml, true, 0, 0, simple_result<TypeKind::boolean>, is_null,
            "is-null() -> Bool", "Whether it is `null`.", R"(not tree().port.is-null())"},
};

}  // namespace

std::span<const Builtin> tree_builtins() { return kRows; }

}  // namespace hlab::values
