// Values of secrets on their way in, without a terminal or `sops`.
#include <catch2/catch.hpp>

#include <set>

#include "compiler/commands/secret_values.h"

namespace hlab::commands {

TEST_CASE("a secret of one part and of several is read from standard input") {
  const auto values = [](const SecretValues& given) {
    std::vector<std::string> out;
    for (const auto& one : given.values) {
      out.push_back(one.key + "=" + std::string(text_of(one.value)));
    }
    return given.error.empty() ? out : std::vector<std::string>{given.error};
  };
  using Texts = std::vector<std::string>;
  CHECK(values(parse_values({"a"}, PipeForm::whole, "one\ntwo=\r\n")) == Texts{"a=one\ntwo="});
  CHECK(values(parse_values({"a", "b"}, PipeForm::lines, "b=x=y\r\n\na= z")) ==
        Texts{"a= z", "b=x=y"});
  CHECK(values(parse_values({"a", "b"}, PipeForm::lines, "b=x\n")) ==
        Texts{"no value was given for `a`"});
  CHECK(values(parse_values({"a", "b"}, PipeForm::lines, "b=x\nb=y\n")) ==
        Texts{"`b` has two values"});
  CHECK(values(parse_values({"a", "b"}, PipeForm::lines, "hunter2=\n")) ==
        Texts{"line 1 begins with none of a=, b="});
  CHECK(values(parse_values({"a", "b"}, PipeForm::lines, "a=1\nhunter2\n")) ==
        Texts{"line 2 has no `=`; what has several lines is given by --from-file KEY=PATH"});
  // One of several that is left to give is said as such: its line is not its value.
  CHECK(values(parse_values({"b"}, PipeForm::lines, "b=x\n")) == Texts{"b=x"});
  CHECK(values(parse_values({"b"}, PipeForm::lines, "hunter2\n")) ==
        Texts{"line 1 has no `=`; what has several lines is given by --from-file KEY=PATH"});
  CHECK(values(parse_values({"a"}, PipeForm::whole, "\n")) == Texts{"no value was given for `a`"});
  CHECK(values(parse_values({"a"}, PipeForm::whole, "\xff")) ==
        Texts{"the value of `a` is no text (UTF-8)"});
}

TEST_CASE("a value is written so that every reader of YAML gives it back") {
  const auto quoted = [](std::string_view text) {
    SecretBytes out;
    append_quoted(out, text);
    return std::string(text_of(out));
  };
  CHECK(quoted("plain: #") == "\"plain: #\"");
  CHECK(quoted("a\"b\\c\nd") == "\"a\\\"b\\\\c\\U0000000ad\"");
  CHECK(quoted("\u00e9\u2028\U0001f600") == "\"\\U000000e9\\U00002028\\U0001f600\"");
}

TEST_CASE("values that are made up differ, and are letters and digits") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const SecretBytes value = random_value();
    const std::string text(text_of(value));
    CHECK(text.size() == 40);
    CHECK(
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") ==
        std::string::npos);
    seen.insert(text);
  }
  CHECK(seen.size() == 100);
}

}  // namespace hlab::commands
