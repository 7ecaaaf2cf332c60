// Diagnostics of `offers` and the claims on it.
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::check {

inline const diag::Diag<std::string_view> kUnnamedOffer{
    {"HL2037", "unnamed-offer", diag::Severity::error, "something offered without a name",
     "What a claim makes is known by the first argument of the claim, so the first parameter is a text: "
     "`offers database(name: DnsLabel): postgres-database`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer { width: Int }
kind shelf { offers drawer(width: Int): drawer { width = width } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer { width: Int }
kind shelf { offers drawer(name: String, width: Int): drawer { width = width } }
)"},
    "`{}` has no text as its first parameter"};

inline const diag::Diag<std::string_view, std::string_view> kMisplacedClaim{
    {"HL2038", "misplaced-claim", diag::Severity::error, "a claim where nothing can be made",
     "A claim like `db.database(\"tasks\")` makes an instance, and which instances there are is settled before "
     "values are. So it stands alone as the value of a field, or in a list that is one, and is made on a "
     "declaration, by its name. It cannot stand in a function, a query, a condition or a tree.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer {}
kind shelf { offers drawer(name: String): drawer }
kind box { holds: &drawer? }
shelf low {}
fn first() -> &drawer = low.drawer("first")
box small { holds = first() }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer {}
kind shelf { offers drawer(name: String): drawer }
kind box { holds: &drawer? }
shelf low {}
box small { holds = low.drawer("first") }
)"},
    "`{}` makes something, and {}"};

inline const diag::DiagInfo* const kAllClaimDiags[] = {&kUnnamedOffer.info, &kMisplacedClaim.info};

}  // namespace hlab::check
