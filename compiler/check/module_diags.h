// Diagnostics of names across modules.
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::check {

inline const diag::Diag<std::string_view, std::string_view> kPrivateName{
    {"HL2034", "private-name", diag::Severity::error, "a name that its module keeps to itself",
     "What is declared `private` can be named in its own folder only. Take `private` away, or use what the "
     "module offers instead. Queries find private instances all the same: they are part of the lab.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind shelf is office.furniture {}
#-- office/kinds.hlab
private kind furniture { width: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind shelf is office.furniture {}
#-- office/kinds.hlab
kind furniture { width: Int = 1 }
)"},
    "`{}` is private to {}"};

inline const diag::Diag<std::string_view, std::string_view> kImportClash{
    {"HL2035", "import-name-clash", diag::Severity::error,
     "an import under a name that means something else already",
     "Behind `import ./media`, `media.x` means what the module `media` declares. Where the importing module has a "
     "`media` of its own, or the library has a kind of that name, nobody could tell the two apart. Give the "
     "import another name with `as`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./network
#-- network/kinds.hlab
kind shelf { width: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./network as cables
kind long-shelf is cables.shelf {}
#-- network/kinds.hlab
kind shelf { width: Int = 1 }
)"},
    "`{}` means {} already"};

inline const diag::Diag<std::string_view> kModuleIsNoValue{
    {"HL2036", "module-is-no-value", diag::Severity::error, "a module where a value is needed",
     "A module is a folder of declarations. Name one of them: `office.wiki`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind shelf { width: Int = office }
#-- office/sizes.hlab
fn wide() -> Int = 3
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind shelf { width: Int = office.wide() }
#-- office/sizes.hlab
fn wide() -> Int = 3
)"},
    "`{}` is a module, and a value is needed"};

inline const diag::DiagInfo* const kAllModuleNameDiags[] = {&kPrivateName.info, &kImportClash.info,
                                                            &kModuleIsNoValue.info};

}  // namespace hlab::check
