#include <fmt/format.h>

#include <utility>

#include "compiler/diag/suggest.h"
#include "emit/vendored/schema_checker.h"

namespace hlab::emit {
namespace {

using Json = nlohmann::json;

/// The map behind a key of a schema; an empty one where there is none.
const Json& map_of(const Json& schema, const char* key) {
  static const Json none = Json::object();
  const auto found = schema.find(key);
  return found != schema.end() && found->is_object() ? *found : none;
}

bool gives_default(const Json* schema, const std::string& key) {
  if (schema == nullptr) return false;
  const Json& properties = map_of(*schema, "properties");
  const auto property = properties.find(key);
  return property != properties.end() && property->is_object() && property->contains("default");
}

}  // namespace

void SchemaChecker::check_map(const Json& schema, const Place& place) {
  if (place.partial) unsure_ = true;  // what is not here may come
  const Json& properties = map_of(schema, "properties");
  for (const At at : children(place.at)) {
    const std::string key(nodes_[at].key);
    if (is_head(schema, place, key)) continue;
    Place child = place;
    child.at = at;
    child.path = place.path.empty() ? key : place.path + "." + key;
    child.owner = place.branch ? inner(inner(place.owner, "properties"), key) : nullptr;
    child.depth = place.depth + 1;
    check_name(schema, child);
    const bool matched = check_patterns(schema, child);
    if (const auto property = properties.find(key); property != properties.end()) {
      check(*property, std::move(child));
    } else if (!matched) {
      check_other(schema, child, place.branch);
    }
  }
  check_required(schema, place);
  check_dependencies(schema, place);
}

/// What every object has, whatever its definition says.
bool SchemaChecker::is_head(const Json& schema, const Place& map, std::string_view key) const {
  if (!reading_.structural)
    return map.path.empty() && key == "global" && !map_of(schema, "properties").contains(key);
  if (!map.path.empty() && !is_true(schema, "x-kubernetes-embedded-resource")) return false;
  return key == "apiVersion" || key == "kind" || key == "metadata";
}

void SchemaChecker::check_name(const Json& schema, const Place& child) {
  const auto names = schema.find("propertyNames");
  if (names == schema.end()) return;
  WaitingDoc name;
  name.doc.value(nodes_[child.at].key);
  SchemaChecker checker(root_, name, reading_, patterns_);
  Place place;
  place.depth = child.depth + 1;
  place.rebased = child.rebased;
  checker.check(*names, place);
  unsure_ = unsure_ || checker.unsure_;
  for (const SchemaProblem& problem : checker.problems_)
    tell(child, "is no name that may stand here: it " + problem.why).of_key = true;
}

/// Whether a pattern has the key, or may have it.
bool SchemaChecker::check_patterns(const Json& schema, const Place& child) {
  bool matched = false;
  for (const auto& [pattern, inner] : map_of(schema, "patternProperties").items()) {
    const auto found = patterns_.found_in(nodes_[child.at].key, pattern);
    if (found.value_or(false)) check(inner, child);
    if (!found) unsure_ = true;
    matched = matched || found.value_or(true);
  }
  return matched;
}

void SchemaChecker::check_other(const Json& schema, const Place& child, bool branch) {
  const Json& properties = map_of(schema, "properties");
  const auto more = schema.find("additionalProperties");
  if (more != schema.end() && more->is_object()) return check(*more, child);
  const bool closed = more != schema.end() && more->is_boolean() && !more->get<bool>();
  const bool pruned = reading_.structural && !branch && !properties.empty() &&
                      more == schema.end() &&
                      !is_true(schema, "x-kubernetes-preserve-unknown-fields");
  if (!closed && !pruned) return;
  if (child.partial && nodes_[child.at].kind == NodeKind::null) return;  // nothing is left of it
  std::vector<std::string_view> names;
  for (const auto& [name, unused] : properties.items()) names.push_back(name);
  SchemaProblem& problem = tell(child, "is not known");
  problem.nearest = diag::closest(nodes_[child.at].key, names);
  problem.of_key = true;
}

bool SchemaChecker::has(const Place& map, std::string_view key) const {
  for (At child = map.at + 1; child < nodes_[map.at].end; child = nodes_[child].end) {
    if (nodes_[child].key == key) return true;
  }
  return false;
}

/// `why`: what needs it, or "".
void SchemaChecker::need(const Json& schema, const Place& place, const std::string& key,
                         std::string_view why) {
  if (is_head(schema, place, key) || has(place, key)) return;
  const bool defaulted = gives_default(&schema, key) || gives_default(place.owner, key);
  if (place.partial || (defaulted && !reading_.structural)) unsure_ = true;
  if (place.partial || defaulted) return;
  tell(place, fmt::format("lacks `{}`{}", key, why)).lacking = key;
}

void SchemaChecker::check_required(const Json& schema, const Place& place) {
  const auto required = schema.find("required");
  if (required == schema.end() || !required->is_array()) return;
  for (const Json& name : *required) {
    if (name.is_string()) need(schema, place, name.get_ref<const std::string&>(), "");
  }
}

/// `dependencies` are those of the older drafts: names, or a schema.
void SchemaChecker::check_dependencies(const Json& schema, const Place& place) {
  for (const char* word : {"dependencies", "dependentRequired", "dependentSchemas"}) {
    for (const auto& [key, wanted] : map_of(schema, word).items()) {
      if (!has(place, key)) continue;
      if (!wanted.is_array()) {
        Place form = place;
        form.branch = true;
        ++form.depth;
        check(wanted, std::move(form));
        continue;
      }
      for (const Json& name : wanted) {
        if (!name.is_string()) continue;
        need(schema, place, name.get_ref<const std::string&>(),
             fmt::format(", which `{}` needs", key));
      }
    }
  }
}

}  // namespace hlab::emit
