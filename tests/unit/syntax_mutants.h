// Texts with one word missing, doubled or exchanged with the next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/scanner.h"
#include "tests/unit/hlab_sources.h"

namespace hlab::test {

enum class Change : std::uint8_t { removed, doubled, exchanged };

struct Word {
  std::uint32_t begin;
  std::uint32_t end;
  bool text;  // a text, or a piece of one with `${...}`
};

inline std::vector<Word> words_of(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  syntax::Scanner scanner(text, sources.add_static("", text), symbols, ast, diags, {}, nullptr);
  std::vector<Word> found;
  while (true) {
    const syntax::Token t = scanner.next();
    if (t.type == syntax::TokenType::end) return found;
    if (t.begin == t.end || t.type == syntax::TokenType::newline) continue;
    const bool is_text = t.type >= syntax::TokenType::string &&
                         t.type <= syntax::TokenType::string_end;
    found.push_back({t.begin, t.end, is_text});
  }
}

struct Mutant {
  std::string text;
  Word changed;  // what was changed of the original
};

inline Mutant mutant_of(std::string_view text, const std::vector<Word>& words, std::size_t at,
                        Change change) {
  const Word word = words[at];
  const auto of = [&](const Word& w) { return text.substr(w.begin, w.end - w.begin); };
  std::string out(text.substr(0, word.begin));
  Word changed = word;
  if (change == Change::doubled) out.append(of(word)).append(" ").append(of(word));
  if (change == Change::exchanged && at + 1 < words.size()) {
    const Word& next = words[at + 1];
    out.append(of(next)).append(text.substr(word.end, next.begin - word.end)).append(of(word));
    changed = {word.begin, next.end, word.text || next.text};
  }
  out.append(text.substr(changed.end));
  return {std::move(out), changed};
}

}  // namespace hlab::test
