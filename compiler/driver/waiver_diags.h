// Diagnostics of rules that are named: `allow RULE "reason"`, `check RULE: condition`.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::driver {

inline const diag::Diag<std::string_view> kUnknownWaiver{
    {"HL2030", "unknown-rule", diag::Severity::error, "a rule that does not exist",
     "`allow` and the `expect` of a test take the code or the name of a rule. `hlab rules` lists them, but for "
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

inline const diag::Diag<std::string_view> kCheckOfNoRule{
    {"HL2041", "check-of-no-rule", diag::Severity::warning,
     "a check that names a rule which is not there",
     "`check NAME: condition, message` reports the rule of that name, with its code and what it explains, and `allow` "
     "waives it by that name. Where no rule is called so, the name says nothing: the check is told as HL4002. Declare "
     "the rule, or leave the name away.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
rule narrow-shelf {
  code    = "HL9001"
  title   = "a narrow shelf"
  explain = "Books need room."
  bad     = "shelf low { width = 1 }"
  good    = "shelf low { width = 3 }"
}
kind shelf { width: Int = 3  check narow-shelf: .width > 1, "narrow" at width }
shelf low {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
rule narrow-shelf {
  code    = "HL9001"
  title   = "a narrow shelf"
  explain = "Books need room."
  bad     = "shelf low { width = 1 }"
  good    = "shelf low { width = 3 }"
}
kind shelf { width: Int = 3  check narrow-shelf: .width > 1, "narrow" at width }
shelf low {}
)"},
    "there is no rule `{}` for this check to report"};

inline const diag::DiagInfo* const kAllWaiverDiags[] = {&kUnknownWaiver.info, &kNotWaivable.info,
                                                        &kUnusedWaiver.info, &kCheckOfNoRule.info};

}  // namespace hlab::driver
