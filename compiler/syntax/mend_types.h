// What stands where a type should, as other languages write it.
#pragma once

#include <string_view>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

/// `speed: "slow" | "fast"`, of which `text` is the first one: the words without their quotes; false where it is none.
bool mend_union(diag::Report& report, std::string_view source, Span text);

/// `mtu: 1400` outside of the fields of a kind: `=` instead of the colon.
void mend_colon(diag::Report& report, std::string_view source, Span value, TokenType found);

}  // namespace hlab::syntax
