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

TEST_CASE("words that a place takes, a default without its sign, a number with a comma") {
  const std::string lab = kBegin + "kind part { w: Int = 1  ok: Bool = true }\n";
  check_mend("HL1012", lab + "kind blog { one: part { w = 2 }  two: Int = 1 }\nblog b {}\n");
  check_mend("HL2001", lab + "part a { ok = ture }\n");
  check_mend("HL2001", lab + "foreign nas { address.lan = atuo }\n");
  const std::string site = "override part.a.w 1 -> 2 }\n";
  check_mend("HL1018", lab + "part a {}\nsite cabin home { " + site);
  check_mend("HL1018", lab + "part a {}\nsite cabin for home { " + site);
  const auto numbers = errors_of(lab + "part a { w = 10,000 }\n");
  REQUIRE(numbers.size() == 1);
  CHECK(numbers[0].mended.empty());
  const auto chosen = errors_of(lab + "part a { w = (all part where true).length }\n");
  REQUIRE(chosen.size() == 1);
  CHECK(chosen[0].help.find("[x for x in all KIND where c]") != std::string::npos);
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

TEST_CASE("a text without quotes where the place takes none, or another") {
  const std::string kinds =
      kBegin +
      "kind t { n: Int = 1  l: [&t] = []  p: Port?  s: String = \"\"  h: Hostname = \"h\" }\nt b\n";
  check_mend("HL3001", kinds + "t a { l = [@b] }\n");
  check_mend("HL3001", kinds + "t a { p = :8080 }\n");
  check_mend("HL3001", kinds + "t a { n = @5 }\n");
  check_one("HL3001", kinds + "t a { n = three hundred }\n");
  check_one("HL3001", kinds + "t a { n = 2 ?? x:y }\n");
  const auto certain = [&](const std::string& body) {
    return errors_of(kinds + "t a { " + body + " }\n").front().certain;
  };
  CHECK(certain("s = ann@example.org"));
  CHECK_FALSE(certain("h = ann@example.org"));
  CHECK_FALSE(certain("s = x:${.n}"));
  CHECK_FALSE(certain("other = x:y"));
  for (const Told& one : errors_of(kinds + "t a { n = three hundred }\n"))
    CHECK(one.mended.empty());
}

TEST_CASE(
    "a text without quotes goes on to the next blank, and is quoted only where that is all of it") {
  const std::string kind = kBegin + "kind k { u: String = \"\"  l: [String] = []  c: Cidr? }\n";
  const auto told = [&](const std::string& body) {
    check_one("HL1019", kind + "k a {\n  " + body + "\n}\n");
    return errors_of(kind + "k a {\n  " + body + "\n}\n").front();
  };
  CHECK(told("u = https://x.org/#/login").message ==
        "`https://x.org/#/login` is a text, and has no quotes");
  for (const char* body : {"u = https://x.org/#/login", "u = http://[fd00::1]:80/",
                           "u = https://x.org/a,b", "u = https://x.org/it's", "u = x:y(z)"})
    CHECK_FALSE(told(body).certain);
  CHECK(told("u = /data/x/\"z\"").mended.empty());
  CHECK(told("u = https://x.org/a # a comment").certain);
  CHECK(told("l = [https://x.org/a]").certain);
  check_mend("HL1019", kind + "k a { l = [https://x.org/a,\"b\"]  u = \"c\" }\n");
  check_one("HL3001", kind + "k a { c = 192.168.1.0:24 }\n");
}

TEST_CASE("words where no text is wanted") {
  const std::string kinds =
      kBegin +
      "kind k { n: &network  b: none | days(Int) = none }\n"
      "kind s { tray: String = \"x\"  n: String = tray.label  m: String = tray/2 }\n";
  check_mend("HL3001", kBegin + "kind k { n: &network }\nk a { n = network lan }\n");
  const auto errors =
      errors_of(kBegin + "kind k { b: none | named(String) = none }\nk a { b = named nightly }\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].help == "what it carries stands in parentheses: `named(nightly)`");
  const auto fields = errors_of(kinds + "s x {}\nk y { n = lan }\n");
  REQUIRE_FALSE(fields.empty());
  for (const Told& one : fields) CHECK(one.help == "the field of this instance is `.tray`");
}

TEST_CASE("a list with its brackets around a part of it, or before the next field") {
  const std::string lab =
      "lab home { domain = \"home.example.org\"  timezone = \"Europe/Madrid\" }\n";
  const auto lan = [&](const std::string& fields) {
    return lab + "network lan { cidr = 192.168.1.0/24  " + fields + " }\n";
  };
  check_mend("HL1012", lan("dns = [9.9.9.9], 1.1.1.1"));
  check_mend("HL1012", lan("dns = [9.9.9.9,], 1.1.1.1"));
  check_mend("HL1012", lan("dns = [], 1.1.1.1, 9.9.9.9,"));
  check_mend("HL1012", lan("dns = [9.9.9.9]]"));
  check_mend("HL1012", lan("dns = 9.9.9.9, 1.1.1.1]"));
  check_mend("HL1012", lan("dns = [9.9.9.9], 1.1.1.1]"));
  check_mend("HL1012", lan("dns = 9.9.9.9, 1.1.1.1  gateway = 192.168.1.1"));
  check_mend("HL1012", lan("dns = 9.9.9.9, 1.1.1.1 gateway = 192.168.1.1"));
  check_mend("HL1012", lab + "kind k { a: [Int] = 1, 2 }\nk x {}\n");
  for (const char* list : {"\"a\", \"b#c\"", "\"a\", \"http://x\"", "\"a\", \"two  blanks\""})
    check_mend("HL1012", lab + "kind k { l: [String] }\nk a {\n  l = " + list + "\n}\n");
  check_mend("HL1012", lab + "kind k { l: [Cidr] }\nk a { l = fd00::/64, fd01::/64 }\n");
  check_mend("HL1012", lan("dns = 9.9.9.9, lan.cidr.host(4) # two\n"));
  const auto certain = [&](const std::string& fields) {
    return errors_of(lan(fields)).front().certain;
  };
  CHECK(certain("dns = 9.9.9.9, 1.1.1.1"));
  CHECK_FALSE(certain("dns = other.dns, 1.1.1.1"));  // it may be a list
}

TEST_CASE("the colon of a field that was forgotten") {
  check_mend("HL1018", kBegin +
                           "kind t { a: Int = 1\n  b Int = 2\n}\nt x { b = 2 }\n"
                           "file \"f\" { content = \"${x.b}\" }\n");
  check_mend("HL1018", kBegin + "kind t { a: Int = 1  b String }\nt x { b = \"\" }\n");
  check_mend("HL1018", kBegin + "kind t {\n  b [Int] = []\n}\nt x { b = [2] }\n");
  check_mend("HL1018", kBegin + "kind t {\n  b &network\n}\nt x { b = lan }\n");
  check_mend("HL1018", kBegin + "kind t {\n  b slow | fast = slow\n}\nt x { b = fast }\n");
  check_mend("HL1018", kBegin + "kind t {\n  b Map<Int> = {}\n}\nt x { b.y = 1 }\n");
  CHECK(errors_of(
            kBegin +
            "record r { n: Int = 1 }\nkind t { all-lans: [&network] = all network  b: r  c: r }\n"
            "t x {}\n")
            .empty());
}

TEST_CASE("the brace of a body on one line, and of a test") {
  const std::string u = kBegin + "kind u { n: Int = 1 }\n";
  check_mend("HL1018", u + "u y n = 2 }\nfile \"f\" { content = \"${y.n}\" }\n");
  check_mend("HL1018", u + "network l cidr = 10.0.0.0/24 }\n");
  check_mend("HL1018", u + "planned u y: u n = 2 }\n");
  check_mend("HL1018", kBegin + "kind u n: Int = 1 }\nu y { n = 2 }\n");
  check_mend("HL1018", u + "for i in 1..3 u \"a-${i}\" { n = 2 } }\n");
  check_mend("HL1018", u + "policy p check lan.mtu > 3, \"x\" }\n");
  check_mend("HL1018", u + "test \"x\"\n  expect true\n}\n");
  check_mend("HL1018", u + "test \"x\" expect true }\n");
  check_mend("HL1018", u + "if true {\n  u x\n}\nelse\n{\n  u y\n}\n");
  const auto errors = errors_of(u + "for i in 1..3 u \"a-${i}\"\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].help == "what a `for` or `if` holds stands in braces: `for x in xs { ... }`");
}

TEST_CASE("a value or type forgotten before the next field of the line") {
  const auto first = [](const std::string& text) {
    check_one("HL1011", text);
    return errors_of(text).front().message;
  };
  CHECK(first("lab home { domain =   timezone = \"Europe/Madrid\" }\n") ==
        "expected a value, and the next field, `timezone`, stands here");
  const std::string use = "file \"f\" { content = \"${x.b}\" }\n";
  (void)first(kBegin + "kind t { a: Int =  b: Int }\nt x { b = 3 }\n" + use);
  CHECK(first(kBegin + "kind t { a:  b: Int }\nt x { a = 1  b = 3 }\n" + use) ==
        "expected a type, and the next field, `b`, stands here");
  CHECK(
      errors_of(kBegin + "kind t { a: Bool = lan.mtu == 3  b: Int = 1 }\nt x { b = 2 }\n").empty());
}

TEST_CASE("a word or sign that stands twice") {
  const std::string t = kBegin + "kind t { version: String = \"\"  m: Map<Int> = {} }\n";
  check_mend("HL1021", t + "t x { version version = \"1\" }\n");
  check_mend("HL1021", t + "t x { m.y = 1  m m.x = 1 }\n");
  check_mend("HL1021", t + "t t x { m.y = 1 }\n");
  check_mend("HL1021", kBegin + "kind k { n: Int Int  m: Int = 2 }\nk x { n = 1  m = 3 }\n");
  check_mend("HL1021", t + "t x x { m.y = 1 }\n");
  check_mend("HL1021", t + "t x { {\n  m.y = 1\n}\n");
  check_mend("HL1021", t + "t x { m.y y = 1 }\n");
  check_mend("HL1003", kBegin + "kind k { a: slow || fast = slow }\nk x { a = fast }\n");
  check_one("HL1011", kBegin + "kind k { n: Int = 1  m }\nk x {}\n");
  CHECK(errors_of(kBegin + "kind t { n: Int = 1 }\nt t {}\nperson person\nperson ann  person ben\n")
            .empty());
}

TEST_CASE("a pool that is not there is told at the type of the lease alone") {
  check_one("HL3019",
            kBegin +
                "kind slot { port: Port | auto(lab.machine-ports) = auto }\n"
                "kind slotted { slot: Map<slot> }\nslotted s { slot.top {}  slot.low {} }\n");
}

TEST_CASE("a kind that begins with a vowel lacks its name") {
  const auto errors = errors_of(kBegin + "ingress-controller { }\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].help == "an ingress-controller has a name: `ingress-controller NAME { ... }`");
}

TEST_CASE("a dot at the end of a line, and one with nothing behind it") {
  const std::string t = kBegin + "kind t { n: Int = 1  m: Int = 2 }\nt x {}\n";
  CHECK(errors_of(t + "t y {\n  n = x.\n    m\n}\n").empty());
  CHECK(errors_of(t + "t y {\n  n = x. # of x\n    m + 1\n  m = 3\n}\n").empty());
  check_one("HL1011", t + "t y {\n  n = x.\n}\n");
  check_one("HL1011", t + "t y {\n  n = x.\n  m = 3\n}\nfile \"f\" { content = \"${y.m}\" }\n");
  check_one("HL1011", t + "t y { n = x. }\n");
}

TEST_CASE("a condition that is asserted in a test, and a near name of another type") {
  check_mend("HL1018", kBegin + "test \"x\" { assert lan.mtu > 3 }\n");
  check_mend("HL1018", kBegin + "test \"x\" { assert lan.mtu > 3, \"small\" }\n");
  const auto errors = errors_of(kBegin + "person ann { full-name = Ann  admin = true }\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "HL2001");
  CHECK_FALSE(errors[0].certain);
}

TEST_CASE("a word of the language as a name") {
  const std::string t = kBegin + "kind t { n: Int = 1 }\n";
  for (const std::string& text : {t + "t for { n = 2 }\n", t + "fn f(if: Int) -> Int = 1\n",
                                  t + "kind in { n: Int = 1 }\n"}) {
    check_one("HL1011", text);
    CHECK(errors_of(text)[0].help == "that is a word of the language: choose another name");
  }
  const std::string word = t + "kind u { w: in | out = out }\n";
  check_one("HL1011", word);
  CHECK(errors_of(word)[0].help == "that is a word of the language: choose another");
}

TEST_CASE("one brace too many is taken away where what it would close goes on") {
  const std::string u = kBegin + "kind u { n: Int = 1  m: Map<Int> = {}  s: String = \"\" }\n";
  const std::string use = "file \"f\" { content = x.s }\n";
  check_mend("HL1012", kBegin + "kind k {\n  a: Int = 1 }\n  b: Int = 2\n}\nk x { b = 3 }\n");
  check_mend("HL1012", kBegin + "kind k {\n  a: Int = 1\n  }\n  b: Int = 2\n}\nk x { b = 3 }\n");
  check_mend("HL1012", u + "u x {\n  m { a = 1 } }\n  s = \"a\"\n}\n" + use);
  check_mend("HL1012", u + "u x { m { a = 1 } }  s = \"a\" }\n" + use);
  check_mend("HL1012", u + "for i in 1..2 {\n  u \"a-${i}\" { n = 2 } }\n  u \"b-${i}\" {}\n}\n");
  check_mend("HL1012",
             u + "file \"f.yaml\" {\n  data {\n    a { b { c = 1 } } }\n    d = 3\n  }\n}\n");
  check_mend(
      "HL1012",
      u + "file \"f.yaml\" {\n  data {\n    a = [\n      { b = 1 } },\n    ]\n    d = 3\n  }\n}\n");
  check_one("HL1012", u + "u x { s = \"a\" }}\n" + use);
  CHECK(errors_of(u + "u x { m { a = 1 }  s = \"a\" }\n" + use).empty());
}

TEST_CASE("braces of computed names, of a match and of an else") {
  const std::string u = kBegin + "kind u { n: Int = 1 }\n";
  check_mend("HL1018", u + "for i in 1..2 {\n  u \"a-${i}\"\n    n = 2\n  }\n}\n");
  check_mend("HL1018", u + "if true {\n  u x\n} else if false\n{\n  u y\n}\n");
  check_mend(
      "HL1018",
      kBegin + "kind k {\n  a: x | y = x\n  b: Int = match .a\n    x => 1\n    y => 2\n  }\n}\n");
  CHECK(errors_of(u + "if 1 < 2 and\n  2 < 3 { u x }\n").empty());
}

TEST_CASE("a text that ends nowhere is told once") {
  const std::string u = kBegin + "kind u { n: Int = 1  s: String = \"\" }\n";
  check_mend("HL1013", u + "for i in 1..2 {\n  u \"pi-${i\" {\n    n = 2\n  }\n}\n");
  check_mend("HL1013", u + "u a { s = \"x ${lan.mtu\" }\n");
  check_mend("HL1004", u + "u \"a {\n  n = 2\n}\nu b { n = 3 }\n");
  check_one("HL1004", u + "file \"f\" { content = x\" }\n");
  check_one("HL1004", kBegin + "kind l { l: [String] }\nl a { l = [\"a, \"b\"] }\n");
  check_one("HL1004", kBegin + "kind r { a: String(/[a-z]+) = \"a\" }\nr x {}\n");
}

TEST_CASE("several values on a line are one text") {
  const auto set = [](std::string_view value) {
    return kBegin +
           "kind c { schedule: String  b: Int = 1 }\nc x {\n  schedule = " + std::string(value) +
           "\n  b = 2\n}\n";
  };
  for (const char* text : {"0 3 * * *", "*/5 * * * *", "Mon 03:30", "10.0.0.1 10.0.0.2", "3 4",
                           "3 blind mice", "curl -s http://x/y", "*.example.org"})
    check_mend("HL1019", set(text));
  check_mend("HL1019", kBegin + "kind c { s: String  b: Int }\nc x { s = 0 3 * * *  b = 2 }\n");
  check_one("HL3001", kBegin + "kind c { n: Int }\nc x { n = 3 4 }\n");
  CHECK(errors_of(kBegin + "kind c { n: Int  m: Map<Int> = {}  check .n > 1, \"x\" }\n"
                           "c x { n = 3 m.a = 1 }\nc y { n = 3 * 4 unset m }\n")
            .empty());
}

TEST_CASE("what was to be declared is not told to be missing") {
  check_one("HL2004", kBegin + "class c { a: Int = 1 }\nc x { a = 2 }\n");
  check_one("HL2004", kBegin + "records r { a: Int = 1 }\nkind y { t: r }\ny x { t { a = 2 } }\n");
  check_one("HL2009", kBegin + "kind { a: Int = 1 }\nk x { a = 2 }\n");
  check_one("HL2009", kBegin + "x { n = 1 }\nfile \"f\" { content = \"${x.n}\" }\n");
  check_one("HL1011", kBegin + "fn (x: Int) -> Int = x\nfile \"f\" { content = \"${f(1)}\" }\n");
  check_one("HL1012", kBegin + "kind k {\n  : Port?\n  n: Int = 1\n}\nk x { p = 3 }\n");
  check_one("HL1011", kBegin + "kind k extends network { a: Int = 1 }\nk x { a = 2 }\n");
  check_one("HL1020", kBegin + "sites s of home { }\n");
  check_one(
      "HL2003",
      kBegin +
          "secrets tok { description = \"x\" }\nkind h { s: secret String }\nh a { s = tok }\n");
  const auto two = errors_of(kBegin + "class c { a: Int = 1 }\nd x { a = 2 }\n");
  CHECK(two.size() == 2);  // nothing was to declare `d`
}

TEST_CASE("the uses of a word of the language as a name are not told again") {
  const std::string u = kBegin + "kind u { n: Int = 1 }\n";
  for (const std::string& text :
       {u + "u for { n = 2 }\nkind o { o: &u }\no x { o = for }\n",
        kBegin + "kind t { u: in | out = in }\nt x { u = in }\n",
        kBegin + "kind t { u: on | not = on }\nt x { u = not }\n",
        kBegin + "kind match { a: Int = 1 }\nmatch x { a = 2 }\n",
        kBegin + "fn not(a: Int) -> Int = a\nfile \"f\" { content = \"${not(1)}\" }\n"}) {
    check_one("HL1011", text);
    CHECK(errors_of(text)[0].help.starts_with("that is a word of the language: choose another"));
  }
}

TEST_CASE("of what is told of a line one message is always left") {
  check_one("HL1004", kBegin + "file \"f\" { content = A disk is full\"\n}\n");
}

TEST_CASE("a line that was not understood is told once") {
  const std::string u = kBegin + "kind u { n: Int = 1  s: String = \"\" }\n";
  check_one("HL1011", u + "u x { n = if 1 }\n");
  check_one("HL1013", u + "u a {\n  n = match 3 {\n  s = \"e\"\n}\nfile \"f\" { content = a.s }\n");
  check_one("HL1012", u + "u x { TZ \"Europe/Oslo\" = }\n");
  check_one("HL1018", u + "policy p { assert lan.mtu > 3 }\n");
  check_one("HL1018", u + "assert lan.mtu > 3, \"x\"\n");
  const auto two = errors_of(u + "u x {\n  n: 3\n  s: \"x\"\n}\n");
  CHECK(two.size() == 2);  // a line each
}

TEST_CASE("quotes forgotten of a text of several lines") {
  const std::string behind = "person ann {}\nfile \"b\" { content = \"\" }\n";
  const auto file = [&](std::string_view open, std::string_view close) {
    return kBegin + "file \"a\" {\n  content = " + std::string(open) +
           "\n    one { two\n    = [\n    " + std::string(close) + "\n}\n" + behind;
  };
  CHECK(errors_of(file("\"\"\"", "\"\"\"")).empty());
  for (const char* few : {"\"", "\"\""}) {
    check_mend("HL1004", file(few, "\"\"\""));
    check_mend("HL1004", file("\"\"\"", few));
  }
  CHECK(errors_of(kBegin +
                  "kind box { s: String }\nbox x {\n  s = \"\"\n}\nbox y {\n  s = \"\"\"\n" +
                  "    \"\"\n    \"\"\"\n}\n")
            .empty());
}

TEST_CASE("a line that stands twice") {
  const std::string kinds = kBegin + "kind box { n: Int = 1  m: Map<Int> = {} }\n";
  const std::string use = "box b { n = 3 }\n";
  check_one("HL1013", kBegin + "kind box {\nkind box {\n  n: Int = 1\n}\n" + use);
  check_one("HL1013", kinds + "box a {\nbox a {\n  n = 2\n}\n" + use);
  check_one("HL1013", kinds + "box a {\n  m {\n  m {\n    x = 2\n  }\n}\n" + use);
  check_one(
      "HL1013",
      kBegin +
          "fn f() -> [Int] = [\nfn f() -> [Int] = [\n  1,\n]\nfile \"a\" { content = \"${f().length}\" }\n");
  check_one("HL2008", kinds + "box a {\n  m { x = 1  y = 2 }\n  m { x = 1  y = 2 }\n}\n" + use);
}

TEST_CASE("doubled signs and words") {
  check_mend(
      "HL1021",
      kBegin +
          "node one { hardware = std..hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }\n");
  check_mend("HL1021", kBegin + "site site cabin of home {}\n");
  check_mend("HL1021", kBegin + "test \"t\" { expect expect lan.name == \"lan\", \"x\" }\n");
}

TEST_CASE("the mend of a field of this instance keeps its dot") {
  const std::string rooms = kBegin + "kind room {}\nroom main {}\nroom boss {}\n";
  for (const char* name : {"bos", "chief"}) {
    const testing::LabFolder folder;
    const std::string text =
        rooms + "kind k { boss: &room = main  deprecated chief -> boss  second: &room = ." + name +
        " }\nk a {}\n";
    folder.write("lab.hlab", text);
    const auto run = driver::check_lab({folder.path().string(), false});
    const auto found = run->diags.sorted();
    REQUIRE(found.size() == 1);
    REQUIRE(found[0]->fixes.size() == 1);
    const std::string mended = diag::apply_edits(text, found[0]->fixes[0].edits);
    CHECK(mended.find("second: &room = .boss }") != std::string::npos);
  }
}

}  // namespace hlab::test
