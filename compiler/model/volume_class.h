// Which volumes a storage driver keeps as it says of itself: with its number of copies, its labels of backups.
#pragma once

#include "compiler/model/view.h"

namespace hlab::model {

/// Whether the volume has a class of which the driver says how it keeps it. Another class of the same driver, made by a
/// person, says so by itself.
[[nodiscard]] bool has_class_of(const View& volume, const View& driver);

}  // namespace hlab::model
