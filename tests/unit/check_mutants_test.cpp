// Labs with one word missing, doubled or exchanged go through every stage: they end, with a message where
// the text does not parse, and the program lives. The suite takes a sample; HLAB_MUTANTS=all takes them all.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "compiler/driver/all_diags.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "tests/unit/lab_folder.h"
#include "tests/unit/syntax_fixture.h"
#include "tests/unit/syntax_mutants.h"

namespace hlab::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSample = 500;

bool wants_all() {
  const char* wanted = std::getenv("HLAB_MUTANTS");
  return wanted != nullptr && std::string_view(wanted) == "all";
}

/// It is told where the text does not parse, and whatever is told says something.
void checks_alone(const std::string& text) {
  const testing::LabFolder folder;
  folder.write("lab.hlab", text);
  const auto run = driver::check_lab({folder.path().string(), false});
  const Parsed parsed(text);
  if (parsed.diags.has_errors()) CHECK(run->diags.has_errors());
  for (const diag::Diagnostic* d : run->diags.sorted()) CHECK_FALSE(d->message.empty());
}

/// The example with one of its files changed.
void checks(const fs::path& lab, const fs::path& file, const Mutant& mutant) {
  const testing::LabFolder folder;
  fs::copy(lab, folder.path(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  folder.write(fs::relative(file, lab).string(), mutant.text);
  const auto run = driver::check_lab({folder.path().string(), false});
  const Parsed parsed(mutant.text);
  if (parsed.diags.has_errors()) CHECK(run->diags.has_errors());
  for (const diag::Diagnostic* d : run->diags.sorted()) CHECK_FALSE(d->message.empty());
}

}  // namespace

TEST_CASE("a lab with a word missing, doubled or exchanged is checked to its end", "[property]") {
  const fs::path lab = fs::path(HLAB_SOURCE_DIR) / "examples/nixos-pi-argocd";
  const bool all = wants_all();
  std::vector<std::pair<fs::path, std::string>> files;
  std::size_t total = 0;
  for (const auto& path : all_sources()) {
    if (path.parent_path() != lab) continue;
    files.emplace_back(path, bytes_of(path));
    total += 3 * words_of(files.back().second).size();
  }
  REQUIRE(total > 2000);
  const std::size_t step = all ? 1 : total / kSample;
  std::size_t number = 0;
  for (const auto& [path, text] : files) {
    const std::vector<Word> words = words_of(text);
    for (std::size_t i = 0; i < 3 * words.size(); ++i) {
      if (number++ % step != 0) continue;
      INFO(path << " word " << i / 3 << " change " << i % 3);
      checks(lab, path, mutant_of(text, words, i / 3, static_cast<Change>(i % 3)));
    }
  }
}

TEST_CASE(
    "every case and practice lab with a word missing, doubled or exchanged, and each beginning of it",
    "[property]") {
  const fs::path tests = fs::path(HLAB_SOURCE_DIR) / "tests";
  std::vector<std::pair<fs::path, std::string>> files;
  std::size_t total = 0;
  for (const auto& path : all_sources()) {
    const std::string within = fs::relative(path, tests).string();
    if (!within.starts_with("cases/") && !within.starts_with("practice/")) continue;
    if (within.starts_with("cases/language/limits/")) continue;  // they take their time as it is
    files.emplace_back(path, bytes_of(path));
    total += 4 * words_of(files.back().second).size();
  }
  REQUIRE(files.size() > 100);
  const std::size_t step = wants_all() ? 1 : total / kSample;
  std::size_t number = 0;
  for (const auto& [path, text] : files) {
    const std::vector<Word> words = words_of(text);
    for (std::size_t i = 0; i < 4 * words.size(); ++i) {
      if (number++ % step != 0) continue;
      INFO(path << " word " << i / 4 << " change " << i % 4);
      checks_alone(i % 4 == 3 ? text.substr(0, words[i / 4].begin)
                              : mutant_of(text, words, i / 4, static_cast<Change>(i % 4)).text);
    }
  }
}

}  // namespace hlab::test
