// The grammar decides by one token: ANTLR's prediction, slow and unbounded, is never asked.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

TEST_CASE("every decision of the parser needs one token", "[syntax]") {
  std::ifstream in(HLAB_BINARY_DIR "/grammar/HlabParser.cpp");
  const std::string parser((std::istreambuf_iterator<char>(in)), {});
  REQUIRE(parser.find("HlabParser::entry(") != std::string::npos);
  CHECK(parser.find("adaptivePredict") == std::string::npos);
}
