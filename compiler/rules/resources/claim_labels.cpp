// Whether claims that hlab does not make itself get the labels of their backup.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/rules/resources/resource_rules.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Whether a key of the tree, however deep, is that one.
bool has_key(const Value& tree, values::MapKey key) {
  if (tree.is(ValueKind::variant)) return has_key(tree.variant->payload, key);
  if (tree.is(ValueKind::list)) {
    return std::any_of(tree.list->items.begin(), tree.list->items.end(),
                       [&](const Value& item) { return has_key(item, key); });
  }
  if (!tree.is(ValueKind::map)) return false;
  return std::any_of(tree.map->items.begin(), tree.map->items.end(),
                     [&](const auto& item) { return item.key == key || has_key(item.value, key); });
}

bool says(const View& holder, values::MapKey key) {
  constexpr std::string_view kTrees[] = {"values", "objects", "cluster-objects", "body",
                                         "spec",   "labels",  "change"};
  return std::any_of(std::begin(kTrees), std::end(kTrees),
                     [&](std::string_view field) { return has_key(holder.value(field), key); });
}

/// The service itself, or what stands beside it: objects and manifests of its namespace, and changes.
bool says_anywhere(const RuleInput& input, const View& service, values::MapKey key) {
  if (says(service, key)) return true;
  const std::string nspace = service.text("namespace");
  const auto labels = [&](const View& other) { return says(other, key); };
  const std::vector<View> workloads = input.all("workload");
  const std::vector<View> patches = input.all("patch");
  return std::any_of(patches.begin(), patches.end(), labels) ||
         std::any_of(workloads.begin(), workloads.end(), [&](const View& other) {
           return other.text("namespace") == nspace && (other.has("from") || says(other, key));
         });
}

}  // namespace

void check_claim_labels(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& volume : input.all("volume")) {
    const View service = volume.top();
    const bool foreign = !service.is("workload") || service.flag("extern");
    if (foreign || service.is("container") || !service.ref("cluster")) continue;
    const Value& keep = volume.value("keep");
    const View driver = volume.ref("on");
    if (!keep.is(ValueKind::variant) || !driver.has("backup-label")) continue;
    // Another class may have jobs of its own.
    if (volume.text("storage-class") != driver.text("storage-class")) continue;
    const View backup = volume.of(keep.variant->payload);
    const std::string label = fmt::format("{}{}", driver.text("backup-label"), backup.name());
    const auto symbol = input.program.symbols->find(label);
    if (symbol && says_anywhere(input, service, values::MapKey::of(symbol))) continue;
    diags
        .report(kUnlabelledClaim, volume.set_at("keep"), volume.path(), backup.name(),
                driver.name())
        .help(fmt::format("hand them on: `.volume.{}.labels` in its `{}`", volume.name(),
                          service.is("helm") ? "values" : "objects"));
  }
}

}  // namespace hlab::rules
