#include "emit/vendored/schema_defaults.h"

#include <algorithm>
#include <set>
#include <string>
#include <nlohmann/json.hpp>

namespace hlab::emit {
namespace {

using Json = nlohmann::json;
using At = std::uint32_t;

const Json* member(const Json* schema, const char* key) {
  if (schema == nullptr || !schema->is_object()) return nullptr;
  const auto found = schema->find(key);
  return found == schema->end() || !found->is_object() ? nullptr : &*found;
}

const Json* default_of(const Json* schema) {
  if (schema == nullptr || !schema->is_object()) return nullptr;
  const auto found = schema->find("default");
  return found == schema->end() || found->is_null() ? nullptr : &*found;
}

bool takes_null(const Json& schema) {
  const auto found = schema.find("nullable");
  return found != schema.end() && found->is_boolean() && found->get<bool>();
}

void put_json(Doc& doc, const Json& value) {
  if (value.is_object()) {
    doc.open_map();
    for (const auto& [key, item] : value.items()) {
      doc.key(key);
      put_json(doc, item);
    }
    return doc.close();
  }
  if (value.is_array()) {
    doc.open_seq();
    for (const Json& item : value) put_json(doc, item);
    return doc.close();
  }
  if (value.is_boolean()) return doc.value(value.get<bool>());
  if (value.is_number_integer()) return doc.value(value.get<std::int64_t>());
  if (value.is_number()) return doc.value(value.get<double>());
  if (value.is_string()) return doc.value(value.get_ref<const std::string&>());
  doc.null();
}

class Filler {
 public:
  Filler(const WaitingDoc& given, WaitingDoc& out) : given_(given), out_(out) {}

  void value(At at, const Json* schema) {
    const Node& node = nodes()[at];
    Doc& doc = out_.doc;
    if (waits(at)) return out_.wait(node.origin);
    switch (node.kind) {
      case NodeKind::map: return map(at, schema);
      case NodeKind::seq: return list(at, member(schema, "items"));
      case NodeKind::integer: return doc.value(node.integer, node.origin);
      case NodeKind::real: return doc.value(node.real, node.origin);
      case NodeKind::boolean: return doc.value(node.boolean, node.origin);
      case NodeKind::null: return doc.null(node.origin);
      case NodeKind::template_string: return doc.value(Template{node.text}, node.origin);
      case NodeKind::string: return doc.value(node.text, node.origin);
    }
  }

 private:
  [[nodiscard]] const std::vector<Node>& nodes() const { return given_.doc.nodes(); }

  [[nodiscard]] bool waits(At at) const {
    return std::binary_search(given_.waiting.begin(), given_.waiting.end(), at);
  }

  [[nodiscard]] bool is_unwanted_null(At at, const Json* schema) const {
    return nodes()[at].kind == NodeKind::null && !waits(at) && schema != nullptr &&
           !takes_null(*schema);
  }

  /// A default is filled in itself.
  void put_default(const Json& value, const Json* schema) {
    WaitingDoc whole;
    put_json(whole.doc, value);
    Filler(whole, out_).value(0, schema);
  }

  void map(At at, const Json* schema) {
    const Json* properties = member(schema, "properties");
    const Json* others = member(schema, "additionalProperties");
    std::set<std::string, std::less<>> there;
    out_.doc.open_map(nodes()[at].origin);
    for (At child = at + 1; child < nodes()[at].end; child = nodes()[child].end) {
      const std::string key(nodes()[child].key);
      const bool named = properties != nullptr && properties->contains(key);
      const Json* of_child = named ? member(properties, key.c_str()) : others;
      const bool unwanted = is_unwanted_null(child, of_child);
      if (unwanted && (named || default_of(of_child) == nullptr)) continue;
      there.insert(key);
      out_.doc.key(key);
      if (unwanted) {
        put_default(*default_of(of_child), of_child);
      } else {
        value(child, of_child);
      }
    }
    if (properties != nullptr) fill(*properties, there);
    out_.doc.close();
  }

  void fill(const Json& properties, const std::set<std::string, std::less<>>& there) {
    for (const auto& [key, property] : properties.items()) {
      const Json* given = default_of(&property);
      if (given == nullptr || there.contains(key)) continue;
      out_.doc.key(key);
      put_default(*given, &property);
    }
  }

  void list(At at, const Json* item) {
    out_.doc.open_seq(nodes()[at].origin);
    const Json* given = default_of(item);
    for (At child = at + 1; child < nodes()[at].end; child = nodes()[child].end) {
      if (given != nullptr && is_unwanted_null(child, item)) {
        put_default(*given, item);
      } else {
        value(child, item);
      }
    }
    out_.doc.close();
  }

  const WaitingDoc& given_;
  WaitingDoc& out_;
};

}  // namespace

WaitingDoc with_defaults(const WaitingDoc& given, const Json& schema) {
  WaitingDoc out;
  if (!given.doc.nodes().empty()) Filler(given, out).value(0, &schema);
  return out;
}

}  // namespace hlab::emit
