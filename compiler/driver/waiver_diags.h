// Diagnostics of `allow RULE "reason"`.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::driver {

inline const diag::Diag<std::string_view> kUnknownWaiver{
    {"HL2030", "unknown-rule", diag::Severity::error, "a rule that does not exist",
     "`allow` takes the code or the name of a rule, the `expect` of a test its code. `hlab rules` lists them, but for "
     "those that the lab declares itself.",
     "allow HL4999 \"for the cabin\"\nlab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n"},
    "there is no rule `{}`"};

inline const diag::Diag<std::string_view, std::string_view> kNotWaivable{
    {"HL2031", "not-waivable", diag::Severity::error,
     "`allow` names an error that cannot be waived",
     "Warnings, and errors of the rules about the lab (HL4nnn), can be waived where the lab means it. An "
     "error of the language, of values or of outputs leaves nothing to build from.",
     "allow HL2001 \"I like it\"\nlab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n"},
    "{} ({}) cannot be waived"};

inline const diag::Diag<std::string_view, std::string_view> kUnusedWaiver{
    {"HL4010", "unused-waiver", diag::Severity::warning, "a waiver that waives nothing",
     "An `allow` whose rule finds nothing there any more would hide the next finding, which may be a "
     "mistake. Take it away.",
     "lab home {\n  domain   = \"home.example.org\"\n  timezone = \"Europe/Berlin\"\n  allow duplicate-address "
     "\"once it was\"\n}\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n"},
    "nothing here breaks {} ({})"};

inline const diag::DiagInfo* const kAllWaiverDiags[] = {&kUnknownWaiver.info, &kNotWaivable.info,
                                                        &kUnusedWaiver.info};

}  // namespace hlab::driver
