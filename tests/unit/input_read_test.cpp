// Files as values: what `load` makes of YAML and JSON, against the suites of both, and what it refuses.
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <set>
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/compile.h"
#include "compiler/input/core_schema.h"
#include "compiler/input/input.h"
#include "compiler/values/text_forms.h"
#include "tests/unit/lab_folder.h"

namespace {

using namespace hlab;
using nlohmann::json;
namespace fs = std::filesystem;

/// The value as compact JSON; or the code, place (line:column) and message of what is wrong.
std::string read(input::InputForm form, std::string text) {
  SourceMap sources;
  diag::Diagnostics diags;
  SymbolTable symbols;
  values::Heap heap;
  const FileId file = sources.add("input", std::move(text));
  const auto value = input::read_input(
      form, {sources, file, symbols, heap, syntax::ExprId(0), Span{}, diags});
  if (!value) {
    REQUIRE(diags.size() == 1);
    const diag::Diagnostic& told = *diags.sorted()[0];
    const Position at = sources.position(file, told.at.begin);
    return fmt::format("{} {}:{} {}", told.info->code, at.line, at.column, told.message);
  }
  CHECK(diags.size() == 0);
  std::string out;
  CHECK(values::append_json(out, *value, symbols) == nullptr);
  return out;
}

std::string yaml(std::string text) { return read(input::InputForm::yaml, std::move(text)); }
std::string as_json(std::string text) { return read(input::InputForm::json, std::move(text)); }

TEST_CASE("what yaml-cpp admits and YAML does not is refused") {
  for (const std::string text : {"a: \"x\nb: 1\n", "a: 'x\n", "- \"x\n- y\n", "a: 1\nb\n",
                                 "a: |\nx\n", "[1, , 2]", "a: [,]"}) {
    INFO(text);
    CHECK(yaml(text).starts_with("HL0017"));
  }
  CHECK(yaml("a: 'it''s'\nb: \"x \\\" y\"\n") == R"({"a":"it's","b":"x \" y"})");
  CHECK(yaml("? a\n: 1\n") == R"({"a":1})");
  CHECK(yaml("a : 1\n\"b\" : [1, ]\n{c}: 2\n").starts_with("HL0017"));
  CHECK(yaml("{a, b: 1}") == R"({"a":null,"b":1})");
  CHECK(yaml("&x \"a\": &y 'b'\n") == R"({"a":"b"})");
}

TEST_CASE("plain scalars have the meaning of YAML 1.2's core schema") {
  CHECK(yaml("[no, yes, on, off, y, NO]") == R"(["no","yes","on","off","y","NO"])");
  CHECK(yaml("[true, True, TRUE, false, tRue]") == R"([true,true,true,false,"tRue"])");
  CHECK(yaml("[null, Null, ~, nUll]") == R"([null,null,null,"nUll"])");
  CHECK(yaml("[0o17, 017, 0x1F, 1_000, +5, -5, 0b1]") == R"([15,17,31,"1_000",5,-5,"0b1"])");
  CHECK(yaml("[1.5, .5, 5., 1e3, -1.5E-2, +.5]") == "[1.5,0.5,5.0,1000.0,-0.015,0.5]");
  CHECK(yaml("[., e3, 1e, 1.e, '.5', +, -]") == R"([".","e3","1e","1.e",".5","+","-"])");
  CHECK(yaml("[12:30:45, 2026-01-01, 1.2.3, 0o8, 0x, -0x1]") ==
        R"(["12:30:45","2026-01-01","1.2.3","0o8","0x","-0x1"])");
  CHECK(yaml("[9223372036854775807, -9223372036854775808, -0.0]") ==
        "[9223372036854775807,-9223372036854775808,0.0]");
  CHECK(yaml("['1', \"true\", !!str 1, !!float 1, !!int \"7\", !!null '']") ==
        R"(["1","true","1",1.0,7,null])");
}

TEST_CASE("what YAML says besides scalars") {
  CHECK(yaml("") == "{}");
  CHECK(yaml("# nothing\n") == "{}");
  CHECK(yaml("---\na: 1\n...\n") == R"({"a":1})");
  CHECK(yaml("\xef\xbb\xbf"
             "a: 1\n")
            .find("\"a\":1") != std::string::npos);
  CHECK(yaml("a: |\n  x\n  y\nb: >-\n  x\n  y\n") == R"({"a":"x\ny\n","b":"x y"})");
  CHECK(yaml("80: a\n0x10: b\n1.10: c\ntrue: d\n") ==
        R"({"80":"a","16":"b","1.10":"c","true":"d"})");
  CHECK(yaml("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n") ==
        R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]})");
  CHECK(yaml("&k a: 1\nb: *k\n") == R"({"a":1,"b":"a"})");
  CHECK(yaml("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n") ==
        R"({"a":{"b":1,"c":2},"d":{"c":3,"b":1}})");
  CHECK(yaml("d:\n  <<: [{b: 1}, {b: 2, c: 3}]\n") == R"({"d":{"b":1,"c":3}})");
  CHECK(yaml("'<<': 1\n") == R"({"<<":1})");
}

TEST_CASE("what no tree can come of, at its place") {
  CHECK(yaml("a: 1\nb: 2\na: 3\n") ==
        "HL0017 3:1 this is no YAML that hlab can read: the key `a` stands twice");
  CHECK(yaml("1: a\n'1': b\n").starts_with("HL0017 2:1 "));
  CHECK(yaml("a: [1\nb: 2\n").starts_with("HL0017 "));
  CHECK(yaml("a: b: c\n").starts_with("HL0017 1:5 "));
  CHECK(yaml("a: 1\n---\nb: 2\n").starts_with("HL0017 2:"));
  CHECK(yaml("a: !vault x\n") ==
        "HL0017 1:4 this is no YAML that hlab can read: the tag `!vault` has no meaning here");
  CHECK(yaml("a: !!int x\n") ==
        "HL0017 1:4 this is no YAML that hlab can read: `x` is not of type `int`");
  CHECK(yaml("? [a]\n: 1\n").starts_with("HL0017 "));
  CHECK(yaml("~: 1\n").starts_with("HL0017 1:1 "));
  CHECK(yaml("a: .inf\n").starts_with("HL0017 1:4 "));
  CHECK(yaml("a: 9223372036854775808\n").starts_with("HL0017 1:4 "));
  CHECK(yaml("a: 1e999\n").starts_with("HL0017 1:4 "));
  CHECK(yaml("a: *x\n").starts_with("HL0017 "));
  CHECK(yaml("a: &x [*x]\n").starts_with("HL0017 1:"));
  CHECK(yaml("a:\n  <<: 1\n").starts_with("HL0017 "));
  CHECK(yaml("a: \"\\0\"\n").starts_with("HL0017 1:4 "));
  CHECK(yaml("a: \xff\n") == "HL0017 1:4 this is no YAML that hlab can read: it is not UTF-8");
  CHECK(yaml(std::string("a: \0b", 5)).starts_with("HL0017 1:4 "));
  CHECK(yaml("a:\n\t- b\n").starts_with("HL0017 "));
}

TEST_CASE("no file is too deep or too large in what it repeats") {
  const std::string open(300, '['), close(300, ']');
  CHECK(yaml(open + close).starts_with("HL0018 "));
  CHECK(yaml(std::string(100'000, '[')).starts_with("HL00"));
  CHECK(yaml(std::string(100'000, '{')).starts_with("HL00"));
  CHECK(as_json(open + close).starts_with("HL0018 1:257 "));
  CHECK(as_json(std::string(1'000'000, '[')).starts_with("HL0018 "));
  std::string nested;
  for (int i = 0; i < 300; ++i) nested += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  CHECK(yaml(nested).starts_with("HL0018 "));
  std::string laughs = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    laughs += fmt::format(
        "l{0}: &l{0} [*l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}]\n", i,
        i - 1);
  }
  CHECK(yaml(laughs).starts_with("HL0018 "));
  std::string merges = "m0: &m0 {a: 1}\n";
  for (int i = 1; i < 40; ++i)
    merges += fmt::format("m{0}: &m{0} {{x: [*m{1}, *m{1}]}}\n", i, i - 1);
  CHECK(yaml(merges).starts_with("HL0018 "));
}

TEST_CASE("JSON with what it forbids") {
  CHECK(as_json(R"({"b": [1, -0, 1.0, 1e2, true, null, "\u00e9\ud83d\ude00"], "a": {}})") ==
        "{\"b\":[1,0,1.0,100.0,true,null,\"\xc3\xa9\xf0\x9f\x98\x80\"],\"a\":{}}");
  CHECK(as_json("7") == "7");
  CHECK(as_json("{\n \"a\": 1,\n \"a\": 2}") ==
        "HL0017 3:2 this is no JSON that hlab can read: the key `a` stands twice");
  CHECK(as_json("[1,]").starts_with("HL0017 1:4 "));
  CHECK(as_json("").starts_with("HL0017 1:1 "));
  CHECK(as_json("[1] x").starts_with("HL0017 1:5 "));
  CHECK(as_json("[18446744073709551615]").starts_with("HL0017 1:2 "));
  CHECK(as_json("[99999999999999999999]").starts_with("HL0017 1:2 "));
  CHECK(as_json("[1e999]").starts_with("HL0017 1:"));
  CHECK(as_json("[\"\\u0000\"]").starts_with("HL0017 1:2 "));
  CHECK(as_json("// no\n1").starts_with("HL0017 1:1 "));
}

TEST_CASE("the JSON test suite: what must parse does, what must not is refused") {
  const fs::path root = fs::path(HLAB_SOURCE_DIR) /
                        "../shared/corpora/json-test-suite/test_parsing";
  if (!fs::exists(root)) return;
  // Sound JSON that the language has no value for.
  const std::set<std::string> refused{
      "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
      "y_string_null_escape.json", "y_object_escaped_null_in_key.json"};
  std::size_t seen = 0;
  for (const auto& entry : fs::directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    const std::string got = as_json(testing::read_text(entry.path()));
    const bool failed = got.starts_with("HL00");
    INFO(name << ": " << got);
    if (name[0] == 'y') CHECK(failed == refused.contains(name));
    if (name[0] == 'n') CHECK(failed);
    ++seen;
  }
  CHECK(seen > 300);
}

TEST_CASE("the YAML test suite: what is read has the meaning that the suite gives it") {
  const fs::path root = fs::path(HLAB_SOURCE_DIR) / "../shared/corpora/yaml-test-suite";
  if (!fs::exists(root)) return;
  std::size_t same = 0;
  std::set<std::string> other;
  std::set<std::string> refused;
  std::set<std::string> taken;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().filename() != "in.yaml") continue;
    const fs::path folder = entry.path().parent_path();
    const std::string name = fs::relative(folder, root).string();
    const std::string got = yaml(testing::read_text(entry.path()));
    const bool failed = got.starts_with("HL00");
    if (fs::exists(folder / "error")) {
      if (!failed) taken.insert(name);
      continue;
    }
    const json wanted = json::parse(testing::read_text(folder / "in.json"), nullptr, false);
    if (wanted.is_discarded()) continue;  // several documents, or keys that JSON has not
    if (failed) {
      refused.insert(name);
    } else if (json::parse(got) == wanted) {
      ++same;
    } else {
      other.insert(name);
    }
  }
  // Documents of nothing are an empty map here. Then there are quotes around line breaks alone, and
  // blanks behind the last line break, in which yaml-cpp 0.7 errs.
  const std::set<std::string> nothing{"DK95/07", "MUS6/02", "MUS6/03",
                                      "MUS6/04", "MUS6/05", "MUS6/06"};
  const std::set<std::string> known{"JEF9/02", "L24T/01", "NAT4"};
  for (const std::string& name : other) {
    INFO(name);
    CHECK((nothing.contains(name) || known.contains(name)));
  }
  CHECK(same >= 218);
  // Sound YAML that is refused: tags, keys over several lines, tabs. And the other way round.
  CHECK(refused.size() <= 29);
  CHECK(taken.size() <= 22);
}

/// Codes of a lab whose only file loads `path`; `prepare` lays the folder out.
template <class Prepare>
std::set<std::string> loading(const std::string& path, Prepare prepare) {
  const testing::LabFolder folder;
  prepare(folder.path());
  folder.write("lab.hlab",
               "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
               "file \"a.json\" { data = load(\"" +
                   path + "\") }\n");
  const auto run = driver::check_lab({folder.path().string(), false});
  std::set<std::string> codes;
  for (const diag::Diagnostic* item : run->diags.sorted()) {
    codes.insert(std::string(item->info->code));
    CHECK(item->at.valid());
  }
  return codes;
}

TEST_CASE("loads stay inside the lab's folder") {
  using Codes = std::set<std::string>;
  const auto write = [](const fs::path& path, std::string_view text) {
    std::ofstream(path) << text;
  };
  const auto nothing = [](const fs::path&) {};
  CHECK(loading("../x.yaml", nothing) == Codes{"HL0010"});
  CHECK(loading("/etc/hostname", nothing) == Codes{"HL0010"});
  CHECK(loading("sub/../../x.yaml", nothing) == Codes{"HL0010"});
  CHECK(loading("x.yaml", nothing) == Codes{"HL0016"});
  CHECK(loading("", nothing) == Codes{"HL0010"});
  CHECK(loading("link.yaml", [](const fs::path& root) {
          fs::create_symlink("/etc/hostname", root / "link.yaml");
        }) == Codes{"HL0010"});
  CHECK(loading("out/hostname", [](const fs::path& root) {
          fs::create_directory_symlink("/etc", root / "out");
        }) == Codes{"HL0010"});
  CHECK(loading("sub", [](const fs::path& root) { fs::create_directory(root / "sub"); }) ==
        Codes{"HL0011"});
  CHECK(loading("pipe.yaml", [](const fs::path& root) {
          fs::create_directory(root / "d");
          REQUIRE(::mkfifo((root / "pipe.yaml").c_str(), 0600) == 0);
        }) == Codes{"HL0011"});
  CHECK(loading("big.txt", [&](const fs::path& root) {
          write(root / "big.txt", std::string((16u << 20) + 1, 'x'));
        }) == Codes{"HL0012"});
  CHECK(loading("inside.yaml", [&](const fs::path& root) {
          fs::create_directory(root / "sub");
          write(root / "sub/real.yaml", "a: 1\n");
          fs::create_symlink("sub/real.yaml", root / "inside.yaml");
        }).empty());
}

TEST_CASE("a missing file is told with the nearest name") {
  const testing::LabFolder folder;
  fs::create_directory(folder.path() / "data");
  folder.write("data/ports.yaml", "a: 1\n");
  folder.write("lab.hlab",
               "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
               "file \"a.json\" { data = load(\"data/prots.yaml\") }\n"
               "file \"b.json\" { data = load(\"data/prots.yaml\") }\n");
  const auto run = driver::check_lab({folder.path().string(), false});
  REQUIRE(run->diags.size() == 1);
  CHECK(run->diags.sorted()[0]->help == "there is `data/ports.yaml`");
}

}  // namespace
