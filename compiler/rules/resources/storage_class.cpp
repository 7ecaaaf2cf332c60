// Whether somebody provides the class that each volume names.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/diag/suggest.h"
#include "compiler/model/tree_entry.h"
#include "compiler/rules/resources/resource_rules.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

constexpr std::string_view kType = "StorageClass";
/// One that is written by hand is found by the class that it says, which nothing else need have.
constexpr std::string_view kByHand = "PersistentVolume";
/// What K3s brings itself.
constexpr std::string_view kPackaged = "local-path";

struct Provided {
  std::vector<std::string> classes;
  /// Charts and manifests that hlab cannot look into, or what somebody else runs, may bring more.
  bool others_may = false;

  [[nodiscard]] bool has(const std::string& name) const {
    return std::find(classes.begin(), classes.end(), name) != classes.end();
  }
};

/// Classes among the objects that a service brings, whole, and those of volumes there.
void add_objects(const View& service, std::string_view field, Provided& out) {
  for (const auto& [name, object] : service.entries(field)) {
    const Value* kind = model::tree_entry(service, object, "kind");
    if (kind == nullptr || !kind->is(ValueKind::string)) continue;
    const bool by_hand = kind->as_text() == kByHand;
    if (!by_hand && kind->as_text() != kType) continue;
    const Value* own = by_hand ? model::tree_text(service, object, "spec", "storageClassName")
                               : model::tree_text(service, object, "metadata", "name");
    if (own != nullptr) {
      out.classes.emplace_back(own->as_text());
    } else {
      out.others_may = out.others_may || !by_hand;
    }
  }
}

/// What an `object` of the lab is or says.
void add_object(const View& object, Provided& out) {
  if (object.text("type") == kType) out.classes.push_back(object.text("object-name"));
  if (object.text("type") != kByHand) return;
  const Value* own = model::tree_entry(object, object.value("spec"), "storageClassName");
  if (own != nullptr && own->is(ValueKind::string)) out.classes.emplace_back(own->as_text());
}

bool is_of_library(const View& service) {
  const program::Program& program = service.program();
  const program::KindId kind = service.lab().instances[service.id()].kind;
  return program.modules[program.kinds[kind].module].library;
}

/// Whether it may bring classes that nothing in the lab tells.
bool is_opaque(const View& service) {
  if (service.flag("extern") || service.has("from")) return true;
  if (!service.is("helm") || service.is("storage-driver")) return false;
  return service.kind_name() == "helm" || !is_of_library(service);
}

/// Whether something of it may be in the cluster: files of the tree that are not hlab's, or objects. One with addresses and
/// host names alone is a machine.
bool brings_objects(const View& foreign) {
  return foreign.has("path") || !foreign.texts("objects").empty();
}

/// What one cluster has: classes of another one are of no use to its volumes.
Provided provided_in(const RuleInput& input, const View& cluster) {
  Provided out;
  for (std::string& name : cluster.texts("storage-classes")) out.classes.push_back(std::move(name));
  for (const View& service : input.all("workload")) {
    if (!(service.ref("cluster") == cluster)) continue;
    if (service.is("storage-driver")) {
      out.classes.push_back(service.text("storage-class"));
      for (std::string& name : service.texts("further-classes"))
        out.classes.push_back(std::move(name));
    }
    add_object(service, out);
    add_objects(service, "objects", out);
    add_objects(service, "cluster-objects", out);
    out.others_may = out.others_may || is_opaque(service);
  }
  const std::vector<View> foreign = input.all("foreign");
  out.others_may = out.others_may || std::any_of(foreign.begin(), foreign.end(), brings_objects);
  return out;
}

/// What K3s would bring itself, and does not because of another storage.
void help_local_path(diag::Report report, const View& cluster) {
  report.help(fmt::format(
      "K3s keeps it off, since `{0}` has a `default-storage`: `local-storage = true` of `{0}` gives both",
      cluster.name()));
}

using ByCluster = std::map<std::uint32_t, Provided>;

const Provided& known_in(const RuleInput& input, const View& cluster, ByCluster& known) {
  const auto found = known.find(cluster.id().index);
  if (found != known.end()) return found->second;
  return known.emplace(cluster.id().index, provided_in(input, cluster)).first->second;
}

/// Somebody else's class was meant, or a cluster was forgotten.
void label_other_cluster(const RuleInput& input, diag::Report report, const View& cluster,
                         const std::string& name) {
  for (const View& other : input.all("cluster")) {
    if (other == cluster || !provided_in(input, other).has(name)) continue;
    report.label(other.declared_at(), fmt::format("`{}` has it, and this service runs in `{}`",
                                                  other.name(), cluster.name()));
    return;
  }
}

void check_class(const RuleInput& input, const Provided& known, const View& volume,
                 diag::Diagnostics& diags) {
  const std::string name = volume.text("storage-class");
  const View cluster = volume.top().ref("cluster");
  const std::vector<std::string_view> names(known.classes.begin(), known.classes.end());
  const std::string_view near = diag::closest(name, names);
  const bool is_kept_off = name == kPackaged && cluster.has("default-storage");
  if (known.others_may) {
    if (!is_kept_off && (near.empty() || name == kPackaged)) return;
    auto report = diags.report(kMisspeltStorageClass, volume.set_at("storage-class"), name,
                               volume.path());
    if (is_kept_off) return help_local_path(report, cluster);
    report.help(fmt::format("did you mean `{}`?", near));
    return;
  }
  auto report = diags.report(kUnknownStorageClass, volume.set_at("storage-class"), name,
                             volume.path());
  label_other_cluster(input, report, cluster, name);
  if (is_kept_off) return help_local_path(report, cluster);
  if (!near.empty()) report.help(fmt::format("did you mean `{}`?", near));
  if (near.empty() && !names.empty())
    report.help(fmt::format("there is {}", fmt::join(names, ", ")));
}

}  // namespace

void check_storage_classes(const RuleInput& input, diag::Diagnostics& diags) {
  ByCluster known;
  for (const View& volume : input.all("volume")) {
    const View service = volume.top();
    const std::string name = volume.text("storage-class");
    // Of other clusters than K3s nobody knows what they bring.
    const View cluster = service.ref("cluster");
    if (name.empty() || !cluster.is("k3s") || service.flag("extern")) continue;
    const View driver = volume.ref("on");
    if (driver && !(driver.ref("cluster") == cluster)) continue;  // a rule of its own
    const Provided& here = known_in(input, cluster, known);
    if (!here.has(name)) check_class(input, here, volume, diags);
  }
}

}  // namespace hlab::rules
