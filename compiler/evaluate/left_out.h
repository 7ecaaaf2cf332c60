// Entries that are left out because a map lacks the key that they name: mostly a slip of letters.
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"
#include "compiler/values/value.h"

namespace hlab::evaluate {

/// What `m.key` and `m["key"]` came to, over all rounds and instances in which they were computed.
class NamedKeys {
 public:
  void found(syntax::ExprId access);
  void missed(syntax::ExprId access, const values::Map& map) {
    missed_.emplace(access.index, &map);
  }
  /// An entry, an element or a field that is `whole` is absent, so it is not there.
  void left_out(const syntax::Ast& ast, syntax::ExprId whole);
  /// The places of keys that are missed here and were found there.
  [[nodiscard]] std::vector<Span> missed_but_in(const NamedKeys& there,
                                                const syntax::Ast& ast) const;
  /// Tells of each key that no map ever had and that took something away.
  void report(const program::Program& program, const program::Lab& lab, const SourceMap& sources,
              diag::Diagnostics& diags) const;

 private:
  /// Of these an absence comes through; what asks for it (`has`, `??`, a condition) is none.
  void note_causes(const syntax::Ast& ast, syntax::ExprId part, syntax::ExprId whole);

  std::vector<bool> found_;                                       // by access
  std::unordered_map<std::uint32_t, const values::Map*> missed_;  // the first map without the key
  std::map<std::uint32_t, syntax::ExprId> causes_;  // the access, and what it took away
};

}  // namespace hlab::evaluate
