#include "compiler/check/foreign_words.h"

#include <algorithm>
#include <array>

namespace hlab::check {

namespace {

struct Instead {
  std::string_view word, help;
};

constexpr std::string_view kNoNull =
    "only a tree (`Yaml`) has `null`: leave the field out, or take it away with `unset`";
constexpr std::string_view kSelf = "a field of this instance is `.name`, the instance itself `.`";
constexpr std::string_view kTrue = "it is `true`";
constexpr std::string_view kFalse = "it is `false`";
constexpr std::string_view kType = "a type stands behind a colon: `name: Int`";

constexpr std::string_view kLocal =
    "a value has no names of its own: a function has, `fn f(x: Int) -> Int = x + 1`";

constexpr std::array<Instead, 33> kNames{{
    {"null", kNoNull},
    {"nil", kNoNull},
    {"none", kNoNull},
    {"None", kNoNull},
    {"undefined", kNoNull},
    {"this", kSelf},
    {"self", kSelf},
    {"True", kTrue},
    {"yes", kTrue},
    {"on", kTrue},
    {"False", kFalse},
    {"no", kFalse},
    {"off", kFalse},
    {"Bool", kType},
    {"Int", kType},
    {"Float", kType},
    {"String", kType},
    {"Ip", kType},
    {"Cidr", kType},
    {"Mac", kType},
    {"NULL", kNoNull},
    {"Null", kNoNull},
    {"void", kNoNull},
    {"TRUE", kTrue},
    {"FALSE", kFalse},
    {"Bytes", kType},
    {"Duration", kType},
    {"Cpu", kType},
    {"Power", kType},
    {"let", kLocal},
    {"var", kLocal},
    {"only", "`only { ... }` makes the record that its place wants, and has no name behind it"},
    {"new", "a record is made by its name: `point { x = 1 }`"},
}};

constexpr std::string_view kLength = "how many there are is `xs.length`";
constexpr std::string_view kEach = "one for each is `[f(x) for x in xs]`";
constexpr std::string_view kThose = "those for which it holds are `[x for x in xs where x > 1]`";
constexpr std::string_view kText = "values stand in a text as `\"${x}\"`";
constexpr std::string_view kHas =
    "`has x.y` asks whether it is there, `x.y ?? z` says what holds where it is not";
constexpr std::string_view kUpper = "it is `text.upper()`";
constexpr std::string_view kLower = "it is `text.lower()`";

constexpr std::array<Instead, 33> kOperations{{
    {"len", kLength},
    {"count", kLength},
    {"size", kLength},
    {"map", kEach},
    {"forEach", kEach},
    {"foreach", kEach},
    {"filter", kThose},
    {"select", kThose},
    {"str", kText},
    {"String", kText},
    {"toString", kText},
    {"tostring", kText},
    {"to_string", kText},
    {"format", kText},
    {"printf", kText},
    {"sprintf", kText},
    {"concat", kText},
    {"toUpper", kUpper},
    {"toUpperCase", kUpper},
    {"uppercase", kUpper},
    {"toLower", kLower},
    {"toLowerCase", kLower},
    {"lowercase", kLower},
    {"range", "a range is written `1..3`, a list of what it holds `[...1..3]`"},
    {"exists", kHas},
    {"defined", kHas},
    {"isset", kHas},
    {"append", "lists are joined with `+`"},
    {"push", "lists are joined with `+`"},
    {"lookup", kHas},
    {"xor", "it is `a != b`"},
    {"import", "modules are imported at the top of a file: `import name`"},
    {"file", "a file of the lab's folder is read by `load(\"path\")`"},
}};

template <std::size_t N>
std::string_view found(const std::array<Instead, N>& words, std::string_view name) {
  const auto at = std::find_if(words.begin(), words.end(),
                               [&](const Instead& one) { return one.word == name; });
  return at == words.end() ? std::string_view() : at->help;
}

/// `HL4100`
bool is_code(std::string_view name) {
  constexpr std::size_t kSize = 6;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() == kSize && name.starts_with("HL") &&
         std::all_of(name.begin() + 2, name.end(), digit);
}

}  // namespace

std::string_view instead_of_name(std::string_view name) {
  if (is_code(name))
    return "a test expects a diagnostic by its code alone, `expect HL4100`; where it expects none, an error fails it "
           "by itself";
  return found(kNames, name);
}

std::string_view instead_of_operation(std::string_view name) { return found(kOperations, name); }

}  // namespace hlab::check
