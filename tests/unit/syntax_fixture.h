// One text parsed, with what came of it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"

namespace hlab::test {

struct Parsed {
  explicit Parsed(std::string_view text) {
    file = sources.add("lab.hlab", std::string(text));
    syntax::parse(sources, file, symbols, ast, diags);
  }

  [[nodiscard]] std::string dump() const { return syntax::dump(ast, symbols, ast.files.back()); }

  /// `line:column code message`, one a line.
  [[nodiscard]] std::string mistakes() const {
    std::string out;
    for (const diag::Diagnostic* d : diags.sorted()) {
      const Position at = sources.position(d->at.file, d->at.begin);
      out += fmt::format("{}:{} {} {}\n", at.line, at.column, d->info->code, d->message);
    }
    return out;
  }

  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  FileId file;
};

/// The dump of a text without mistakes; the mistakes, where there are any.
inline std::string tree_of(std::string_view text) {
  const Parsed parsed(text);
  return parsed.diags.size() == 0 ? parsed.dump() : parsed.mistakes();
}

/// The same for one value: `x { v = ... }`.
inline std::string value_of(std::string_view text) {
  const std::string tree = tree_of(fmt::format("v = {}\n", text));
  return tree.starts_with("set v ") ? tree.substr(6, tree.size() - 7) : tree;
}

/// The same for the type of a field.
inline std::string type_of(std::string_view text) {
  const std::string tree = tree_of(fmt::format("v: {}\n", text));
  return tree.starts_with("field v: ") ? tree.substr(9, tree.size() - 10) : tree;
}

inline std::string mistakes_of(std::string_view text) { return Parsed(text).mistakes(); }

}  // namespace hlab::test
