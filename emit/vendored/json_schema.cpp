#include "emit/vendored/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "emit/vendored/schema_checker.h"
#include "emit/vendored/schema_defaults.h"

namespace hlab::emit {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 100;
constexpr int kMostSteps = 1'000'000;  // forms within forms of forms

std::string_view type_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::map: return "object";
    case NodeKind::seq: return "array";
    case NodeKind::integer: return "integer";
    case NodeKind::real: return "number";
    case NodeKind::boolean: return "boolean";
    case NodeKind::null: return "null";
    default: return "string";
  }
}

std::string_view spoken(std::string_view type) {
  if (type == "object") return "a map";
  if (type == "array") return "a list";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  if (type == "boolean") return "true or false";
  if (type == "string") return "a text";
  return "null";
}

bool is_type(std::string_view wanted, const Node& node) {
  if (wanted == "number" && node.kind == NodeKind::integer) return true;
  const bool whole = node.kind == NodeKind::real && std::trunc(node.real) == node.real;
  return wanted == type_name(node.kind) || (wanted == "integer" && whole);
}

std::vector<std::string> wanted_types(const Json& schema) {
  std::vector<std::string> wanted;
  const auto type = schema.find("type");
  if (type == schema.end()) return wanted;
  if (type->is_string()) wanted.push_back(type->get<std::string>());
  if (type->is_array()) {
    for (const Json& one : *type) {
      if (one.is_string()) wanted.push_back(one.get<std::string>());
    }
  }
  return wanted;
}

/// Not a mere anchor.
bool has_own_name(const Json& schema) {
  for (const char* word : {"$id", "id"}) {
    const auto name = schema.find(word);
    if (name != schema.end() && name->is_string() &&
        !name->get_ref<const std::string&>().starts_with("#"))
      return true;
  }
  return false;
}

}  // namespace

std::string quoted_text(std::string_view text) {
  const auto plain = [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\' && c != '$';
  };
  if (!std::all_of(text.begin(), text.end(), plain)) return "";
  return fmt::format("\"{}\"", text);
}

bool is_true(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_boolean() && found->get<bool>();
}

std::string_view spoken_type(NodeKind kind) { return spoken(type_name(kind)); }

std::vector<SchemaProblem> SchemaChecker::check() {
  Place place;
  place.partial = reading_.partial;
  if (!nodes_.empty()) check(root_, std::move(place));
  for (SchemaProblem& problem : problems_) problem.steps = steps_to(problem.at);
  return std::move(problems_);
}

SchemaProblem& SchemaChecker::tell(At at, const std::string& path, std::string why) {
  Origin origin = nodes_[at].origin;
  for (At inner = at + 1; !is_known(origin) && inner < nodes_[at].end; ++inner) {
    origin = nodes_[inner].origin;
  }
  SchemaProblem& problem = problems_.emplace_back();
  problem.path = path;
  problem.why = std::move(why);
  problem.origin = origin;
  problem.at = at;
  problem.container = nodes_[at].is_container();
  return problem;
}

std::vector<SchemaStep> SchemaChecker::steps_to(At at) const {
  std::vector<SchemaStep> out;
  for (At inside = 0; inside != at;) {
    std::size_t item = 0;
    At child = inside + 1;
    for (; nodes_[child].end <= at; child = nodes_[child].end) ++item;
    const bool in_list = nodes_[inside].kind == NodeKind::seq;
    out.push_back({in_list ? "" : std::string(nodes_[child].key), item, in_list});
    inside = child;
  }
  return out;
}

bool SchemaChecker::waits(At at) const {
  return std::binary_search(waiting_.begin(), waiting_.end(), at);
}

bool SchemaChecker::holds_waiting(At at) const {
  const auto first = std::lower_bound(waiting_.begin(), waiting_.end(), at);
  return first != waiting_.end() && *first < nodes_[at].end;
}

void SchemaChecker::check(const Json& given, Place place) {
  if (place.depth > kDeepest || ++steps_ > kMostSteps) {
    unsure_ = true;
    return;
  }
  if (given.is_boolean()) {
    if (!given.get<bool>()) tell(place, "may not stand here").of_key = true;
    return;
  }
  if (!given.is_object() || waits(place.at)) {
    unsure_ = true;
    return;
  }
  if (&given != &root_ && has_own_name(given)) place.rebased = true;
  if (given.contains("$ref")) return check_reference(given, std::move(place));
  if (!place.branch) place.owner = &given;
  check_words(given, place);
}

/// Words beside `$ref` count since 2019-09, and before that they do not. Where nobody says which draft it is,
/// readers differ.
void SchemaChecker::check_reference(const Json& given, Place place) {
  const Json* target = place.rebased ? nullptr : target_of(given["$ref"]);
  if (target == nullptr) unsure_ = true;
  ++place.depth;
  if (target != nullptr) check(*target, place);
  if (is_old() || given.size() == 1) return;
  if (!std::exchange(place.branch, true))
    place.owner = target == nullptr ? nullptr : resolve(*target);
  if (is_new()) return check_words(given, place);
  if (tried([&] { check_words(given, place); }).fit != Fit::fits) unsure_ = true;
}

void SchemaChecker::check_words(const Json& given, const Place& place) {
  const Json& schema = in_dialect(given);
  if (!fits_type(schema, place)) return;
  note_undecided(schema, place);
  check_limits(schema, place);
  if (nodes_[place.at].kind == NodeKind::map) check_map(schema, place);
  if (nodes_[place.at].kind == NodeKind::seq) check_list(schema, place);
  check_forms(schema, place);
}

/// What is not looked at may hold or not.
void SchemaChecker::note_undecided(const Json& schema, const Place& place) {
  for (const char* word : {"unevaluatedProperties", "unevaluatedItems", "$dynamicRef",
                           "$recursiveRef", "x-kubernetes-validations"})
    unsure_ = unsure_ || schema.contains(word);
  const NodeKind kind = nodes_[place.at].kind;
  if (kind == NodeKind::string || kind == NodeKind::template_string) {
    for (const char* word : {"format", "contentEncoding", "contentMediaType"})
      unsure_ = unsure_ || schema.contains(word);
  }
  // `int32` and its like, which only Kubernetes knows.
  const bool number = kind == NodeKind::integer || kind == NodeKind::real;
  unsure_ = unsure_ || (number && reading_.structural && schema.contains("format"));
}

const Json* SchemaChecker::target_of(const Json& ref) const {
  if (!ref.is_string()) return nullptr;
  const auto& text = ref.get_ref<const std::string&>();
  return text.starts_with("#") ? at_pointer(std::string_view(text).substr(1)) : nullptr;
}

const Json* SchemaChecker::resolve(const Json& given) const {
  const Json* schema = &given;
  for (int hop = 0; hop < kDeepest && schema->is_object() && schema->contains("$ref"); ++hop) {
    schema = target_of((*schema)["$ref"]);
    if (schema == nullptr) return nullptr;
  }
  return schema;
}

const Json* SchemaChecker::inner(const Json* schema, const std::string& key) const {
  if (schema == nullptr || !schema->is_object()) return nullptr;
  const auto found = schema->find(key);
  const Json* resolved = found == schema->end() ? nullptr : resolve(*found);
  return resolved != nullptr && resolved->is_object() ? resolved : nullptr;
}

/// Step by step, for the library throws where a pointer is broken.
const Json* SchemaChecker::at_pointer(std::string_view pointer) const {
  const Json* found = &root_;
  while (!pointer.empty()) {
    if (pointer.front() != '/' || !found->is_object()) return nullptr;
    const std::size_t slash = pointer.find('/', 1);
    std::string key(pointer.substr(1, slash == pointer.npos ? slash : slash - 1));
    for (const auto& [code, sign] : {std::pair("~1", '/'), std::pair("~0", '~')}) {
      for (std::size_t at = key.find(code); at != key.npos; at = key.find(code, at + 1))
        key.replace(at, 2, 1, sign);
    }
    const auto next = found->find(key);
    if (next == found->end()) return nullptr;
    found = &*next;
    pointer = slash == pointer.npos ? std::string_view() : pointer.substr(slash);
  }
  return found;
}

bool SchemaChecker::fits_type(const Json& schema, const Place& place) {
  const Node& node = nodes_[place.at];
  if (node.kind == NodeKind::null && (place.partial || is_true(schema, "nullable"))) {
    unsure_ = unsure_ ||
              !reading_.structural;  // it takes a default away; JSON Schema has no `nullable`
    return false;
  }
  if (is_true(schema, "x-kubernetes-int-or-string")) {
    return node.kind == NodeKind::integer || node.kind == NodeKind::string ||
           wrong(place, "a whole number or a text");
  }
  const std::vector<std::string> wanted = wanted_types(schema);
  if (wanted.empty()) return true;
  std::string words;
  for (const std::string& one : wanted) {
    if (is_type(one, node)) return true;
    words += (words.empty() ? "" : " or ") + std::string(spoken(one));
  }
  wrong(place, words);
  for (const std::string& one : wanted) {
    if (problems_.back().mend.empty()) problems_.back().mend = as_type(place.at, one);
  }
  return false;
}

/// `80` for "80", and "80" for `80`; "" where it takes more than that.
std::string SchemaChecker::as_type(At at, std::string_view wanted) const {
  const Node& node = nodes_[at];
  if (wanted == "string" && node.kind == NodeKind::integer)
    return quoted_text(std::to_string(node.integer));
  if (wanted == "string" && node.kind == NodeKind::boolean)
    return node.boolean ? "\"true\"" : "\"false\"";
  if (node.kind != NodeKind::string) return "";
  const bool truth = wanted == "boolean" && (node.text == "true" || node.text == "false");
  const bool number = (wanted == "integer" || wanted == "number") && !node.text.empty() &&
                      node.text.size() < 18 && (node.text == "0" || node.text[0] != '0') &&
                      node.text.find_first_not_of("0123456789") == node.text.npos;
  return truth || number ? std::string(node.text) : "";
}

bool SchemaChecker::wrong(const Place& place, std::string_view wanted) {
  tell(place, fmt::format("is {}, and {} is wanted", spoken_type(nodes_[place.at].kind), wanted));
  return false;
}

std::vector<SchemaProblem> check_schema(const Json& schema, const WaitingDoc& given,
                                        const SchemaReading& reading, SchemaPatterns& patterns) {
  if (!reading.structural) return SchemaChecker(schema, given, reading, patterns).check();
  const WaitingDoc filled = with_defaults(given, schema);
  return SchemaChecker(schema, filled, reading, patterns).check();
}

}  // namespace hlab::emit
