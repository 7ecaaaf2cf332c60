// Texts cut short, with words missing, doubled or exchanged: told, never a crash, and laid out without
// losing a sign.
#include <catch2/catch.hpp>

#include <algorithm>

#include "compiler/syntax/format.h"
#include "compiler/syntax/scanner.h"
#include "tests/unit/syntax_fixture.h"

namespace hlab::test {
namespace {

constexpr std::string_view kLab = R"hlab(edition 2026

## A lab with a bit of everything.
lab home { domain = "home.example"  timezone = "Europe/Madrid" }

default volume { keep = backup(nightly) } # said once

kind app is container {
  ## Where the music lies.
  music: &volume at run
  sizes: Map<&network, [Bytes?]> = {}
  mode: auto | fixed(Int)
  pattern: String(/[a-z]+/)?
  check .mtu in 1..4, "mtu ${.mtu} is ${if .mtu > 4 then "big" else "small"}" at mtu
}

for i in 1..2 where i != 3 as pis {
  node "pi-${i}" {
    hardware    = std.hw.pi { memory = 8GiB  disk.system { size = 1TB } }
    address.lan = lan.host(20 + i, gap = 2)
    hosts       = [n.name for n in all node where has n.disk and not n.old]
  }
}

if lab.big { x = 1 } else if lab.small { x = 2 } else { unset x }

planned service web: std.web {
  expose.web = public { host = "w"  login = none because "own tokens" }
  text       = """
    first ${match .mode { auto => "a", fixed(n) => "n${n}" }}
      second
    """
  list       = [
    1, # one
    ...others,
  ]
  only-these = only { a = { ...b  "c d" = -1 } }
}
)hlab";

/// Where the words of a text lie.
std::vector<Span> words(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  syntax::Scanner scanner(text, sources.add_static("", text), symbols, ast, diags, {}, nullptr);
  std::vector<Span> found;
  while (true) {
    const syntax::Token t = scanner.next();
    if (t.type == syntax::TokenType::end) return found;
    if (t.type != syntax::TokenType::newline) found.push_back({FileId(0), t.begin, t.end});
  }
}

std::string signs(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(" \r\n,").find(c) == std::string_view::npos) out += c;
  }
  return out;
}

void survives(const std::string& text) {
  const Parsed parsed(text);
  (void)parsed.dump();
  const std::string laid = syntax::format(text);
  if (signs(laid) != signs(text)) {
    INFO(text);
    CHECK(laid == text);
  }
}

}  // namespace

TEST_CASE("the whole text has no mistake", "[syntax]") { CHECK(mistakes_of(kLab).empty()); }

TEST_CASE("every beginning of a text is read", "[syntax]") {
  for (std::size_t size = 0; size <= kLab.size(); ++size)
    survives(std::string(kLab.substr(0, size)));
}

TEST_CASE("a word may be missing, doubled or exchanged", "[syntax]") {
  const std::vector<Span> all = words(kLab);
  REQUIRE(all.size() > 200);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto word = kLab.substr(all[i].begin, all[i].end - all[i].begin);
    const std::string before(kLab.substr(0, all[i].begin));
    const std::string after(kLab.substr(all[i].end));
    survives(before + after);
    survives(before + std::string(word) + " " + std::string(word) + after);
    if (i + 1 == all.size()) continue;
    const auto next = kLab.substr(all[i + 1].begin, all[i + 1].end - all[i + 1].begin);
    survives(before + std::string(next) + " " + std::string(word) +
             std::string(kLab.substr(all[i + 1].end)));
  }
}

TEST_CASE("any byte may stand anywhere", "[syntax]") {
  for (std::size_t at = 0; at < kLab.size(); at += 3) {
    for (const char c : {'\0', '\r', '\n', '"', '}', '$', '\\', '\xff'}) {
      std::string text(kLab);
      text[at] = c;
      survives(text);
    }
  }
}

}  // namespace hlab::test
