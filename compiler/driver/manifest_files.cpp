#include "compiler/driver/manifest_files.h"

#include <yaml-cpp/yaml.h>

#include <string>

#include "compiler/driver/lab_files.h"
#include "compiler/model/view.h"

namespace hlab::driver {
namespace {

std::string text_at(const YAML::Node& map, const char* key) {
  if (!map.IsMap()) return "";
  const YAML::Node found = map[key];
  return found && found.IsScalar() ? found.Scalar() : "";
}

/// As objects of Kubernetes itself and of operators call it.
bool names_image(const std::string& key) { return key == "image" || key == "imageName"; }

void add_images(const YAML::Node& tree, std::vector<std::string>& out) {
  if (tree.IsSequence()) {
    for (const YAML::Node& item : tree) add_images(item, out);
  }
  if (!tree.IsMap()) return;
  for (const auto& entry : tree) {
    add_images(entry.second, out);
    const bool image = entry.first.IsScalar() && entry.second.IsScalar() &&
                       names_image(entry.first.Scalar());
    if (image) out.push_back(entry.second.Scalar());
  }
}

void add(const model::View& manifests, const YAML::Node& document,
         std::vector<graph::FileObject>& out) {
  if (!document.IsMap()) return;
  const std::string kind = text_at(document, "kind");
  const YAML::Node items = document["items"];
  if (kind == "List" && items && items.IsSequence()) {
    for (const YAML::Node& item : items) add(manifests, item, out);
    return;
  }
  graph::FileObject one{manifests.id(), text_at(document, "apiVersion"), "", {}};
  const YAML::Node spec = document["spec"];
  if (kind == "CustomResourceDefinition" && spec) one.defines = text_at(spec, "group");
  add_images(document, one.images);
  if (!one.api_version.empty()) out.push_back(std::move(one));
}

}  // namespace

std::vector<graph::FileObject> manifest_objects(const Compilation& run) {
  std::vector<graph::FileObject> out;
  for (const model::View& manifests : model::all(run.program, run.lab, "manifests")) {
    if (!manifests.has("from") || manifests.top().flag("extern")) continue;
    for (const emit::FoundFile& file : lab_files(run.loaded.root, manifests.text("from"))) {
      if (!file.problem.empty()) continue;
      try {
        for (const YAML::Node& document : YAML::LoadAll(file.bytes)) add(manifests, document, out);
      } catch (const YAML::Exception&) {
        continue;
      }
    }
  }
  return out;
}

}  // namespace hlab::driver
