// Every system call of a build fails in turn, and the process dies at every one of them: the folder
// must hold the old tree, the new tree, or a journal from which the next build makes the new one.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <cerrno>

#include "emit/core/journal.h"
#include "tests/unit/tree_fixture.h"

using namespace hlab::test;
using namespace hlab::emit;

namespace {

enum class Mode { fail_one, fail_from, die };

constexpr int kDead = 9;

/// Counts the calls that can fail, and makes the one whose turn it is fail or the last.
class FaultyOps final : public FileOps {
 public:
  FaultyOps(Mode mode, int turn) : mode_(mode), turn_(turn) {}
  [[nodiscard]] int calls() const { return calls_; }

  int open(int folder, const char* name, int flags, mode_t mode) override {
    return strike(ENFILE) ? -ENFILE : real_.open(folder, name, flags, mode);
  }
  int close(int fd) override { return real_.close(fd); }
  ssize_t write(int fd, std::string_view bytes) override {
    if (strike(ENOSPC)) return -ENOSPC;
    return real_.write(fd, bytes.substr(0, 200));  // short writes throughout
  }
  ssize_t read(int fd, char* into, std::size_t size) override {
    return strike(EIO) ? -EIO : real_.read(fd, into, std::min<std::size_t>(size, 300));
  }
  int status(int fd, struct stat& into) override {
    return strike(EIO) ? -EIO : real_.status(fd, into);
  }
  int set_mode(int fd, mode_t mode) override {
    return strike(EPERM) ? -EPERM : real_.set_mode(fd, mode);
  }
  int make_folder(int folder, const char* name, mode_t mode) override {
    return strike(ENOSPC) ? -ENOSPC : real_.make_folder(folder, name, mode);
  }
  int rename(int from_folder, const char* from, int to_folder, const char* to,
             Replace replace) override {
    return strike(EIO) ? -EIO : real_.rename(from_folder, from, to_folder, to, replace);
  }
  int remove_file(int folder, const char* name) override {
    return strike(EIO) ? -EIO : real_.remove_file(folder, name);
  }
  int remove_folder(int folder, const char* name) override {
    return strike(EIO) ? -EIO : real_.remove_folder(folder, name);
  }
  int may_write(int folder) override { return strike(EACCES) ? -EACCES : real_.may_write(folder); }
  int sync(int fd) override { return strike(EIO) ? -EIO : real_.sync(fd) * 0; }
  int sync_all(int) override { return strike(EIO) ? -EIO : 0; }
  int lock(int fd) override { return strike(ENOLCK) ? -ENOLCK : real_.lock(fd); }
  int list(int folder, std::vector<std::string>& names) override {
    return strike(EIO) ? -EIO : real_.list(folder, names);
  }

 private:
  bool strike(int) {
    ++calls_;
    if (calls_ < turn_ || turn_ == 0) return false;
    if (mode_ == Mode::die) ::_exit(kDead);
    return calls_ == turn_ || mode_ == Mode::fail_from;
  }

  PosixFileOps real_;
  Mode mode_;
  int turn_;
  int calls_ = 0;
};

const std::vector<std::string> kFolders = {"apps", "infra", "gone"};

const Files kOld = {{"README.md", "read me\n"},    {"apps/a/values.yaml", "a: 1\n"},
                    {"apps/b/values.yaml", "b"},   {"apps/b/more.yaml", "b: 2\n"},
                    {"apps/turn", "a file\n"},     {"apps/back/x", "in a folder\n"},
                    {"infra/run.sh", "#!/bin/sh"}, {"gone/only.txt", "gone\n"}};
const Files kNew = {{"README.md", "read me again\n"}, {"apps/a/values.yaml", "a: 2\n"},
                    {"apps/b/values.yaml", "b"},      {"apps/new/deep/x.yaml", "x: 1\n"},
                    {"apps/new/y.yaml", "y: 1\n"},    {"apps/turn/now", "a folder\n"},
                    {"apps/back", "a file\n"},        {"infra/run.sh", "#!/bin/sh"}};
const std::string kForeign = "apps/b/mine.txt";

WriteResult build(const std::string& output, const Files& files, FileOps& ops) {
  const FileTree tree = tree_of(files);
  return write_tree({output, &tree, kFolders}, ops);
}

/// What is visible: everything but the staging folder and the journal.
Files visible(const std::string& output) {
  Files files = snapshot(output, true);
  std::erase_if(files, [](const auto& file) { return file.first.starts_with(".hlab-staging/"); });
  files.erase(std::string(kJournalName));
  return files;
}

bool has_litter(const Scratch& scratch) {
  return fs::exists(scratch.at("out/.hlab-journal")) ||
         fs::exists(scratch.at("out/.hlab-staging")) || fs::exists(scratch.at(".out.hlab-staging"));
}

class Lab {
 public:
  explicit Lab(bool exists) : exists_(exists) {
    FaultyOps ops(Mode::fail_one, 0);
    if (exists_) {
      REQUIRE(build(master_.at("out"), kOld, ops).ok());
      put(master_.at("out/" + kForeign), "mine");
    }
    before_ = visible(master_.at("out"));
    const Scratch copy;
    reset(copy);
    FaultyOps counting(Mode::fail_one, 0);
    const WriteResult result = build(copy.at("out"), kNew, counting);
    INFO(faults(result));
    REQUIRE(result.ok());
    after_ = visible(copy.at("out"));
    Files plain = snapshot(copy.at("out"));
    plain.erase(kForeign);
    REQUIRE(plain == kNew);
    REQUIRE_FALSE(has_litter(copy));
    calls_ = counting.calls();
  }

  void reset(const Scratch& scratch) const {
    fs::remove_all(scratch.at("out"));
    fs::remove_all(scratch.at(".out.hlab-staging"));
    if (exists_) fs::copy(master_.at("out"), scratch.at("out"), fs::copy_options::recursive);
  }
  [[nodiscard]] int calls() const { return calls_; }

  /// Nothing half done is visible unless the journal tells how to go on.
  void check_interrupted(const Scratch& scratch) const {
    const Files now = visible(scratch.at("out"));
    if (exists_) CHECK(get(scratch.at("out/" + kForeign)) == "mine");
    const bool whole = now == before_ || now == after_;
    if (!fs::exists(scratch.at("out/.hlab-journal"))) CHECK(whole);
  }

  void check_completed(const Scratch& scratch) const {
    FaultyOps ops(Mode::fail_one, 0);
    const WriteResult result = build(scratch.at("out"), kNew, ops);
    CHECK(faults(result) == "");
    CHECK(visible(scratch.at("out")) == after_);
    CHECK_FALSE(has_litter(scratch));
  }

 private:
  Scratch master_;
  bool exists_;
  Files before_;
  Files after_;
  int calls_ = 0;
};

/// Builds in a process of its own that dies at its `turn`-th call; false when it lived.
bool dies(const std::string& output, int turn) {
  const pid_t child = ::fork();
  if (child == 0) {
    FaultyOps ops(Mode::die, turn);
    ::_exit(build(output, kNew, ops).ok() ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status) == kDead;
}

}  // namespace

TEST_CASE("every call fails in turn, alone and with all that follow") {
  const bool exists = GENERATE(true, false);
  const Mode mode = GENERATE(Mode::fail_one, Mode::fail_from);
  const Lab lab(exists);
  CHECK(lab.calls() > 40);
  const Scratch scratch;
  for (int turn = 1; turn <= lab.calls(); ++turn) {
    INFO("existing " << exists << ", call " << turn);
    lab.reset(scratch);
    FaultyOps ops(mode, turn);
    build(scratch.at("out"), kNew, ops);
    lab.check_interrupted(scratch);
    lab.check_completed(scratch);
  }
}

TEST_CASE("the process dies at every call") {
  const bool exists = GENERATE(true, false);
  const Lab lab(exists);
  const Scratch scratch;
  for (int turn = 1; turn <= lab.calls(); ++turn) {
    INFO("existing " << exists << ", call " << turn);
    lab.reset(scratch);
    CHECK(dies(scratch.at("out"), turn));
    lab.check_interrupted(scratch);
    lab.check_completed(scratch);
  }
}

TEST_CASE("the build that completes an interrupted one dies, too") {
  const Lab lab(true);
  const Scratch scratch;
  int resumed = 0;
  for (int turn = 1; turn <= lab.calls(); turn += 5) {
    for (int second = 1;; second += 7) {
      lab.reset(scratch);
      dies(scratch.at("out"), turn);
      if (!fs::exists(scratch.at("out/.hlab-journal"))) break;
      const bool died = dies(scratch.at("out"), second);
      lab.check_interrupted(scratch);
      lab.check_completed(scratch);
      ++resumed;
      if (!died) break;
    }
  }
  CHECK(resumed > 50);
}

TEST_CASE("an edit between the interrupted build and the next is named, not lost") {
  const Lab lab(true);
  const Scratch scratch;
  int stopped = 0;
  for (int turn = 1; turn <= lab.calls(); ++turn) {
    lab.reset(scratch);
    dies(scratch.at("out"), turn);
    if (!fs::exists(scratch.at("out/.hlab-journal"))) continue;
    put(scratch.at("out/README.md"), "edited in between\n");
    const WriteResult result = write(scratch.at("out"), kNew, kFolders);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].fault == WriteFault::edited);
    CHECK(result.problems[0].path == "README.md");
    CHECK(get(scratch.at("out/README.md")) == "edited in between\n");
    ++stopped;
  }
  CHECK(stopped > 5);
}

TEST_CASE("a journal that cannot be read, or has lost its staging folder, is a problem") {
  const Scratch scratch;
  const std::string out = scratch.at("out");
  REQUIRE(write(out, kOld, kFolders).ok());
  for (const std::string text :
       {"", "{", "{\"version\":1}", "{\"version\":1,\"clear-first\":[],\"place\":[],\"remove\":[]}",
        "{\"version\":1,\"clear-first\":[],\"place\":[{\"path\":\"../x\",\"staged\":\"0\"}],"
        "\"remove\":[]}"}) {
    put(out + "/.hlab-journal", text);
    const WriteResult result = write(out, kNew, kFolders);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].fault == WriteFault::bad_journal);
    Files now = snapshot(out);
    now.erase(".hlab-journal");
    CHECK(now == kOld);
  }
}
