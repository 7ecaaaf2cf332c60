// Whether those who make claims themselves know of the volume, and give it the labels of its backup.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "compiler/model/error_watch.h"
#include "compiler/model/volume_class.h"
#include "compiler/rules/resources/claim_rules.h"
#include "compiler/values/scalar_text.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Asked of every value of a tree, with its key; a list's items have none.
using Seen = std::function<bool(const values::MapKey* key, const Value& value)>;

bool finds(const Value& tree, const Seen& seen) {
  if (tree.is(ValueKind::error)) return true;  // it may have said it
  if (tree.is(ValueKind::variant)) return finds(tree.variant->payload, seen);
  if (tree.is(ValueKind::list)) {
    return std::any_of(tree.list->items.begin(), tree.list->items.end(),
                       [&](const Value& item) { return seen(nullptr, item) || finds(item, seen); });
  }
  if (!tree.is(ValueKind::map)) return false;
  return std::any_of(tree.map->items.begin(), tree.map->items.end(), [&](const auto& item) {
    return seen(&item.key, item.value) || finds(item.value, seen);
  });
}

bool stands_in(std::string_view text, std::string_view word) {
  return !word.empty() && text.find(word) != std::string_view::npos;
}

bool says(const View& holder, const Seen& seen) {
  constexpr std::string_view kTrees[] = {"values", "objects", "cluster-objects", "body",
                                         "spec",   "labels",  "change"};
  return std::any_of(std::begin(kTrees), std::end(kTrees),
                     [&](std::string_view field) { return finds(holder.value(field), seen); });
}

/// The service itself, or what stands beside it: objects and manifests of its namespace, and changes.
bool says_anywhere(const RuleInput& input, const View& service, const Seen& seen) {
  if (service.has("from") || says(service, seen)) return true;
  const std::string nspace = service.text("namespace");
  const std::vector<View> workloads = input.all("workload");
  const std::vector<View> patches = input.all("patch");
  return std::any_of(patches.begin(), patches.end(),
                     [&](const View& patch) { return says(patch, seen); }) ||
         std::any_of(workloads.begin(), workloads.end(), [&](const View& other) {
           return !(other == service) && other.text("namespace") == nspace &&
                  (other.has("from") || says(other, seen));
         });
}

std::string_view trees_of(const View& service) {
  return service.is("helm") ? "values" : service.is("object") ? "spec" : "objects";
}

/// By which the storage of the volume knows that it is in its backup; "" where labels do not say that.
std::string backup_label(const View& volume) {
  const Value& keep = volume.value("keep");
  const View driver = volume.ref("on");
  if (!keep.is(ValueKind::variant) || !driver.has("backup-label")) return "";
  // Another class may have jobs of its own.
  if (!model::has_class_of(volume, driver)) return "";
  return driver.text("backup-label") + std::string(volume.of(keep.variant->payload).name());
}

void check_label(const RuleInput& input, const View& volume, const std::string& label,
                 diag::Diagnostics& diags) {
  const auto symbol = input.program.symbols->find(label);
  const auto is_label = [&](const values::MapKey* key, const Value&) {
    return key != nullptr && *key == values::MapKey::of(symbol);
  };
  const View service = volume.top();
  if (symbol && says_anywhere(input, service, is_label)) return;
  const View backup = volume.of(volume.value("keep").variant->payload);
  diags
      .report(kUnlabelledClaim, volume.set_at("keep"), volume.path(), backup.name(),
              volume.ref("on").name())
      .help(fmt::format("hand them on: `.volume.{}.labels` in its `{}`", volume.name(),
                        trees_of(service)));
}

/// Asks whether a value is the size of the volume, in whatever words, or a text that holds it.
Seen is_size_of(const View& volume) {
  const std::int64_t size = volume.number("size");
  return
      [size, written = values::kubernetes_bytes(size)](const values::MapKey*, const Value& value) {
        if (value.is(ValueKind::bytes) || value.is(ValueKind::integer)) return value.number == size;
        return value.is(ValueKind::string) && stands_in(value.as_text(), written);
      };
}

/// Whether its class is told, and once for each volume of the service that has it: of several, one of them alone may
/// be meant.
bool is_class_told(const RuleInput& input, const View& volume) {
  const std::string name = volume.text("storage-class");
  const std::vector<View> volumes = input.all("volume");
  const auto sharing = std::count_if(volumes.begin(), volumes.end(), [&](const View& other) {
    return other.top() == volume.top() && other.text("storage-class") == name;
  });
  std::ptrdiff_t told = 0;
  return says_anywhere(input, volume.top(), [&](const values::MapKey*, const Value& value) {
    if (value.is(ValueKind::string) && stands_in(value.as_text(), name)) ++told;
    return told == sharing;
  });
}

/// Whether the lab says what its claim is called; by default it has the name that hlab would give it.
bool is_named(const View& volume) {
  const auto field = volume.field_index("claim");
  if (!field) return false;
  const auto by = volume.lab().slot(volume.id(), *field).set_by;
  const program::Program& program = volume.program();
  return by.valid() && !program.modules[program.module_of(program.ast->entries[by].span)].library;
}

Seen names_claim(const RuleInput& input, const View& volume) {
  const std::string claim = volume.text("claim");
  const auto symbol = input.program.symbols->find(claim);
  return [claim, symbol](const values::MapKey* key, const Value& value) {
    if (key != nullptr && symbol && *key == values::MapKey::of(symbol)) return true;
    return value.is(ValueKind::string) && stands_in(value.as_text(), claim);
  };
}

void check_known(const RuleInput& input, const View& volume, diag::Diagnostics& diags) {
  const View service = volume.top();
  if (is_named(volume) || is_class_told(input, volume) ||
      says_anywhere(input, service, is_size_of(volume)))
    return;
  if (says_anywhere(input, service, names_claim(input, volume))) {
    diags
        .report(kUnheededVolume, volume.declared_at(),
                fmt::format("`{}` is told of a claim `{}`, which hlab does not write",
                            service.name(), volume.text("claim")))
        .help(
            fmt::format("`claimed-by = hlab` of the volume writes it; where the {} makes it under "
                        "that name, say so: `claim = \"{}\"`",
                        service.is("helm") ? "chart" : "service itself", volume.text("claim")));
    return;
  }
  diags
      .report(
          kUnheededVolume, volume.declared_at(),
          fmt::format("nothing that `{}` is told speaks of `{}`: whether it has such a volume is "
                      "up to its {}",
                      service.name(), volume.path(), service.is("helm") ? "chart" : "objects"))
      .help(
          fmt::format("hand on `.volume.{0}.size` and `.volume.{0}.storage-class` in its `{1}`, or "
                      "`claimed-by = hlab` and the claim's name, or say with `claim` what it is "
                      "called already",
                      volume.name(), trees_of(service)));
}

void check_lent(const RuleInput& input, const View& volume, diag::Diagnostics& diags) {
  const View service = volume.top();
  const std::string claim = volume.text("claim");
  if (says_anywhere(input, service, names_claim(input, volume))) return;
  diags
      .report(kUnheededVolume, volume.declared_at(),
              fmt::format("hlab writes the claim `{}`, and nothing that `{}` is told names it",
                          claim, service.name()))
      .help(fmt::format("its name is `.volume.{}.claim`: hand it on in `{}`", volume.name(),
                        trees_of(service)));
}

/// The volumes for which hlab writes a claim, by its name.
using Written = std::multimap<std::string, View>;

Written written_claims(const RuleInput& input) {
  Written out;
  for (const View& volume : input.all("volume")) {
    if (volume.text("claimed-by") != "hlab" || !volume.top().is("workload")) continue;
    out.emplace(volume.text("claim"), volume);
  }
  return out;
}

/// The volume for which the claim is written that this one mounts; `elsewhere` is one in another namespace.
View maker_of(const View& volume, const Written& written, View& elsewhere) {
  const View service = volume.top();
  const auto [first, last] = written.equal_range(volume.text("claim"));
  for (auto at = first; at != last; ++at) {
    const View other = at->second.top();
    if (!(other.ref("cluster") == service.ref("cluster"))) continue;
    if (other.text("namespace") == service.text("namespace")) return at->second;
    elsewhere = at->second;
  }
  return {};
}

void report_elsewhere(const View& volume, const View& elsewhere, diag::Diagnostics& diags) {
  const View service = volume.top();
  diags
      .report(
          kUnmadeClaim, volume.declared_at(), volume.path(), volume.text("claim"),
          fmt::format("which lies in the namespace `{}`, and `{}` is in `{}`",
                      elsewhere.top().text("namespace"), service.name(), service.text("namespace")))
      .label(elsewhere.declared_at(), "it is written for this volume")
      .help(fmt::format("`namespace = {}.namespace` in `{}`", elsewhere.top().name(),
                        service.name()));
}

void report_unmade(const View& volume, diag::Diagnostics& diags) {
  diags
      .report(kUnmadeClaim, volume.declared_at(), volume.path(), volume.text("claim"),
              "which nothing of the lab makes")
      .help(
          "leave `claimed-by` away, and hlab writes it; or say with `claim` what the one is called that is there");
}

void report_uncopied(const View& volume, const View& maker, diag::Diagnostics& diags) {
  const View backup = volume.of(volume.value("keep").variant->payload);
  diags
      .report(kUnlabelledClaim, volume.set_at("keep"), volume.path(), backup.name(),
              volume.ref("on").name())
      .label(maker.declared_at(),
             "its claim is written for this volume, which is not in that backup")
      .help("say the `keep` there, where the claim is written");
}

/// Of a container that mounts a claim of others.
void check_mounted(const RuleInput& input, const View& volume, const Written& written,
                   diag::Diagnostics& diags) {
  View elsewhere;
  const View maker = maker_of(volume, written, elsewhere);
  const std::string label = backup_label(volume);
  if (maker) {
    const auto labels = maker.entries("labels");
    const bool copied = label.empty() || std::any_of(labels.begin(), labels.end(),
                                                     [&](auto& one) { return one.first == label; });
    if (!copied) report_uncopied(volume, maker, diags);
    return;
  }
  const std::string claim = volume.text("claim");
  const auto is_claim = [&](const values::MapKey*, const Value& value) {
    return value.is(ValueKind::string) && value.as_text() == claim;
  };
  const bool is_made = says_anywhere(input, volume.top(), is_claim);
  if (!is_made && elsewhere) return report_elsewhere(volume, elsewhere, diags);
  if (!is_made && !is_named(volume)) return report_unmade(volume, diags);
  if (!label.empty()) check_label(input, volume, label, diags);
}

void check_volume(const RuleInput& input, const View& volume, const Written& written,
                  diag::Diagnostics& diags) {
  const View service = volume.top();
  const bool foreign = !service.is("workload") || service.flag("extern");
  if (foreign || !service.ref("cluster")) return;
  if (service.is("container")) {
    if (volume.text("claimed-by") == "others") check_mounted(input, volume, written, diags);
    return;
  }
  const std::string label = backup_label(volume);
  if (volume.text("claimed-by") == "hlab") {
    check_lent(input, volume, diags);
  } else if (label.empty()) {
    check_known(input, volume, diags);
  } else {
    check_label(input, volume, label, diags);  // whoever hands those on has thought of the claim
  }
}

}  // namespace

/// What is in error of one volume says nothing against others.
void check_foreign_claims(const RuleInput& input, diag::Diagnostics& diags) {
  const model::ErrorWatch each_alone(model::ErrorWatch::Tells::nobody);
  const Written written = written_claims(input);
  for (const View& volume : input.all("volume"))
    tell_if_known(diags, [&] { check_volume(input, volume, written, diags); });
}

}  // namespace hlab::rules
