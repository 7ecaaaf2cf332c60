#include "compiler/values/builtin_rows.h"
#include "compiler/values/characters.h"
#include "compiler/values/text_forms.h"

namespace hlab::values {
namespace {

using types::TypeKind;

constexpr TypeKind kString = TypeKind::string;
constexpr std::int64_t kMostIndent = 256;

std::string_view receiver(const Call& call) { return call.receiver.as_text(); }
std::string_view argument(const Call& call, std::size_t i) { return call.args[i].as_text(); }

template <char (*Convert)(char)>
OpResult converted(const Call& call) {
  std::string text(receiver(call));
  for (char& c : text) c = Convert(c);
  return text_of(call, text);
}

OpResult trim(const Call& call) {
  std::string_view text = receiver(call);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text_of(call, text);
}

OpResult replace(const Call& call) {
  std::string_view rest = receiver(call);
  const std::string_view old = argument(call, 0);
  if (old.empty()) return problem_of(call, "`replace` needs a text to look for, not an empty one");
  std::string text;
  // Stops once past the limit, so that the text never takes much more room than that.
  for (std::size_t at = rest.find(old); at != std::string_view::npos && text.size() <= kTextLimit;
       at = rest.find(old)) {
    text.append(rest.substr(0, at)).append(argument(call, 1));
    rest.remove_prefix(at + old.size());
  }
  return text_of(call, text.append(rest));
}

void add_text(const Call& call, List& list, std::string_view text) {
  list.items.push_back(make_text(call.heap.text(text), call.origin));
}

OpResult too_many_parts(const Call& call) { return problem_of(call, list_problem(std::nullopt)); }

OpResult split(const Call& call) {
  std::string_view rest = receiver(call);
  const std::string_view separator = argument(call, 0);
  if (separator.empty()) return problem_of(call, "`split` needs a separator, not an empty text");
  List* list = call.heap.list();
  for (std::size_t at = rest.find(separator); at != std::string_view::npos;
       at = rest.find(separator)) {
    add_text(call, *list, rest.substr(0, at));
    rest.remove_prefix(at + separator.size());
    if (list->items.size() >= kListLimit) return too_many_parts(call);
  }
  add_text(call, *list, rest);
  return list_of(call, list);
}

OpResult lines(const Call& call) {
  std::string_view rest = receiver(call);
  List* list = call.heap.list();
  while (!rest.empty()) {
    std::string_view line = take_until(rest, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (list->items.size() >= kListLimit) return too_many_parts(call);
    add_text(call, *list, line);
  }
  return list_of(call, list);
}

OpResult contains(const Call& call) {
  return boolean_of(call, receiver(call).find(argument(call, 0)) != std::string_view::npos);
}

OpResult starts_with(const Call& call) {
  return boolean_of(call, receiver(call).starts_with(argument(call, 0)));
}

OpResult ends_with(const Call& call) {
  return boolean_of(call, receiver(call).ends_with(argument(call, 0)));
}

OpResult length(const Call& call) { return number_of(call, character_count(receiver(call))); }

OpResult indent(const Call& call) {
  const std::int64_t width = call.args[0].number;
  if (width < 0 || width > kMostIndent) {
    return problem_of(call, "`indent` takes 0 to 256 spaces, not " + std::to_string(width));
  }
  std::string text;
  bool line_begins = true;
  for (const char c : receiver(call)) {
    if (line_begins && c != '\n') text.append(static_cast<std::size_t>(width), ' ');
    line_begins = c == '\n';
    text += c;
    if (text.size() > kTextLimit) break;
  }
  return text_of(call, text);
}

OpResult base64(const Call& call) { return text_of(call, base64_text(receiver(call))); }

OpResult slug(const Call& call) {
  const std::string text = slug_text(receiver(call));
  if (text.empty())
    return problem_of(call, "no letter or digit of a-z, 0-9 is left for a DNS label");
  return text_of(call, text);
}

OpResult env_name(const Call& call) {
  const std::string text = env_name_text(receiver(call));
  if (text.empty()) {
    return problem_of(call, "no letter or digit of a-z, 0-9 is left for a variable's name");
  }
  return text_of(call, text);
}

constexpr auto kText = simple_result<kString>;
constexpr auto kTests = simple_result<TypeKind::boolean, kString>;

constexpr std::array kRows{
    Builtin{"upper", kString, true, 0, 0, kText, converted<to_upper>, "upper: String",
            "The text with a-z in upper case.", R"("pi4".upper == "PI4")"},
    Builtin{"lower", kString, true, 0, 0, kText, converted<to_lower>, "lower: String",
            "The text with A-Z in lower case.", R"("TXT".lower == "txt")"},
    Builtin{"trim", kString, true, 0, 0, kText, trim, "trim: String",
            "The text without blanks and line breaks at both ends.", R"("  a b ".trim == "a b")"},
    Builtin{"replace", kString, false, 2, 2, simple_result<kString, kString, kString>, replace,
            "replace(old: String, new: String) -> String", "The text with every `old` made `new`.",
            R"("a.b.c".replace(".", "-") == "a-b-c")"},
    Builtin{"split", kString, false, 1, 1, list_result<kString>, split,
            "split(separator: String) -> [String]",
            "The texts between separators; one more than there are separators.",
            R"("a,b,,c".split(",") == ["a", "b", "", "c"])"},
    Builtin{"lines", kString, true, 0, 0, list_result<kString>, lines, "lines: [String]",
            "The lines, without their line breaks.", R"("a\nb\n".lines == ["a", "b"])"},
    Builtin{"contains", kString, false, 1, 1, kTests, contains, "contains(part: String) -> Bool",
            "Whether `part` stands somewhere in the text.", R"("tasks.example".contains("."))"},
    Builtin{"starts-with", kString, false, 1, 1, kTests, starts_with,
            "starts-with(part: String) -> Bool", "Whether the text begins with `part`.",
            R"("v1.34".starts-with("v"))"},
    Builtin{"ends-with", kString, false, 1, 1, kTests, ends_with, "ends-with(part: String) -> Bool",
            "Whether the text ends with `part`.", R"("a.toml".ends-with(".toml"))"},
    Builtin{"length", kString, true, 0, 0, simple_result<TypeKind::integer>, length, "length: Int",
            "The number of Unicode characters.", R"("Zoë".length == 3)"},
    Builtin{"indent", kString, false, 1, 1, simple_result<kString, TypeKind::integer>, indent,
            "indent(spaces: Int) -> String",
            "The text with 0 to 256 spaces before every line that is not empty.",
            R"("a\nb".indent(2) == "  a\n  b")"},
    Builtin{"base64", kString, true, 0, 0, kText, base64, "base64: String",
            "The bytes of the text in Base64, with padding. It hides nothing.",
            R"("admin".base64 == "YWRtaW4=")"},
    Builtin{"slug", kString, true, 0, 0, kText, slug, "slug: String",
            "The text as a DNS label: lower-case letters, digits and hyphens, at most 63.",
            R"("My Lab!".slug == "my-lab")"},
    Builtin{"env-name", kString, true, 0, 0, kText, env_name, "env-name: String",
            "The text as an environment variable's name: `UPPER_SNAKE`.",
            R"("log-level".env-name == "LOG_LEVEL")"},
};

}  // namespace

std::span<const Builtin> text_builtins() { return kRows; }

}  // namespace hlab::values
