// Records compare by value: two are the same when they are of one type and their fields are.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "compiler/values/comparison.h"

namespace hlab::evaluate {

class Evaluator;

class RecordValues final : public values::Records {
 public:
  explicit RecordValues(Evaluator& evaluator) : evaluator_(evaluator) {}
  bool compared(std::size_t parts) override;
  values::Equality equal(values::InstanceId left, values::InstanceId right) override;
  std::size_t hash(values::InstanceId id) override;

 private:
  values::Equality equal_fields(values::InstanceId left, values::InstanceId right);
  std::size_t hash_fields(values::InstanceId id);

  Evaluator& evaluator_;
  // Records hold records, and many the same ones: each two are compared once, each is hashed once. Not so where
  // one holds itself: what is found inside of such a circle holds for its beginning only.
  std::unordered_set<std::uint64_t> comparing_;
  std::unordered_map<std::uint64_t, bool> compared_;
  bool compares_in_circle_ = false;
  std::unordered_set<std::uint32_t> hashing_;
  std::unordered_map<std::uint32_t, std::size_t> hashes_;
  bool hashes_in_circle_ = false;
};

}  // namespace hlab::evaluate
