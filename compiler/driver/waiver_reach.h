// What an `allow` in a declaration is about: instances that are there, or nothing yet.
#pragma once

#include <unordered_map>
#include <vector>

#include "compiler/driver/compile.h"

namespace hlab::driver {

enum class Reach {
  not_there,  // planned, of a kind without instances
  never,      // in a branch that is not taken, or a loop that has no such round
  sometimes,  // in a value that depends on another one, or in a function
  always
};

class WaiverReach {
 public:
  explicit WaiverReach(const Compilation& run);

  [[nodiscard]] Reach of(syntax::EntryId waiver) const;
  /// The declaration in which the place lies; none at the top of a file.
  [[nodiscard]] syntax::EntryId declaration_at(Span at) const;
  /// What is there of the instance, kind, record or `default` that is declared so.
  [[nodiscard]] const std::vector<program::InstanceId>& live(syntax::EntryId declaration) const;

 private:
  void find_declarations(Range entries);
  void note(syntax::EntryId declaration, program::InstanceId id) {
    live_[declaration.index].push_back(id);
  }
  [[nodiscard]] syntax::EntryId entry_at(Range entries, Span at) const;
  [[nodiscard]] Reach within(Range entries, Span waiver, const program::Context& context) const;
  [[nodiscard]] Reach in_rounds(const syntax::Entry& loop, Span waiver,
                                const program::Context& context) const;
  [[nodiscard]] Reach written_in(const syntax::Entry& entry, Span waiver) const;

  const Compilation& run_;
  const syntax::Ast& ast_;
  std::vector<syntax::EntryId> declarations_;  // in the order of the source
  std::unordered_map<std::uint32_t, std::vector<program::InstanceId>> live_;  // by EntryId
};

}  // namespace hlab::driver
