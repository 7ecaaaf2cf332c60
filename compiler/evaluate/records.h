// Records compare by value: two are the same when they are of one type and their fields are.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/values/comparison.h"

namespace hlab::evaluate {

class Evaluator;

class RecordValues final : public values::Records {
 public:
  explicit RecordValues(Evaluator& evaluator) : evaluator_(evaluator) {}
  values::Equality equal(values::InstanceId left, values::InstanceId right) override;
  std::size_t hash(values::InstanceId id) override;

 private:
  values::Equality equal_fields(values::InstanceId left, values::InstanceId right);

  Evaluator& evaluator_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> comparing_;  // the innermost last
  std::vector<values::InstanceId> hashing_;
};

}  // namespace hlab::evaluate
