#include "compiler/values/builtin_rows.h"
#include "compiler/values/comparison.h"
#include "compiler/values/scalar_text.h"
#include "compiler/values/text_forms.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;

TypeId ordered_pair(TypeTable& types, TypeId, std::span<const TypeId> args) {
  if (!types_order(args[0], args[1], types)) return TypeId();
  return joined_type(plain_type(types, args[0]), plain_type(types, args[1]), types);
}

/// The checker has asked for a tree, so whatever comes has a form.
TypeId text_type(TypeTable&, TypeId, std::span<const TypeId>) {
  return TypeTable::simple(TypeKind::string);
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

enum class TreeFormat : std::uint8_t { yaml, toml, ini, dotenv };
constexpr std::array<std::string_view, 4> kFormats{"yaml", "toml", "ini", "dotenv"};

template <TreeFormat Format>
OpResult tree_text(const Call& call) {
  if (const Value* bad = unusable_part(call.args[0])) {
    return {spread_hollow(*bad, call.origin), {}};
  }
  std::string text;
  const std::string_view format = kFormats[static_cast<std::size_t>(Format)];
  if (call.tree_text == nullptr) return problem_of(call, std::string(format) + " has no writer");
  std::string problem = call.tree_text(format, call.args[0], call.symbols, text);
  return problem.empty() ? text_of(call, text) : problem_of(call, std::move(problem));
}

TypeId loaded_type(TypeTable&, TypeId, std::span<const TypeId>) {
  return TypeTable::simple(TypeKind::yaml);
}

/// The checker resolves `load` to the file's content, so it is never applied.
OpResult loaded(const Call& call) { return problem_of(call, "the file was not read"); }

OpResult base64(const Call& call) { return text_of(call, base64_text(call.args[0].as_text())); }

constexpr std::array kRows{
    Builtin{"min", TypeKind::absent, false, 2, 2, ordered_pair, chosen<true>,
            "min(a: T, b: T) -> T", "The smaller of two numbers, texts, addresses or quantities.",
            R"(min(2, 1) == 1)"},
    Builtin{"max", TypeKind::absent, false, 2, 2, ordered_pair, chosen<false>,
            "max(a: T, b: T) -> T", "The larger of two numbers, texts, addresses or quantities.",
            R"(max(512MiB, 1GiB) == 1GiB)"},
    Builtin{"json", TypeKind::absent, false, 1, 1, text_type, json, "json(value: Yaml) -> String",
            "The value as compact JSON; addresses and quantities as their text.",
            R"(json({ a = [1, true] }) == "{\"a\":[1,true]}")", true},
    Builtin{"base64", TypeKind::absent, false, 1, 1,
            simple_result<TypeKind::string, TypeKind::string>, base64,
            "base64(text: String) -> String",
            "The bytes of the text in Base64, with padding. It hides nothing.",
            R"(base64("admin") == "YWRtaW4=")"},
    Builtin{"yaml", TypeKind::absent, false, 1, 1, text_type, tree_text<TreeFormat::yaml>,
            "yaml(value: Yaml) -> String", "The value as YAML, as `file` would write it.",
            R"(yaml({ a = ["on", 1] }) == "a:\n  - \"on\"\n  - 1\n")", true},
    Builtin{"toml", TypeKind::absent, false, 1, 1, text_type, tree_text<TreeFormat::toml>,
            "toml(value: Yaml) -> String", "The value as TOML; it is a map, without null.",
            R"(toml({ a = 1  b { c = [true] } }) == "a = 1\n\n[b]\nc = [true]\n")", true},
    Builtin{"ini", TypeKind::absent, false, 1, 1, text_type, tree_text<TreeFormat::ini>,
            "ini(value: Yaml) -> String",
            "The value as INI: entries, and sections of entries. What readers of INI do not agree "
            "on is an error.",
            R"(ini({ s { port = 80 } }) == "[s]\nport = 80\n")", true},
    Builtin{"dotenv", TypeKind::absent, false, 1, 1, text_type, tree_text<TreeFormat::dotenv>,
            "dotenv(value: Yaml) -> String",
            "The value as lines of `NAME=value` that a shell and Docker Compose read alike.",
            R"(dotenv({ TZ = "UTC"  MOTD = "a b" }) == "TZ=UTC\nMOTD='a b'\n")", true},
    Builtin{
        "load", TypeKind::absent, false, 1, 1, loaded_type, loaded, "load(path: String) -> Yaml",
        "What a file of the lab's folder says: a tree for `.yaml`, `.yml` and `.json`, else its "
        "text as a String. The path is a literal, seen from the lab's folder.",
        R"(load("ports.yaml").http.int() == 80)"},
};

}  // namespace

std::span<const Builtin> global_builtins() { return kRows; }

}  // namespace hlab::values
