#include "compiler/model/reservation.h"

#include "compiler/values/address.h"

namespace hlab::model {

bool is_reservation(const View& node, const View& network) {
  const Value address = node.at("address", network);
  const Value& dhcp = network.value("dhcp");
  return address.is(ValueKind::ip) && dhcp.is(ValueKind::ip_range) &&
         node.at("mac", network).is(ValueKind::mac) &&
         values::range_has(*dhcp.address, *address.address);
}

}  // namespace hlab::model
