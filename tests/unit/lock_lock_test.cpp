#include "compiler/lock/lock.h"

#include <catch2/catch.hpp>

#include "compiler/lock/lock_diags.h"

namespace {

using namespace hlab;

struct Parsed {
  SourceMap sources;
  diag::Diagnostics diags;
  lock::Lock lock;
  FileId file;

  explicit Parsed(const std::string& text) {
    file = sources.add("hlab.lock", text);
    lock = lock::parse(sources, file, diags);
  }
  [[nodiscard]] std::string codes() const {
    std::string text;
    for (const auto* item : diags.sorted()) text += std::string(item->info->code) + " ";
    return text;
  }
};

/// The file after the edits of all fixes, last place first.
std::string mended(const Parsed& parsed) {
  std::string text(parsed.sources.text(parsed.file));
  auto all = parsed.diags.sorted();
  for (auto item = all.rbegin(); item != all.rend(); ++item) {
    for (const auto& edit : (*item)->fixes.front().edits) {
      text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
    }
  }
  return text;
}

}  // namespace

// rule LEASE-6
TEST_CASE("a lock comes back as it was written") {
  const std::string text =
      "# ours\n#\nnetwork.lan node.a.address.lan 10.0.0.2\n"
      "network.lan node.b.address.lan 10.0.0.3\nport service.x 30001\n";
  const Parsed parsed(text);
  CHECK(parsed.codes().empty());
  CHECK(lock::render(parsed.lock) == text);
  REQUIRE(parsed.lock.find("port", "service.x") != nullptr);
  CHECK(parsed.lock.find("port", "service.x")->value == "30001");
  CHECK(parsed.sources.text(parsed.lock.find("port", "service.x")->span) == "port service.x 30001");
  CHECK(parsed.lock.find("port", "service.y") == nullptr);
  const auto [first, last] = parsed.lock.pool("network.lan");
  CHECK(last - first == 2);
  const auto none = parsed.lock.pool("network");
  CHECK(none.first == none.second);
}

TEST_CASE("order and line ends of the input do not matter") {
  const Parsed parsed("p b 2\r\np a 1\r\n\r\no z 3");
  CHECK(parsed.codes().empty());
  lock::Lock lock = parsed.lock;
  lock.add_header_line("#");
  CHECK(lock::render(lock) == "#\no z 3\np a 1\np b 2\n");
}

TEST_CASE("keys sort as their lines do") {
  lock::Lock lock;
  lock.add_header_line("#");
  lock.set("p", "a.b", "1");
  lock.set("p", "a", "2");
  lock.set("p-q", "a", "3");
  lock.set("p", "a-b", "4");
  CHECK(lock::render(lock) == "#\np a 2\np a-b 4\np a.b 1\np-q a 3\n");
  lock.set("p", "a", "5");
  CHECK(lock.find("p", "a")->value == "5");
  CHECK(lock.erase("p", "a"));
  CHECK_FALSE(lock.erase("p", "a"));
  CHECK(lock.entries().size() == 3);
}

TEST_CASE("an empty lock has the standard header and reads back") {
  const std::string text = lock::render({});
  CHECK(text.starts_with("# "));
  const Parsed parsed(text);
  CHECK(parsed.codes().empty());
  CHECK(lock::render(parsed.lock) == text);
}

TEST_CASE("broken lines are reported where they stand, and the fix removes them") {
  for (const char* line : {"x", "x y", "x y z w", " x y z", "x  y z", "x y ", "x\ty z", "# late"}) {
    const Parsed parsed(std::string("p a 1\n") + line + "\np b 2\n");
    INFO(line);
    CHECK(parsed.codes() == "HL0020 ");
    CHECK(parsed.sources.text(parsed.diags.sorted().front()->at) == line);
    CHECK(parsed.lock.entries().size() == 2);
    CHECK(mended(parsed) == "p a 1\np b 2\n");
  }
}

TEST_CASE("a lease that stands twice keeps the first, and the fix deletes the second") {
  const Parsed parsed("p a 1\np b 2\np a 3");
  CHECK(parsed.codes() == "HL0021 ");
  CHECK(parsed.lock.find("p", "a")->value == "1");
  REQUIRE(parsed.diags.sorted().front()->labels.size() == 1);
  CHECK(mended(parsed) == "p a 1\np b 2\n");
}

TEST_CASE(
    "a lease that stands twice with one value is mended for certain, another value is a choice") {
  const Parsed same("p a 1\np a 1\n");
  REQUIRE(same.codes() == "HL0021 ");
  CHECK(same.diags.sorted().front()->fixes.front().certain);
  const Parsed other("p a 1\np a 3\n");
  CHECK_FALSE(other.diags.sorted().front()->fixes.front().certain);
}

TEST_CASE("what stands twice in an unfinished merge is not told beside the merge") {
  const Parsed parsed(
      "network.lan a 10.0.0.1\n<<<<<<< HEAD\np a 1\nnetwork.lan b 10.0.0.1\n=======\np a 2\n>>>>>>> other\n");
  CHECK(parsed.codes() == "HL0022 ");
}

TEST_CASE("an unfinished merge is said once") {
  const Parsed parsed("<<<<<<< HEAD\np a 1\n=======\np b 1\n>>>>>>> other\n");
  CHECK(parsed.codes() == "HL0022 ");
  CHECK(parsed.lock.entries().size() == 2);
}

TEST_CASE("difference") {
  lock::Lock before, after;
  before.set("p", "a", "1");
  before.set("p", "b", "2");
  after.set("p", "b", "3");
  after.set("p", "c", "4");
  const auto found = lock::difference(before, after);
  REQUIRE(found.added.size() == 1);
  CHECK(found.added[0].path == "c");
  REQUIRE(found.stale.size() == 1);
  CHECK(found.stale[0].path == "a");
  REQUIRE(found.changed.size() == 1);
  CHECK(found.changed[0].second.value == "3");
  CHECK(lock::difference(after, after).empty());
}
