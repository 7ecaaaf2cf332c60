// Diagnostics of names (HL2) and types (HL3), found before anything is evaluated.
#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/diag.h"

namespace hlab::check {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;
using Sv = std::string_view;
using Str = std::string;

// --- names ------------------------------------------------------------------------------------------

inline const Diag<Sv, Sv> kUnknownName{
    {"HL2001", "unknown-name", Severity::error, "a name that nothing in scope has",
     "A bare name means a loop variable, a declaration of the lab, or a word that the expected type "
     "knows. This one is none of them: a typing mistake, or the declaration is missing.",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "pool house { of = lna  range = 192.168.1.200..192.168.1.209 }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "pool house { of = lan  range = 192.168.1.200..192.168.1.209 }\n",
     true},
    "nothing here is called `{}`{}"};

inline const Diag<Sv, Sv> kWrongKind{
    {"HL2002", "wrong-kind-of-reference", Severity::error, "a reference to a thing of another kind",
     "The field takes a reference to one kind, and the name belongs to a declaration of another.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [lan]  network = lan }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)"},
    "`{}` is {}"};

inline const Diag<Sv, Sv> kUnknownField{
    {"HL2003", "unknown-field", Severity::error, "a field that the kind does not have",
     "Kinds are closed: only declared fields can be set or read. The nearest names are suggested.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gatway = 192.168.1.1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  gateway = 192.168.1.1 }
)",
     true},
    "{} has no field `{}`"};

inline const Diag<Sv> kUnknownKind{
    {"HL2004", "unknown-kind", Severity::error, "a kind that nobody declares",
     "After a colon, in a type and at the beginning of a declaration stands the name of a kind: of the "
     "core library, of `std`, or of this lab.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
netwrk lan { cidr = 192.168.1.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)",
     true},
    "there is no kind `{}`"};

inline const Diag<Sv, Sv> kKindMismatch{
    {"HL2005", "kind-mismatch", Severity::error,
     "a declaration refined by a kind of another family",
     "`service x: K` takes a K that refines `service`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan: std.metallb {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
)"},
    "`{}` is not a {}"};

inline const Diag<Sv, Sv> kDeclaredTwice{
    {"HL2006", "declared-twice", Severity::error, "two declarations of one kind share a name",
     "A name stands for one thing of a kind. Both places are shown.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network lan { cidr = 192.168.2.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network guests { cidr = 192.168.2.0/24 }
)"},
    "{} `{}` is declared twice"};

inline const Diag<Sv> kAmbiguousName{
    {"HL2007", "ambiguous-name", Severity::error, "a name that several declarations share",
     "Where the field does not say which kind it takes, a name that two kinds share needs its kind: "
     "`node.vault` or `service.vault`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node x { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
person x { full-name = "X" }
file "a" { content = "${x.name}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
node x { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios }
person x { full-name = "X" }
file "a" { content = "${node.x.name}" }
)"},
    "`{}` could mean several declarations here"};

inline const Diag<Sv> kSetTwice{
    {"HL2008", "set-twice", Severity::error, "a field set twice in one body",
     "In one body each field is set once, in either spelling (`a.b = ...` and `a { b = ... }` are the "
     "same).",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan {
  cidr = 192.168.1.0/24
  mtu  = 1400
  mtu  = 1500
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan {
  cidr = 192.168.1.0/24
  mtu  = 1400
}
)"},
    "`{}` is set twice"};

inline const Diag<Sv, Sv> kMisplaced{
    {"HL2009", "misplaced", Severity::error, "a declaration or entry where it cannot stand",
     "Declarations stand at the top of a file (or in `for` and `if` around them); fields are declared in "
     "kinds; values are set in bodies.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
mtu = 1400
network lan { cidr = 192.168.1.0/24 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = 1400 }
)"},
    "{} cannot stand {}"};

inline const Diag<Sv> kNoSelf{
    {"HL2010", "no-instance-here", Severity::error, "`.field` outside a body",
     "`.x` means a field of the instance whose body this is. Here is no instance.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = f() }
fn f() -> String = .name
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = .name }
)"},
    "`.{}` has no instance to belong to here"};

inline const Diag<Sv, int> kKindTooDeep{
    {"HL2015", "too-many-refinements", Severity::error, "a kind that refines too many others",
     "Kinds refine one another up to a limit, so that compiling always ends soon.",
     R"sh($ { echo 'kind k0 {}'; for n in $(seq 257); do echo "kind k$n is k$((n - 1)) {}"; done; } > kinds.hlab
$ hlab check
)sh",
     R"sh($ { echo 'kind k0 {}'; for n in $(seq 256); do echo "kind k$n is k$((n - 1)) {}"; done; } > kinds.hlab
$ hlab check
)sh"},
    "kind `{}` refines more than {} others, one after the other"};

inline const Diag<Sv> kKindCycle{
    {"HL2011", "kind-cycle", Severity::error, "kinds that refine each other in a circle",
     "A kind cannot refine itself, directly or through others.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind a is b {}
kind b is a {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind a {}
kind b is a {}
)"},
    "kind `{}` refines itself"};

inline const Diag<Sv> kFieldTwice{
    {"HL2012", "field-declared-twice", Severity::error, "a field declared twice",
     "A refining kind sets an inherited field with `=`; it does not declare it again.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind a { size: Int = 1 }
kind b is a { size: Int = 2 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind a { size: Int = 1 }
kind b is a { size = 2 }
)"},
    "field `{}` is already declared"};

inline const Diag<Sv> kFinalField{
    {"HL2019", "final-field", Severity::error, "a field set that its kind calls final",
     "`final` before a field says that its value stays as the kind gives it: neither a refining kind nor an "
     "instance sets it, nor a part of it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind door { final closed: Bool = true }
door front { closed = false }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind door { final closed: Bool = true }
door front {}
)"},
    "`{}` is final"};

inline const Diag<Sv> kHeadNeedsConstant{
    {"HL2013", "head-not-constant", Severity::error,
     "a loop or condition around declarations that asks the lab",
     "Which instances exist is settled before any value is computed. The head of a `for` or `if` around "
     "declarations is made of literals, ranges, lists and functions of them.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
for n in all node {
  file "${n.name}" { content = "here" }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
for n in ["one"] {
  file "${n}" { content = node[n].name }
}
)"},
    "{} cannot be known before the lab's declarations are"};

inline const Diag<Sv> kRecursion{
    {"HL2014", "recursion", Severity::error, "functions that call each other in a circle",
     "Compiling always ends, so no function may reach itself. The circle is shown.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn even(n: Int) -> Bool = not odd(n - 1)
fn odd(n: Int) -> Bool = not even(n - 1)
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn even(n: Int) -> Bool = n % 2 == 0
fn odd(n: Int) -> Bool = not even(n)
)"},
    "function `{}` calls itself"};

// --- types ------------------------------------------------------------------------------------------

inline const Diag<Sv, Sv> kTypeMismatch{
    {"HL3001", "type-mismatch", Severity::error, "a value of another type than the place takes",
     "Nothing is converted in silence. Units belong to the type: bytes never meet seconds.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = "1500" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = 1500 }
)"},
    "this is {}, and {} is needed"};

inline const Diag<Sv, Sv> kNoOperator{
    {"HL3002", "no-such-operation", Severity::error,
     "an operator between types that it does not know",
     "Operators work within one type, and where a unit makes sense (`2 * 1GiB`, `address + 1`).",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn room(size: Bytes, age: Duration) -> Bytes = size + age
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn room(size: Bytes, more: Bytes) -> Bytes = size + more
)"},
    "`{}` is not defined for {}"};

inline const Diag<Sv> kMaybeAbsent{
    {"HL3003", "maybe-absent", Severity::error, "an optional value where one is required",
     "An optional field may be absent. Give what holds then (`x ?? 5`), or ask first (`if has x then ...`).",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind queue { length: Int?  room: Int = .length + 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind queue { length: Int?  room: Int = (.length ?? 0) + 1 }
)"},
    "this may be absent, and {} is needed"};

inline const Diag<Sv, Sv> kNotCallable{
    {"HL3004", "not-callable", Severity::error, "a call of something that is no function",
     "Functions, methods of kinds and built-in operations can be called.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = lan.name.shout() }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = lan.name.upper() }
)",
     true},
    "{} `{}`"};

inline const Diag<Sv, Sv> kBadArguments{
    {"HL3005", "bad-arguments", Severity::error, "arguments that do not fit the function",
     "The signature is shown. Arguments go by position or by name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn double(n: Int) -> Int = n * 2
file "a" { content = "${double()}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn double(n: Int) -> Int = n * 2
file "a" { content = "${double(4)}" }
)"},
    "the arguments do not fit `{}`{}"};

inline const Diag<Sv, Sv> kUnknownTag{
    {"HL3006", "unknown-word", Severity::error, "a word that the type does not know",
     "A union of words takes one of its words.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { data { x = 1 }  format = xml }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { data { x = 1 }  format = json }
)",
     true},
    "`{}` is not one of {}"};

inline const Diag<Sv, Sv> kBadText{
    {"HL3008", "bad-text", Severity::error, "a text that its type does not admit",
     "Host names, URLs, versions, images, cron lines are texts with a form, checked when compiled.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ana { email = "nobody" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ana { email = "ana@home.example.net" }
)"},
    "{}: {}"};

inline const Diag<Sv> kOutOfRange{
    {"HL3009", "out-of-range", Severity::error, "a value outside the range of its type",
     "The type says which numbers make sense here, or how long a text, list or map may be.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = 20 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = 1280 }
)"},
    "{}"};

inline const Diag<Sv> kBadRefinement{
    {"HL3017", "bad-refinement", Severity::error, "ends or a pattern that a type does not take",
     "Numbers and quantities take ends of their own type (`Int(1..10)`, `Bytes(1MiB..)`), texts, lists and maps "
     "the ends of their length (`String(1..63)`, `[Ip](1..3)`), a `String` takes a pattern. Everything else is "
     "said with a `check`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { width: Bytes(1..10) }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { width: Bytes(1MiB..10MiB) }
)"},
    "{}"};

inline const Diag<Sv> kDropsDefaults{
    {"HL3010", "drops-defaults", Severity::error, "`= { ... }` where a refinement was meant",
     "`x = { ... }` would replace the record and drop its defaults in silence. `x { ... }` refines it "
     "field by field.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record size { width: Int = 1  height: Int = 2 }
kind box { size: size }
box a { size = { width = 3 } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record size { width: Int = 1  height: Int = 2 }
kind box { size: size }
box a { size { width = 3 } }
)"},
    "`= {{` would drop the defaults of {}"};

inline const Diag<Sv> kNotText{
    {"HL3011", "no-text-form", Severity::error,
     "a value without a canonical text, joined to a text",
     "Text takes strings, numbers, addresses, quantities and words. Lists are joined with "
     "`.join(\", \")`; of an instance one says which field.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "${["a", "b"]}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "${["a", "b"].join(", ")}" }
)"},
    "{} has no text form of its own"};

inline const Diag<> kLoadPath{
    {"HL3016", "computed-load-path", Severity::error, "a `load` of a path that is no literal",
     "Which files a lab reads is known before anything is computed, so the path is written as one text, "
     "without `${...}`. Only files of a lab load others, the library's do not.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.json" { data = load("${lab.name}.yaml") }
#-- home.yaml
a: 1
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a.json" { data = load("home.yaml") }
#-- home.yaml
a: 1
)"},
    "`load` takes one path, written as a text without `${{...}}`"};

inline const Diag<Sv> kNotIterable{
    {"HL3012", "not-iterable", Severity::error, "a loop over something that has no elements",
     "`for` goes over lists, integer ranges and `all KIND`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = [n for n in lan.name].join(", ") }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = [n.name for n in all network].join(", ") }
)"},
    "cannot loop over {}"};

inline const Diag<Sv> kNotBool{
    {"HL3013", "condition-not-bool", Severity::error, "a condition that is not true or false",
     "Conditions are `Bool`; nothing else counts as true.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = if lan.mtu then "big" else "small" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = if lan.mtu > 1500 then "big" else "small" }
)"},
    "a condition is true or false, and this is {}"};

inline const Diag<Sv> kUselessIs{
    {"HL3014", "is-on-other-type", Severity::error, "`is` on a value that has no words or kinds",
     "`is` asks which word of a union, or which kind, a value is.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = if lan.mtu is big then "big" else "small" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = if lan.audience is vpn then "far" else "near" }
)"},
    "`is` asks for a word or a kind, and this is {}"};

inline const Diag<Sv> kMatchMissing{
    {"HL3015", "match-incomplete", Severity::error, "a match that leaves out a case",
     "A match covers every word of the union, or has a `_` arm.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn word(p: tcp | udp) -> String = match p { tcp => "stream" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn word(p: tcp | udp) -> String = match p {
  tcp => "stream"
  udp => "packets"
}
)"},
    "the match does not say what holds for {}"};

inline const Diag<Sv> kSecretInPlain{
    {"HL7001", "secret-in-plain-place", Severity::error,
     "a secret that would stand readable in a file",
     "A secret flows only into places that are typed to take it. Joined to a text it makes the whole "
     "text secret. There is no cast. The `nix` of a node is no such place: modules of NixOS ask for a "
     "file with the secret (`passwordFile`), which lies on the machine or is decrypted there by "
     "sops-nix.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
service web: container {
  image             = "docker.io/library/nginx:1.29.1"
  config."app.conf" = "token = ${token}"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
service web: container { image = "docker.io/library/nginx:1.29.1"  env.TOKEN = token }
)"},
    "a secret would be readable in {}"};

inline const Diag<Sv> kSecretObserved{
    {"HL7002", "secret-observed", Severity::error, "a decision that would depend on a secret",
     "hlab never holds the value of a secret, so nothing can be compared with it, measured or branched "
     "on.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn weak(word: secret String) -> Bool = word == "1234"
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
fn line(word: secret String) -> secret String = "PASSWORD=${word}"
)"},
    "{} would have to look at a secret"};

inline const Diag<Sv, Sv> kDeprecated{
    {"HL2033", "deprecated-field", Severity::warning,
     "a field that has another name now, or will go",
     "The kind still understands the field, so the lab means what it meant. `hlab check --fix` writes the "
     "new name where there is one.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {
  width: Int = 3
  deprecated breadth -> width "as furniture shops say"
}
shelf low { breadth = 4 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {
  width: Int = 3
  deprecated breadth -> width "as furniture shops say"
}
shelf low { width = 4 }
)"},
    "`{}` is deprecated: {}"};

inline const DiagInfo* const kAllCheckDiags[] = {
    &kUnknownName.info,   &kWrongKind.info,      &kUnknownField.info,      &kUnknownKind.info,
    &kKindMismatch.info,  &kDeclaredTwice.info,  &kAmbiguousName.info,     &kSetTwice.info,
    &kMisplaced.info,     &kNoSelf.info,         &kKindCycle.info,         &kFieldTwice.info,
    &kKindTooDeep.info,   &kFinalField.info,     &kHeadNeedsConstant.info, &kRecursion.info,
    &kTypeMismatch.info,  &kNoOperator.info,     &kMaybeAbsent.info,       &kNotCallable.info,
    &kBadArguments.info,  &kUnknownTag.info,     &kBadText.info,           &kOutOfRange.info,
    &kBadRefinement.info, &kDropsDefaults.info,  &kNotText.info,           &kLoadPath.info,
    &kNotIterable.info,   &kNotBool.info,        &kUselessIs.info,         &kMatchMissing.info,
    &kSecretInPlain.info, &kSecretObserved.info, &kDeprecated.info,
};

}  // namespace hlab::check
