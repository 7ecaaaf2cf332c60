#include "compiler/base/utf8.h"

#include <catch2/catch.hpp>

#include <string>

using namespace hlab;

namespace {

constexpr auto kNone = std::string_view::npos;

}  // namespace

TEST_CASE("what is UTF-8 and what is not") {
  for (const std::string_view good :
       {"", "abc", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(find_invalid_utf8(good) == kNone);
  }
  for (const std::string_view bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xc2\x20"}) {
    CHECK(find_invalid_utf8(bad) == 0);
    CHECK(find_invalid_utf8("0123456789" + std::string(bad) + "abcdefgh") == 10);
  }
}

TEST_CASE("plain ASCII, with one odd byte at every place of every length") {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string text(length, 'a');
    CHECK(is_plain_ascii(text));
    for (std::size_t at = 0; at < length; ++at) {
      for (const int byte : {0, 1, 0x7f, 0x80, 0x81, 0xff}) {
        std::string odd = text;
        odd[at] = static_cast<char>(byte);
        CHECK(is_plain_ascii(odd) == (byte == 1 || byte == 0x7f));
      }
    }
  }
}
