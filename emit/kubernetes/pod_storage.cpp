#include <algorithm>

#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/storage_names.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::int64_t kOwnerAndGroupRead = 0440;

class Collector {
 public:
  explicit Collector(const Workload& workload) : workload_(workload), view_(workload.view) {}

  PodStorage take() && {
    claims();
    config();
    secret_files();
    scratch();
    devices();
    init();
    return std::move(storage_);
  }

 private:
  using Source = PodVolume::Source;

  /// The name in the pod of `object`; a second volume of one name gets a longer one.
  std::string volume(std::string name, Source source, const std::string& object, Origin origin) {
    for (const PodVolume& known : storage_.volumes) {
      if (known.source == source && known.object == object && source != Source::scratch) {
        return known.name;
      }
    }
    const auto taken = [&](const PodVolume& v) { return v.name == name; };
    while (std::any_of(storage_.volumes.begin(), storage_.volumes.end(), taken)) {
      name += source == Source::secret ? "-secret" : "-files";
    }
    storage_.volumes.push_back({name, source, object, origin});
    return name;
  }

  std::string config_volume() {
    return volume("config", Source::config, config_map_name(workload_), origin_of(view_, "config"));
  }

  void claims() {
    for (const auto& [key, held] : view_.held("volume")) {
      const std::string name = volume(std::string(key), Source::claim, held.text("claim"),
                                      origin_of_name(held));
      if (!held.has("mount")) continue;
      storage_.mounts.push_back({name, held.text("mount"), "", held.text("mode") == "read-only",
                                 origin_of(held, "mount")});
    }
  }

  /// Where a file of `config` goes, or "".
  std::string config_place(std::string_view file) const {
    for (const auto& [key, path] : view_.entries("config-path")) {
      if (key == file) return view_.text_of(path);
    }
    const std::string folder = view_.text("config-mount");
    return folder.empty() ? "" : folder + "/" + std::string(file);
  }

  void config() {
    for (const auto& [file, text] : view_.entries("config")) {
      const std::string place = config_place(file);
      if (place.empty()) continue;
      storage_.mounts.push_back(
          {config_volume(), place, std::string(file), true, text.origin.index});
    }
  }

  void secret_files() {
    for (const auto& [key, file] : view_.held("secret-file")) {
      std::vector<View> secrets;
      collect_secrets(file, file.value("secret"), secrets);
      if (secrets.empty()) continue;
      const std::string name(secrets.front().name());
      storage_.mounts.push_back({volume(name, Source::secret, name, origin_of_name(file)),
                                 file.text("mount"), "", true, origin_of(file, "mount")});
    }
  }

  void scratch() {
    for (const auto& [key, path] : view_.entries("scratch")) {
      storage_.mounts.push_back({volume(std::string(key), Source::scratch, "", path.origin.index),
                                 view_.text_of(path), "", false, path.origin.index});
    }
  }

  void devices() {
    for (const auto& [key, device] : view_.held("device")) {
      const std::string path = device.ref("usb").text("path");
      storage_.mounts.push_back(
          {volume(std::string(key), Source::device, path, origin_of_name(device)),
           device.text("mount"), "", false, origin_of(device, "mount")});
    }
  }

  void init() {
    for (const auto& [key, step] : view_.held("init")) {
      std::vector<Mount> mounts;
      for (const auto& [name, path] : step.entries("mount")) {
        mounts.push_back({std::string(name), step.text_of(path), "", false, path.origin.index});
      }
      if (step.has("config")) {
        mounts.push_back(
            {config_volume(), step.text("config"), "", true, origin_of(step, "config")});
      }
      storage_.init_mounts.push_back(std::move(mounts));
    }
  }

  const Workload& workload_;
  const View& view_;
  PodStorage storage_;
};

void put_source(Doc& doc, const PodVolume& volume) {
  using Source = PodVolume::Source;
  switch (volume.source) {
    case Source::claim:
      doc.key("persistentVolumeClaim");
      doc.open_map();
      doc.entry("claimName", volume.object);
      break;
    case Source::config:
      doc.key("configMap");
      doc.open_map();
      doc.entry("name", volume.object);
      break;
    case Source::secret:
      doc.key("secret");
      doc.open_map();
      doc.entry("secretName", volume.object);
      doc.entry("defaultMode", kOwnerAndGroupRead);
      break;
    case Source::scratch:
      doc.key("emptyDir");
      doc.open_map();
      break;
    case Source::device:
      // Kubernetes looks before it starts the pod: without the device it waits.
      doc.key("hostPath");
      doc.open_map();
      doc.entry("path", volume.object);
      doc.entry("type", "CharDevice");
      break;
  }
  doc.close();
}

}  // namespace

PodStorage pod_storage(const Workload& workload) { return Collector(workload).take(); }

void put_volumes(Doc& doc, const PodStorage& storage) {
  if (storage.volumes.empty()) return;
  doc.key("volumes");
  doc.open_seq();
  for (const PodVolume& volume : storage.volumes) {
    doc.open_map(volume.origin);
    doc.entry("name", volume.name);
    put_source(doc, volume);
    doc.close();
  }
  doc.close();
}

void put_mounts(Doc& doc, const std::vector<Mount>& mounts) {
  if (mounts.empty()) return;
  doc.key("volumeMounts");
  doc.open_seq();
  for (const Mount& mount : mounts) {
    doc.open_map(mount.origin);
    doc.entry("name", mount.volume);
    doc.entry("mountPath", mount.path, mount.origin);
    if (!mount.file.empty()) doc.entry("subPath", mount.file);
    if (mount.read_only) doc.entry("readOnly", true);
    doc.close();
  }
  doc.close();
}

}  // namespace hlab::emit::kubernetes
