// Diagnostics of sites and tests.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::evaluate {

inline const diag::Diag<std::string_view> kOverrideTwice{
    {"HL3040", "overridden-twice", diag::Severity::error, "two overrides of one field",
     "Each field is overridden at most once in a site or test; otherwise the order of lines would decide.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home {
  override lab.domain any -> "cabin.example.org"
  override lab.domain any -> "hut.example.org"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override lab.domain any -> "cabin.example.org" }
)"},
    "`{}` is overridden twice"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kOverrideMoved{
    {"HL3041", "override-overtaken", diag::Severity::error,
     "an override of another value than it says",
     "An override states the value that it replaces. Where that value has changed since, somebody has to "
     "look at both: state the value of today, or `any` where it may move.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override lab.domain "house.example.org" -> "cabin.example.org" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override lab.domain "home.example.org" -> "cabin.example.org" }
)"},
    "`{}` is {} today, not {}"};

inline const diag::Diag<std::string_view, std::string_view> kOverrideUseless{
    {"HL3042", "override-without-effect", diag::Severity::error,
     "an override with the value that stands there",
     "The override changes nothing: the lab says so already. Take it away.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override lab.domain any -> "home.example.org" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override lab.domain any -> "cabin.example.org" }
)"},
    "`{}` is {} without this override"};

inline const diag::Diag<std::string_view> kNoOverridePlace{
    {"HL3043", "no-such-override", diag::Severity::error, "an override of no field",
     "The path of an override begins with the declaration (`service.jellyfin`, or `jellyfin` alone where no "
     "other kind has that name; `lab`) and leads to one of its fields. What somebody claims of it lies behind the "
     "offer and its own name, `db.database.tasks.size`; what another module declares without its kind, or with a "
     "kind of its own, behind that module's name, `office.shelf.low.width`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override house.domain any -> "cabin.example.org" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home { override home.domain any -> "cabin.example.org" }
)"},
    "`{}` leads to no field of a declaration"};

inline const diag::Diag<std::string_view> kLeftOut{
    {"HL3044", "left-out-in-use", diag::Severity::error,
     "a single reference to what a site goes without",
     "`without` takes a declaration out of lists of references and of queries. A field that refers to it "
     "alone has nothing to refer to: override that field, or leave out its owner too.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {}
kind box { on: &shelf }
shelf low {}
box tools { on = low }
site cabin of home { without shelf low }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {}
kind box { on: &shelf }
shelf low {}
box tools { on = low }
site cabin of home {
  without shelf low
  without box tools
}
)"},
    "`{}` is left out, but needed here"};

inline const diag::Diag<std::string_view> kUnknownSite{
    {"HL0030", "unknown-site", diag::Severity::error, "a site that the lab does not declare",
     "`--site NAME` builds the lab as `site NAME of LAB { ... }` changes it.",
     R"(# hlab check --site cabbin
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
site cabin of home { override lab.domain any -> "cabin.example.org" }
)",
     R"(# hlab check --site cabin
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
site cabin of home { override lab.domain any -> "cabin.example.org" }
)"},
    "there is no site `{}`"};

inline const diag::Diag<std::string_view> kNoSuchLab{
    {"HL2032", "site-of-nothing", diag::Severity::error, "a site of a lab that is not this one",
     "`site NAME of LAB` names the lab that it varies: the one that these files declare.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of house {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
site cabin of home {}
)"},
    "these files declare no lab `{}`"};

inline const diag::DiagInfo* const kAllVariationDiags[] = {
    &kOverrideTwice.info, &kOverrideMoved.info, &kOverrideUseless.info, &kNoOverridePlace.info,
    &kLeftOut.info,       &kUnknownSite.info,   &kNoSuchLab.info};

}  // namespace hlab::evaluate
