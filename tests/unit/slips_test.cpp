// One slip of the pen is one message, and its mend, when followed, leaves a lab without errors.
#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/choose_fixes.h"
#include "compiler/driver/compile.h"
#include "tests/unit/lab_folder.h"

namespace hlab::test {
namespace {

const std::string kBegin =
    "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
    "network lan { cidr = 192.168.1.0/24 }\n";
const std::string kNode =
    "node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }\n";

struct Told {
  std::string code;
  std::string message;
  std::string help;
  std::string mended;  // the text with the first fix; empty where none is offered
  bool certain = false;
};

/// The errors of a lab of one file.
std::vector<Told> errors_of(const std::string& text) {
  const testing::LabFolder folder;
  folder.write("lab.hlab", text);
  const auto run = driver::check_lab({folder.path().string(), false});
  std::vector<Told> errors;
  for (const diag::Diagnostic* d : run->diags.sorted()) {
    if (d->severity != diag::Severity::error) continue;
    Told told{std::string(d->info->code), d->message, d->help, "", false};
    if (!d->fixes.empty()) {
      told.mended = diag::apply_edits(text, d->fixes.front().edits);
      told.certain = d->fixes.front().certain;
    }
    errors.push_back(told);
  }
  return errors;
}

/// The slip in a lab that is sound but for it.
void check_one(std::string_view code, const std::string& text) {
  INFO(text);
  const auto errors = errors_of(text);
  std::string all;
  for (const Told& one : errors) all += one.code + " " + one.message + "\n";
  INFO(all);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == code);
}

void check_mend(std::string_view code, const std::string& text) {
  check_one(code, text);
  const std::string mended = errors_of(text).front().mended;
  INFO("mended:\n" << mended);
  REQUIRE_FALSE(mended.empty());
  for (const Told& one : errors_of(mended)) FAIL_CHECK(one.code << " " << one.message);
}

}  // namespace

TEST_CASE("a sign forgotten in a head") {
  const std::string kinds = kBegin + "kind human is person { likes: String = \"\" }\n";
  const std::string use = "file \"a\" { content = ann.likes }\n";
  check_mend("HL1018", kinds + "person ann human { likes = \"tea\" }\n" + use);
  check_mend("HL1018", kinds + "person ann human\n" + use);
  check_mend("HL1018", kinds + "person ann human  # a friend\n" + use);
  check_mend("HL1018", kinds + "person ann: human\n  likes = \"tea\"\n}\n" + use);
  check_mend("HL1018", kinds + "person ann: human\n{\n  likes = \"tea\"\n}\n" + use);
  check_mend("HL1018",
             kinds + "for x in [\"b\"]\n  person \"${x}\": human { likes = \"tea\" }\n}\n");
  check_mend("HL1018",
             kBegin +
                 "kind board { of: String = \"\" }\nkind shelf { part: Map<board>  m: Int = 1 }\n"
                 "shelf low {\n  m = 2\n  part.top\n    of = \"oak\"\n  }\n}\n");
}

TEST_CASE("two declarations on a line, and heads without bodies, are what they are") {
  CHECK(errors_of(kBegin +
                  "person ann  person ben {}\nperson cleo\nperson dan  # alone\nperson eve\n")
            .empty());
  CHECK(errors_of(kBegin + "kind box\n  {}\n").size() == 1);
  CHECK(errors_of(kBegin +
                  "kind shelf { n: Map<Int> = {}  m: Int = 1 }\nshelf a {\n  n.x = 1  m = 2\n}\n")
            .empty());
}

TEST_CASE("a declaration without its name, or with a dot before it") {
  check_mend("HL2009",
             "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
             "network.lan { cidr = 192.168.1.0/24 }\n" +
                 kNode);
  check_one("HL2009",
            "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n"
            "network { cidr = 192.168.1.0/24 }\n" +
                kNode);
  check_one("HL2009", kBegin + "policy { check lan.mtu > 3, \"x\" }\n");
}

TEST_CASE("words of the language that are misspelt") {
  check_mend("HL1020", kBegin + "planed person ann {}\n");
  check_mend("HL1020", kBegin + "fr i in 1..2 { person \"p-${i}\" {} }\n");
  check_mend("HL1020", kBegin + "foreach i, x in [\"a\", \"b\"] { person \"${x}-${i}\" {} }\n");
  check_mend("HL1018", kBegin + "policy p { assert lan.mtu >= 1400, \"small\" }\n");
  check_mend(
      "HL1018",
      kBegin + kNode + "policy p {\n  for n in all node { assert n.name != \"x\", \"bad\" }\n}\n");
  check_mend("HL1018", kBegin + kNode + "policy p { assert lan -> one }\n");
}

TEST_CASE("texts without quotes") {
  const auto file = [](std::string_view text) {
    return kBegin + "file \"a\" { content = " + std::string(text) + " }\n";
  };
  for (const std::string_view text :
       {"nginx:1.29.0", "ghcr.io/home/page-x:2.18.4", "https://git.example.org/x.git",
        "v1.34.3+k3s1", "ann@example.org", "/data/notes", "git@example.org:x/y.git"}) {
    check_mend("HL1019", file(text));
  }
  check_mend("HL2001", file("Europe/Oslo"));
  check_mend("HL2001", file("pages.example.org"));
  check_mend("HL2001", file("x/y/z"));
  CHECK(errors_of(file("\"${10 / 2}${lan.mtu/2}\"")).empty());
  CHECK(errors_of(
            kBegin +
            "kind k { a: Int = lan.mtu/2  b: Float = 1.5  c: Bool = lan.mtu in 1..9 }\nk x {}\n")
            .empty());
}

TEST_CASE("a name that two declarations share, where a text is wanted") {
  const std::string two = kBegin + kNode + "person home {}\n";
  const auto errors = errors_of(two + "file \"a\" { content = home }\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "HL2007");
  CHECK(errors[0].help == "a text is written in quotes: \"home\"");
  check_mend("HL2001", two + "file \"a\" { content = home.example.org }\n");
}

TEST_CASE("brackets and names of entries that were forgotten") {
  const std::string lab =
      "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n";
  check_mend("HL1012", lab + "network lan { cidr = 192.168.1.0/24  dns = 9.9.9.9, 1.1.1.1 }\n");
  check_mend("HL1012", lab + "network lan {\n  cidr = 192.168.1.0/24\n  dns  = 9.9.9.9]\n}\n");
  check_mend(
      "HL1011",
      lab + "network lan {\n  cidr = 192.168.1.0/24\n  dhcp = 192.168.1.100...192.168.1.199\n}\n");
  check_mend("HL1011", lab + "file \"x.yaml\" { data = [{ a = 1 } { c = 3 }] }\n");
  check_one("HL3001", kBegin +
                          "node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  "
                          "disk { size = 1TB  mount = \"/data\" } }\n");
  check_one("HL3001", kBegin +
                          "node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  "
                          "address = 192.168.1.10  address.lan = 192.168.1.11 }\n");
}

TEST_CASE("names of declarations in a loop, computed the wrong way") {
  const auto loop = [](std::string_view name) {
    return kBegin + "for i in 1..2 { person " + std::string(name) + " {} }\n";
  };
  for (const std::string_view name : {"\"p-$i\"", "\"p-{i}\""}) {
    const auto errors = errors_of(loop(name));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].help == "the variable of a loop stands in `${ }`: \"p-${...}\"");
  }
  check_mend("HL1019", loop("p-${i}"));
  check_one("HL1012", loop("\"p-\" + i"));
  check_one(
      "HL1019",
      kBegin +
          "for i in 1..2 { node \"p-${i}\" { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  "
          "address.lan = 192.168.1.${20 + i} } }\n");
}

TEST_CASE("a name that cannot be, and its use as it should be") {
  check_one("HL4001", kBegin + "person Ann {}\nfile \"a\" { content = ann.name }\n");
}

TEST_CASE("a value on the line below its sign") {
  check_mend("HL1011",
             kBegin + "fn f(x: Int) -> Int =\n  x + 1\nfile \"a\" { content = \"${f(1)}\" }\n");
  check_mend("HL1011", kBegin + "kind k {\n  d: [Int] =\n    [1, 2]\n}\nk a {}\n");
  check_one("HL1011", kBegin + "kind k { a: Int = 1  b: Int = 1 }\nk x {\n  a =\n  b = 2\n}\n");
}

TEST_CASE("words that carry a value") {
  const std::string keep = kBegin + "kind box { keep: forever | days(Int) = forever";
  check_mend("HL3006", keep + " }\nbox b { keep = dayz(3) }\n");
  check_mend("HL3006", keep + "  n: Int = match .keep { dayz(n) => n, _ => 0 } }\nbox b {}\n");
}

TEST_CASE("the near name of a field takes the value that is set") {
  const auto errors =
      errors_of(kBegin +
                "kind part { cpu: Int = 1 }\nkind k { gpu: part  size: part  cqu: Bool = true }\n"
                "k x { cpu = 3 }\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].help == "it is a field of `gpu`: `gpu.cpu = ...`");
  CHECK_FALSE(errors[0].certain);
  const auto letters = errors_of(
      kBegin + "kind k { arch: x | y = x  reach: String = \"\" }\nk a { rach = \"z\" }\n");
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].mended.find("reach = \"z\"") != std::string::npos);
}

TEST_CASE("a site declares as live what the lab plans") {
  CHECK(errors_of(kBegin +
                  "kind box { n: Int = 1 }\nplanned box late { n = 5 }\n"
                  "site s of home { box late { n = 6 }  policy p { check late.n == 6, \"no\" } }\n")
            .empty());
  check_one("HL2006",
            kBegin + "kind box { n: Int = 1 }\nbox now {}\nsite s of home { box now {} }\n");
}

}  // namespace hlab::test
