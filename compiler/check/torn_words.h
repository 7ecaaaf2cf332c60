// Words of what did not parse. What that was to declare is not told to be missing.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::check {

/// A word is known where it may have been to declare something: one that is torn within a declaration in that
/// declaration alone, one outside of them everywhere.
class TornWords {
 public:
  /// With the words of the entries that did not parse. `diags`: what was told of the text.
  TornWords(const syntax::Ast& ast, const SourceMap& sources, const diag::Diagnostics& diags);

  /// The declaration within which what is torn at a place may declare something; no place where that is anywhere.
  [[nodiscard]] Span scope_of(Span torn) const;
  void add(std::string_view written, Span scope);

  [[nodiscard]] bool has(std::string_view word) const { return scopes_.contains(word); }
  /// Whether it may be a name at that place.
  [[nodiscard]] bool may_name(std::string_view word, Span at) const;
  /// Whether it may be a field or a function of what is declared there.
  [[nodiscard]] bool may_be_of(std::string_view word, Span declaration) const;

 private:
  void note_declarations(Range entries);
  void note_torn_entries();

  const syntax::Ast& ast_;
  const SourceMap& sources_;
  std::vector<Span> declarations_;  // sorted; none lies in another
  std::unordered_map<std::string_view, std::vector<Span>> scopes_;
};

}  // namespace hlab::check
