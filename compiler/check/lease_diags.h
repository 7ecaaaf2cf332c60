// Diagnostics of `auto` and `learned` (HL3018, HL3019).
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::check {

inline const diag::Diag<std::string_view, std::string_view> kLeaseNotTaken{
    {"HL3018", "lease-not-taken", diag::Severity::error,
     "`auto` or `learned` where a value has to be written",
     "hlab hands out what a field's type says: `Ip | auto` is an address that may be written or chosen by hlab, `Ip | "
     "auto | learned` one that a machine may also bring along from its tailnet, for `hlab learn` to note. Every other "
     "field needs its value.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
foreign old { path = "legacy/**"  address.lan = learned }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
foreign old { path = "legacy/**"  address.lan = auto }
)"},
    "`{}` does not fit here: this takes `{}`"};

inline const diag::Diag<std::string_view> kLeaseWithoutPool{
    {"HL3019", "lease-without-pool", diag::Severity::error, "a type that leases from nowhere",
     "`auto` draws from a pool, so a field of a kind says which: a number from a `numbers` that the holder, its owner or "
     "the lab has (`Int | auto(.owner.seats)`), an address from the network that is its key (`Map<&network, Ip | "
     "auto>`). `learned` is for such addresses alone.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind guest { seat: Int | auto }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind guest { seat: Int | auto(.owner.seats) }
kind table { seats: numbers = numbers { range = 1..6 }  guest: Map<guest> }
table round { guest.ada { seat = auto }  guest.bob { seat = 1 } }
)"},
    "{}"};

inline const diag::DiagInfo* const kAllLeaseDiags[] = {&kLeaseNotTaken.info,
                                                       &kLeaseWithoutPool.info};

}  // namespace hlab::check
