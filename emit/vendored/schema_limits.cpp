#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/diag/suggest.h"
#include "emit/vendored/schema_checker.h"

namespace hlab::emit {
namespace {

using Json = nlohmann::json;

/// Characters of a text that is UTF-8.
double length_of(std::string_view text) {
  return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
  }));
}

/// Of nothing and of what is below it the word means nothing.
bool is_multiple(const Node& node, const Json& of) {
  if (of.get<double>() <= 0) return true;
  if (node.kind == NodeKind::integer && of.is_number_unsigned()) {
    const auto step = of.get<std::uint64_t>();
    const auto value = static_cast<std::uint64_t>(node.integer);
    return (node.integer < 0 ? 0 - value : value) % step == 0;
  }
  const double value = node.kind == NodeKind::integer ? static_cast<double>(node.integer)
                                                      : node.real;
  const double times = value / of.get<double>();
  return !std::isfinite(times) || std::abs(times - std::round(times)) < 1e-6;
}

/// The first ones of many.
std::string shown(const Json& choice) {
  constexpr std::size_t kMost = 12;
  constexpr std::size_t kFirst = 8;
  if (choice.size() <= kMost) return choice.dump();
  const Json first(std::vector<Json>(choice.begin(), choice.begin() + kFirst));
  return fmt::format("{} and {} more", first.dump(), choice.size() - kFirst);
}

std::string nearest_of(const Json& choice, const Json& value) {
  if (!value.is_string()) return "";
  std::vector<std::string_view> texts;
  for (const Json& one : choice) {
    if (one.is_string()) texts.emplace_back(one.get_ref<const std::string&>());
  }
  const std::string_view given = value.get_ref<const std::string&>();
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto same = [&](char a, char b) { return lower(a) == lower(b); };
  const auto in_other_case = std::find_if(texts.begin(), texts.end(), [&](std::string_view text) {
    return std::equal(text.begin(), text.end(), given.begin(), given.end(), same);
  });
  const std::string_view near = in_other_case != texts.end() ? *in_other_case
                                                             : diag::closest(given, texts).name;
  return near.empty() ? "" : quoted_text(near);
}

}  // namespace

void SchemaChecker::check_limits(const Json& schema, const Place& place) {
  check_choice(schema, place);
  switch (nodes_[place.at].kind) {
    case NodeKind::integer:
    case NodeKind::real: return check_number(schema, place);
    case NodeKind::map:
    case NodeKind::seq: return check_count(schema, place);
    case NodeKind::string: return check_text(schema, place);
    default: return;
  }
}

void SchemaChecker::check_choice(const Json& schema, const Place& place) {
  const auto choice = schema.find("enum");
  const auto constant = schema.find("const");
  if (choice == schema.end() && constant == schema.end()) return;
  const bool later = place.partial && nodes_[place.at].kind == NodeKind::map;
  if (later || holds_waiting(place.at)) {
    unsure_ = true;
    return;
  }
  const Json value = json_of(place.at);
  if (choice != schema.end() && choice->is_array() &&
      std::find(choice->begin(), choice->end(), value) == choice->end())
    tell(place, "is none of " + shown(*choice)).mend = nearest_of(*choice, value);
  if (constant != schema.end() && *constant != value) tell(place, "must be " + constant->dump());
}

Json SchemaChecker::json_of(At at) const {
  const Node& node = nodes_[at];
  switch (node.kind) {
    case NodeKind::integer: return node.integer;
    case NodeKind::real: return node.real;
    case NodeKind::boolean: return node.boolean;
    case NodeKind::null: return nullptr;
    case NodeKind::seq: {
      Json list = Json::array();
      for (const At child : children(at)) list.push_back(json_of(child));
      return list;
    }
    case NodeKind::map: {
      Json map = Json::object();
      for (const At child : children(at)) map[std::string(nodes_[child].key)] = json_of(child);
      return map;
    }
    default: return std::string(node.text);
  }
}

/// `exclusiveMinimum` is a flag beside `minimum` in draft 4 and in Kubernetes, else the bound itself.
void SchemaChecker::check_number(const Json& schema, const Place& place) {
  const Node& node = nodes_[place.at];
  const double value = node.kind == NodeKind::integer ? static_cast<double>(node.integer)
                                                      : node.real;
  const bool above = is_true(schema, "exclusiveMinimum");
  const bool below = is_true(schema, "exclusiveMaximum");
  limit(
      schema, "minimum", place, [&](double end) { return above ? value > end : value >= end; },
      above ? "be more than {}" : "be at least {}");
  limit(
      schema, "maximum", place, [&](double end) { return below ? value < end : value <= end; },
      below ? "be less than {}" : "be at most {}");
  limit(
      schema, "exclusiveMinimum", place, [&](double end) { return value > end; },
      "be more than {}");
  limit(
      schema, "exclusiveMaximum", place, [&](double end) { return value < end; },
      "be less than {}");
  const auto of = schema.find("multipleOf");
  if (of != schema.end() && of->is_number() && !is_multiple(node, *of))
    tell(place, "must be a multiple of " + of->dump());
}

void SchemaChecker::check_text(const Json& schema, const Place& place) {
  const std::string_view text = nodes_[place.at].text;
  const double length = length_of(text);
  limit(
      schema, "minLength", place, [&](double end) { return length >= end; },
      "have at least {} characters");
  limit(
      schema, "maxLength", place, [&](double end) { return length <= end; },
      "have at most {} characters");
  const auto pattern = schema.find("pattern");
  if (pattern == schema.end() || !pattern->is_string()) return;
  const auto& written = pattern->get_ref<const std::string&>();
  const auto found = patterns_.found_in(text, written);
  if (!found) unsure_ = true;
  if (!found.value_or(true)) tell(place, fmt::format("does not match /{}/", written));
}

void SchemaChecker::check_count(const Json& schema, const Place& place) {
  const auto count = static_cast<double>(children(place.at).size());
  const bool map = nodes_[place.at].kind == NodeKind::map;
  const auto least = [&](double end) { return count >= end; };
  const auto most = [&](double end) { return count <= end; };
  if (!map || !place.partial)
    limit(schema, map ? "minProperties" : "minItems", place, least,
          map ? "have at least {} entries" : "have at least {} items");
  limit(schema, map ? "maxProperties" : "maxItems", place, most,
        map ? "have at most {} entries" : "have at most {} items");
}

void SchemaChecker::limit(const Json& schema, const char* key, const Place& place,
                          const std::function<bool(double)>& holds, std::string_view words) {
  const auto bound = schema.find(key);
  if (bound == schema.end() || !bound->is_number() || holds(bound->get<double>())) return;
  tell(place, "must " + fmt::format(fmt::runtime(words), bound->dump()));
}

}  // namespace hlab::emit
