#include "compiler/base/sha256.h"

#include <catch2/catch.hpp>

using namespace hlab;

TEST_CASE("SHA-256 of known texts") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the hardware's version and the portable one agree at every length") {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    CHECK(sha256(text) == sha256_portable(text));
    text += static_cast<char>(i * 7 + i / 13);
  }
}

TEST_CASE("digests as text") {
  Digest digest;
  REQUIRE(from_hex(to_hex(sha256("x")), digest));
  CHECK(digest == sha256("x"));
  CHECK_FALSE(from_hex("", digest));
  CHECK_FALSE(from_hex(std::string(63, 'a'), digest));
  CHECK_FALSE(from_hex(std::string(64, 'A'), digest));
  CHECK_FALSE(from_hex(std::string(63, 'a') + "g", digest));
}
