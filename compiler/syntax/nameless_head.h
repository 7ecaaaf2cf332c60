// A declaration whose name is missing before its colon.
#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/diag/diagnostics.h"

namespace hlab::syntax {

/// Whether what stands on the line of a brace before it is `secret: std.login`; then that is told.
bool tell_nameless_head(std::string_view text, FileId file, std::uint32_t brace,
                        diag::Diagnostics& diags);

}  // namespace hlab::syntax
