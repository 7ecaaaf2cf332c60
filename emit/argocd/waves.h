// When each service is deployed: ten for every service that must be healthy before it. Steps of ten
// leave room for Applications of somebody else.
#pragma once

#include <cstdint>
#include <map>

#include "emit/core/emitter.h"

namespace hlab::emit::argocd {

class Waves {
 public:
  explicit Waves(const EmitInput& input);

  [[nodiscard]] std::int64_t of(const model::View& service) const;

 private:
  std::map<program::InstanceId, std::int64_t> depth_;
};

}  // namespace hlab::emit::argocd
