// What `hlab test` says of a test that fails.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::driver {

inline const diag::Diag<std::string_view> kExpectationFailed{
    {"HL4020", "expectation-failed", diag::Severity::error,
     "an `expect` of a test that does not hold",
     "`hlab test` compiles the lab with what the test adds, leaves out and overrides, and this expectation "
     "does not hold there.",
     R"(# hlab test
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf {}
for i in 1..3 { shelf "s-${i}" {} }
test "shelves are few" { expect (all shelf).length() < 3, "there are ${(all shelf).length()}" }
)",
     R"(# hlab test
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
kind shelf {}
for i in 1..2 { shelf "s-${i}" {} }
test "shelves are few" { expect (all shelf).length() < 3, "there are ${(all shelf).length()}" }
)"},
    "{}"};

inline const diag::Diag<std::string_view> kNotRaised{
    {"HL4021", "expected-diagnostic-missing", diag::Severity::error,
     "a diagnostic that a test expects",
     "The test expects that the lab as it varies it breaks this rule, but it does not.",
     R"(# hlab test
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.0.0/16  gateway = 192.168.2.1 }
test "the gateway stays inside" {
  override lan.cidr any -> 192.168.2.0/24
  expect HL4150
}
)",
     R"(# hlab test
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.0.0/16  gateway = 192.168.2.1 }
test "the gateway stays inside" {
  override lan.cidr any -> 10.0.0.0/24
  expect HL4150
}
)"},
    "{} was expected, but nothing here breaks that rule"};

inline const diag::DiagInfo* const kAllTestDiags[] = {&kExpectationFailed.info, &kNotRaised.info};

}  // namespace hlab::driver
