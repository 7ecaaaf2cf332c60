// The part of `hlab show node.NAME` that no field says: what the machine holds, and what it has left.
#pragma once

#include <string>

#include "compiler/model/view.h"
#include "emit/core/document.h"

namespace hlab::commands {

[[nodiscard]] std::string holdings_text(const model::View& node);
/// As the value of a key that stands open.
void put_holdings(emit::Doc& doc, const model::View& node);

}  // namespace hlab::commands
