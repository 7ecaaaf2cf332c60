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

inline const diag::DiagInfo* const kAllEmitDiags[] = {&kHeldBack.info, &kUnfitPath.info, &kUnwritable.info,
                                                     &kMissingCiphertext.info};

}  // namespace hlab::emit
