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
     "pool house { of = lna  range = 192.168.1.240..192.168.1.249 }\n",
     "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
     "network lan { cidr = 192.168.1.0/24 }\n"
     "pool house { of = lan  range = 192.168.1.240..192.168.1.249 }\n"},
    "nothing here is called `{}`{}"};

inline const Diag<Sv, Sv> kWrongKind{
    {"HL2002", "wrong-kind-of-reference", Severity::error, "a reference to a thing of another kind",
     "The field takes a reference to one kind, and the name belongs to a declaration of another.",
     "", ""},
    "`{}` is {}"};

inline const Diag<Sv, Sv> kUnknownField{
    {"HL2003", "unknown-field", Severity::error, "a field that the kind does not have",
     "Kinds are closed: only declared fields can be set or read. The nearest names are suggested.",
     "", ""},
    "{} has no field `{}`"};

inline const Diag<Sv> kUnknownKind{
    {"HL2004", "unknown-kind", Severity::error, "a kind that nobody declares",
     "After a colon, in a type and at the beginning of a declaration stands the name of a kind: of the "
     "core library, of `std`, or of this lab.",
     "", ""},
    "there is no kind `{}`"};

inline const Diag<Sv, Sv> kKindMismatch{
    {"HL2005", "kind-mismatch", Severity::error, "a declaration refined by a kind of another family",
     "`service x: K` takes a K that refines `service`.", "", ""},
    "`{}` is not a {}"};

inline const Diag<Sv, Sv> kDeclaredTwice{
    {"HL2006", "declared-twice", Severity::error, "two declarations of one kind share a name",
     "A name stands for one thing of a kind. Both places are shown.", "", ""},
    "{} `{}` is declared twice"};

inline const Diag<Sv> kAmbiguousName{
    {"HL2007", "ambiguous-name", Severity::error, "a name that several declarations share",
     "Where the field does not say which kind it takes, a name that two kinds share needs its kind: "
     "`node.vault` or `service.vault`.",
     "", ""},
    "`{}` could mean several declarations here"};

inline const Diag<Sv> kSetTwice{
    {"HL2008", "set-twice", Severity::error, "a field set twice in one body",
     "In one body each field is set once, in either spelling (`a.b = ...` and `a { b = ... }` are the "
     "same).",
     "", ""},
    "`{}` is set twice"};

inline const Diag<Sv, Sv> kMisplaced{
    {"HL2009", "misplaced", Severity::error, "a declaration or entry where it cannot stand",
     "Declarations stand at the top of a file (or in `for` and `if` around them); fields are declared in "
     "kinds; values are set in bodies.",
     "", ""},
    "{} cannot stand {}"};

inline const Diag<Sv> kNoSelf{
    {"HL2010", "no-instance-here", Severity::error, "`.field` outside a body",
     "`.x` means a field of the instance whose body this is. Here is no instance.", "", ""},
    "`.{}` has no instance to belong to here"};

inline const Diag<Sv> kKindCycle{
    {"HL2011", "kind-cycle", Severity::error, "kinds that refine each other in a circle",
     "A kind cannot refine itself, directly or through others.", "", ""},
    "kind `{}` refines itself"};

inline const Diag<Sv> kFieldTwice{
    {"HL2012", "field-declared-twice", Severity::error, "a field declared twice",
     "A refining kind sets an inherited field with `=`; it does not declare it again.", "", ""},
    "field `{}` is already declared"};

inline const Diag<Sv> kHeadNeedsConstant{
    {"HL2013", "head-not-constant", Severity::error,
     "a loop or condition around declarations that asks the lab",
     "Which instances exist is settled before any value is computed. The head of a `for` or `if` around "
     "declarations is made of literals, ranges, lists and functions of them.",
     "", ""},
    "{} cannot be known before the lab's declarations are"};

inline const Diag<Sv> kRecursion{
    {"HL2014", "recursion", Severity::error, "functions that call each other in a circle",
     "Compiling always ends, so no function may reach itself. The circle is shown.", "", ""},
    "function `{}` calls itself"};

// --- types ------------------------------------------------------------------------------------------

inline const Diag<Sv, Sv> kTypeMismatch{
    {"HL3001", "type-mismatch", Severity::error, "a value of another type than the place takes",
     "Nothing is converted in silence. Units belong to the type: bytes never meet seconds.", "", ""},
    "this is {}, and {} is needed"};

inline const Diag<Sv, Sv, Sv> kNoOperator{
    {"HL3002", "no-such-operation", Severity::error, "an operator between types that it does not know",
     "Operators work within one type, and where a unit makes sense (`2 * 1GiB`, `address + 1`).", "",
     ""},
    "`{}` is not defined for {} and {}"};

inline const Diag<Sv> kMaybeAbsent{
    {"HL3003", "maybe-absent", Severity::error, "an optional value where one is required",
     "An optional field may be absent. Give what holds then (`x ?? 5`), or ask first (`if has x then ...`).",
     "", ""},
    "this may be absent, and {} is needed"};

inline const Diag<Sv, Sv> kNotCallable{
    {"HL3004", "not-callable", Severity::error, "a call of something that is no function",
     "Functions, methods of kinds and built-in operations can be called.", "", ""},
    "{} has no operation `{}`"};

inline const Diag<Sv, Sv> kBadArguments{
    {"HL3005", "bad-arguments", Severity::error, "arguments that do not fit the function",
     "The signature is shown. Arguments go by position or by name.", "", ""},
    "the arguments do not fit `{}`{}"};

inline const Diag<Sv, Sv> kUnknownTag{
    {"HL3006", "unknown-word", Severity::error, "a word that the type does not know",
     "A union of words takes one of its words.", "", ""},
    "`{}` is not one of {}"};

inline const Diag<Sv> kNeedsType{
    {"HL3007", "type-unknown", Severity::error, "a word or brace whose type cannot be known here",
     "A bare word or brace gets its meaning from the type that is expected, and nothing expects one "
     "here.",
     "", ""},
    "it cannot be told what {} means here"};

inline const Diag<Sv, Sv> kBadText{
    {"HL3008", "bad-text", Severity::error, "a text that its type does not admit",
     "Host names, URLs, versions, images, cron lines are texts with a form, checked when compiled.", "",
     ""},
    "{}: {}"};

inline const Diag<std::int64_t, Sv> kOutOfRange{
    {"HL3009", "out-of-range", Severity::error, "a number outside the range of its type",
     "The type says which numbers make sense here.", "", ""},
    "{} is outside {}"};

inline const Diag<Sv> kDropsDefaults{
    {"HL3010", "drops-defaults", Severity::error, "`= { ... }` where a refinement was meant",
     "`x = { ... }` would replace the record and drop its defaults in silence. `x { ... }` refines it "
     "field by field.",
     "", ""},
    "`= {{` would drop the defaults of {}"};

inline const Diag<Sv> kNotText{
    {"HL3011", "no-text-form", Severity::error, "a value without a canonical text, joined to a text",
     "Text takes strings, numbers, addresses, quantities and words. Lists are joined with "
     "`.join(\", \")`; of an instance one says which field.",
     "", ""},
    "{} has no text form of its own"};

inline const Diag<Sv> kNotIterable{
    {"HL3012", "not-iterable", Severity::error, "a loop over something that has no elements",
     "`for` goes over lists, integer ranges and `all KIND`.", "", ""},
    "cannot loop over {}"};

inline const Diag<Sv> kNotBool{
    {"HL3013", "condition-not-bool", Severity::error, "a condition that is not true or false",
     "Conditions are `Bool`; nothing else counts as true.", "", ""},
    "a condition is true or false, and this is {}"};

inline const Diag<Sv> kUselessIs{
    {"HL3014", "is-on-other-type", Severity::error, "`is` on a value that has no words or kinds",
     "`is` asks which word of a union, or which kind, a value is.", "", ""},
    "`is` cannot ask {}"};

inline const Diag<Sv> kMatchMissing{
    {"HL3015", "match-incomplete", Severity::error, "a match that leaves out a case",
     "A match covers every word of the union, or has a `_` arm.", "", ""},
    "the match does not say what holds for {}"};

inline const Diag<Sv> kSecretInPlain{
    {"HL7001", "secret-in-plain-place", Severity::error, "a secret that would stand readable in a file",
     "A secret flows only into places that are typed to take it. Joined to a text it makes the whole "
     "text secret. There is no cast.",
     "", ""},
    "a secret would be readable in {}"};

inline const Diag<Sv> kSecretObserved{
    {"HL7002", "secret-observed", Severity::error, "a decision that would depend on a secret",
     "hlab never holds the value of a secret, so nothing can be compared with it, measured or branched "
     "on.",
     "", ""},
    "{} would have to look at a secret"};

inline const DiagInfo* const kAllCheckDiags[] = {
    &kUnknownName.info, &kWrongKind.info, &kUnknownField.info, &kUnknownKind.info,
    &kKindMismatch.info, &kDeclaredTwice.info, &kAmbiguousName.info, &kSetTwice.info,
    &kMisplaced.info, &kNoSelf.info, &kKindCycle.info, &kFieldTwice.info,
    &kHeadNeedsConstant.info, &kRecursion.info, &kTypeMismatch.info, &kNoOperator.info,
    &kMaybeAbsent.info, &kNotCallable.info, &kBadArguments.info, &kUnknownTag.info,
    &kNeedsType.info, &kBadText.info, &kOutOfRange.info, &kDropsDefaults.info, &kNotText.info,
    &kNotIterable.info, &kNotBool.info, &kUselessIs.info, &kMatchMissing.info,
    &kSecretInPlain.info, &kSecretObserved.info,
};

}  // namespace hlab::check
