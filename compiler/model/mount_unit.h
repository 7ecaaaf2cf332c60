// How systemd names the unit that mounts a folder.
#pragma once

#include <string>
#include <string_view>

namespace hlab::model {

/// As `systemd-escape --path --suffix=mount` writes it: `/srv/my-data` is `srv-my\x2ddata.mount`.
[[nodiscard]] std::string mount_unit_name(std::string_view folder);

}  // namespace hlab::model
