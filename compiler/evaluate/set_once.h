// A body sets a place once. What stands plainly twice the checker tells; loops, branches and computed
// keys show it only where bodies are laid out and trees are built.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "compiler/program/lab.h"
#include "compiler/syntax/ast.h"

namespace hlab::evaluate {

class SetOnce {
 public:
  /// The body that is laid over something now; none for overrides, which lie over everything.
  Span body;

  /// Whether what is written there is of the same body.
  [[nodiscard]] bool is_here(Span earlier) const { return contains(body, earlier); }
  /// Whether it is to be told: once for each entry, however often a loop comes to it.
  bool is_new(syntax::EntryId entry) { return told_.insert(entry.index).second; }

 private:
  std::unordered_set<std::uint32_t> told_;
};

/// The places of one tree that are set, by the keys that lead there.
class SetPlaces {
 public:
  struct Place {
    std::size_t body = 0;  // which declaration says it
    Span at;
    bool whole = false;
    const program::Env* env = nullptr;  // of the round that says it
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
