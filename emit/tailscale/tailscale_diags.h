// Diagnostics of the tailnet's access policy.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

inline const diag::Diag<std::string_view, std::string_view> kPersonWithoutLogin{
    {"HL6401", "person-without-login", diag::Severity::warning,
     "a person whom the private network's policy cannot name",
     "The policy of a tailnet lists people by the name with which they log in to it: a person's "
     "`tailnet-login`, else their `email`. As soon as one person has such a name, whoever has none "
     "reaches nothing of the lab there. Where nobody has one, every member of the tailnet counts as "
     "one of the lab's people.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
person ana { email = "ana@example.net" }
person bo { full-name = "Bo" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net" }
person ana { email = "ana@example.net" }
person bo { tailnet-login = "bo@github" }
)"},
    "`{}` reaches nothing in `{}`: nobody knows the name with which this person logs in there"};

inline const diag::Diag<std::string_view, std::string_view> kPolicySectionShape{
    {"HL6490", "policy-section-shape", diag::Severity::error,
     "a section of the tailnet's policy that has another shape",
     "What `further-policy` says of a section that the lab writes too is joined with it: lists with lists, maps "
     "with maps. `grants`, `ssh`, `tests` and `autoApprovers.exitNode` are lists, `groups`, `tagOwners`, `hosts`, "
     "`autoApprovers` and `autoApprovers.routes` maps. Anything else has no place there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale { domain = "example.ts.net"  further-policy.grants = "all" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network tailnet: tailscale {
  domain                = "example.ts.net"
  further-policy.grants = [{ src = ["autogroup:admin"]  dst = ["tag:server"]  ip = ["tcp:22"] }]
}
)"},
    "`{}` is a {} in the policy, and `further-policy` says something else"};

inline const diag::DiagInfo* const kAllTailscaleDiags[] = {&kPersonWithoutLogin.info,
                                                           &kPolicySectionShape.info};

}  // namespace hlab::emit
