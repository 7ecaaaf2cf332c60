// Diagnostics of claims that are settled.
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::evaluate {

inline const diag::Diag<std::string_view, std::string_view> kClaimedTwice{
    {"HL4005", "claimed-twice", diag::Severity::error, "one thing that two declarations claim",
     "`db.database(\"tasks\")` makes a database for the service that says it. A second service that claims the same "
     "name would share it without either knowing, so it takes another name; or it means the first one's, and "
     "says so: `database = tasks.database`. The same service may repeat a claim, with the same arguments.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer {}
kind shelf { offers drawer(name: String): drawer }
kind box { holds: &drawer }
shelf low {}
box small { holds = low.drawer("left") }
box large { holds = low.drawer("left") }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind drawer {}
kind shelf { offers drawer(name: String): drawer }
kind box { holds: &drawer }
shelf low {}
box small { holds = low.drawer("left") }
box large { holds = small.holds }
)"},
    "`{}` is claimed already, {}"};

inline const diag::DiagInfo* const kAllClaimDiags[] = {&kClaimedTwice.info};

}  // namespace hlab::evaluate
