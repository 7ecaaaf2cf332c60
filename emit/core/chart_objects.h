// Which objects beside a chart can only follow it, because it brings their definitions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "emit/core/emitter.h"

namespace hlab::emit {

class ChartObjects {
 public:
  explicit ChartObjects(const EmitInput& input);

  [[nodiscard]] bool follows(const model::View& service, std::string_view api_version) const;

 private:
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> bringers_;  // of API groups
};

}  // namespace hlab::emit
