// A service outside any cluster, as data for the role host_service.
#pragma once

#include "emit/core/document.h"
#include "emit/core/emitter.h"

namespace hlab::emit {

/// Writes the map of one host-service; what the role does by itself is left out.
void put_service_definition(Doc& doc, const model::View& service);

}  // namespace hlab::emit
