// Records compare by value: two are the same when they are of one type and their fields are.
#pragma once

#include "compiler/values/comparison.h"

namespace hlab::evaluate {

class Evaluator;

class RecordValues final : public values::Records {
 public:
  explicit RecordValues(Evaluator& evaluator) : evaluator_(evaluator) {}
  values::Equality equal(values::InstanceId left, values::InstanceId right) override;
  std::size_t hash(values::InstanceId id) override;

 private:
  Evaluator& evaluator_;
};

}  // namespace hlab::evaluate
