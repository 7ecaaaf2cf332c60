// Diagnostics of `hlab.lock` (HL002n).
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::lock {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;

inline const Diag<> kMalformedLease{
    {"HL0020", "malformed-lease", Severity::error, "a line of the lock file that is no lease",
     "Each line of `hlab.lock` is a lease: the pool, the path of the instance that holds it, and the "
     "value, separated by one space each. Lines at the top that begin with `#` are comments. hlab writes "
     "this file; edit the lab instead, or delete the line and build again.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
#-- hlab.lock
network.lan node.one
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.9
)"},
    "this line is no lease"};

inline const Diag<std::string_view, std::string_view> kLeaseTwice{
    {"HL0021", "lease-twice", Severity::error, "a lease that stands twice in the lock file",
     "One instance holds one value of a pool. Two branches that each took a lease leave both lines behind "
     "when they are merged. Keep the line whose value is in use, and delete the other one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.8
network.lan node.one 192.168.1.9
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.9
)"},
    "`{}` has two leases of `{}`"};

inline const Diag<> kMergeConflict{
    {"HL0022", "lock-merge-conflict", Severity::error,
     "a merge that was left unfinished in the lock file",
     "The lock file holds the marks that git leaves where two branches changed the same lines. Delete the "
     "marks; of two leases for the same instance keep the one whose value is in use. The order of the "
     "lines does not matter: hlab sorts them.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
<<<<<<< ours
network.lan node.one 192.168.1.8
=======
>>>>>>> theirs
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.9
)"},
    "an unfinished merge stands here"};

inline const Diag<std::string_view> kNotCurrent{
    {"HL0023", "lock-not-current", Severity::error, "a lock file that does not match the lab",
     "With `--locked` nothing new is given out: `hlab.lock` must already hold every address that the lab "
     "asks for with `auto`, every version that the library chose, and no other. Run `hlab build` without `--locked`, and commit `hlab.lock`.",
     R"(# hlab check --locked
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
)",
     R"(# hlab check --locked
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.two 192.168.1.8
)"},
    "hlab.lock does not match the lab: {}"};

inline const Diag<std::string_view, std::string_view> kValueLeasedTwice{
    {"HL0024", "value-leased-twice", Severity::error, "two leases of one value",
     "Two branches each gave out the same address, and were merged by somebody who does not know the lock "
     "(a web page, for one). One of the two has to move: delete its line, and build. `git config "
     "merge.hlab.driver 'hlab lock merge %O %A %B'` with `hlab*.lock merge=hlab` in `.gitattributes` lets "
     "git do it: the branch that is merged into keeps its lease.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.8
network.lan node.two 192.168.1.8
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.8
network.lan node.two 192.168.1.9
)"},
    "`{}` is given out twice in `{}`"};

inline const DiagInfo* const kAllLockDiags[] = {&kMalformedLease.info, &kLeaseTwice.info,
                                                &kMergeConflict.info, &kNotCurrent.info,
                                                &kValueLeasedTwice.info};

}  // namespace hlab::lock
