#include "emit/vendored/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <nlohmann/json.hpp>

#include "compiler/diag/suggest.h"

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

/// The words of people for the types of a schema.
std::string_view spoken(std::string_view type) {
  if (type == "object") return "a map";
  if (type == "array") return "a list";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  if (type == "boolean") return "true or false";
  if (type == "string") return "a text";
  return "null";
}

bool is_type(std::string_view wanted, NodeKind kind) {
  if (wanted == "number" && kind == NodeKind::integer) return true;
  return wanted == type_name(kind);
}

bool equals(const Node& node, const Json& value) {
  switch (node.kind) {
    case NodeKind::integer: return value.is_number() && value == node.integer;
    case NodeKind::real: return value.is_number() && value == node.real;
    case NodeKind::boolean: return value.is_boolean() && value == node.boolean;
    case NodeKind::null: return value.is_null();
    case NodeKind::map:
    case NodeKind::seq: return true;  // not compared: they fit
    default: return value.is_string() && value.get_ref<const std::string&>() == node.text;
  }
}

bool is_true(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_boolean() && found->get<bool>();
}

class Checker {
 public:
  Checker(const Json& root, const Doc& doc, const SchemaReading& reading)
      : root_(root), nodes_(doc.nodes()), reading_(reading) {}

  std::vector<SchemaProblem> check() {
    if (!nodes_.empty()) check(root_, 0, "", false, 0);
    return std::move(problems_);
  }

 private:
  using At = std::uint32_t;

  void tell(At at, const std::string& path, std::string why, std::string nearest = "") {
    Origin origin = nodes_[at].origin;
    for (At inner = at + 1; !is_known(origin) && inner < nodes_[at].end; ++inner) {
      origin = nodes_[inner].origin;
    }
    problems_.push_back({path, std::move(why), std::move(nearest), origin});
  }

  /// `branch`: one of several forms, which says only what differs.
  void check(const Json& given, At at, const std::string& path, bool branch, int depth) {
    if (depth > kDeepest || ++steps_ > kMostSteps) return;
    const Json* schema = resolve(given);
    if (schema == nullptr || !schema->is_object()) {
      if (given.is_boolean() && !given.get<bool>()) tell(at, path, "nothing may stand here");
      return;
    }
    if (!fits_type(*schema, at, path)) return;
    check_values(*schema, at, path);
    if (nodes_[at].kind == NodeKind::map) check_map(*schema, at, path, branch, depth);
    if (nodes_[at].kind == NodeKind::seq) check_list(*schema, at, path, depth);
    check_forms(*schema, at, path, depth);
  }

  const Json* resolve(const Json& given) {
    const Json* schema = &given;
    for (int hop = 0; hop < kDeepest && schema->is_object() && schema->contains("$ref"); ++hop) {
      const Json& ref = (*schema)["$ref"];
      if (!ref.is_string()) return nullptr;
      const auto& text = ref.get_ref<const std::string&>();
      if (!text.starts_with("#")) return nullptr;  // of another file
      schema = at_pointer(text.substr(1));
      if (schema == nullptr) return nullptr;
    }
    return schema;
  }

  /// Step by step, for the library throws where a pointer is broken.
  const Json* at_pointer(std::string_view pointer) {
    const Json* found = &root_;
    while (!pointer.empty()) {
      if (pointer.front() != '/' || !found->is_object()) return nullptr;
      const std::size_t slash = pointer.find('/', 1);
      const auto next =
          found->find(std::string(pointer.substr(1, slash == pointer.npos ? slash : slash - 1)));
      if (next == found->end()) return nullptr;
      found = &*next;
      pointer = slash == pointer.npos ? std::string_view() : pointer.substr(slash);
    }
    return found;
  }

  bool fits_type(const Json& schema, At at, const std::string& path) {
    const NodeKind kind = nodes_[at].kind;
    if (is_true(schema, "x-kubernetes-int-or-string")) {
      return kind == NodeKind::integer || kind == NodeKind::string ||
             wrong(at, path, "a whole number or a text");
    }
    if (kind == NodeKind::null && (reading_.partial || is_true(schema, "nullable"))) return false;
    const auto type = schema.find("type");
    if (type == schema.end()) return true;
    std::vector<std::string> wanted;
    if (type->is_string()) wanted.push_back(type->get<std::string>());
    if (type->is_array()) {
      for (const Json& one : *type) {
        if (one.is_string()) wanted.push_back(one.get<std::string>());
      }
    }
    if (wanted.empty()) return true;
    for (const std::string& one : wanted) {
      if (is_type(one, kind)) return true;
    }
    std::string words;
    for (const std::string& one : wanted)
      words += (words.empty() ? "" : " or ") + std::string(spoken(one));
    return wrong(at, path, words);
  }

  bool wrong(At at, const std::string& path, std::string_view wanted) {
    tell(at, path,
         fmt::format("is {}, and {} is wanted", spoken(type_name(nodes_[at].kind)), wanted));
    return false;
  }

  void check_values(const Json& schema, At at, const std::string& path) {
    const Node& node = nodes_[at];
    const auto known = schema.find("enum");
    if (known != schema.end() && known->is_array() && !node.is_container()) {
      const bool one = std::any_of(known->begin(), known->end(),
                                   [&](const Json& value) { return equals(node, value); });
      if (!one) tell(at, path, "is none of " + known->dump());
    }
    if (node.kind == NodeKind::integer || node.kind == NodeKind::real) {
      const double value = node.kind == NodeKind::integer ? static_cast<double>(node.integer)
                                                          : node.real;
      limit(
          schema, "minimum", at, path, [&](double bound) { return value >= bound; }, "at least");
      limit(
          schema, "maximum", at, path, [&](double bound) { return value <= bound; }, "at most");
    }
    if (node.kind == NodeKind::seq) {
      double count = 0;
      for (At child = at + 1; child < node.end; child = nodes_[child].end) ++count;
      limit(
          schema, "minItems", at, path, [&](double bound) { return count >= bound; },
          "of length at least");
      limit(
          schema, "maxItems", at, path, [&](double bound) { return count <= bound; },
          "of length at most");
    }
  }

  template <class Holds>
  void limit(const Json& schema, const char* key, At at, const std::string& path,
             const Holds& holds, std::string_view words) {
    const auto bound = schema.find(key);
    if (bound == schema.end() || !bound->is_number() || holds(bound->get<double>())) return;
    tell(at, path, fmt::format("must be {} {}", words, bound->dump()));
  }

  void check_map(const Json& schema, At at, const std::string& path, bool branch, int depth) {
    static const Json kNone = Json::object();
    const auto found = schema.find("properties");
    const Json& properties = found != schema.end() && found->is_object() ? *found : kNone;
    for (At child = at + 1; child < nodes_[at].end; child = nodes_[child].end) {
      const std::string key(nodes_[child].key);
      const std::string inner = path.empty() ? key : path + "." + key;
      if (is_head(schema, path, key)) continue;
      if (const auto property = properties.find(key); property != properties.end()) {
        check(*property, child, inner, false, depth + 1);
      } else {
        check_other(schema, properties, child, inner, branch, depth);
      }
    }
    if (!reading_.partial) check_required(schema, properties, at, path);
  }

  /// What every object has, whatever its definition says.
  [[nodiscard]] bool is_head(const Json& schema, const std::string& path,
                             std::string_view key) const {
    if (!reading_.structural) return path.empty() && key == "global";
    if (!path.empty() && !is_true(schema, "x-kubernetes-embedded-resource")) return false;
    return key == "apiVersion" || key == "kind" || key == "metadata";
  }

  void check_other(const Json& schema, const Json& properties, At child, const std::string& path,
                   bool branch, int depth) {
    if (schema.contains("patternProperties")) return;
    const auto more = schema.find("additionalProperties");
    if (more != schema.end() && more->is_object())
      return check(*more, child, path, false, depth + 1);
    const bool closed = more != schema.end() && more->is_boolean() && !more->get<bool>();
    const bool pruned = reading_.structural && !branch && !properties.empty() &&
                        more == schema.end() &&
                        !is_true(schema, "x-kubernetes-preserve-unknown-fields");
    if (!closed && !pruned) return;
    std::vector<std::string_view> names;
    for (const auto& [name, unused] : properties.items()) names.push_back(name);
    tell(child, path, "is not known", std::string(diag::closest(nodes_[child].key, names)));
  }

  void check_required(const Json& schema, const Json& properties, At at, const std::string& path) {
    const auto required = schema.find("required");
    if (required == schema.end() || !required->is_array()) return;
    for (const Json& name : *required) {
      if (!name.is_string()) continue;
      const auto& key = name.get_ref<const std::string&>();
      if (is_head(schema, path, key)) continue;
      const auto property = properties.find(key);
      const bool defaulted = property != properties.end() && property->is_object() &&
                             property->contains("default");
      bool there = defaulted;
      for (At child = at + 1; child < nodes_[at].end; child = nodes_[child].end) {
        there = there || nodes_[child].key == key;
      }
      if (!there) tell(at, path, fmt::format("lacks `{}`", key));
    }
  }

  void check_list(const Json& schema, At at, const std::string& path, int depth) {
    const auto items = schema.find("items");
    if (items == schema.end() || !items->is_object()) return;
    std::size_t index = 0;
    for (At child = at + 1; child < nodes_[at].end; child = nodes_[child].end) {
      check(*items, child, fmt::format("{}[{}]", path, index++), false, depth + 1);
    }
  }

  void check_forms(const Json& schema, At at, const std::string& path, int depth) {
    if (const auto all = schema.find("allOf"); all != schema.end() && all->is_array()) {
      for (const Json& one : *all) check(one, at, path, true, depth + 1);
    }
    for (const char* key : {"anyOf", "oneOf"}) {
      const auto forms = schema.find(key);
      if (forms == schema.end() || !forms->is_array() || forms->empty()) continue;
      const bool fits = std::any_of(forms->begin(), forms->end(), [&](const Json& form) {
        return fits_form(form, at, path, depth);
      });
      if (!fits)
        tell(at, path, fmt::format("has none of the {} forms that are possible", forms->size()));
    }
  }

  bool fits_form(const Json& form, At at, const std::string& path, int depth) {
    std::vector<SchemaProblem> before = std::exchange(problems_, {});
    check(form, at, path, true, depth + 1);
    const bool fits = problems_.empty();
    problems_ = std::move(before);
    return fits;
  }

  const Json& root_;
  const std::vector<Node>& nodes_;
  const SchemaReading& reading_;
  std::vector<SchemaProblem> problems_;
  int steps_ = 0;
};

}  // namespace

std::vector<SchemaProblem> check_schema(const Json& schema, const Doc& doc,
                                        const SchemaReading& reading) {
  return Checker(schema, doc, reading).check();
}

}  // namespace hlab::emit
