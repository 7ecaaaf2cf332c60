#include <catch2/catch.hpp>

#include "compiler/diag/explain.h"
#include "compiler/driver/all_diags.h"

namespace {

using namespace hlab;

const diag::DiagInfo kOne{"HL0402",   "odd-thing",      diag::Severity::warning,
                          "odd",      "word word word", "bad {\n\n}\n",
                          "good {}\n"};
const diag::DiagInfo kTwo{
    "HL0401", "other-thing", diag::Severity::error, "other", "- kept  as is", "", ""};

}  // namespace

TEST_CASE("no code or name is declared twice, and each is explained") {
  const auto registry = driver::all_diagnostics();
  CHECK(registry.declared_twice().empty());
  for (const auto* info : registry.sorted()) {
    INFO(info->code);
    CHECK(info->code.size() == 6);
    CHECK_FALSE(info->title.empty());
    CHECK_FALSE(info->explain.empty());
  }
}

TEST_CASE("finding by code and name") {
  diag::Registry registry;
  registry.add(kOne);
  registry.add(kTwo);
  CHECK(registry.find("HL0402") == &kOne);
  CHECK(registry.find("hl0402") == &kOne);
  CHECK(registry.find("0401") == &kTwo);
  CHECK(registry.find("other-thing") == &kTwo);
  CHECK(registry.find("nothing") == nullptr);
  CHECK(registry.find("") == nullptr);
  CHECK(registry.nearest("other-thin") == "other-thing");
  CHECK(registry.sorted().front() == &kTwo);
  registry.add(kTwo);
  CHECK(registry.declared_twice().size() == 2);
}

TEST_CASE("explanations and lists") {
  CHECK(diag::explain_text(kOne, 10).starts_with(
      "HL0402 odd-thing (warning)\nodd\n\nword word\nword\n\nWrong:\n\n    bad {\n\n    }\n\nRight:\n\n"
      "    good {}\n"));
  CHECK(diag::explain_text(kTwo) == "HL0401 other-thing (error)\nother\n\n- kept  as is\n");
  CHECK(diag::rules_table({&kTwo, &kOne}) ==
        "HL0401  error    other-thing  other\nHL0402  warning  odd-thing    odd\n");
  CHECK(diag::rules_json({&kTwo}) ==
        "{\"version\":1,\"rules\":[{\"code\":\"HL0401\",\"name\":\"other-thing\","
        "\"severity\":\"error\",\"title\":\"other\"}]}\n");
}
