// A body sets a place once. What stands plainly twice the checker tells; loops, branches and computed
// keys show it only where bodies are laid out and trees are built.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::evaluate {

class SetOnce {
 public:
  SetOnce(const SourceMap& sources, diag::Diagnostics& diags) : sources_(sources), diags_(diags) {}

  /// The body that is laid over something now; none for overrides, which lie over everything.
  Span body;

  /// Whether what is written there is of the same body.
  [[nodiscard]] bool is_here(Span earlier) const {
    return body.valid() && earlier.valid() && earlier.file == body.file &&
           body.begin <= earlier.begin && earlier.end <= body.end;
  }
  /// Once for each entry, however often a loop comes to it.
  void tell(syntax::EntryId entry, Span at, Span earlier);

 private:
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::unordered_set<std::uint32_t> told_;
};

/// The places of one tree that are set, by the keys that lead there.
class SetPlaces {
 public:
  struct Place {
    std::size_t body = 0;  // which declaration says it
    Span at;
    bool whole = false;
  };

  /// The declaration at the top of a file in which it stands.
  static std::size_t body_of(const syntax::Ast& ast, Span at);
  /// None where the place is free; else what the same body said of it.
  const Place* part(std::uint64_t path, const Place& place);
  const Place* whole(std::uint64_t path, const Place& place);

 private:
  std::unordered_map<std::uint64_t, Place> places_;
};

}  // namespace hlab::evaluate
