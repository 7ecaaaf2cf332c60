// What holds for every source of the project when a word of it is missing, doubled or exchanged, and for
// every beginning of it. The suite takes a sample; HLAB_MUTANTS=all takes them all (`./dev fuzz`).
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>

#include "compiler/syntax/format.h"
#include "tests/unit/syntax_fixture.h"
#include "tests/unit/syntax_mutants.h"

namespace hlab::test {
namespace {

// Mutants, and as many beginnings; under sanitizers each takes thirty times as long.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kSample = 400;
#else
constexpr std::size_t kSample = 6000;
#endif

bool take_all() {
  const char* wanted = std::getenv("HLAB_MUTANTS");
  return wanted != nullptr && std::string_view(wanted) == "all";
}

/// The dumps of the entries at the top.
std::vector<std::string> entries_of(const Parsed& parsed) {
  const syntax::FileRoot& file = parsed.ast.files.back();
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < file.body.count; ++i) {
    out.push_back(syntax::dump(parsed.ast, parsed.symbols, {file.file, {file.body.begin + i, 1}}));
  }
  return out;
}

struct Original {
  std::filesystem::path path;
  std::string text;
  std::vector<Word> words;
  std::vector<Span> spans;
  std::vector<std::string> entries;
};

std::vector<Original> originals() {
  std::vector<Original> out;
  for (const auto& path : all_sources()) {
    Original o{path, bytes_of(path), {}, {}, {}};
    const Parsed parsed(o.text);
    if (parsed.diags.size() != 0) continue;
    o.words = words_of(o.text);
    o.entries = entries_of(parsed);
    for (const syntax::EntryId id :
         syntax::view(parsed.ast.entry_lists, parsed.ast.files.back().body)) {
      o.spans.push_back(parsed.ast.entries[id].span);
    }
    out.push_back(std::move(o));
  }
  return out;
}

/// Entries that end before the change come out as they were; of what follows, the declaration that holds
/// the change may be lost, and no more.
std::string lost(const Original& o, const Word& changed, const Parsed& mutant) {
  const std::vector<std::string> now = entries_of(mutant);
  std::size_t before = 0;
  while (before < o.spans.size() && o.spans[before].end <= changed.begin) ++before;
  for (std::size_t i = 0; i < before; ++i) {
    if (i >= now.size() || now[i] != o.entries[i]) return "before: " + o.entries[i];
  }
  std::size_t after = 0;
  while (after < o.spans.size() && o.spans[o.spans.size() - 1 - after].begin >= changed.end)
    ++after;
  for (std::size_t i = 0; i < after; ++i) {
    const std::string& wanted = o.entries[o.entries.size() - 1 - i];
    // A field at the top of a file is none of a declaration before it, unless its `}` is what is missing.
    if (wanted.starts_with("block ") || wanted.starts_with("set ")) return "";
    if (i >= now.size() || now[now.size() - 1 - i] != wanted) return "after: " + wanted;
  }
  return "";
}

/// Whether `b =>` or `b(c) =>` follows.
bool is_before_arm(std::string_view rest) {
  const auto skip = [&](std::string_view chars) {
    rest.remove_prefix(std::min(rest.find_first_not_of(chars), rest.size()));
  };
  skip(" \t\n");
  const std::size_t end = rest.find("=>");
  if (end == std::string_view::npos) return false;
  const std::string_view head = rest.substr(0, end);
  return head.find_first_of("\n,={}[]\"") == std::string_view::npos;
}

/// The text without blanks, and without commas before what closes a list, before a comment or an arm.
std::string essence(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n') continue;
    if (c == ',' && is_before_arm(text.substr(i + 1))) continue;
    const bool ends = c == ']' || c == ')' || c == '}' || c == '#';
    if (ends && !out.empty() && out.back() == ',') out.pop_back();
    out += c;
  }
  return out;
}

/// A sound text says the same when it is laid out; a broken one keeps every byte but blanks, and commas
/// behind the last element of a list and between arms.
void lays_out(const std::string& text, const Parsed& parsed) {
  const std::string laid = syntax::format(text);
  CHECK(syntax::format(laid) == laid);
  if (parsed.diags.size() == 0) {
    CHECK(tree_of(laid) == parsed.dump());
  } else {
    CHECK(essence(laid) == essence(text));
  }
}

void holds(const Original& o, const Mutant& mutant) {
  const Parsed parsed(mutant.text);
  lays_out(mutant.text, parsed);
  if (mutant.changed.text || parsed.diags.size() == 0) return;  // a text may swallow what follows
  const std::string missing = lost(o, mutant.changed, parsed);
  INFO(parsed.mistakes() << missing);
  CHECK(missing.empty());
}

}  // namespace

TEST_CASE("a word missing, doubled or exchanged loses no more than its declaration",
          "[syntax][property]") {
  const std::vector<Original> all = originals();
  std::size_t total = 0;
  for (const Original& o : all) total += 3 * o.words.size();
  REQUIRE(total > 10'000);
  const std::size_t step = take_all() ? 1 : std::max<std::size_t>(1, total / kSample);
  std::size_t number = 0;
  for (const Original& o : all) {
    for (std::size_t i = 0; i < 3 * o.words.size(); ++i) {
      if (number++ % step != 0) continue;
      const Mutant mutant = mutant_of(o.text, o.words, i / 3, static_cast<Change>(i % 3));
      INFO(o.path << " byte " << mutant.changed.begin << " change " << i % 3);
      holds(o, mutant);
    }
  }
}

TEST_CASE("every beginning of a text keeps the entries that are whole", "[syntax][property]") {
  const std::vector<Original> all = originals();
  std::size_t total = 0;
  for (const Original& o : all) total += o.text.size();
  const std::size_t step = take_all() ? 1 : std::max<std::size_t>(1, total / kSample);
  std::size_t number = 0;
  for (const Original& o : all) {
    for (std::uint32_t size = 0; size <= o.text.size(); ++size) {
      if (number++ % step != 0) continue;
      while (size < o.text.size() && (static_cast<unsigned char>(o.text[size]) & 0xC0U) == 0x80U)
        ++size;
      const std::string text = o.text.substr(0, size);
      const Parsed parsed(text);
      INFO(o.path << " cut at " << size << "\n" << parsed.mistakes());
      lays_out(text, parsed);
      const auto bytes = static_cast<std::uint32_t>(o.text.size());
      CHECK(lost(o, {size, bytes, false}, parsed).empty());
      if (o.text.find('\r') == std::string::npos) CHECK(parsed.diags.size() <= 2);
    }
  }
}

}  // namespace hlab::test
