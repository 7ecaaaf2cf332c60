// Diagnostics of outputs (HL6).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

using Sv = std::string_view;

inline const diag::Diag<Sv, Sv> kUnfitPath{
    {"HL6002", "unfit-output-path", diag::Severity::error, "an output path that cannot be used",
     "Output paths stay inside the output folder, and no two declarations write one file.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { to = "../outside"  content = "x" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { to = "inside"  content = "x" }
)"},
    "`{}` {}"};

inline const diag::Diag<Sv, Sv> kUnwritable{
    {"HL6003", "unwritable-document", diag::Severity::error,
     "a document that its format cannot hold",
     "Files hold UTF-8 text without NUL, and no key twice in one map.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.yaml" { data { left = "a\u{0}b" } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.yaml" { data { left = 1  right = 2 } }
)"},
    "`{}` cannot be written: {}"};

inline const diag::Diag<Sv, Sv> kUnfitForFormat{
    {"HL6007", "unfit-for-format", diag::Severity::error,
     "a value that the file's format has no form for",
     "TOML, INI and dotenv files are maps at the top, and have no null. INI knows sections and lines of "
     "`name = value`, dotenv lines of `NAME=value`; neither knows lists, and their readers differ in what "
     "quotes, blanks, `#` and `$` mean, so only what all of them read alike is written. Where the one reader "
     "of a file takes more than that, `content` writes the file as it wants it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.ini" { data { server { ports = [80, 443] } } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.ini" { data { server { ports = [80, 443].join(",") } } }
)"},
    "`{}` cannot hold {}"};

inline const diag::DiagInfo* const kAllEmitDiags[] = {&kUnfitPath.info, &kUnwritable.info,
                                                      &kUnfitForFormat.info};

}  // namespace hlab::emit
