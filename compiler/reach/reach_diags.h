// Diagnostics of asserted paths (HL5010 to HL5019).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::reach {

inline const diag::Diag<std::string_view, std::string_view> kPathFound{
    {"HL5010", "forbidden-path", diag::Severity::error, "a path that the lab says must not be",
     "`assert no path A -> B` holds where no declaration leads from A to B. Here one does, and each step "
     "is shown with what makes it. Change one of the steps, or the assertion. `hlab graph --reach A B` shows "
     "all the ways; `docs/reachability.md` says what counts as one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
network guest { cidr = 192.168.8.0/24  gateway = 192.168.8.1  reaches = [lan] }
node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
assert no path guest -> nas because "visitors bring their own malware"
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
network guest { cidr = 192.168.8.0/24  gateway = 192.168.8.1 }
node nas { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
assert no path guest -> nas because "visitors bring their own malware"
)"},
    "{} reaches {}, which must not be"};

inline const diag::Diag<std::string_view, std::string_view> kPathMissing{
    {"HL5011", "missing-path", diag::Severity::error,
     "a path that the lab says must be, and is not",
     "`assert path A -> B` holds where declarations lead from A to B: a network in which both are, a route, an "
     "ingress controller with an address there, a tunnel, a port of a machine. The notes say how far A gets, and "
     "from where B is reached.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network iot { cidr = 192.168.8.0/24 }
node hub { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.iot = 192.168.8.10 }
assert path lan -> hub because "phones switch the lights"
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  reaches = [iot] }
network iot { cidr = 192.168.8.0/24 }
node hub { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.iot = 192.168.8.10 }
assert path lan -> hub because "phones switch the lights"
)"},
    "nothing leads from {} to {}"};

inline const diag::Diag<std::string_view, std::string_view> kNoEnd{
    {"HL5012", "no-end-of-a-path", diag::Severity::error,
     "a declaration that packets neither leave nor come to",
     "A path begins at a network, a machine, a cluster, a service, a person, `internet`, `lan` or `vpn`, and ends at a "
     "network, a pool, a machine, a cluster, a service, one of its endpoints (`service.wiki.expose.web`), a storage or "
     "`internet`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
person ana {}
assert no path lan -> ana
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network office { cidr = 192.168.2.0/24 }
person ana {}
assert no path lan -> office
)"},
    "no path {} `{}`"};

inline const diag::DiagInfo* const kAllReachDiags[] = {&kPathFound.info, &kPathMissing.info,
                                                       &kNoEnd.info};

}  // namespace hlab::reach
