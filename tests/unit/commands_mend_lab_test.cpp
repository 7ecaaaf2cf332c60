#include <catch2/catch.hpp>

#include "compiler/commands/mend_lab.h"
#include "compiler/driver/exit_status.h"
#include "tests/unit/lab_folder.h"

namespace {

using namespace hlab;

constexpr const char* kSpoilt =
    "lab home { domain = home  timezone = \"Europe/Oslo\" }\nnetwork lan { cidr = \"10.9.8.0/24\" }\n";

}  // namespace

TEST_CASE("a file that changed since it was read is left alone, and so are the others") {
  const testing::LabFolder folder;
  folder.write("lab.hlab", kSpoilt);
  folder.write("more.hlab", "network attic { cidr = \"10.9.7.0/24\" }\n");
  const commands::Mended mended = commands::mend_lab({folder.path().string()});
  REQUIRE(mended.after.size() == 2);
  const std::string now = "network attic { cidr = \"10.9.6.0/24\" }\n";
  folder.write("more.hlab", now);

  const commands::WrittenFixes written = commands::write_mended(mended);
  CHECK(written.status == driver::kRefused);
  CHECK(written.problem == "`more.hlab` has changed since it was read; nothing was written\n");
  CHECK(testing::read_text(folder.path() / "more.hlab") == now);
  CHECK(testing::read_text(folder.path() / "lab.hlab") == kSpoilt);
}

TEST_CASE("a file that went since it was read is not made again") {
  const testing::LabFolder folder;
  folder.write("lab.hlab", kSpoilt);
  const commands::Mended mended = commands::mend_lab({folder.path().string()});
  std::filesystem::remove(folder.path() / "lab.hlab");
  CHECK(commands::write_mended(mended).status == driver::kRefused);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "lab.hlab"));
}

TEST_CASE("unspoilt, the fixes are written") {
  const testing::LabFolder folder;
  folder.write("lab.hlab", kSpoilt);
  const commands::Mended mended = commands::mend_lab({folder.path().string()});
  CHECK(commands::write_mended(mended).status == driver::kFine);
  CHECK(testing::read_text(folder.path() / "lab.hlab").find("cidr = 10.9.8.0/24") !=
        std::string::npos);
}
