// 128-bit arithmetic: IPv6 addresses, products before an overflow check.
#pragma once

namespace hlab {

__extension__ typedef unsigned __int128 Wide;

}  // namespace hlab
