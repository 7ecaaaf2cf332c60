// Which port answers for an endpoint.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/model/view.h"

namespace hlab::emit {

/// Its name; "" where nothing says it.
[[nodiscard]] std::string endpoint_port(const model::View& workload, const model::View& endpoint);
/// Its number, or 0: of a chart's ports only what its `backend` says is known.
[[nodiscard]] std::int64_t endpoint_port_number(const model::View& workload,
                                                const model::View& endpoint);

}  // namespace hlab::emit
