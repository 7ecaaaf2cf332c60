// The example of every operation, as the reference shows it, is evaluated and holds.
#include <memory>
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"
#include "compiler/values/builtins.h"
#include "tests/unit/lab_folder.h"

namespace {

using namespace hlab;

/// What the examples of the reference stand in; the page shows it, too.
constexpr std::string_view kAround =
    "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
    "fn ports() -> Map<Int> = { http = 80  https = 443 }\n"
    "fn tree() -> Yaml = { name = \"web\"  port = 80  tls = true  tags = [\"a\", \"b\"] }\n"
    "fn host() -> Yaml = { ip = \"10.0.0.9\"  lan = \"10.0.0.0/24\"  mac = \"dc:a6:32:01:02:03\"  "
    "memory = \"4GiB\"  lease = \"12h\" }\n";

std::unique_ptr<driver::Compilation> compiled(const std::string& checks) {
  const testing::LabFolder folder;
  folder.write("lab.hlab", std::string(kAround) + "policy examples {\n" + checks + "}\n");
  folder.write("ports.yaml", "http: 80\nhttps: 443\n");
  return driver::check_lab({folder.path().string(), false});
}

TEST_CASE("the example of every operation holds") {
  std::string checks;
  std::string opposites;
  for (const values::Builtin& builtin : values::all_builtins()) {
    CAPTURE(builtin.name);
    REQUIRE_FALSE(builtin.example.empty());
    CHECK(builtin.example.find(builtin.name) != std::string_view::npos);
    CHECK(values::receiver_name(builtin.receiver) != "?");
    checks += fmt::format("  check {}, \"no\"\n", builtin.example);
    opposites += fmt::format("  check not ({}), \"no\"\n", builtin.example);
  }
  const auto run = compiled(checks);
  if (run->diags.size() != 0) FAIL(diag::render_text(run->sources, run->diags));
  // What is absent would make a check vacuous: so each must fail when it is turned around.
  const auto turned = compiled(opposites);
  CHECK(turned->diags.size() == values::all_builtins().size());
  for (const diag::Diagnostic* item : turned->diags.sorted()) CHECK(item->info->code == "HL4002");
}

}  // namespace
