// Diagnostics of modules and packages (HL0040 to HL0049).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::driver {

inline const diag::Diag<std::string_view, std::string_view> kNoSuchModule{
    {"HL0040", "no-such-module", diag::Severity::error, "an import of what is not there",
     "`import ./office` brings in the sub-folder `office` of the folder of the importing file, `import media` the "
     "package in `packages/media` of the lab's folder, `import std` the catalogue. All `.hlab` files of a folder "
     "see each other already and are not imported.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./ofice
#-- office/kinds.hlab
kind shelf { width: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind long-shelf is office.shelf {}
#-- office/kinds.hlab
kind shelf { width: Int = 1 }
)"},
    "`{}` {}"};

inline const diag::Diag<std::string_view> kEmptyModule{
    {"HL0041", "module-without-files", diag::Severity::error,
     "an import of a folder without `.hlab` files",
     "A module is all `.hlab` files that lie directly in a folder. This folder has none; perhaps a folder further "
     "down is meant, as in `import ./office/kinds`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
#-- office/readme.txt
Nothing yet.
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind long-shelf is office.shelf {}
#-- office/kinds.hlab
kind shelf { width: Int = 1 }
)"},
    "`{}` holds no `.hlab` file"};

inline const diag::Diag<std::string_view> kImportCycle{
    {"HL0042", "import-cycle", diag::Severity::error, "modules that import each other in a circle",
     "What a module means must not depend on who imports it, so imports do not lead back. Put what both need into "
     "a module of its own, and import that from both.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import media
kind shelf is media.furniture {}
#-- packages/media/kinds.hlab
import sound
kind furniture is sound.thing {}
#-- packages/sound/kinds.hlab
import media
kind thing { width: Int = 1 }
kind wide is media.furniture {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import media
kind shelf is media.furniture {}
#-- packages/media/kinds.hlab
import sound
kind furniture is sound.thing {}
#-- packages/sound/kinds.hlab
kind thing { width: Int = 1 }
)"},
    "the imports lead in a circle: {}"};

inline const diag::Diag<std::string_view, std::string_view> kUnusedImport{
    {"HL0043", "unused-import", diag::Severity::warning, "an import that brings nothing",
     "Nothing of the module is named here, and it declares no instance, policy, default or test that would take "
     "part in the lab by itself.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
#-- office/kinds.hlab
kind shelf { width: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
kind long-shelf is office.shelf {}
#-- office/kinds.hlab
kind shelf { width: Int = 1 }
)"},
    "the import of `{}` {}"};

inline const diag::Diag<std::string_view, std::size_t> kLeftOutFolder{
    {"HL0044", "folder-not-imported", diag::Severity::warning, "`.hlab` files that no module reads",
     "A folder of `.hlab` files takes part in the lab when a file of the folder above imports it. Nobody does, so "
     "what these files say counts for nothing. Hidden folders, `packages/`, `vendor/` and folders that hlab has "
     "generated are not looked into.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
#-- office/machines.hlab
node desk { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import ./office
#-- office/network.hlab
network lan { cidr = 192.168.1.0/24 }
)"},
    "nobody imports `{}/`: its `.hlab` files ({}) count for nothing"};

inline const diag::Diag<std::string_view> kImportName{
    {"HL0045", "import-without-name", diag::Severity::error,
     "an import whose folder's name is no name",
     "What a module declares is reached through its name, which is the last part of the path unless `as` gives "
     "another one. A name begins with a letter and holds letters, digits, `_` and `-`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import "./the office"
#-- the office/network.hlab
network lan { cidr = 192.168.1.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import "./the office" as office
#-- the office/network.hlab
network lan { cidr = 192.168.1.0/24 }
)"},
    "`{}` is no name: give one with `as`"};

inline const diag::Diag<std::uint64_t> kUnknownEdition{
    {"HL0046", "unknown-edition", diag::Severity::error, "an edition that this hlab does not know",
     "`edition` says which rules of the language the lab was written for. This hlab knows the edition 2026; a "
     "later one needs a later hlab.",
     R"(edition 2031
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
)",
     R"(edition 2026
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
)"},
    "the edition {} is not known"};

inline const diag::Diag<std::string_view> kPackageChanged{
    {"HL0047", "package-changed", diag::Severity::error,
     "a package that is not what hlab.lock says",
     "`hlab.lock` keeps the digest of all files of each package, so that nothing which others wrote changes "
     "unnoticed. Look at what has changed; then `hlab update NAME` takes the package as it is now.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import media
kind shelf is media.furniture {}
#-- hlab.lock
package media sha256:0000000000000000000000000000000000000000000000000000000000000000
#-- packages/media/kinds.hlab
kind furniture { width: Int = 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
import media
kind shelf is media.furniture {}
#-- packages/media/kinds.hlab
kind furniture { width: Int = 1 }
)"},
    "`packages/{}` is not what hlab.lock says"};

inline const diag::DiagInfo* const kAllModuleDiags[] = {
    &kNoSuchModule.info,  &kEmptyModule.info, &kImportCycle.info,    &kUnusedImport.info,
    &kLeftOutFolder.info, &kImportName.info,  &kUnknownEdition.info, &kPackageChanged.info};

}  // namespace hlab::driver
