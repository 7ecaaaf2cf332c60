#include "compiler/diag/render_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace hlab;
using namespace hlab::diag;
using Json = nlohmann::json;

namespace {

const Diag<std::string_view> kSample{
    {"HL4102", "address-taken", Severity::error, "two nodes hold one address", "", "", ""},
    "taken: {}"};

}  // namespace

TEST_CASE("diagnostics as JSON have exactly the promised form") {
  SourceMap sources;
  const FileId file = sources.add("lab.hlab", "x = \xc3\xa4 1\ny = 1\n");
  const FileId library = sources.add_static("core/net.hlab", "net\n");
  Diagnostics diags;
  diags.report(kSample, Span{file, 7, 8}, std::string_view("1"))
      .label(Span{library, 0, 3}, "declared here")
      .note("a note")
      .help("write 2")
      .fix("write `2`", {{Span{file, 7, 8}, "2"}});
  const Json json = Json::parse(render_json(sources, diags));
  const auto at = [](int line, int column, int offset) {
    return Json{{"line", line}, {"column", column}, {"offset", offset}};
  };
  const Json range = {{"start", at(1, 7, 7)}, {"end", at(1, 8, 8)}};
  const Json expected = {
      {"version", 1},
      {"diagnostics",
       {{{"code", "HL4102"},
         {"name", "address-taken"},
         {"severity", "error"},
         {"message", "taken: 1"},
         {"file", "lab.hlab"},
         {"range", range},
         {"labels",
          {{{"file", "std/core/net.hlab"},
            {"range", {{"start", at(1, 1, 0)}, {"end", at(1, 4, 3)}}},
            {"message", "declared here"}}}},
         {"help", "note: a note\nwrite 2"},
         {"fixes",
          {{{"message", "write `2`"},
            {"edits", {{{"file", "lab.hlab"}, {"range", range}, {"text", "2"}}}}}}}}}}};
  CHECK(json == expected);
}

TEST_CASE("no diagnostics, and one without a place") {
  SourceMap sources;
  Diagnostics diags;
  CHECK(render_json(sources, diags) == "{\"version\":1,\"diagnostics\":[]}\n");
  diags.report(kSample, Span{}, std::string_view("q\"\\\n\xff\x7f"));
  const Json json = Json::parse(render_json(sources, diags));
  CHECK(json["diagnostics"][0]["file"].is_null());
  CHECK(json["diagnostics"][0]["range"].is_null());
  CHECK(json["diagnostics"][0]["message"] == "taken: q\"\\\n\xef\xbf\xbd\x7f");
}

TEST_CASE("what the primary place shows comes first among the labels") {
  SourceMap sources;
  const FileId file = sources.add("a.hlab", "x y\n");
  Diagnostics diags;
  diags.report(kSample, Span{file, 0, 1}, std::string_view("1"))
      .here("here")
      .label({file, 2, 3}, "there");
  const Json labels = Json::parse(render_json(sources, diags))["diagnostics"][0]["labels"];
  REQUIRE(labels.size() == 2);
  CHECK(labels[0]["message"] == "here");
  CHECK(labels[1]["message"] == "there");
}
