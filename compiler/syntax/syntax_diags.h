// Diagnostics of the text itself (HL1).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::syntax {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;
using Sv = std::string_view;

inline const Diag<> kInvalidUtf8{
    {"HL1001", "invalid-utf8", Severity::error, "bytes that are not UTF-8",
     "Sources are UTF-8 text. The first byte that is not is shown.",
     R"sh($ printf '# caf\351\n' > notes.hlab
$ hlab check
)sh",
     R"sh($ echo '# café' > notes.hlab
$ hlab check
)sh"},
    "this is not UTF-8 text"};
inline const Diag<Sv> kControlCharacter{
    {"HL1002", "control-character", Severity::error, "a control character in the source",
     "Control characters and bidirectional overrides make a line read differently from what it says. In "
     "strings they are written as `\\u{...}`.",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "file \"a\" { content = \"left\xE2\x80\xAEright\" }\n",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "left\u{202E}right" }
)"},
    "a control character ({}) stands here"};
inline const Diag<Sv> kUnexpectedCharacter{
    {"HL1003", "unexpected-character", Severity::error, "a character that means nothing here",
     "The character is no part of the language.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24; }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)",
     true},
    "`{}` means nothing here"};
inline const Diag<> kUnterminatedString{
    {"HL1004", "unterminated-string", Severity::error, "a string that does not end on its line",
     "A string in simple quotes ends on the line where it begins. Longer texts stand in `\"\"\"` blocks.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "no end }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "an end" }
)"},
    "this string does not end"};
inline const Diag<Sv> kBadEscape{
    {"HL1005", "bad-escape", Severity::error, "an escape that strings do not know",
     "Strings know \\n \\t \\r \\\" \\\\ \\$ and \\u{...}.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "C:\quiet" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "C:\\quiet" }
)"},
    "`{}` is no escape"};
inline const Diag<Sv> kBadNumber{
    {"HL1006", "bad-number", Severity::error, "a number or literal that cannot be read",
     "Numbers are decimal without leading zeros; addresses have four parts up to 255; quantities have "
     "a known unit.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.300/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)"},
    "{}"};
inline const Diag<Sv, Sv> kUnknownUnit{
    {"HL1007", "unknown-unit", Severity::error, "a unit that nobody knows",
     "Bytes: B KiB MiB GiB TiB KB MB GB TB. CPU: m. Time: ms s min h d w. Power: mW W kW. Rate: bps "
     "kbps Mbps Gbps.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node one { hardware = std.hw.pi4 { memory = 4Gib }  os = raspios }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
)"},
    "`{}` is no unit{}"};
inline const Diag<std::uint32_t> kTooDeeplyNested{
    {"HL1008", "too-deeply-nested", Severity::error, "brackets nested too deeply",
     "Brackets, braces and interpolations nest up to the limit.",
     R"sh($ printf 'file "a" { content = "${%s%s.length()}" }\n' "$(printf '[%.0s' $(seq 300))" "$(printf ']%.0s' $(seq 300))" > deep.hlab
$ hlab check
)sh",
     R"sh($ printf 'file "a" { content = "${%s%s.length()}" }\n' "$(printf '[%.0s' $(seq 200))" "$(printf ']%.0s' $(seq 200))" > deep.hlab
$ hlab check
)sh"},
    "brackets are nested more than {} deep"};
inline const Diag<std::uint32_t> kTooManyTokens{
    {"HL1010", "too-many-tokens", Severity::error, "a file with too many words",
     "A source file has at most ten million tokens.",
     R"sh($ { echo 'file "a.json" { data = ['; yes 1, | head -n 5100000; echo '] }'; } > ones.hlab
$ hlab check
)sh",
     R"sh($ { echo 'file "a.json" { data = ['; yes 1, | head -n 5100; echo '] }'; } > ones.hlab
$ hlab check
)sh"},
    "the file has more than {} tokens"};
inline const Diag<Sv, Sv> kUnexpectedToken{
    {"HL1011", "unexpected-token", Severity::error,
     "something else stands where the grammar wants another",
     "The message says what is expected and what stands there. The rest of the file is read all the "
     "same.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan {
  cidr =
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan {
  cidr = 192.168.1.0/24
}
)"},
    "expected {}, and {} stands here"};
inline const Diag<Sv> kNotAnEntry{
    {"HL1012", "not-an-entry", Severity::error, "something that begins no entry",
     "Bodies hold entries such as `field = value` and `field { ... }`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)"},
    "{} begins no entry"};
inline const Diag<Sv> kUnclosed{
    {"HL1013", "unclosed-bracket", Severity::error, "a bracket that nobody closes",
     "Each bracket is closed in the same file.",
     R"(lab home {
  domain = "home.example.org"
)",
     R"(lab home {
  domain   = "home.example.org"
  timezone = "Europe/Madrid"
}
)"},
    "`{}` is never closed"};
inline const Diag<> kChainedComparison{
    {"HL1014", "chained-comparison", Severity::error, "comparisons in a chain",
     "`a < b < c` is not a range test. Say `a < b and b < c`, or `b in a..c`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
policy sizes { check 1280 < lan.mtu < 1600, "odd packets" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
policy sizes { check lan.mtu in 1280..1600, "odd packets" }
)"},
    "comparisons do not chain"};

inline const Diag<> kTooDeepExpression{
    {"HL1015", "too-deep-expression", Severity::error, "an expression of too many steps",
     "Operators, members, calls and conditions follow one another up to a thousand times, and stand in one "
     "another up to five hundred times.",
     R"sh($ printf 'file "a" { content = "${%s1}" }\n' "$(printf '1 + %.0s' $(seq 1000))" > sum.hlab
$ hlab check
)sh",
     R"sh($ printf 'file "a" { content = "${%s1}" }\n' "$(printf '1 + %.0s' $(seq 400))" > sum.hlab
$ hlab check
)sh"},
    "this goes on for too long"};
inline const Diag<int> kTooManyErrors{
    {"HL1016", "too-many-errors", Severity::error, "a file with too many mistakes",
     "After a thousand mistakes the rest of a file is not read.",
     R"sh($ { echo 'person ana {'; yes 'b = = 1' | head -n 1100; echo '}'; } > people.hlab
$ hlab check
)sh",
     R"sh($ echo 'person ana {}' > people.hlab
$ hlab check
)sh"},
    "more than {} mistakes: the rest of the file is not read"};

inline const Diag<> kChainedRange{
    {"HL1017", "chained-range", Severity::error, "ranges in a chain",
     "A range has two ends, `a..b`. What lies between several is a list of ranges, or two tests.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
policy sizes { check lan.mtu in 1280..1400..1600, "odd packets" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
policy sizes { check lan.mtu in 1280..1600, "odd packets" }
)"},
    "ranges do not chain"};

inline const Diag<Sv, Sv> kMissingSign{
    {"HL1018", "missing-sign", Severity::error, "a sign or word that was forgotten",
     "`:` stands between the name of a declaration and the kind that it is in particular, and between a field and "
     "its type; `{` behind the head of a body and on its line, `path` behind `assert` and `assert no`. The rest is "
     "read as if it stood there.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ann human {}
kind human is person {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ann: human {}
kind human is person {}
)"},
    "`{}` is missing {}"};

inline const Diag<Sv> kBareText{
    {"HL1019", "bare-text", Severity::error, "a text without its quotes",
     "A text stands in double quotes: names of images, addresses of the web, paths and versions are texts. Where "
     "the place takes no text, that is told instead (HL3001).",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = ghcr.io/home/page:1.4 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "ghcr.io/home/page:1.4" }
)"},
    "`{}` is a text, and has no quotes"};

inline const Diag<Sv> kMisspeltWord{
    {"HL1020", "misspelt-word", Severity::error, "a word of the language that is misspelt",
     "The line makes no sense as it is, and does with the word of the language that is nearest: `allow CODE \"why\"`, "
     "`check c, \"...\"`, `planned` before a declaration, `for x in xs { ... }` around several.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
planed person ann {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
planned person ann {}
)"},
    "`{}` is no word of the language"};

inline const Diag<Sv> kDoubledWord{
    {"HL1021", "doubled-word", Severity::error, "a word that stands twice",
     "The name of a field stands once before its `=`, a kind, the name of a declaration and a type stand once, and "
     "so do a `{` and the dot before a name. The rest is read as if it did.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr cidr = 192.168.1.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)"},
    "`{}` stands twice"};

inline const DiagInfo* const kAllSyntaxDiags[] = {
    &kInvalidUtf8.info,        &kControlCharacter.info,  &kUnexpectedCharacter.info,
    &kUnterminatedString.info, &kBadEscape.info,         &kBadNumber.info,
    &kUnknownUnit.info,        &kTooDeeplyNested.info,   &kTooManyTokens.info,
    &kUnexpectedToken.info,    &kNotAnEntry.info,        &kUnclosed.info,
    &kChainedComparison.info,  &kTooDeepExpression.info, &kTooManyErrors.info,
    &kChainedRange.info,       &kMissingSign.info,       &kBareText.info,
    &kMisspeltWord.info,       &kDoubledWord.info,
};

}  // namespace hlab::syntax
