// Whether two endpoints of one service answer beside each other at one address.
#pragma once

#include "compiler/model/view.h"

namespace hlab::rules {

/// They do at other ports, or by other protocols: mail at 25 and 993. Of ports that the lab does not know
/// (a chart's) nothing is said against it.
[[nodiscard]] bool are_side_by_side(const model::View& one, const model::View& other);

}  // namespace hlab::rules
