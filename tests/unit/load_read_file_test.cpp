#include <cstdlib>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include "compiler/load/load.h"
#include "compiler/load/load_diags.h"

namespace {

namespace fs = std::filesystem;
using namespace hlab;

/// A folder of its own for each case, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "hlab-load-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] std::string string() const { return path_.string(); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string codes(const diag::Diagnostics& diags) {
  std::string text;
  for (const auto* item : diags.sorted()) text += std::string(item->info->code) + " ";
  return text;
}

}  // namespace

TEST_CASE("a folder gives its own .hlab files, sorted") {
  Folder lab;
  lab.write("b.hlab", "b");
  lab.write("a.hlab", "");
  lab.write("B.hlab", "B");
  lab.write(".hidden.hlab", "no");
  lab.write("note.txt", "no");
  lab.write("sub/c.hlab", "no");
  fs::create_directory(lab / "folder.hlab");
  diag::Diagnostics diags;
  const auto loaded = load::load_lab(lab.string(), diags);
  CHECK(codes(diags).empty());
  REQUIRE(loaded.files.size() == 3);
  CHECK(loaded.files[0].path == "B.hlab");
  CHECK(loaded.files[1].path == "a.hlab");
  CHECK(loaded.files[2].bytes == "b");
  CHECK(loaded.root == lab.path());
}

TEST_CASE("a file is the whole lab") {
  Folder lab;
  lab.write("a.hlab", "one");
  lab.write("b.hlab", "two");
  diag::Diagnostics diags;
  const auto loaded = load::load_lab((lab / "b.hlab").string(), diags);
  REQUIRE(loaded.files.size() == 1);
  CHECK(loaded.files[0].path == "b.hlab");
  CHECK(loaded.root == lab.path());
}

TEST_CASE("what is no lab is said") {
  Folder lab;
  lab.write("note.txt", "");
  const auto code_of = [](const std::string& place) {
    diag::Diagnostics diags;
    CHECK(load::load_lab(place, diags).files.empty());
    return codes(diags);
  };
  CHECK(code_of(lab.string()) == "HL0002 ");
  CHECK(code_of((lab / "absent").string()) == "HL0001 ");
  CHECK(code_of((lab / "note.txt" / "x").string()) == "HL0001 ");
  CHECK(code_of((lab / "note.txt").string()) == "HL0003 ");
  CHECK(code_of("/dev/null") == "HL0003 ");
}

// rule LIMIT-3
TEST_CASE("limits and odd files are refused one by one") {
  Folder lab;
  Folder other;
  other.write("secret.hlab", "secret");
  lab.write("fine.hlab", "x");
  lab.write("large.hlab", std::string(9, 'x'));
  lab.write("line\nbreak.hlab", "x");
  fs::create_symlink(other / "secret.hlab", lab / "link.hlab");
  fs::create_symlink("fine.hlab", lab / "inside.hlab");
  fs::create_symlink("nowhere", lab / "dangling.hlab");
  REQUIRE(::mkfifo((lab / "pipe.hlab").c_str(), 0600) == 0);
  diag::Diagnostics diags;
  const auto loaded = load::load_lab(lab.string(), diags, {.max_file_bytes = 8});
  CHECK(codes(diags) == "HL0004 HL0010 HL0011 HL0012 HL0014 ");
  REQUIRE(loaded.files.size() == 2);
  CHECK(loaded.files[1].path == "inside.hlab");

  diag::Diagnostics few;
  CHECK(load::load_lab(lab.string(), few, {.max_files = 3}).files.empty());
  CHECK(codes(few) == "HL0013 ");
}

TEST_CASE("other files are read inside the lab's folder only") {
  Folder lab;
  lab.write("secrets/a.sops.yaml", "cipher");
  fs::create_directory_symlink("/", lab / "root");
  const auto status = [&](std::string_view name) {
    return load::read_lab_file(lab.path(), name).status;
  };
  CHECK(load::read_lab_file(lab.path(), "secrets/a.sops.yaml").bytes == "cipher");
  CHECK(status("secrets/b.sops.yaml") == load::ReadStatus::missing);
  CHECK(status("secrets") == load::ReadStatus::not_a_file);
  CHECK(status("../x") == load::ReadStatus::outside);
  CHECK(status("secrets/../../x") == load::ReadStatus::outside);
  CHECK(status("/etc/hostname") == load::ReadStatus::outside);
  CHECK(status("root/etc/passwd") == load::ReadStatus::outside);
  CHECK(status("") == load::ReadStatus::outside);
}

TEST_CASE("replacing a file keeps its mode and touches nothing without need") {
  Folder lab;
  lab.write("f", "old");
  fs::permissions(lab / "f", fs::perms(0640));
  struct stat before {
  }, after{};
  REQUIRE(::stat((lab / "f").c_str(), &before) == 0);
  CHECK(load::replace_file(lab / "f", "old").empty());
  REQUIRE(::stat((lab / "f").c_str(), &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  CHECK(load::replace_file(lab / "f", "new").empty());
  CHECK(load::read_lab_file(lab.path(), "f").bytes == "new");
  CHECK((fs::status(lab / "f").permissions() & fs::perms::mask) == fs::perms(0640));
  CHECK(std::distance(fs::directory_iterator(lab.path()), {}) == 1);
  CHECK_FALSE(load::replace_file(lab / "none" / "f", "x").empty());
  CHECK(load::replace_file(lab.path(), "x") == "not a regular file");
}

TEST_CASE("names are shown without control bytes") {
  CHECK(load::printable_name("größe.hlab") == "größe.hlab");
  CHECK(load::printable_name("a\x1b[31m") == "a?[31m");
  CHECK(load::printable_name("a\xff") == "a?");
  CHECK(load::printable_name("a\xe2\x80\xae"
                             "b") == "a?b");
}
