// One workload while its objects are written.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/core/emitter.h"
#include "emit/core/endpoint_port.h"
#include "emit/core/layout.h"
#include "emit/core/secret_use.h"
#include "emit/gitops/under_flux.h"

namespace hlab::emit::kubernetes {

using model::View;
using values::Value;
using values::ValueKind;

struct Workload {
  const EmitInput& input;
  EmitOutput& output;
  View view;
  std::string name;
  std::string nspace;
  View lab;
  View service;  // itself, or the one that it lies beside
  const gitops::UnderFlux& flux;
  std::string folder;              // of its manifests
  std::vector<SecretUse> secrets;  // sorted by name
};

/// A port of a container, as its Service shows it.
struct ContainerPort {
  std::string name;
  std::int64_t number = 0;
  bool udp = false;
  Origin origin = kNoOrigin;
};

/// Each port once for every protocol that an endpoint asks of it; TCP where none asks.
std::vector<ContainerPort> container_ports(const View& container);
/// Without the port `metrics`, which is asked of the pods themselves, unless an endpoint leads there.
std::vector<ContainerPort> service_ports(const View& container);
/// Whether an endpoint speaks UDP, or else TCP; one may speak both.
bool speaks(const View& endpoint, bool udp);

/// Whether Kubernetes takes all names that the lab chose; reports each that it does not.
bool names_fit(const Workload& workload);

/// Those that hlab writes; a chart, objects of a person and operators make their own.
void emit_volume_claims(const Workload& workload);
void emit_config_map(const Workload& workload);
void emit_deployment(const Workload& workload);
void emit_services(const Workload& workload);
void emit_ingresses(const Workload& workload);
void emit_written_objects(const Workload& workload);
void emit_any_object(const Workload& workload);
void emit_copied_manifests(const Workload& workload);

}  // namespace hlab::emit::kubernetes
