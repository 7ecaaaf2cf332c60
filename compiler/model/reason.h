// Why a value is what it is, where the lab says so: `none because "..."`.
#pragma once

#include <string>

#include "compiler/model/view.h"

namespace hlab::model {

/// The text behind `because` of the expression that made the value; "" where there is none.
[[nodiscard]] std::string reason_of(const View& holder, const Value& value);

}  // namespace hlab::model
