// What a build does to the output folder, and what it refuses to do.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/unit/tree_fixture.h"

using namespace hlab::test;
using hlab::emit::WriteFault;

namespace {

const Files kTree = {{"README.md", "read me\n"},
                     {"apps/a/values.yaml", "a: 1\n"},
                     {"apps/b/values.yaml", "b: 1\n"},
                     {"infra/run.sh", "#!/bin/sh\n"}};

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a new tree: files, modes, manifests and nothing else") {
  const Scratch scratch;
  const mode_t before = ::umask(077);
  const auto result = write(scratch.at("deep/er/out/"), kTree);
  ::umask(before);
  const std::string out = scratch.at("deep/er/out");
  CHECK(faults(result) == "");
  CHECK(result.written == 4);
  CHECK(snapshot(out) == kTree);
  CHECK(mode_of(out) == 0755);
  CHECK(mode_of(out + "/apps/a") == 0755);
  CHECK(mode_of(out + "/README.md") == 0644);
  CHECK(mode_of(out + "/infra/run.sh") == 0755);
  CHECK(names_in(scratch.at("deep/er")) == std::vector<std::string>{"out"});
  using nlohmann::json;
  const json top = json::parse(get(out + "/.hlab-manifest.json"));
  CHECK(top["folders"] == json{"apps", "infra"});
  CHECK(top["files"].size() == 1);
  const json apps = json::parse(get(out + "/apps/.hlab-manifest.json"));
  CHECK(apps["files"]["a/values.yaml"].get<std::string>().size() == 64);
  CHECK(apps["files"].size() == 2);
}

TEST_CASE("building again touches nothing") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(5);
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    fs::last_write_time(entry.path(), old);
  }
  const auto result = write(out, kTree);
  CHECK(result.ok());
  CHECK(result.written == 0);
  CHECK(result.unchanged == 4);
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    CHECK(fs::last_write_time(entry.path()) == old);
  }
}

TEST_CASE("a change writes what changed, prunes what is no longer generated, keeps the rest") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  put(out + "/apps/mine.txt", "mine");
  put(out + "/notes.txt", "mine too");
  Files next = kTree;
  next.erase("apps/b/values.yaml");
  next["apps/a/values.yaml"] = "a: 2\n";
  next["apps/c/deep/values.yaml"] = "c: 1\n";
  next["apps/c/deep/er/x.yaml"] = "x: 1\n";
  const auto result = write(out, next);
  CHECK(faults(result) == "");
  CHECK(result.written == 3);
  CHECK(result.unchanged == 2);
  CHECK(result.pruned.size() == 1);
  Files expected = next;
  expected["apps/mine.txt"] = "mine";
  expected["notes.txt"] = "mine too";
  CHECK(snapshot(out) == expected);
  CHECK_FALSE(fs::exists(out + "/apps/b"));
  const Scratch fresh;
  REQUIRE(write(fresh.at("out"), next).ok());
  CHECK(get(out + "/apps/.hlab-manifest.json") == get(fresh.at("out/apps/.hlab-manifest.json")));
}

TEST_CASE("the first build into a folder that holds other things") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  put(out + "/.git/config", "git");
  put(out + "/LICENSE", "mine");
  REQUIRE(write(out, kTree).ok());
  Files expected = kTree;
  expected[".git/config"] = "git";
  expected["LICENSE"] = "mine";
  CHECK(snapshot(out) == expected);
  fs::create_directory(scratch.at("empty"));
  CHECK(write(scratch.at("empty"), kTree).written == 4);
  CHECK(snapshot(scratch.at("empty")) == kTree);
}

TEST_CASE("an edited file stops the build, and all of them are listed") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  put(out + "/apps/a/values.yaml", "a: edited\n");
  put(out + "/apps/b/values.yaml", "b: edited\n");
  const Files edited = snapshot(out, true);
  Files next = kTree;
  next["apps/a/values.yaml"] = "a: 2\n";
  next.erase("apps/b/values.yaml");
  next["README.md"] = "new\n";
  const auto result = write(out, next);
  CHECK(faults(result) ==
        "apps/a/values.yaml: hlab wrote this, and it was changed since\n"
        "apps/b/values.yaml: hlab wrote this, and it was changed since\n");
  CHECK(snapshot(out, true) == edited);
  // Editing it to what would be generated anyway is no conflict.
  put(out + "/apps/a/values.yaml", "a: 2\n");
  put(out + "/apps/b/values.yaml", "b: 1\n");
  CHECK(write(out, next).ok());
}

TEST_CASE("a generated file that was deleted comes back") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  fs::remove_all(out + "/apps");
  CHECK(write(out, kTree).written == 2);
  CHECK(snapshot(out) == kTree);
}

TEST_CASE("a foreign file is never overwritten") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  put(out + "/apps/a/values.yaml", "mine\n");
  put(out + "/infra", "a file where a folder is needed");
  put(out + "/README.md/x", "a folder where a file is needed");
  const auto result = write(out, kTree);
  REQUIRE(result.problems.size() == 3);
  for (const auto& problem : result.problems) CHECK(problem.fault == WriteFault::foreign);
  CHECK(result.problems[0].path == "README.md");
  CHECK(result.problems[1].path == "apps/a/values.yaml");
  CHECK(result.problems[2].path == "infra");
  CHECK(snapshot(out).size() == 3);
  CHECK(names_in(out) == std::vector<std::string>{"README.md", "apps", "infra"});
}

TEST_CASE("links are neither followed nor replaced") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  fs::rename(out + "/apps", scratch.at("elsewhere"));
  fs::create_directory_symlink(scratch.at("elsewhere"), out + "/apps");
  fs::remove(out + "/README.md");
  fs::create_symlink(scratch.at("target"), out + "/README.md");
  const Files outside = snapshot(scratch.at("elsewhere"), true);
  Files next = kTree;
  next["apps/a/values.yaml"] = "a: 2\n";
  const auto result = write(out, next);
  REQUIRE(result.problems.size() == 2);
  CHECK(result.problems[0].fault == WriteFault::link);
  CHECK(result.problems[0].path == "README.md");
  CHECK(result.problems[1].fault == WriteFault::link);
  CHECK(result.problems[1].path == "apps");
  CHECK(snapshot(scratch.at("elsewhere"), true) == outside);
  CHECK_FALSE(fs::exists(scratch.at("target")));
  // A pruned file that became a link is somebody's edit.
  Files less = kTree;
  less.erase("README.md");
  CHECK(faults(write(out, less)).find("README.md: hlab wrote this") != std::string::npos);
}

TEST_CASE("the output itself may be reached through a link") {
  const Scratch scratch;
  fs::create_directory(scratch.at("real"));
  fs::create_directory_symlink(scratch.at("real"), scratch.at("link"));
  CHECK(write(scratch.at("link"), kTree).ok());
  CHECK(snapshot(scratch.at("real")) == kTree);
}

TEST_CASE("a file becomes a folder, and a folder a file") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  const Files first = {{"apps/x/only", "1"}, {"apps/y/a/b", "2"}, {"apps/y/c", "3"}};
  const Files second = {{"apps/x/only/below/it", "4"}, {"apps/y", "5"}};
  REQUIRE(write(out, first).ok());
  CHECK(faults(write(out, second)) == "");
  CHECK(snapshot(out) == second);
  CHECK(faults(write(out, first)) == "");
  CHECK(snapshot(out) == first);
  put(out + "/apps/y/a/mine", "mine");
  CHECK(faults(write(out, second)) ==
        "apps/y: hlab did not write this, and would have to replace it\n");
  CHECK(snapshot(out).size() == 4);
}

TEST_CASE("a folder that is generated no longer goes with its manifest") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  const Files next = {{"README.md", "read me\n"}, {"new/a.yaml", "a: 1\n"}};
  const auto result = write(out, next, {"new"});
  CHECK(faults(result) == "");
  CHECK(result.pruned.size() == 3);
  CHECK(snapshot(out) == next);
  CHECK(names_in(out) == std::vector<std::string>{".hlab-manifest.json", "README.md", "new"});
}

TEST_CASE("execute permission is part of a generated file, other bits are the user's") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  ::chmod((out + "/infra/run.sh").c_str(), 0644);
  ::chmod((out + "/README.md").c_str(), 0664);
  const auto result = write(out, kTree);
  CHECK(result.written == 1);
  CHECK(mode_of(out + "/infra/run.sh") == 0755);
  CHECK(mode_of(out + "/README.md") == 0664);
}

TEST_CASE("a manifest that cannot be read is a problem, not a licence") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  const std::string digest(64, '0');
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{\"version\":2}"),
        std::string("{\"version\":1,\"files\":{\"a\":\"12\"}}"),
        "{\"version\":1,\"files\":{\"../a\":\"" + digest + "\"}}",
        std::string("{\"version\":1,\"files\":{},\"folders\":[\"/etc\"]}"),
        std::string(100'000, '['), std::string("\xff\0\x01", 3)}) {
    fs::remove_all(out);
    REQUIRE(write(out, kTree).ok());
    put(out + "/.hlab-manifest.json", text);
    const Files before = snapshot(out, true);
    const auto result = write(out, {{"README.md", "new\n"}});
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].fault == WriteFault::bad_manifest);
    CHECK(result.problems[0].path == ".hlab-manifest.json");
    CHECK(snapshot(out, true) == before);
  }
}

TEST_CASE("an output that is no folder, or is being written") {
  const Scratch scratch;
  put(scratch.at("file"), "x");
  CHECK(write(scratch.at("file"), kTree).problems[0].fault == WriteFault::not_a_folder);
  CHECK(write(scratch.at("file/below"), kTree).problems[0].fault == WriteFault::not_a_folder);
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kTree).ok());
  const int fd = ::open(out.c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(::flock(fd, LOCK_EX) == 0);
  CHECK(write(out, kTree).problems[0].fault == WriteFault::busy);
  ::close(fd);
  CHECK(write(out, kTree).ok());
}

TEST_CASE("what stands in the way of reading does not stop or block the build for ever") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  fs::create_directory(out);
  REQUIRE(::mkfifo((out + "/README.md").c_str(), 0644) == 0);
  const auto result = write(out, kTree);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].fault == WriteFault::foreign);
}
