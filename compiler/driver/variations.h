// Sites and tests, each compiled as a lab of its own beside the one they vary.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// Compiles `site NAME of LAB`: its result takes the place of the lab's own. Where the lab itself has
/// errors, or declares no such site, the result is the lab with these errors.
std::unique_ptr<Compilation> check_site(const CompileRequest& request, const std::string& site);

/// Compiles every site, and every test as far as its types, and adds to `base` what is wrong in them.
void check_variations(Compilation& base, const CompileRequest& request);

struct TestResult {
  std::string name;
  Span at;
  bool passed = false;
  std::shared_ptr<Compilation>
      run;  // its diagnostics say why it failed; of all that pass together one
};

/// Runs the tests whose name holds `filter`, in the order of the source. `base` has no errors.
std::vector<TestResult> run_tests(Compilation& base, const CompileRequest& request,
                                  const std::string& filter);

}  // namespace hlab::driver
