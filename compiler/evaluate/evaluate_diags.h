// Diagnostics of instances and values (HL3020-HL3059), found while the lab is settled and evaluated.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::evaluate {

using diag::Diag;
using diag::DiagInfo;
using diag::Severity;
using Sv = std::string_view;

inline const Diag<Sv, Sv> kMissingField{
    {"HL3020", "missing-field", Severity::error, "a required field that nothing sets",
     "A field without a default must be set by the instance or a kind that it refines.",
     "lab home { timezone = \"Europe/Berlin\" }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Berlin\" }\n"},
    "{} needs {}"};

inline const Diag<Sv> kValueCycle{
    {"HL3021", "value-cycle", Severity::error, "values that need each other in a circle",
     "A value was asked for while it was being computed. The circle is shown step by step, each with the "
     "place that asks for the next.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind pair { a: Int  b: Int }
pair p { a = .b + 1  b = .a + 1 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind pair { a: Int  b: Int }
pair p { a = .b + 1  b = 1 }
)"},
    "{} needs its own value to be computed"};

inline const Diag<Sv> kNoValue{
    {"HL3022", "no-value", Severity::error, "an operation that has no result",
     "Division by zero, a number past the limits of 64 bits, an address outside its network: an "
     "operation that has no result for these operands.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = "${lan.cidr.host(300)}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
file "a" { content = "${lan.cidr.host(30)}" }
)"},
    "{}"};

inline const Diag<Sv, Sv> kBadComputedText{
    {"HL3023", "bad-computed-text", Severity::error, "a computed text that its type does not admit",
     "The text was joined from parts, and the result is not of the form that the field takes.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind label { text: DnsLabel }
label a { text = "no ${1}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind label { text: DnsLabel }
label a { text = "no-${1}" }
)"},
    "{}: {}"};

inline const Diag<Sv, Sv> kComputedOutOfRange{
    {"HL3024", "computed-out-of-range", Severity::error, "a computed value outside its range",
     "The type of the field says which numbers make sense, or how long a text, list or map may be.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind share { percent: Int(0..100) }
share a { percent = 60 * 2 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind share { percent: Int(0..100) }
share a { percent = 30 * 2 }
)"},
    "`{}`: {}"};

inline const Diag<Sv> kAbsentValue{
    {"HL3025", "absent-value", Severity::error, "a value that is absent where one is needed",
     "The expression gives nothing here: an optional that nobody set, or an entry that the map does not "
     "have.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
network guests { cidr = 192.168.2.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
kind note { text: String }
note a { text = "${one.address.guests}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
kind note { text: String }
note a { text = "${one.address.lan}" }
)"},
    "{} is absent here"};

inline const Diag<Sv, Sv> kNoSuchEntry{
    {"HL3038", "no-such-entry", Severity::warning,
     "an entry that is left out, for the map has no such key",
     "What is absent is not written: an entry of `env` whose value is absent is no entry, and an element of a list "
     "whose value is absent is no element. Here it is absent because the map has no entry of the name that is "
     "asked for, which is mostly misspelt. Where it may be missing, say so: `env { if has .port.x { X = ... } }`, or "
     "`.port.x ?? VALUE`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind page { port: Map<Port>  env: Map<String> }
page blog { port.http = 8080  env.URL = "http://localhost:${.port.htpt}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind page { port: Map<Port>  env: Map<String> }
page blog { port.http = 8080  env.URL = "http://localhost:${.port.http}" }
)"},
    "`{}` has no entry `{}`"};

inline const Diag<Sv, Sv> kNoSuchInstance{
    {"HL3026", "no-such-instance", Severity::error, "a computed name that no declaration has",
     "`node[\"...\"]` finds a declaration by a computed name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
file "a" { content = node["o${1}"].name }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
file "a" { content = node["on${"e"}"].name }
)"},
    "there is no {} called `{}`"};

inline const Diag<Sv> kPlannedInUse{
    {"HL3027", "planned-in-use", Severity::error, "something live that needs something planned",
     "A planned declaration is checked but not built, so nothing that is built can rely on it. A policy and a test "
     "ask about what is there, and its values are not computed: `all` finds it once `planned` is gone. To see the lab "
     "with it, a site may declare it live.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
planned node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)"},
    "`{}` is only planned"};

inline const Diag<> kTooManySteps{
    {"HL3028", "too-many-steps", Severity::error, "a lab that takes too long to compute",
     "Evaluation stops after ten million steps, so that compiling always ends. Where it stopped is shown: "
     "mostly a loop inside of a loop there goes over more than it needs.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "${[[[x for x in 1..300] for y in 1..300] for z in 1..300].length()}" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
file "a" { content = "${300 * 300 * 300}" }
)"},
    "computing this lab takes more than ten million steps"};

inline const Diag<Sv> kTooManyDeclarations{
    {"HL3032", "too-many-declarations", Severity::error, "more declarations than a lab may have",
     "A lab has at most a million declarations, so that compiling always ends. They are counted before "
     "a loop makes them.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind tile { at: Int }
for i in 1..3000000 { tile "t${i}" { at = i } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind tile { at: Int }
for i in 1..300 { tile "t${i}" { at = i } }
)"},
    "{}: a lab has at most a million declarations"};

inline const Diag<Sv> kTooDeep{
    {"HL3029", "too-deep", Severity::error, "values that depend on each other too deeply",
     "A chain of values that need one another is longer than hlab follows. It is as long in whatever order the "
     "values are declared.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind link { length: Int }
for i in 1..90000 {
  link "l-${i}" { length = if i == 90000 then 1 else link["l-${i + 1}"].length + 1 }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind link { length: Int }
for i in 1..1000 {
  link "l-${i}" { length = if i == 1000 then 1 else link["l-${i + 1}"].length + 1 }
}
)"},
    "this value depends on a chain of more than {}"};

inline const Diag<Sv, Sv, Sv> kPoolExhausted{
    {"HL3030", "pool-exhausted", Severity::error, "no free value is left for `auto`",
     "Every value of the pool is taken or reserved.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/30  gateway = 192.168.1.1 }
for i in 1..3 {
  node "n-${i}" { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/28  gateway = 192.168.1.1 }
for i in 1..3 {
  node "n-${i}" { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
}
)"},
    "`{}` has no free {} left for `{}`"};

inline const Diag<Sv> kNoPoolHere{
    {"HL3033", "no-pool-here", Severity::error, "`auto` where there is nothing to draw from",
     "A number that hlab chooses comes from a pool of somebody else's: a node port from its service's cluster. Who has "
     "none of these writes the number.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind guest { seat: Int | auto(.owner.seats) }
kind bench { guest: Map<guest> }
bench wood { guest.ada { seat = auto } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind guest { seat: Int | auto(.owner.seats) }
kind bench { seats: numbers = numbers { range = 1..2 }  guest: Map<guest> }
bench wood { guest.ada { seat = auto } }
)"},
    "nobody hands out `{}`"};

inline const Diag<Sv, Sv> kLeaseWithoutPlace{
    {"HL3034", "lease-without-place", Severity::error, "`auto` where nothing can be kept for it",
     "hlab keeps what it hands out under the name of who holds it, so `auto` and `learned` stand alone behind a field "
     "or an entry with a name: `address.lan = auto`. A map that an expression gives as a whole, and a record in a list, "
     "have no such place.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record guest { seat: Int | auto(lab.vlans) }
kind bench { guests: [guest] = [] }
bench wood { guests = [guest { seat = auto }] }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record guest { seat: Int | auto(lab.vlans) }
kind bench { guest: Map<guest> }
bench wood { guest.ada { seat = auto } }
)"},
    "`{}` cannot stand here: {}"};

inline const Diag<Sv> kKindContainsItself{
    {"HL3031", "kind-contains-itself", Severity::error, "a kind that holds itself without end",
     "A required field of a record type makes one record, and a kind's body, a `default` and a value make what they "
     "say. Where that is another of the same kind, which makes the next, it would never end. Make the field "
     "optional, and let each that has one say so.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record box { inner: box }
kind shelf { box: box }
shelf a {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record box { inner: box? }
kind shelf { box: box }
shelf a {}
)"},
    "`{}` would contain itself without end"};

inline const Diag<Sv> kNameNotLabel{
    {"HL4001", "name-not-dns-label", Severity::error, "a name that is no DNS label",
     "Names of declarations become host names, namespaces and object names: lower-case letters, digits "
     "and dashes, at most 63, beginning with a letter or digit and not ending with a dash.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person Ana_Maria {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
person ana-maria {}
)"},
    "`{}` cannot be a host or object name"};

inline const Diag<Sv> kCheckFailed{
    {"HL4002", "check-failed", Severity::error, "a check of the lab that does not hold",
     "A `check` written in the lab or in one of its kinds is false. Its message says why.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
policy jumbo { for n in all network { check n.mtu == 9000, "${n.name} has small packets" } }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24  mtu = 9000 }
policy jumbo { for n in all network { check n.mtu == 9000, "${n.name} has small packets" } }
)"},
    "{}"};

inline const Diag<Sv> kStaleLease{
    {"HL8002", "stale-lock", Severity::warning, "a lock that does not match the lab",
     "hlab.lock lacks an entry that the lab needs, or has one that it does not. `hlab build` writes it.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.one 192.168.1.9
network.lan node.two 192.168.1.8
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node two { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = auto }
#-- hlab.lock
network.lan node.two 192.168.1.8
)"},
    "hlab.lock has {}"};

inline const Diag<Sv> kUnusedDefault{
    {"HL3045", "unused-default", Severity::warning, "a default of the lab that fills nothing",
     "`default KIND { ... }` is the lowest layer: it fills only what neither the kind nor the instance gives. "
     "No declaration of this lab takes this one, because there is none of the kind, or because each has a "
     "value already.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf { width: Int = 3 }
default shelf { width = 4 }
shelf low {}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf { width: Int }
default shelf { width = 4 }
shelf low {}
)"},
    "no {} takes this default"};

inline const Diag<Sv> kUnsetNothing{
    {"HL3037", "unset-of-nothing", Severity::warning, "`unset` of an entry that is not there",
     "`unset` takes away an entry that a kind or a default gives. No layer below gives this one, so it is misspelt, or "
     "has gone and the `unset` can go too.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { label: Map<String> = { top = "books" } }
shelf low { unset label.topp }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf { label: Map<String> = { top = "books" } }
shelf low { unset label.top }
)"},
    "there is no `{}` to take away"};

inline const Diag<Sv, Sv> kMovedStillThere{
    {"HL3046", "moved-from-present", Severity::error, "`moved from` names what is still declared",
     "`moved from OLD` says that this declaration was called OLD: its leases follow. While another "
     "declaration of the kind has that name, they are that one's.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {}
shelf low {}
shelf high { moved from low }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Berlin" }
kind shelf {}
shelf high { moved from low }
)"},
    "`{}` is {}, so it has not moved"};

inline const Diag<Sv> kPartOfComputed{
    {"HL3090", "part-of-computed", Severity::error, "a part of what is computed as a whole",
     "A layer below gives the record, or the map of records, as one computed value: a function's result, an "
     "`if`, another field. Which parts it has is not known yet while layers are laid over one another, so "
     "setting one of them would throw the rest away. Set the whole here as well; or write the parts "
     "where the whole is computed, each with its own value, under `if` and `for` where need be.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record size { width: Int = 1  height: Int = 1 }
fn square(side: Int) -> size = size { width = side  height = side }
kind box { outer: size = square(3) }
box one { outer.width = 4 }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
record size { width: Int = 1  height: Int = 1 }
kind box { side: Int = 3  outer: size = only { width = .side  height = .side } }
box one { outer.width = 4 }
)"},
    "a part is set here of what {} gives as a whole"};

inline const DiagInfo* const kAllEvaluateDiags[] = {
    &kMissingField.info,    &kValueCycle.info,          &kNoValue.info,
    &kBadComputedText.info, &kComputedOutOfRange.info,  &kAbsentValue.info,
    &kNoSuchInstance.info,  &kPlannedInUse.info,        &kTooManySteps.info,
    &kTooDeep.info,         &kPoolExhausted.info,       &kKindContainsItself.info,
    &kNoPoolHere.info,      &kLeaseWithoutPlace.info,   &kNameNotLabel.info,
    &kCheckFailed.info,     &kStaleLease.info,          &kUnusedDefault.info,
    &kMovedStillThere.info, &kTooManyDeclarations.info, &kUnsetNothing.info,
    &kPartOfComputed.info,  &kNoSuchEntry.info};

}  // namespace hlab::evaluate
