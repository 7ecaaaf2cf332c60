// Declarations that the text of a field names, whatever becomes of their value: `"http://${db.name}"`.
#pragma once

#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::graph {

struct ValueUse {
  program::InstanceId what;
  Span at;
  syntax::ExprId lookup;  // of a name that is computed, which only the holder of the value knows
};

class ValueUses {
 public:
  ValueUses(const program::Program& program, const program::Lab& lab);

  /// All that gives a slot of the instance its value, as far as the lab itself wrote it.
  [[nodiscard]] std::vector<ValueUse> in(program::InstanceId holder, const program::Slot& slot);

 private:
  void take(program::InstanceId holder, const std::vector<ValueUse>& uses,
            std::vector<ValueUse>& out) const;
  const std::vector<ValueUse>& of_expression(syntax::ExprId id);
  const std::vector<ValueUse>& of_entry(syntax::EntryId id);
  void collect(syntax::ExprId id, std::vector<ValueUse>& out) const;
  void collect_entry(syntax::EntryId id, std::vector<ValueUse>& out) const;
  [[nodiscard]] bool of_lab(Span span) const;

  const program::Program& program_;
  /// What computed names meant, by expression and whose value they stand in.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<program::InstanceId>> looked_up_;
  std::unordered_map<std::uint32_t, std::vector<ValueUse>> by_expression_;
  std::unordered_map<std::uint32_t, std::vector<ValueUse>> by_entry_;
};

}  // namespace hlab::graph
