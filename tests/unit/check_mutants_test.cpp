// Labs with one word missing, doubled or exchanged go through every stage: they end, with a message where
// the text does not parse, and the program lives. The suite takes a sample; HLAB_MUTANTS=all takes them all.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_work.h"
#include "tests/unit/lab_folder.h"
#include "tests/unit/syntax_fixture.h"
#include "tests/unit/syntax_mutants.h"

namespace hlab::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSample = 500;

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
  const char* wanted = std::getenv("HLAB_MUTANTS");
  const bool all = wanted != nullptr && std::string_view(wanted) == "all";
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

}  // namespace hlab::test
