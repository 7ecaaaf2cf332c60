// Any bytes parse to a tree whose places lie in the text, or to a message that says why not.
#include <cstdint>
#include <string_view>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"
#include "tests/fuzz/fuzz_claim.h"

namespace {

using namespace hlab;
using fuzz::claim;

void inside(Span span, FileId file, std::size_t size, const char* what) {
  claim(span.file == file && span.begin <= span.end && span.end <= size, what);
}

/// Entries come in the order of the text, each inside the one that holds it.
void check_body(const syntax::Ast& ast, Range body, Span outer) {
  std::uint32_t at = outer.begin;
  for (const syntax::EntryId id : syntax::view(ast.entry_lists, body)) {
    const syntax::Entry& e = ast.entries[id];
    claim(e.span.begin >= at, "entries follow one another");
    claim(e.span.end <= outer.end, "an entry stands inside its body");
    claim(e.name_span.begin >= e.span.begin && e.name_span.end <= e.span.end,
          "a name stands inside its entry");
    check_body(ast, e.body, e.span);
    check_body(ast, e.else_body, e.span);
    at = e.span.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  std::vector<syntax::Comment> comments;
  const FileId file = sources.add_static("lab.hlab", text);
  syntax::parse(sources, file, symbols, ast, diags, {}, &comments);

  claim(ast.files.size() == 1, "a file has one root");
  const auto bytes = static_cast<std::uint32_t>(size);
  for (const syntax::Expr& e : ast.exprs) inside(e.span, file, size, "an expression has its place");
  for (const syntax::Comment& c : comments) inside(c.span, file, size, "a comment has its place");
  for (const diag::Diagnostic* d : diags.sorted()) {
    inside(d->at, file, size, "a message has its place");
    claim(!d->message.empty(), "a message says something");
  }
  check_body(ast, ast.files[0].body, {file, 0, bytes});
  syntax::dump(ast, symbols, ast.files[0]);

  syntax::Ast one;
  diag::Diagnostics of_one;
  const syntax::ExprId expr = syntax::parse_expression(sources, file, symbols, one, of_one);
  claim(expr.valid() || of_one.has_errors(), "an expression or a reason");
  return 0;
}
