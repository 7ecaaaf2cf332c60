// A text that parses says the same when it is laid out, and is then laid out for good; one that does
// not parse keeps every word.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "tests/fuzz/fuzz_claim.h"

namespace {

using namespace hlab;
using fuzz::claim;

std::optional<std::string> tree_of(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  syntax::parse(sources, sources.add_static("lab.hlab", text), symbols, ast, diags);
  if (diags.has_errors()) return std::nullopt;
  return syntax::dump(ast, symbols, ast.files[0]);
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string formatted = syntax::format(text);
  const auto before = tree_of(text);
  if (before) {
    claim(before == tree_of(formatted), "the layout changes nothing of the tree");
  } else {
    claim(without_blanks(text) == without_blanks(formatted), "a broken text keeps its words");
  }
  claim(syntax::format(formatted) == formatted, "a text laid out stays as it is");
  return 0;
}
