#include "compiler/values/text_forms.h"

#include "compiler/values/characters.h"
#include "compiler/values/operators.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default:
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15u];
  }
}

const Value* append_json_list(std::string& out, const List& list, const SymbolTable& symbols) {
  char separator = '[';
  for (const Value& item : list.items) {
    if (item.is(ValueKind::absent)) continue;
    out += separator;
    separator = ',';
    if (const Value* bad = append_json(out, item, symbols)) return bad;
  }
  out += separator == '[' ? "[]" : "]";
  return nullptr;
}

const Value* append_json_map(std::string& out, const Value& map, const SymbolTable& symbols) {
  char separator = '{';
  for (const MapItem& item : map.map->items) {
    if (item.value.is(ValueKind::absent)) continue;
    if (item.key.is_instance) return &map;
    out += separator;
    separator = ',';
    append_json_text(out, symbols.text(Symbol(item.key.id)));
    out += ':';
    if (const Value* bad = append_json(out, item.value, symbols)) return bad;
  }
  out += separator == '{' ? "{}" : "}";
  return nullptr;
}

}  // namespace

std::string base64_text(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    out += kDigits[group >> 18];
    out += kDigits[(group >> 12) & 63u];
    out += i + 1 < bytes.size() ? kDigits[(group >> 6) & 63u] : '=';
    out += i + 2 < bytes.size() ? kDigits[group & 63u] : '=';
  }
  return out;
}

std::string slug_text(std::string_view text) {
  constexpr std::size_t kLabelLimit = 63;
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c)) {
      out += to_lower(c);
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  if (out.size() > kLabelLimit) out.resize(kLabelLimit);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string env_name_text(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : text) {
    if (!is_letter_or_digit(c) && c != '_') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += '_';
    gap = false;
    out += to_upper(c);
  }
  if (!out.empty() && is_digit(out[0])) out.insert(out.begin(), '_');
  return out;
}

const Value* unusable_part(const Value& value) {
  if (value.is(ValueKind::error) || value.is(ValueKind::unlearned)) return &value;
  const Value* worst = nullptr;
  const auto look = [&](const Value& part) {
    if (const Value* bad = unusable_part(part)) worst = worst ? &most_hollow(*worst, *bad) : bad;
  };
  if (value.is(ValueKind::variant)) look(value.variant->payload);
  if (value.is(ValueKind::list)) {
    for (const Value& item : value.list->items) look(item);
  }
  if (value.is(ValueKind::map)) {
    for (const MapItem& item : value.map->items) look(item.value);
  }
  return worst;
}

std::string url_encoded_text(std::string_view text) {
  constexpr std::string_view kUpperHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kUpperHex[byte >> 4];
    out += kUpperHex[byte & 15u];
  }
  return out;
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
      append_escape(out, c);
    } else {
      out += c;
    }
  }
  out += '"';
}

const Value* append_json(std::string& out, const Value& value, const SymbolTable& symbols) {
  switch (value.kind) {
    case ValueKind::list: return append_json_list(out, *value.list, symbols);
    case ValueKind::map: return append_json_map(out, value, symbols);
    case ValueKind::variant:
      out += '{';
      append_json_text(out, symbols.text(value.variant->tag));
      out += ':';
      if (const Value* bad = append_json(out, value.variant->payload, symbols)) return bad;
      out += '}';
      return nullptr;
    case ValueKind::null: out += "null"; return nullptr;
    default: break;
  }
  const auto text = canonical_text(value, symbols);
  if (!text) return &value;
  const bool bare = value.is(ValueKind::boolean) || value.is(ValueKind::integer) ||
                    value.is(ValueKind::floating);
  if (bare) {
    out += *text;
  } else {
    append_json_text(out, *text);
  }
  return nullptr;
}

}  // namespace hlab::values
