#include "compiler/evaluate/records.h"

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

bool Evaluator::is_record(InstanceId id) const {
  return program_.kinds[lab_.instances[id].kind].record;
}

bool RecordValues::compared(std::size_t parts) { return evaluator_.look(parts); }

values::Equality RecordValues::equal(InstanceId left, InstanceId right) {
  const program::Lab& lab = evaluator_.lab_;
  if (!evaluator_.is_record(left) || lab.instances[left].kind != lab.instances[right].kind)
    return {false, nullptr};
  const std::uint64_t asked = (std::uint64_t{left.index} << 32) | right.index;
  if (const auto known = compared_.find(asked); known != compared_.end())
    return {known->second, nullptr};
  if (!comparing_.insert(asked).second) {
    compares_in_circle_ = true;  // what is asked again is decided further out
    return {true, nullptr};
  }
  const values::Equality same = equal_fields(left, right);
  comparing_.erase(asked);
  if (!compares_in_circle_ && same.unknown == nullptr) compared_.emplace(asked, same.same);
  if (comparing_.empty()) compares_in_circle_ = false;
  return same;
}

values::Equality RecordValues::equal_fields(InstanceId left, InstanceId right) {
  const program::Lab& lab = evaluator_.lab_;
  values::Equality all{true, nullptr};
  const std::uint32_t count = lab.instances[left].slot_count;
  if (!compared(count)) {
    const Value never = values::make(values::ValueKind::error, {});
    return {false, &evaluator_.heap_.variant(Symbol(), never)->payload};
  }
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
  if (const auto known = hashes_.find(id.index); known != hashes_.end()) return known->second;
  if (!hashing_.insert(id.index).second) {
    hashes_in_circle_ = true;
    return 0;
  }
  const std::size_t hash = hash_fields(id);
  hashing_.erase(id.index);
  if (!hashes_in_circle_) hashes_.emplace(id.index, hash);
  if (hashing_.empty()) hashes_in_circle_ = false;
  return hash;
}

std::size_t RecordValues::hash_fields(InstanceId id) {
  std::size_t hash = evaluator_.lab_.instances[id].kind.index;
  const std::uint32_t count = evaluator_.lab_.instances[id].slot_count;
  if (!compared(count)) return hash;
  for (std::uint32_t i = 0; i < count; ++i) {
    hash = hash * 31 + values::value_hash(evaluator_.field(id, i, ExprId()), this);
  }
  return hash;
}

}  // namespace hlab::evaluate
