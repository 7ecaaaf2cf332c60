// Where a place for backups is, as far as it says.
#pragma once

#include <string_view>

#include "compiler/model/view.h"

namespace hlab::model {

/// The field that names its host: the address of a bucket, the words of who copies files, or of what keeps volumes. A folder
/// says nothing of the machine that it is mounted from.
[[nodiscard]] std::string_view place_field_of(const View& storage);

}  // namespace hlab::model
