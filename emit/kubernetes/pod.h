// The parts of a pod, in the order in which they are written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/document.h"
#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {

struct PodVolume {
  enum class Source : std::uint8_t { claim, config, secret, scratch, device };
  std::string name;
  Source source = Source::claim;
  std::string object;  // what it is taken from: a name, or a path of the machine
  Origin origin = kNoOrigin;
};

struct Mount {
  std::string volume;
  std::string path;
  std::string file;  // the one file of the volume that is meant
  bool read_only = false;
  Origin origin = kNoOrigin;
};

/// Volumes of the pod, and where its containers see them.
struct PodStorage {
  std::vector<PodVolume> volumes;
  std::vector<Mount> mounts;                    // of the container
  std::vector<std::vector<Mount>> init_mounts;  // of each `init`, in their order
};

PodStorage pod_storage(const Workload& workload);

void put_pod(Doc& doc, const Workload& workload);
void put_scheduling(Doc& doc, const Workload& workload);
void put_volumes(Doc& doc, const PodStorage& storage);
void put_mounts(Doc& doc, const std::vector<Mount>& mounts);
void put_init_containers(Doc& doc, const Workload& workload, const PodStorage& storage);
void put_container(Doc& doc, const Workload& workload, const PodStorage& storage);
void put_environment(Doc& doc, const Workload& workload);
void put_probes(Doc& doc, const View& container);
void put_pod_security(Doc& doc, const View& container);
void put_container_security(Doc& doc, const View& container);

/// A list of arguments or a text of the environment, as it will be after Kubernetes has replaced
/// what looks like `$(NAME)` in it: nothing is replaced.
std::string literal_text(std::string_view text);
/// `command` and `args`: nothing where the list is empty.
void put_arguments(Doc& doc, std::string_view key, const View& holder, std::string_view field);

}  // namespace hlab::emit::kubernetes
