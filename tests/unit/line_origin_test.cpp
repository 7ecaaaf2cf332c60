// Where the lines of the example's output come from: no line is forgotten, and what is told is true.
#include <fmt/format.h>

#include <set>

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include "compiler/commands/emitted_file.h"
#include "compiler/commands/line_origins.h"
#include "compiler/driver/build_tree.h"
#include "compiler/driver/compile.h"
#include "compiler/inspect/value_text.h"

#ifndef HLAB_SOURCE_DIR
#define HLAB_SOURCE_DIR "."
#endif

using namespace hlab;
using commands::file_place;
using commands::LineOrigin;
using commands::matching_line;
using emit::FileContent;
using emit::LineSource;

namespace {

std::unique_ptr<driver::Compilation> example() {
  driver::CompileRequest request;
  request.lab = std::string(HLAB_SOURCE_DIR) + "/examples/nixos-pi-argocd";
  request.history = request.workings = true;
  return driver::check_lab(request);
}

/// `line path` of every scalar and every empty list or map, as yaml-cpp reads them.
void scalars(const YAML::Node& node, const std::string& path, std::set<std::string>& out) {
  if (node.IsMap() && node.size() != 0) {
    for (const auto& entry : node) {
      const std::string key = entry.first.as<std::string>();
      scalars(entry.second, path.empty() ? key : path + "." + key, out);
    }
  } else if (node.IsSequence() && node.size() != 0) {
    for (std::size_t i = 0; i < node.size(); ++i)
      scalars(node[i], fmt::format("{}[{}]", path, i), out);
  } else {
    out.insert(fmt::format("{} {}", node.Mark().line + 1, path));
  }
}

bool is_yaml(const emit::OutputFile& file) {
  return file.content == FileContent::written && !file.lines.empty() &&
         (file.path.ends_with(".yaml") || file.path.ends_with(".yml"));
}

/// The value of the first cause, as it may stand in a file: as text, or as a number of some unit.
std::string text_of(const driver::Compilation& run, const LineOrigin& origin) {
  const model::View context(run.program, run.lab, {});
  return inspect::plain_text(context, origin.causes.list.front().value);
}

}  // namespace

TEST_CASE("every scalar of every YAML file of the example stands where its mark says") {
  const auto run = example();
  REQUIRE_FALSE(run->diags.has_errors());
  const emit::FileTree names = driver::emit_tree(*run);
  std::size_t files = 0, known = 0, all = 0;
  for (const emit::OutputFile* name : names.sorted()) {
    CHECK(name->lines.empty());  // nobody asked
    const emit::FileTree tree = driver::emit_tree(*run, "/somewhere/" + name->path);
    const emit::OutputFile& file = *tree.find(name->path);
    INFO(file.path);
    CHECK(file.bytes == name->bytes);
    CHECK_FALSE(file.emitter.empty());
    CHECK(commands::declaration_of(*run, file));
    if (!is_yaml(file)) continue;
    ++files;
    CHECK(file.lines.front().line == 1);
    std::set<std::string> read, told;
    for (const YAML::Node& document : YAML::LoadAll(file.bytes)) scalars(document, "", read);
    for (const LineSource& line : file.lines) {
      if (line.kind == LineSource::Kind::value)
        told.insert(fmt::format("{} {}", line.line, line.path));
    }
    CHECK(read == told);
    const commands::LineCount count = commands::count_known(file);
    known += count.known;
    all += count.all;
  }
  CHECK(files > 70);
  INFO(known << " of " << all);
  CHECK(known * 2 > all);
}

TEST_CASE("a line that is said to come from a field shows its value") {
  const auto run = example();
  REQUIRE_FALSE(run->diags.has_errors());
  const emit::FileTree names = driver::emit_tree(*run);
  std::size_t told = 0, shown = 0;
  for (const emit::OutputFile* name : names.sorted()) {
    const emit::FileTree tree = driver::emit_tree(*run, name->path);
    const emit::OutputFile& file = *tree.find(name->path);
    if (!is_yaml(file)) continue;
    const auto lines = commands::lines_of(file.bytes);
    std::uint32_t before = 0;
    for (const LineSource& line : file.lines) {
      if (line.kind != LineSource::Kind::value || !line.own || line.line == before) continue;
      before = line.line;
      for (const LineOrigin& origin : commands::line_origins(*run, file, line.line)) {
        INFO(file.path << ":" << line.line << " " << lines[line.line - 1]);
        CHECK(origin.from != LineOrigin::From::hlab);
        if (origin.from != LineOrigin::From::field) continue;
        REQUIRE_FALSE(origin.causes.list.empty());
        ++told;
        if (lines[line.line - 1].find(text_of(*run, origin)) != std::string_view::npos) ++shown;
      }
    }
  }
  INFO(shown << " of " << told);
  CHECK(told > 700);
  // The others are written in other words: amounts, literal blocks, names of secrets.
  CHECK(shown * 10 > told * 8);
}

TEST_CASE("a file and a line are told apart as editors and grep write them") {
  const auto place = [](std::string_view text) {
    const auto found = file_place(text);
    return fmt::format("{}|{}", found.file, found.line.value_or(0));
  };
  CHECK(place("a/b.yaml") == "a/b.yaml|0");
  CHECK(place("a/b.yaml:12") == "a/b.yaml|12");
  CHECK(place("a/b.yaml:12:3") == "a/b.yaml|12");
  CHECK(place("a/b.yaml:12:") == "a/b.yaml|12");
  CHECK(place("a:b.yaml") == "a:b.yaml|0");
  CHECK(place("a.yaml:99999999999") == "a.yaml:99999999999|0");
  CHECK(place(":12") == ":12|0");
}

TEST_CASE("lines of an edited file are found again in what hlab would write") {
  const std::string ours = "a\nb\nc\nd\ne\n";
  CHECK(matching_line(ours, "a\nb\nnew\nc\nd\ne\n", 2) == 2u);
  CHECK(matching_line(ours, "a\nb\nnew\nc\nd\ne\n", 3) == std::nullopt);
  CHECK(matching_line(ours, "a\nb\nnew\nc\nd\ne\n", 4) == 3u);
  CHECK(matching_line(ours, "a\nd\ne\n", 2) == 4u);
  CHECK(matching_line(ours, "x\nb\ny\n", 2) == 2u);
  CHECK(matching_line("x\nb\nb\ny\n", "1\nb\n2\n", 2) == std::nullopt);
  CHECK(matching_line(ours, "a\n", 2) == std::nullopt);
}
