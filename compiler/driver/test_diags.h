// What `hlab test` says of a test that fails.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::driver {

inline const diag::Diag<std::string_view> kExpectationFailed{
    {"HL4020", "expectation-failed", diag::Severity::error,
     "an `expect` of a test that does not hold",
     "`hlab test` compiles the lab with what the test adds, leaves out and overrides, and this expectation "
     "does not hold there.",
     "", ""},
    "{}"};

inline const diag::Diag<std::string_view> kNotRaised{
    {"HL4021", "expected-diagnostic-missing", diag::Severity::error,
     "a diagnostic that a test expects",
     "The test expects that the lab as it varies it breaks this rule, but it does not.", "", ""},
    "{} was expected, but nothing here breaks that rule"};

inline const diag::DiagInfo* const kAllTestDiags[] = {&kExpectationFailed.info, &kNotRaised.info};

}  // namespace hlab::driver
