// Who sets an address of a machine: the machine itself, or the network's DHCP server.
#pragma once

#include "compiler/model/view.h"

namespace hlab::model {

/// Whether the DHCP server of the network gives the node its address there: it lies in the DHCP range,
/// and the lab says the `mac` for which it is reserved. Any other known address is set by the machine.
[[nodiscard]] bool is_reservation(const View& node, const View& network);

}  // namespace hlab::model
