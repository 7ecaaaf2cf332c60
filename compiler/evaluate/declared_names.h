// The names that the declarations of a lab have taken: one path in the whole lab, for what is generated
// is called by it.
#pragma once

#include <set>
#include <unordered_map>

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

/// A declaration that is about to be made.
struct NewDeclaration {
  EntryId entry;
  KindId kind;
  Symbol name;
  program::ModuleId module;
  EntryId variation;      // the site or test that it stands in; none in the lab
  EntryId previous;       // the entry before it
  bool repeated = false;  // in a loop or an `if`
};

class DeclaredNames {
 public:
  DeclaredNames(const program::Program& program, program::Lab& lab, Evaluator& evaluator,
                diag::Diagnostics& diags);

  /// False where another declaration has the name, or where there can be no such name and that is told.
  bool may_take(const NewDeclaration& wanted);
  void take(InstanceId added);

 private:
  [[nodiscard]] std::uint64_t path_of(KindId head, Symbol name) const;
  [[nodiscard]] bool is_label(Symbol name) const;
  [[nodiscard]] bool is_taken(const NewDeclaration& wanted);
  bool replaces_planned(const NewDeclaration& wanted, InstanceId declared);
  void tell_taken(const NewDeclaration& wanted, InstanceId earlier);
  void name_by_variable(diag::Report report, const program::Instance& first,
                        const syntax::Entry& declared) const;
  void check_label(const NewDeclaration& wanted);

  const program::Program& program_;
  program::Lab& lab_;
  Evaluator& evaluator_;
  diag::Diagnostics& diags_;
  std::unordered_map<std::uint64_t, InstanceId> by_path_;
  std::set<std::pair<std::uint64_t, std::uint32_t>> told_;  // place and name
};

}  // namespace hlab::evaluate
