// Where networks are, and by what machines are in them. Networks at different places may have the same addresses.
#pragma once

#include "compiler/model/view.h"

namespace hlab::model {

/// Whether the machine is, by cable or by radio, where the network is. One of which no network says where it is
/// counts as everywhere.
[[nodiscard]] bool is_at_place_of(const View& node, const View& network);

/// Whether nobody ever has to tell an address of the one from the same address of the other: they are at
/// different places, no router leads from one into the other, no machine is in both, and no private network
/// knows the addresses of both.
[[nodiscard]] bool never_meet(const View& one, const View& other);

/// By which interface the machine is in it: the network's own, or else that of the machine; "" where neither is said.
[[nodiscard]] std::string interface_in(const View& node, const View& network);

}  // namespace hlab::model
