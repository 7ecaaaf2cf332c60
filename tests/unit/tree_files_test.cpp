#include <catch2/catch.hpp>

#include "emit/core/file_tree.h"

using namespace hlab::emit;

namespace {

OutputFile made(std::string path, std::string bytes, std::string owner) {
  OutputFile file;
  file.path = std::move(path);
  file.bytes = std::move(bytes);
  file.owner = std::move(owner);
  return file;
}

PathFault fault_of(FileTree& tree, std::string path) {
  const auto error = tree.add(made(std::move(path), "x", "owner"));
  return error ? error->fault : PathFault::none;
}

}  // namespace

TEST_CASE("paths that mean the same everywhere are taken") {
  FileTree tree;
  for (const std::string path : {"README.md", "a/b/c.yaml", ".sops.yaml", "a/.gitignore", "x..y/z",
                                 "d\xc3\xb6rte/\xe4\xb8\xad.txt", "a b/c d"}) {
    CHECK(fault_of(tree, path) == PathFault::none);
  }
  CHECK(tree.size() == 7);
  CHECK(tree.find("a/b/c.yaml") != nullptr);
  CHECK(tree.find("a/b") == nullptr);
  CHECK(tree.find("A/b/c.yaml") == nullptr);
}

TEST_CASE("paths that reach out or differ between systems are refused") {
  using F = PathFault;
  const std::vector<std::pair<std::string, F>> cases = {
      {"", F::empty},
      {"/etc/passwd", F::absolute},
      {"..", F::dot_segment},
      {"a/../b", F::dot_segment},
      {"./a", F::dot_segment},
      {"a//b", F::empty},
      {"a/", F::empty},
      {std::string("a\0b", 3), F::control},
      {"a\nb", F::control},
      {"a\x7f", F::control},
      {"a\xe2\x80\xae", F::control},
      {"a\xe2\x80\x8d", F::control},
      {"a\\b", F::backslash},
      {"a\xff", F::not_utf8},
      {"a./b", F::trailing},
      {"a /b", F::trailing},
      {"a.", F::trailing},
      {".git", F::git_folder},
      {"a/.GiT/config", F::git_folder},
      {"GIT~1/config", F::git_folder},
      {".hlab-manifest.json", F::reserved},
      {"a/.HLAB-journal", F::reserved},
      {"e\xcc\x81", F::combining},
      {std::string(256, 'a'), F::too_long},
      {std::string(200, 'a') + "/" + std::string(200, 'b') + "/" + std::string(200, 'c') + "/" +
           std::string(200, 'd') + "/" + std::string(240, 'e'),
       F::too_long},
  };
  for (const auto& [path, fault] : cases) {
    FileTree tree;
    INFO(path);
    CHECK(fault_of(tree, path) == fault);
    CHECK(tree.size() == 0);
  }
}

TEST_CASE("paths that clash are refused, with the other one named") {
  FileTree tree;
  REQUIRE(fault_of(tree, "apps/Web/values.yaml") == PathFault::none);
  CHECK(fault_of(tree, "apps/Web/values.yaml") == PathFault::duplicate);
  CHECK(fault_of(tree, "apps/Web/VALUES.yaml") == PathFault::twin);
  CHECK(fault_of(tree, "apps/web/other.yaml") == PathFault::twin);
  CHECK(fault_of(tree, "apps/Web") == PathFault::file_and_folder);
  CHECK(fault_of(tree, "apps/Web/values.yaml/x") == PathFault::file_and_folder);
  CHECK(fault_of(tree, "\xc3\x84") == PathFault::none);
  CHECK(fault_of(tree, "\xc3\xa4") == PathFault::twin);
  CHECK(fault_of(tree, "\xce\xa3/x") == PathFault::none);
  CHECK(fault_of(tree, "\xcf\x82/y") == PathFault::twin);
  // Of what lies in the way of a file the first is told alone.
  CHECK(fault_of(tree, "apps/Web/values.yaml/y") == PathFault::none);
  CHECK(tree.find("apps/Web/values.yaml/y") == nullptr);
  const auto error = tree.add(made("apps/WEB/x", "", "service b"));
  REQUIRE(error);
  CHECK(error->owner == "service b");
  CHECK(error->other_path == "apps/Web");
  CHECK(error->other_owner == "owner");
}

// rule LIMIT-13
TEST_CASE("a tree that grows too large is told once") {
  FileTree tree(10);
  CHECK(fault_of(tree, "a") == PathFault::none);
  const std::string bytes(8, 'x');
  REQUIRE_FALSE(tree.add(made("b", bytes, "owner")));
  const auto error = tree.add(made("c", bytes, "owner"));
  REQUIRE(error);
  CHECK(error->fault == PathFault::too_much);  // which is told as HL6002
  CHECK_FALSE(tree.add(made("d", bytes, "owner")));
  CHECK(tree.find("d") == nullptr);
}

TEST_CASE("the order is that of the paths, however they were added") {
  FileTree tree;
  for (const std::string path : {"b", "a/c", "a.txt", "a-b/x", "a/b"}) {
    REQUIRE(fault_of(tree, path) == PathFault::none);
  }
  std::vector<std::string> order;
  for (const OutputFile* file : tree.sorted()) order.push_back(file->path);
  CHECK(order == std::vector<std::string>{"a-b/x", "a.txt", "a/b", "a/c", "b"});
}
