// Diagnostics of outputs (HL6).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

using Sv = std::string_view;

inline const diag::Diag<Sv, Sv> kHeldBack{
    {"HL6001", "held-back", diag::Severity::warning, "an output that waits for a fact not learned yet",
     "The output needs a fact that only the world knows, and its consumer cannot look it up by itself. "
     "`tailscale status --json | hlab learn` brings such facts into hlab.lock.",
     "", ""},
    "`{}` is not written yet: {} has not been learned"};

inline const diag::Diag<Sv, Sv> kUnfitPath{
    {"HL6002", "unfit-output-path", diag::Severity::error, "an output path that cannot be used",
     "Output paths stay inside the output folder, and no two declarations write one file.", "", ""},
    "`{}` {}"};

inline const diag::Diag<Sv, Sv> kUnwritable{
    {"HL6003", "unwritable-document", diag::Severity::error, "a document that its format cannot hold",
     "YAML files hold UTF-8 text and no key twice, in the reading of YAML 1.1 either.", "", ""},
    "`{}` cannot be written: {}"};

inline const diag::Diag<Sv, Sv> kMissingCiphertext{
    {"HL7010", "missing-ciphertext", diag::Severity::warning, "a secret whose ciphertext is not committed",
     "hlab never holds the value of a secret. It copies the encrypted file that a person made; the "
     "command that makes it is shown.",
     "", ""},
    "`{}` has no ciphertext yet: `{}` is missing"};

inline const diag::Diag<Sv, Sv> kNamelessObject{
    {"HL6004", "nameless-object", diag::Severity::error, "a Kubernetes object that does not say what it is",
     "Every object in `objects` and `cluster-objects` has `apiVersion`, `kind` and `metadata.name`.", "",
     ""},
    "object `{}` of `{}` needs `apiVersion`, `kind` and `metadata.name`"};

inline const diag::Diag<Sv, Sv, Sv> kUnfitName{
    {"HL6005", "unfit-kubernetes-name", diag::Severity::error, "a name that Kubernetes does not take",
     "Volumes, ports, files of `config` and the like become names in Kubernetes, and each sort of name "
     "has its own characters there.",
     "", ""},
    "`{}` cannot be the name of {}: {}"};

inline const diag::Diag<Sv, Sv, Sv> kUnguarded{
    {"HL6006", "unguarded-endpoint", diag::Severity::error, "an endpoint that nobody would guard",
     "`login = forward(...)` says that another service asks people for their name. How the ingress "
     "controller is told so differs between controllers, and hlab does not know it for this one: put "
     "the annotations that do it into the `annotations` of the endpoint.",
     "", ""},
    "`{}` would be open: hlab cannot tell `{}` to ask `{}` first"};

inline const diag::DiagInfo* const kAllEmitDiags[] = {&kHeldBack.info, &kUnfitPath.info, &kUnwritable.info,
                                                     &kMissingCiphertext.info, &kNamelessObject.info,
                                                     &kUnfitName.info, &kUnguarded.info};

}  // namespace hlab::emit
