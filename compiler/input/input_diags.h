// Diagnostics of files that `load` reads (HL0016-HL0019). Their place is the one in that file.
#pragma once

#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::input {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;
using Sv = std::string_view;

inline const Diag<Sv> kMissingInput{
    {"HL0016", "missing-input", Severity::error, "a file to load that does not exist",
     "`load(\"path\")` reads a file of the lab's folder, or of a folder below it. The path is seen from the "
     "lab's folder.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "ports.json" { data = load("prots.yaml") }
#-- ports.yaml
http: 80
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "ports.json" { data = load("ports.yaml") }
#-- ports.yaml
http: 80
)"},
    "there is no file `{}` in the lab's folder"};

inline const Diag<Sv, Sv> kMalformedInput{
    {"HL0017", "malformed-input", Severity::error,
     "a loaded file that cannot be read as what it is called",
     "Files that end in `.yaml` or `.yml` are read as YAML 1.2 with its core schema, those that end in `.json` "
     "as JSON, both as UTF-8. A file holds one document, a map holds no key twice, numbers fit 64 bits, and "
     "of tags only those of the core schema are known. Other files are texts.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "ports.json" { data = load("ports.yaml") }
#-- ports.yaml
http: 80
http: 8080
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "ports.json" { data = load("ports.yaml") }
#-- ports.yaml
http: 80
proxy: 8080
)"},
    "this is no {} that hlab can read: {}"};

inline const Diag<Sv> kInputBeyondLimits{
    {"HL0018", "input-beyond-limits", Severity::error,
     "a loaded file that is nested or repeated without end",
     "Trees are at most 256 levels deep. Aliases of YAML may repeat what an anchor names, until the whole would "
     "have a million values more than the file itself: ten lines of aliases of aliases could say billions.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.json" { data = load("a.yaml") }
#-- a.yaml
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.json" { data = load("a.yaml") }
#-- a.yaml
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
)"},
    "{}"};

inline const DiagInfo* const kAllInputDiags[] = {&kMissingInput.info, &kMalformedInput.info,
                                                 &kInputBeyondLimits.info};

}  // namespace hlab::input
