// Labs with their expectations beside the source.
//
// A case is one file under tests/cases; `#-- name.hlab` begins a further file of the same lab. A comment
// `# error HL3001` (or `# warning HL7010`) at the end of a line says that the primary place of such a
// diagnostic is on that line; what no comment announces must not come. `HLAB_ACCEPT=1` writes the
// comments that the compiler would satisfy; CI refuses it.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/driver/commands.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_work.h"

namespace fs = std::filesystem;
using namespace hlab;

namespace {

/// A folder of its own that goes away with the test.
class LabFolder {
 public:
  LabFolder() {
    std::string name = (fs::temp_directory_path() / "hlab-case-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~LabFolder() { fs::remove_all(path_); }
  LabFolder(const LabFolder&) = delete;
  LabFolder& operator=(const LabFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Part {
  std::string name;
  std::string text;
  std::size_t first_line = 1;  // of the case file
};

std::vector<Part> parts_of(const std::string& text) {
  std::vector<Part> parts{{"lab.hlab", "", 1}};
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("#-- ")) {
      parts.push_back({line.substr(4), "", number + 1});
      continue;
    }
    parts.back().text += line + "\n";
  }
  if (parts.size() > 1 && parts[0].text.find_first_not_of("\n") == std::string::npos) parts.erase(parts.begin());
  return parts;
}

/// "lab.hlab:3 error HL2001", one a diagnostic.
using Found = std::multiset<std::string>;

struct Outcome {
  Found found;
  std::set<std::string> codes;
  std::set<std::string> errors;
};

Outcome compile(const std::vector<Part>& parts, bool emit = true) {
  LabFolder folder;
  for (const Part& part : parts) std::ofstream(folder.path() / part.name, std::ios::binary) << part.text;
  const auto run = driver::check_lab({folder.path().string(), false});
  if (emit && !run->diags.has_errors()) {
    (void)driver::build_tree(*run, (folder.path() / "out").string());
  }
  Outcome outcome;
  for (const diag::Diagnostic* item : run->diags.sorted()) {
    const bool error = item->severity == diag::Severity::error;
    std::string place = "-";
    if (item->at.valid()) {
      place = fmt::format("{}:{}", run->sources.file(item->at.file).path,
                          run->sources.position(item->at.file, item->at.begin).line);
    }
    outcome.found.insert(fmt::format("{} {} {}", place, error ? "error" : "warning", item->info->code));
    outcome.codes.insert(std::string(item->info->code));
    if (error) outcome.errors.insert(std::string(item->info->code));
  }
  return outcome;
}

/// The comments of the case, in the same form.
Found expected(const std::vector<Part>& parts) {
  Found wanted;
  for (const Part& part : parts) {
    std::istringstream lines(part.text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      for (const std::string_view severity : {"error", "warning"}) {
        const std::string mark = fmt::format("# {} HL", severity);
        for (std::size_t at = line.find(mark); at != std::string::npos; at = line.find(mark, at + 1)) {
          const std::string code = line.substr(at + mark.size() - 2, 6);
          wanted.insert(fmt::format("{}:{} {} {}", part.name, number, severity, code));
        }
      }
    }
  }
  return wanted;
}

std::vector<fs::path> case_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HLAB_SOURCE_DIR) / "tests/cases")) {
    if (entry.path().extension() == ".hlab") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string joined(const Found& found) {
  std::string text;
  for (const std::string& line : found) text += "  " + line + "\n";
  return text.empty() ? "  nothing\n" : text;
}

void accept(const fs::path& path, const std::vector<Part>& parts, const Found& found) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 || parts[i].first_line > 1) text += "#-- " + parts[i].name + "\n";
    std::istringstream lines(parts[i].text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const std::size_t old = std::min(line.find("# error HL"), line.find("# warning HL"));
      if (old != std::string::npos) line.erase(line.find_last_not_of(' ', old - 1) + 1);
      for (const std::string& item : found) {
        const std::string place = fmt::format("{}:{} ", parts[i].name, number);
        if (item.starts_with(place)) line += "  # " + item.substr(place.size());
      }
      text += line + "\n";
    }
  }
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("every case gets exactly the diagnostics that it announces") {
  const bool ci = std::getenv("CI") != nullptr && std::string(std::getenv("CI")) == "true";
  const bool accepting = std::getenv("HLAB_ACCEPT") != nullptr;
  REQUIRE_FALSE((ci && accepting));
  const auto files = case_files();
  REQUIRE(files.size() >= 20);
  for (const fs::path& file : files) {
    const auto parts = parts_of(read(file));
    const Outcome outcome = compile(parts, false);
    const Found wanted = expected(parts);
    if (outcome.found != wanted && accepting) accept(file, parts, outcome.found);
    INFO(file.string() << "\nexpected:\n" << joined(wanted) << "found:\n" << joined(outcome.found));
    CHECK((accepting || outcome.found == wanted));
  }
}

TEST_CASE("the bad example of a diagnostic raises it, the good one does not") {
  const auto registry = driver::all_diagnostics();
  std::size_t bad = 0;
  for (const diag::DiagInfo* info : registry.sorted()) {
    if (!info->bad.empty()) {
      ++bad;
      const Outcome outcome = compile(parts_of(std::string(info->bad)));
      INFO(info->code << " " << info->name << ": the bad example gave\n" << joined(outcome.found));
      CHECK(outcome.codes.contains(std::string(info->code)));
      for (const std::string& error : outcome.errors) CHECK(error == info->code);
    }
    if (!info->good.empty()) {
      const Outcome outcome = compile(parts_of(std::string(info->good)));
      INFO(info->code << " " << info->name << ": the good example gave\n" << joined(outcome.found));
      CHECK(outcome.errors.empty());
      CHECK_FALSE(outcome.codes.contains(std::string(info->code)));
    }
  }
  CHECK(bad >= 50);
}

TEST_CASE("at least 30 rules beyond syntax and types, each told whole") {
  const auto registry = driver::all_diagnostics();
  CHECK(registry.declared_twice().empty());
  std::size_t rules = 0;
  for (const diag::DiagInfo* info : registry.sorted()) {
    INFO(info->code << " " << info->name);
    CHECK_FALSE(info->title.empty());
    CHECK_FALSE(info->explain.empty());
    if (info->code.substr(2, 1) >= "4" && info->code.substr(2, 1) <= "8") {
      ++rules;
    }
  }
  CHECK(rules >= 30);
}
