#include <catch2/catch.hpp>

#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

using types::TextFormat;

std::string problem(TextFormat format, std::string_view text, std::string_view pattern = "") {
  return text_problem(format, text, pattern).value_or("");
}

void check_all(TextFormat format, std::initializer_list<const char*> good,
               std::initializer_list<const char*> bad) {
  for (const char* text : good) {
    CAPTURE(text);
    CHECK(problem(format, text) == "");
  }
  for (const char* text : bad) {
    CAPTURE(text);
    CHECK(problem(format, text) != "");
  }
}

TEST_CASE("host names and labels") {
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'b');
  CHECK(problem(TextFormat::hostname, longest) == "");
  CHECK(problem(TextFormat::hostname, longest + "b") == "it has 254 characters, 253 are allowed");
  check_all(TextFormat::hostname, {"a", "pi4-1", "tasks.home.example.org", "3com.example", "xn--a"},
            {"", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "\xc3\xa9.org", "192.168.1.1",
             "https://a", "::1"});
  check_all(TextFormat::dns_label, {"a", "a-1"}, {"", "A", "a.b", "-a", (label + "a").c_str()});
  CHECK(problem(TextFormat::hostname, "a_b") ==
        "it has `_`; only letters, digits and hyphens may stand");
}

TEST_CASE("URLs") {
  check_all(TextFormat::url,
            {"https://example.org", "http://10.0.0.1:8080/x?y=%20#z", "https://[fd00::1]:443/",
             "ssh://git@host/path.git", "file:///etc/x", "unix:///run/docker.sock",
             "postgres://u:p@db_1:5432/x", "oci://ghcr.io/a/b"},
            {"", "example.org", "https://", "https:///x", "http://a b", "http://a:0", "http://a:",
             "http://a:65536", "http://a:1x", "http://[fd00::1", "http://[1.2.3.4]", "1x://a",
             "http://a/%2", "http://a/\n", "git@github.com:a/b.git", "http://a/\xc3\xa9"});
}

TEST_CASE("paths") {
  check_all(TextFormat::path, {"/", "/var/lib/x", "a/b", "../x", "C:\\Users\\me", "D:/x", "a:b"},
            {"", "a\nb", "C:\\a?b", "https://x"});
  CHECK(problem(TextFormat::path, std::string_view("a\0b", 3)) == "it has a control character");
}

TEST_CASE("cron") {
  check_all(TextFormat::cron,
            {"0 3 * * *", "*/5 * * * *", "0 0 1,15 jan-mar MON-fri", "59 23 31 12 6", "@daily",
             "0-30/10 * * * *", "0 0 29 2 *", "0 0 31 2 1", "0  3\t* * *"},
            {"",
             "* * * *",
             "* * * * * *",
             "60 * * * *",
             "* 24 * * *",
             "* * 0 * *",
             "* * 32 * *",
             "* * * 13 *",
             "* * * * 7",
             "* * * * 8",
             "*/0 * * * *",
             "*/61 * * * *",
             "5/10 * * * *",
             "9-3 * * * *",
             "1,,2 * * * *",
             "x * * * *",
             "* * * foo *",
             "-1 * * * *",
             "? * * * *",
             "@reboot",
             "@every 1h",
             "0 0 31 2 *",
             "0 0 31 4,6,9,11 *",
             "1- * * * *",
             "99999999999 * * * *",
             "*/ * * * *",
             "* * * * *\n"});
  CHECK(problem(TextFormat::cron, "60 * * * *") == "in `60` (minute) 60 is outside 0 to 59");
  CHECK(problem(TextFormat::cron, "5/10 * * * *") ==
        "in `5/10` (minute) a step needs a range: `5-59/10`");
}

TEST_CASE("versions") {
  check_all(TextFormat::semver,
            {"1.2.3", "v1.34.3+k3s1", "0.24.6", "1.0.0-rc.1", "1.0.0-rc.1+build.01", "2024.12.1"},
            {"", "1", "1.2", "1.2.3.4", "1.02.3", "1.2.x", "vv1.2.3", "1.2.3-", "1.2.3+",
             "1.2.3-01", "1.2.3-a..b", "1.2.3 ", "latest", "1..3"});
  CHECK(problem(TextFormat::semver, "25.11") ==
        "`25.11` has 2 numbers; a version has three, such as `1.2.3`");
}

TEST_CASE("images") {
  const std::string digest(64, 'a');
  check_all(
      TextFormat::image,
      {"nginx", "library/nginx:1.27", "docker.io/a/b:1", "localhost/a", "reg:5000/a/b:c_D.e-f",
       "10.0.0.1:5000/a", "[fd00::1]:5000/a", "ghcr.io/a__b/c--d.e"},
      {"",      "Nginx", "a:",         "a:-x",        "a/",      "/a",  "a//b",    "https://a/b",
       "a___b", "a..b",  "-a",         "a@sha256:ab", "a@md5:1", "a b", "reg:0/a", "reg:x/a",
       "a:b c", "[x]/a", "[fd00::1/a", "a_"});
  CHECK(problem(TextFormat::image, "a/b:1@sha256:" + digest) == "");
  CHECK(problem(TextFormat::image, digest) != "");
  CHECK(problem(TextFormat::image, "x/" + digest) == "");
  CHECK(problem(TextFormat::image, "x:" + std::string(129, 'a')) != "");
}

TEST_CASE("mail addresses and variables") {
  check_all(TextFormat::email, {"me@example.org", "a.b+c@x", "root@localhost"},
            {"", "me", "@x", "me@", "a..b@x", ".a@x", "a b@x", "a@b@c", "me@-x"});
  check_all(TextFormat::env_name, {"A", "_a1", "TZ"}, {"", "1A", "A-B", "A.B", "A B", "A="});
}

TEST_CASE("patterns match all of the text, and always end") {
  CHECK(problem(TextFormat::pattern, "abc", "[a-c]+") == "");
  CHECK(problem(TextFormat::pattern, "abcd", "[a-c]+") == "it does not match /[a-c]+/");
  CHECK(problem(TextFormat::pattern, "a", "(") == "the pattern /(/ is not valid");
  CHECK(problem(TextFormat::pattern, "aa", "(a)\\1") ==
        "the pattern /(a)\\1/ has a back-reference, or is too large");
  CHECK(problem(TextFormat::pattern, std::string(4096, 'a'), "(a+)+b") != "");
  CHECK(problem(TextFormat::pattern, std::string(4097, 'a'), "a*") != "");
  CHECK(problem(TextFormat::pattern, "b", "(?=b)[a-z]") == "");
}

}  // namespace
}  // namespace hlab::values
