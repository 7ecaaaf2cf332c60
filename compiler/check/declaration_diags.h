// Diagnostics of declarations that would be accepted and mean nothing, or not what they say.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::check {

inline const diag::Diag<std::string_view, std::string_view> kNameOfType{
    {"HL2039", "name-of-a-type", diag::Severity::error, "a kind with the name of a type",
     "`String`, `Int`, `Port` and their like are types of the language wherever a type stands, so a kind of that "
     "name could never be meant. Give it another one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind String { length: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind string-piece { length: Int = 1 }
)"},
    "{} cannot be called `{}`: that is a type of the language"};

inline const diag::Diag<std::string_view> kFinalWithoutValue{
    {"HL2040", "final-without-value", diag::Severity::error,
     "`final` before a field without a value",
     "`final` keeps the value that the kind gives a field. Here there is none to keep, so the word would do nothing: "
     "give the field a value, or take `final` away.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { final width: Int }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { final width: Int = 3 }
)"},
    "`{}` is final, and has no value to keep"};

inline const diag::Diag<std::string_view> kMapKey{
    {"HL3035", "map-key-type", diag::Severity::error,
     "a map whose keys are neither texts nor references",
     "The keys of a map are names: texts, as in `Map<Int>`, or declarations, as in `Map<&network, Int>`. Numbers "
     "and other values are no names; a list of records with a field for each holds those.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind rack { heights: Map<Int, String> = {} }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind rack { heights: Map<String> = {} }
)"},
    "the keys of a map are texts or references, and not {}"};

inline const diag::Diag<std::string_view> kUnreachableArm{
    {"HL3036", "unreachable-arm", diag::Severity::warning,
     "an arm of a `match` that nothing reaches",
     "The arms of a `match` are tried in their order, and an earlier one takes all that this one is for. Take it away, "
     "or put it before the other.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind box {
  size: small | large = small
  litres: Int = match .size { small => 1, _ => 2, large => 3 }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind box { size: small | large = small  litres: Int = match .size { small => 1, large => 3 } }
)"},
    "nothing reaches {}"};

inline const diag::DiagInfo* const kAllDeclarationDiags[] = {
    &kNameOfType.info, &kFinalWithoutValue.info, &kMapKey.info, &kUnreachableArm.info};

}  // namespace hlab::check
