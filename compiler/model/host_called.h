// Machines by their names and addresses.
#pragma once

#include <string>

#include "compiler/model/view.h"

namespace hlab::model {

/// Whether the name or address is the machine's: its own, or one of a network that it is in.
[[nodiscard]] bool is_called(const View& node, const std::string& host);

/// Whether any text or address of the tree is the machine's; `holder` is whose value it is.
[[nodiscard]] bool names_machine(const View& holder, const Value& tree, const View& node);

}  // namespace hlab::model
