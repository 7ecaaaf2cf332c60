#include "compiler/evaluate/records.h"

#include <algorithm>

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

bool Evaluator::is_record(InstanceId id) const {
  return program_.kinds[lab_.instances[id].kind].record;
}

values::Equality RecordValues::equal(InstanceId left, InstanceId right) {
  const program::Lab& lab = evaluator_.lab_;
  if (!evaluator_.is_record(left) || lab.instances[left].kind != lab.instances[right].kind)
    return {false, nullptr};
  // Where one holds itself, what is asked again is decided further out.
  const std::pair asked(left.index, right.index);
  if (std::find(comparing_.begin(), comparing_.end(), asked) != comparing_.end())
    return {true, nullptr};
  comparing_.push_back(asked);
  const values::Equality same = equal_fields(left, right);
  comparing_.pop_back();
  return same;
}

values::Equality RecordValues::equal_fields(InstanceId left, InstanceId right) {
  const program::Lab& lab = evaluator_.lab_;
  values::Equality all{true, nullptr};
  const std::uint32_t count = lab.instances[left].slot_count;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Value mine = evaluator_.field(left, i, ExprId());
    const Value other = evaluator_.field(right, i, ExprId());
    const values::Equality one = values::compare_equal(mine, other, this);
    if (!one.same && one.unknown == nullptr) return one;  // a difference decides
    // What is unknown may be one of the two above, so a copy of it is handed out.
    if (one.unknown != nullptr)
      all = {false, &evaluator_.heap_.variant(Symbol(), *one.unknown)->payload};
  }
  return all;
}

std::size_t RecordValues::hash(InstanceId id) {
  if (!evaluator_.is_record(id)) return id.index;
  if (std::find(hashing_.begin(), hashing_.end(), id) != hashing_.end()) return 0;
  hashing_.push_back(id);
  std::size_t hash = evaluator_.lab_.instances[id].kind.index;
  const std::uint32_t count = evaluator_.lab_.instances[id].slot_count;
  for (std::uint32_t i = 0; i < count; ++i) {
    hash = hash * 31 + values::value_hash(evaluator_.field(id, i, ExprId()), this);
  }
  hashing_.pop_back();
  return hash;
}

}  // namespace hlab::evaluate
