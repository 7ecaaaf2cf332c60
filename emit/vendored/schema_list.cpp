#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "emit/vendored/schema_checker.h"

namespace hlab::emit {
namespace {

using Json = nlohmann::json;

bool says(const Json& schema, const char* key, std::string_view word) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_string() &&
         found->get_ref<const std::string&>() == word;
}

std::optional<std::int64_t> whole(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  if (found == schema.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

/// What each item of a list is to be: the first ones may have schemas of their own.
struct ItemSchemas {
  const Json* first = nullptr;  // a list of schemas
  const Json* rest = nullptr;

  explicit ItemSchemas(const Json& schema) {
    const auto find = [&](const char* key) {
      const auto found = schema.find(key);
      return found == schema.end() ? nullptr : &*found;
    };
    first = find("prefixItems");
    rest = find("items");
    if (rest != nullptr && rest->is_array()) {
      first = rest;
      rest = find("additionalItems");
    }
    if (first != nullptr && !first->is_array()) first = nullptr;
  }

  [[nodiscard]] const Json* at(std::size_t index) const {
    return first != nullptr && index < first->size() ? &(*first)[index] : rest;
  }
};

}  // namespace

std::vector<SchemaChecker::At> SchemaChecker::children(At at) const {
  std::vector<At> out;
  for (At child = at + 1; child < nodes_[at].end; child = nodes_[child].end) out.push_back(child);
  return out;
}

void SchemaChecker::check_list(const Json& schema, const Place& place) {
  const ItemSchemas wanted(schema);
  const std::vector<At> items = children(place.at);
  const Json* item_owner = inner(place.owner, "items");
  for (std::size_t index = 0; index < items.size(); ++index) {
    const Json* item = wanted.at(index);
    if (item == nullptr) continue;
    Place child;  // a list is replaced as a whole: nothing of it comes later
    child.at = items[index];
    child.path = fmt::format("{}[{}]", place.path, index);
    child.branch = place.branch;
    child.rebased = place.rebased;
    child.owner = place.branch ? item_owner : nullptr;
    child.depth = place.depth + 1;
    check(*item, std::move(child));
  }
  check_contains(schema, place);
  check_unique(schema, place);
}

void SchemaChecker::check_contains(const Json& schema, const Place& place) {
  const auto wanted = schema.find("contains");
  if (wanted == schema.end()) return;
  std::int64_t fitting = 0;
  std::int64_t possible = 0;
  for (const At at : children(place.at)) {
    Place item;
    item.at = at;
    item.path = place.path;
    item.rebased = place.rebased;
    item.depth = place.depth + 1;
    const Fit fit = try_form(*wanted, std::move(item)).fit;
    if (fit == Fit::fits) ++fitting;
    if (fit != Fit::wrong) ++possible;
  }
  const std::int64_t least = whole(schema, "minContains").value_or(1);
  const std::optional<std::int64_t> most = whole(schema, "maxContains");
  if (possible < least) {
    tell(place,
         fmt::format("has {} of at least {} items that the schema asks for", possible, least));
  } else if (most && fitting > *most) {
    tell(place, fmt::format("has {} of at most {} items of a form", fitting, *most));
  } else if (fitting < possible) {
    unsure_ = true;
  }
}

void SchemaChecker::check_unique(const Json& schema, const Place& place) {
  const auto keys = schema.find("x-kubernetes-list-map-keys");
  if (says(schema, "x-kubernetes-list-type", "map") && keys != schema.end() && keys->is_array())
    return check_keys(*keys, schema, place);
  if (!is_true(schema, "uniqueItems") && !says(schema, "x-kubernetes-list-type", "set")) return;
  std::set<std::string> seen;
  for (const At at : children(place.at)) {
    if (holds_waiting(at)) {
      unsure_ = true;
      continue;
    }
    const std::string item = json_of(at).dump();
    if (!seen.insert(item).second) return void(tell(place, "has " + item + " twice"));
  }
}

/// Items that are told apart by some of their keys, as the ports of a container are.
void SchemaChecker::check_keys(const Json& keys, const Json& schema, const Place& place) {
  const auto item = schema.find("items");
  std::set<std::string> seen;
  for (const At at : children(place.at)) {
    if (holds_waiting(at)) unsure_ = true;
    if (nodes_[at].kind != NodeKind::map || holds_waiting(at)) continue;
    Json known = Json::object();
    for (const Json& key : keys) {
      if (!key.is_string()) continue;
      const auto& name = key.get_ref<const std::string&>();
      const Json* given = nullptr;
      if (item != schema.end()) {
        const auto pointer = Json::json_pointer("/properties") / name / "default";
        if (item->is_object() && item->contains(pointer)) given = &(*item)[pointer];
      }
      if (given != nullptr) known[name] = *given;
      for (const At child : children(at)) {
        if (nodes_[child].key == name) known[name] = json_of(child);
      }
    }
    if (!seen.insert(known.dump()).second)
      return void(tell(place, fmt::format("has two items with {}", known.dump())));
  }
}

}  // namespace hlab::emit
