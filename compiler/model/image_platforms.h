// Whether anybody said for what an image is built.
#pragma once

#include "compiler/model/view.h"

namespace hlab::model {

/// Whether the lab, or the library for this very service, says it. What every service has without is a guess.
[[nodiscard]] bool says_platforms(const View& service);

}  // namespace hlab::model
