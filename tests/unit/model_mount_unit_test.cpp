#include <catch2/catch.hpp>

#include "compiler/model/mount_unit.h"

// The right-hand sides are what systemd-escape of systemd 252 prints.
TEST_CASE("mount units are named as systemd names them") {
  using hlab::model::mount_unit_name;
  CHECK(mount_unit_name("/var/lib/things") == "var-lib-things.mount");
  CHECK(mount_unit_name("/srv/my-data") == "srv-my\\x2ddata.mount");
  CHECK(mount_unit_name("//srv//data/") == "srv-data.mount");
  CHECK(mount_unit_name("/.hidden/a.b") == "\\x2ehidden-a.b.mount");
  CHECK(mount_unit_name("/data/\xc3\xa4 b") == "data-\\xc3\\xa4\\x20b.mount");
  CHECK(mount_unit_name("/") == "-.mount");
}
