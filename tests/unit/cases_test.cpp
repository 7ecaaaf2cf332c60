// Labs with their expectations beside the source.
//
// A case is one file under tests/cases; `#-- name.hlab` begins a further file of the same lab. A comment
// `# error HL3001` (or `# warning HL7010`) at the end of a line says that the primary place of such a
// diagnostic is on that line; what no comment announces must not come. After a line `# rendered:` the
// case ends with the whole text that a person sees, as comments. `# value EXPR = TEXT` says what an
// expression comes to in the lab, or by which diagnostic it has none (`# value 1 / 0 = HL3022`). With a line
// `# built` its files are made too, and what their makers find counts. An example whose first line is
// `# hlab check --site cabin` or `# hlab test` is run so. `HLAB_ACCEPT=1` writes the comments
// that the compiler would satisfy; CI refuses it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <catch2/catch.hpp>

#include "compiler/diag/render_text.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/build_tree.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_lock.h"
#include "compiler/driver/one_expression.h"
#include "compiler/driver/variations.h"
#include "compiler/inspect/value_text.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "tests/unit/lab_folder.h"

namespace fs = std::filesystem;
using namespace hlab;

namespace {

struct Part {
  std::string name;
  std::string text;
  std::size_t first_line = 1;  // of the case file
};

constexpr std::string_view kRendered = "# rendered:\n";
constexpr std::string_view kBuilt = "\n# built\n";

/// What stands behind `# rendered:`, and nothing when the case has no such line.
std::string rendering_in(const std::string& text) {
  const std::size_t at = text.find(kRendered);
  return at == std::string::npos ? "" : text.substr(at + kRendered.size());
}

std::string as_comments(const std::string& rendered) {
  std::string text;
  std::istringstream lines(rendered);
  for (std::string line; std::getline(lines, line);)
    text += line.empty() ? "#\n" : "# " + line + "\n";
  return text;
}

std::vector<Part> parts_of(const std::string& whole) {
  const std::string text = whole.substr(0, whole.find(kRendered));
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
  if (parts.size() > 1 && parts[0].text.find_first_not_of("\n") == std::string::npos)
    parts.erase(parts.begin());
  return parts;
}

/// "lab.hlab:3 error HL2001", one a diagnostic.
using Found = std::multiset<std::string>;

constexpr std::string_view kValue = "# value ";
constexpr std::string_view kEquals = " = ";

/// Where the text begins in `EXPR = TEXT`: behind the first ` = ` outside brackets and texts.
std::size_t equals_at(std::string_view line) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = kValue.size(); i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth == 0 && line.substr(i).starts_with(kEquals)) return i;
  }
  return line.size();
}

/// The expressions of the lines `# value EXPR = TEXT`, in order.
std::vector<std::string> questions(const std::vector<Part>& parts) {
  std::vector<std::string> found;
  for (const Part& part : parts) {
    std::istringstream lines(part.text);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(kValue))
        found.push_back(line.substr(kValue.size(), equals_at(line) - kValue.size()));
    }
  }
  return found;
}

/// The value as hlab writes it, else the code of the first error.
std::string answer(driver::Compilation& run, const std::string& question) {
  if (!driver::has_values(run)) return "nothing: the lab was not computed";
  const std::size_t before = run.diags.sorted().size();
  std::set<const diag::Diagnostic*> known;
  for (const diag::Diagnostic* item : run.diags.sorted()) known.insert(item);
  const values::Value value = driver::evaluate_text(run, question);
  if (run.diags.sorted().size() > before) {
    for (const diag::Diagnostic* item : run.diags.sorted()) {
      if (!known.contains(item)) return std::string(item->info->code);
    }
  }
  return inspect::value_text(model::View(run.program, run.lab, values::InstanceId()), value);
}

struct Outcome {
  std::vector<std::string> answers;
  Found found;
  std::set<std::string> codes;
  std::set<std::string> errors;
  std::string rendered;
};

/// Nothing but comments: the questions need the library alone.
bool asks_only(const std::vector<Part>& parts) {
  std::istringstream lines(parts[0].text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') return false;
  }
  return parts.size() == 1 && parts[0].text.find(kValue) != std::string::npos;
}

/// What stands behind `# hlab ` in the first line of an example: how it is run.
std::vector<std::string> command_of(const std::vector<Part>& parts) {
  constexpr std::string_view kCommand = "# hlab ";
  if (!parts[0].text.starts_with(kCommand)) return {"check"};
  std::istringstream line(
      parts[0].text.substr(kCommand.size(), parts[0].text.find('\n') - kCommand.size()));
  std::vector<std::string> words;
  for (std::string word; line >> word;) words.push_back(word);
  return words;
}

driver::CompileRequest request_of(const std::vector<std::string>& command) {
  driver::CompileRequest request;
  for (std::size_t i = 1; i < command.size(); ++i) {
    if (command[i] == "--locked") request.locked = true;
    if (command[i] == "--site") request.site = command.at(i + 1);
  }
  return request;
}

Outcome compile(const std::vector<Part>& parts, bool emit = true) {
  const testing::LabFolder folder;
  for (const Part& part : parts) folder.write(part.name, part.text);
  const std::vector<std::string> command = command_of(parts);
  driver::CompileRequest request = request_of(command);
  request.lab = folder.path().string();
  request.no_lab = asks_only(parts);
  std::shared_ptr<driver::Compilation> run = driver::check_lab(request);
  if (emit && !run->diags.has_errors()) {
    driver::report_stale_lock(*run);
    (void)driver::build_tree(*run, (folder.path() / "out").string());
  }
  std::vector<driver::TestResult> tests;
  if (command[0] == "test") tests = driver::run_tests(*run, request, "");
  for (driver::TestResult& test : tests) {
    if (!test.passed) run = std::move(test.run);
  }
  Outcome outcome;
  outcome.rendered = as_comments(diag::render_text(run->sources, run->diags));
  const std::string lab = folder.path().string();
  for (std::size_t at = outcome.rendered.find(lab); at != std::string::npos;
       at = outcome.rendered.find(lab)) {
    outcome.rendered.replace(at, lab.size(), "LAB");
  }
  for (const diag::Diagnostic* item : run->diags.sorted()) {
    const bool error = item->severity == diag::Severity::error;
    std::string place = "-";
    if (item->at.valid()) {
      place = fmt::format("{}:{}", run->sources.file(item->at.file).path,
                          run->sources.position(item->at.file, item->at.begin).line);
    }
    outcome.found.insert(
        fmt::format("{} {} {}", place, error ? "error" : "warning", item->info->code));
    outcome.codes.insert(std::string(item->info->code));
    if (error) outcome.errors.insert(std::string(item->info->code));
  }
  for (const std::string& question : questions(parts))
    outcome.answers.push_back(answer(*run, question));
  return outcome;
}

/// The lines `# value EXPR = TEXT`, with these answers.
std::vector<std::string> answered(const std::vector<Part>& parts,
                                  const std::vector<std::string>& answers) {
  std::vector<std::string> lines = questions(parts);
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i] = fmt::format("{}{}{}{}", kValue, lines[i], kEquals, answers[i]);
  return lines;
}

/// The same lines as the case has them.
std::vector<std::string> wanted_answers(const std::vector<Part>& parts) {
  std::vector<std::string> found;
  for (const Part& part : parts) {
    std::istringstream lines(part.text);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(kValue)) found.push_back(line);
    }
  }
  return found;
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
        for (std::size_t at = line.find(mark); at != std::string::npos;
             at = line.find(mark, at + 1)) {
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
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(HLAB_SOURCE_DIR) / "tests/cases")) {
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

void accept(const fs::path& path, const std::vector<Part>& parts, const Outcome& outcome,
            bool rendered) {
  const Found& found = outcome.found;
  std::string text;
  const std::vector<std::string> answers = answered(parts, outcome.answers);
  std::size_t next_answer = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 || parts[i].first_line > 1) text += "#-- " + parts[i].name + "\n";
    std::istringstream lines(parts[i].text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.starts_with(kValue)) line = answers[next_answer++];
      const std::size_t old = std::min(line.find("# error HL"), line.find("# warning HL"));
      if (old != std::string::npos) line.erase(line.find_last_not_of(' ', old - 1) + 1);
      for (const std::string& item : found) {
        const std::string place = fmt::format("{}:{} ", parts[i].name, number);
        if (item.starts_with(place)) line += "  # " + item.substr(place.size());
      }
      text += line + "\n";
    }
  }
  // The comments shift what is rendered, so it is made from what has just been written.
  if (rendered) text += std::string(kRendered) + compile(parts_of(text), false).rendered;
  std::ofstream(path, std::ios::binary) << text;
}

/// Whether what comes out is written down as what is wanted; CI refuses it.
bool is_accepting() {
  const char* ci = std::getenv("CI");
  const bool accepting = std::getenv("HLAB_ACCEPT") != nullptr;
  REQUIRE_FALSE((accepting && ci != nullptr && std::string_view(ci) == "true"));
  return accepting;
}

/// The rendering as a terminal shows it, from the comments of a case.
std::string without_marks(const std::string& comments) {
  std::string text;
  std::istringstream lines(comments);
  for (std::string line; std::getline(lines, line);)
    text += line.substr(std::min<std::size_t>(2, line.size())) + "\n";
  return text;
}

/// What announces diagnostics at the ends of lines, as it is measured by nobody who writes a lab.
std::string without_announcements(const std::string& text) {
  std::string plain;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t mark = std::min(line.find("# error HL"), line.find("# warning HL"));
    if (mark != std::string::npos && mark > 0) line.erase(line.find_last_not_of(' ', mark - 1) + 1);
    plain += line + "\n";
  }
  return plain;
}

/// Whether `hlab fmt` leaves the .hlab files of the text as they are. What does not parse has no layout.
bool is_laid_out(const std::string& whole) {
  const auto parts = parts_of(whole);
  return std::all_of(parts.begin(), parts.end(), [](const Part& part) {
    if (!part.name.ends_with(".hlab")) return true;
    SourceMap sources;
    SymbolTable symbols;
    syntax::Ast ast;
    diag::Diagnostics diags;
    const std::string text = without_announcements(part.text);
    const FileId file = sources.add(part.name, text);
    syntax::parse(sources, file, symbols, ast, diags);
    return diags.has_errors() || syntax::format(sources.text(file)) == text;
  });
}

}  // namespace

TEST_CASE("the examples of diagnostics are laid out as hlab fmt does it") {
  CHECK_FALSE(is_laid_out("lab  home { domain = \"home.example.org\" }\n"));
  for (const diag::DiagInfo* info : driver::all_diagnostics().sorted()) {
    if (info->is_shown_by_commands()) continue;
    INFO(info->code << " " << info->name);
    CHECK(is_laid_out(std::string(info->bad)));
    CHECK(is_laid_out(std::string(info->good)));
  }
}

TEST_CASE("cases are laid out as hlab fmt does it, but for those about texts as they are written") {
  constexpr std::string_view kOwnLayout[] = {"/language/lexical/", "/language/literals/",
                                             "/cases/syntax/"};
  std::size_t seen = 0;
  for (const fs::path& file : case_files()) {
    const std::string place = file.generic_string();
    const bool own = std::any_of(
        std::begin(kOwnLayout), std::end(kOwnLayout),
        [&](std::string_view folder) { return place.find(folder) != std::string::npos; });
    if (own) continue;
    ++seen;
    INFO(place);
    CHECK(is_laid_out(testing::read_text(file)));
  }
  CHECK(seen > 200);
}

TEST_CASE("every case gets exactly the diagnostics that it announces") {
  const bool accepting = is_accepting();
  const auto files = case_files();
  REQUIRE(files.size() >= 20);
  for (const fs::path& file : files) {
    const std::string text = testing::read_text(file);
    const auto parts = parts_of(text);
    const Outcome outcome = compile(parts, text.find(kBuilt) != std::string::npos);
    const Found wanted = expected(parts);
    const std::string rendering = rendering_in(text);
    const bool rendered = text.find(kRendered) != std::string::npos;
    const auto answers = answered(parts, outcome.answers);
    const bool same = outcome.found == wanted && answers == wanted_answers(parts) &&
                      (!rendered || rendering == outcome.rendered);
    if (!same && accepting) accept(file, parts, outcome, rendered);
    INFO(file.string() << "\nexpected:\n" << joined(wanted) << "found:\n" << joined(outcome.found));
    CHECK((accepting || outcome.found == wanted));
    if (!accepting) CHECK(answers == wanted_answers(parts));
    if (rendered && !accepting) CHECK(rendering == outcome.rendered);
  }
}

TEST_CASE("the bad example of a diagnostic raises it, the good one does not") {
  const auto registry = driver::all_diagnostics();
  std::size_t bad = 0;
  for (const diag::DiagInfo* info : registry.sorted()) {
    if (info->is_shown_by_commands()) continue;  // typed by tests/integration/test_rendered.py
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

TEST_CASE("the bad example of a diagnostic is told as tests/rendered has it") {
  const fs::path folder = fs::path(HLAB_SOURCE_DIR) / "tests/rendered";
  const bool accepting = is_accepting();
  std::set<std::string> kept;
  for (const diag::DiagInfo* info : driver::all_diagnostics().sorted()) {
    const fs::path file = folder / (std::string(info->code) + ".txt");
    kept.insert(file.filename().string());
    if (info->is_shown_by_commands()) {  // rendered by tests/integration/test_rendered.py
      INFO(info->code << " " << info->name << " is rendered nowhere");
      CHECK(fs::exists(file));
      continue;
    }
    const std::string rendered = without_marks(compile(parts_of(std::string(info->bad))).rendered);
    if (accepting) {
      fs::create_directories(folder);
      std::ofstream(file, std::ios::binary) << rendered;
    }
    INFO(info->code << " " << info->name);
    CHECK(rendered == testing::read_text(file));
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    INFO(entry.path().string() << " belongs to no diagnostic");
    CHECK(kept.contains(entry.path().filename().string()));
  }
}

TEST_CASE("at least 30 rules beyond syntax and types, each told whole") {
  const auto registry = driver::all_diagnostics();
  CHECK(registry.declared_twice().empty());
  std::size_t rules = 0;
  for (const diag::DiagInfo* info : registry.sorted()) {
    INFO(info->code << " " << info->name);
    CHECK_FALSE(info->title.empty());
    CHECK_FALSE(info->explain.empty());
    CHECK_FALSE(info->bad.empty());
    CHECK_FALSE(info->good.empty());
    if (info->code.substr(2, 1) >= "4" && info->code.substr(2, 1) <= "8") {
      ++rules;
    }
  }
  CHECK(rules >= 30);
}
