#include "compiler/graph/computed_uses.h"

#include "compiler/program/owners.h"

namespace hlab::graph {

using program::InstanceId;
using program::top_of;
using program::Use;

ComputedUses::ComputedUses(const program::Program& program, const program::Lab& lab)
    : program_(program), lab_(lab) {
  for (const Use& use : lab.uses) {
    if (is_loose(top_of(lab, use.user))) of_records_[top_of(lab, use.user).index].push_back(&use);
  }
}

std::vector<UseBetween> ComputedUses::between_declarations() const {
  std::vector<UseBetween> out;
  Seen seen;
  for (const Use& use : lab_.uses) {
    if (is_loose(top_of(lab_, use.user))) continue;
    seen.clear();
    follow(as_written(use), seen, out);
  }
  return out;
}

std::vector<UseBetween> ComputedUses::of_record(InstanceId record) const {
  std::vector<UseBetween> out;
  const auto made_of = of_records_.find(record.index);
  if (made_of == of_records_.end()) return out;
  Seen seen{record.index};
  for (const Use* use : made_of->second) follow(as_written(*use), seen, out);
  return out;
}

/// A record that a function made is only on the way to what it was made of.
void ComputedUses::follow(const UseBetween& use, Seen& seen, std::vector<UseBetween>& out) const {
  const InstanceId of = top_of(lab_, use.of);
  if (!is_loose(of)) return out.push_back(use);
  const auto made_of = of_records_.find(of.index);
  if (made_of == of_records_.end() || !seen.insert(of.index).second) return;
  for (const Use* inner : made_of->second)
    follow({use.user, inner->of, use.at, use.field}, seen, out);
}

UseBetween ComputedUses::as_written(const Use& use) const {
  const program::Kind& kind = program_.kinds[lab_.instances[use.user].kind];
  return {use.user, use.of, program_.ast->exprs[use.at].span, kind.fields[use.field].name};
}

bool ComputedUses::is_loose(InstanceId id) const {
  return program_.kinds[lab_.instances[id].kind].record;
}

}  // namespace hlab::graph
