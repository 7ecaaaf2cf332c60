// Declarations of which a value was read while another one's was computed: through functions, loops and queries
// that the lab wrote.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::graph {

struct UseBetween {
  program::InstanceId user;  // each lies in a declaration
  program::InstanceId of;
  Span at;
  Symbol field;  // of the user
};

class ComputedUses {
 public:
  ComputedUses(const program::Program& program, const program::Lab& lab);

  [[nodiscard]] std::vector<UseBetween> between_declarations() const;
  /// What a record that a function made was made of: whoever holds it uses that.
  [[nodiscard]] std::vector<UseBetween> of_record(program::InstanceId record) const;

 private:
  using Seen = std::unordered_set<std::uint32_t>;
  [[nodiscard]] bool is_loose(program::InstanceId id) const;
  void follow(const UseBetween& use, Seen& seen, std::vector<UseBetween>& out) const;
  [[nodiscard]] UseBetween as_written(const program::Use& use) const;

  const program::Program& program_;
  const program::Lab& lab_;
  /// Of records that lie in no declaration.
  std::unordered_map<std::uint32_t, std::vector<const program::Use*>> of_records_;
};

}  // namespace hlab::graph
