// What differs for a service that Flux brings.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "emit/core/chart_objects.h"
#include "emit/core/emitter.h"
#include "emit/core/layout.h"

namespace hlab::emit::gitops {

class UnderFlux {
 public:
  explicit UnderFlux(const EmitInput& input);

  [[nodiscard]] bool brings(const model::View& workload) const;
  /// Where an object of a service goes. Flux tries all objects of a folder before it applies one, so
  /// those of kinds that the service's own chart brings lie apart.
  [[nodiscard]] std::string folder_of(const Layout& layout, const model::View& service,
                                      std::string_view api_version) const;

 private:
  std::set<std::uint32_t> clusters_;
  ChartObjects charts_;
};

/// What keeps an object in the cluster when it leaves the repository.
extern const std::pair<const std::string, std::string> kFluxKeeps;

/// Annotations in the words of Flux: what Argo CD keeps, Flux keeps.
[[nodiscard]] std::map<std::string, std::string, std::less<>> flux_annotations(
    const std::map<std::string, std::string, std::less<>>& annotations);

}  // namespace hlab::emit::gitops
