// Parts of texts, and what texts say: numbers, addresses.
#include <charconv>

#include "compiler/base/sha256.h"
#include "compiler/values/address.h"
#include "compiler/values/builtin_rows.h"
#include "compiler/values/characters.h"
#include "compiler/values/read_scalar.h"
#include "compiler/values/text_format.h"
#include "compiler/values/text_forms.h"

namespace hlab::values {
namespace {

using types::TypeId;
using types::TypeKind;
using types::TypeTable;

constexpr TypeKind kString = TypeKind::string;
constexpr std::int64_t kMostPadding = 1024;

std::string_view receiver(const Call& call) { return call.receiver.as_text(); }
std::string_view argument(const Call& call, std::size_t i) { return call.args[i].as_text(); }

/// A result that may be absent, for arguments of simple types.
template <TypeKind Result>
TypeId maybe_result(TypeTable& types, TypeId, std::span<const TypeId>) {
  return types.optional_of(TypeTable::simple(Result));
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }

/// The byte at which the n-th character begins, or the end.
std::size_t offset_of(std::string_view text, std::int64_t n) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && n-- == 0) break;
  }
  return at;
}

OpResult slice(const Call& call) {
  const std::string_view text = receiver(call);
  const std::int64_t from = call.args[0].number;
  const std::int64_t to = call.args.size() > 1 ? call.args[1].number : INT64_MAX;
  if (from < 0 || to < 0) return problem_of(call, "`slice` counts from 0, not from below");
  if (to <= from) return text_of(call, "");
  const std::size_t begin = offset_of(text, from);
  return text_of(call, text.substr(begin, offset_of(text, to) - begin));
}

template <bool Left>
OpResult padded(const Call& call) {
  const std::string_view text = receiver(call);
  const std::int64_t width = call.args[0].number;
  const std::string_view fill = call.args.size() > 1 ? argument(call, 1) : " ";
  if (width < 0 || width > kMostPadding) {
    return problem_of(call,
                      "a text is padded to 0 to 1024 characters, not " + std::to_string(width));
  }
  if (fill.empty() || offset_of(fill, 1) != fill.size()) {
    return problem_of(call, "a text is padded with one character");
  }
  std::string padding;
  for (std::int64_t length = character_count(text); length < width; ++length) padding += fill;
  return text_of(call, Left ? padding + std::string(text) : std::string(text) + padding);
}

OpResult matches(const Call& call) {
  PatternMatch found = match_pattern(receiver(call), argument(call, 0));
  return found.problem.empty() ? boolean_of(call, found.matches)
                               : problem_of(call, std::move(found.problem));
}

OpResult without_prefix(const Call& call) {
  std::string_view text = receiver(call);
  if (text.starts_with(argument(call, 0))) text.remove_prefix(argument(call, 0).size());
  return text_of(call, text);
}

OpResult without_suffix(const Call& call) {
  std::string_view text = receiver(call);
  if (text.ends_with(argument(call, 0))) text.remove_suffix(argument(call, 0).size());
  return text_of(call, text);
}

template <ValueKind Kind>
OpResult to(const Call& call) {
  const auto value = read_scalar(Kind, receiver(call), call.origin, call.heap);
  return value ? OpResult{*value, {}} : nothing(call);
}

OpResult digest(const Call& call) { return text_of(call, to_hex(sha256(receiver(call)))); }

OpResult url_encoded(const Call& call) { return text_of(call, url_encoded_text(receiver(call))); }

constexpr auto kText = simple_result<kString>;
constexpr auto kPadded = simple_result<kString, TypeKind::integer, kString>;

constexpr std::array kRows{
    Builtin{
        "slice", kString, false, 1, 2, simple_result<kString, TypeKind::integer, TypeKind::integer>,
        slice, "slice(from: Int, to: Int = ...) -> String",
        "The characters from one place, counted from 0, to before another; fewer where the text "
        "ends.",
        R"("notebook".slice(0, 4) == "note")"},
    Builtin{"pad-left", kString, false, 1, 2, kPadded, padded<true>,
            "pad-left(width: Int, fill: String = \" \") -> String",
            "The text with as many characters before it as `width` needs.",
            R"("7".pad-left(3, "0") == "007")"},
    Builtin{"pad-right", kString, false, 1, 2, kPadded, padded<false>,
            "pad-right(width: Int, fill: String = \" \") -> String",
            "The text with as many characters behind it as `width` needs.",
            R"("ab".pad-right(4, ".") == "ab..")"},
    Builtin{
        "matches", kString, false, 1, 1, simple_result<TypeKind::boolean, kString>, matches,
        "matches(pattern: String) -> Bool",
        "Whether the whole text matches the regular expression (ECMAScript, no back-references).",
        R"("rack-12".matches("rack-[0-9]+"))"},
    Builtin{"without-prefix", kString, false, 1, 1, simple_result<kString, kString>, without_prefix,
            "without-prefix(part: String) -> String",
            "The text without `part` at its beginning, if it stands there.",
            R"("v1.34".without-prefix("v") == "1.34")"},
    Builtin{"without-suffix", kString, false, 1, 1, simple_result<kString, kString>, without_suffix,
            "without-suffix(part: String) -> String",
            "The text without `part` at its end, if it stands there.",
            R"("pi5.local".without-suffix(".local") == "pi5")"},
    Builtin{"int", kString, true, 0, 0, maybe_result<TypeKind::integer>, to<ValueKind::integer>,
            "int: Int?", "The number that the text is; absent when it is none.",
            R"("42".int == 42)"},
    Builtin{"ip", kString, true, 0, 0, maybe_result<TypeKind::ip>, to<ValueKind::ip>, "ip: Ip?",
            "The address that the text is; absent when it is none.",
            R"("192.168.1.9".ip == 192.168.1.9)"},
    Builtin{"cidr", kString, true, 0, 0, maybe_result<TypeKind::cidr>, to<ValueKind::cidr>,
            "cidr: Cidr?", "The network that the text is; absent when it is none.",
            R"("10.0.0.0/8".cidr == 10.0.0.0/8)"},
    Builtin{"mac", kString, true, 0, 0, maybe_result<TypeKind::mac>, to<ValueKind::mac>,
            "mac: Mac?", "The hardware address that the text is; absent when it is none.",
            R"("dc:a6:32:01:02:03".mac == dc:a6:32:01:02:03)"},
    Builtin{"bytes", kString, true, 0, 0, maybe_result<TypeKind::bytes>, to<ValueKind::bytes>,
            "bytes: Bytes?", "The size that the text is, with its unit; absent when it is none.",
            R"("4GiB".bytes == 4GiB)"},
    Builtin{"duration", kString, true, 0, 0, maybe_result<TypeKind::duration>,
            to<ValueKind::duration>, "duration: Duration?",
            "The time that the text is, with its unit; absent when it is none.",
            R"("90min".duration == 90min)"},
    Builtin{"sha256", kString, true, 0, 0, kText, digest, "sha256: String",
            "The SHA-256 digest of the bytes, in 64 hexadecimal digits.",
            R"("a".sha256.slice(0, 8) == "ca978112")"},
    Builtin{"url-encoded", kString, true, 0, 0, kText, url_encoded, "url-encoded: String",
            "The text for a part of a URL: all but letters, digits and `-._~` as `%XX`.",
            R"("a b/c".url-encoded == "a%20b%2Fc")"},
};

}  // namespace

std::span<const Builtin> text_part_builtins() { return kRows; }

}  // namespace hlab::values
