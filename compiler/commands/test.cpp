#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/variations.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::kFine;
using driver::kLabHasErrors;
using driver::run_tests;
using driver::TestResult;

namespace {

using Json = nlohmann::ordered_json;

std::string json_of(const Compilation& base, const std::vector<TestResult>& results) {
  Json tests = Json::array();
  for (const TestResult& result : results) {
    Json problems = Json::array();
    for (const diag::Diagnostic* item : result.run->diags.sorted()) {
      problems.push_back({{"code", item->info->code}, {"message", item->message}});
    }
    tests.push_back({{"name", result.name},
                     {"file", base.sources.file(result.at.file).path},
                     {"line", base.sources.position(result.at.file, result.at.begin).line},
                     {"passed", result.passed},
                     {"problems", std::move(problems)}});
  }
  return Json{{"version", 1}, {"tests", std::move(tests)}}.dump() + "\n";
}

std::string summary(std::size_t passed, std::size_t failed) {
  if (passed + failed == 0) return "No test has such a name.\n";
  const auto count = [](std::size_t n) {
    return std::to_string(n) + (n == 1 ? " test" : " tests");
  };
  if (failed == 0) return count(passed) + " passed.\n";
  return count(failed) + " failed, " + std::to_string(passed) + " passed.\n";
}

}  // namespace

int command_test(const Options& options, Console& console) {
  const CompileRequest request{.lab = options.lab};
  Compilation& base = console.keep(check_lab(request));
  if (base.diags.has_errors()) {
    show_diagnostics(base.sources, base.diags, options, console);
    return status_of(base.diags);
  }
  if (base.tests.empty() && options.format == Format::human) {
    console.complain("The lab declares no test; `test \"...\" { ... expect ... }` is one.\n");
    return kFine;
  }
  const std::vector<TestResult> results = run_tests(base, request, options.topic);
  std::size_t failed = 0;
  for (const TestResult& result : results) {
    if (!result.passed) ++failed;
    if (options.format != Format::human) continue;
    console.print((result.passed ? "ok    " : "FAIL  ") + result.name + "\n");
    if (result.passed) continue;
    console.complain("\nIn test \"" + result.name + "\":\n");  // the verdicts may go elsewhere
    show_diagnostics(result.run->sources, result.run->diags, options, console);
  }
  if (options.format == Format::human) {
    console.complain(summary(results.size() - failed, failed));
  } else {
    console.print(json_of(base, results));
  }
  return failed == 0 ? kFine : kLabHasErrors;
}

}  // namespace hlab::commands
