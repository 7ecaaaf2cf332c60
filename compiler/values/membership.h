// `in`: addresses in networks and ranges, elements in lists, keys in maps, text in text.
#pragma once

#include "compiler/base/symbol.h"
#include "compiler/values/comparison.h"
#include "compiler/values/value.h"

namespace hlab::values {

struct Membership {
  bool defined = true;  // false: `in` has no meaning for these two kinds
  bool inside = false;
  const Value* unknown = nullptr;  // an error or unlearned element that would decide
};

[[nodiscard]] Membership is_member(const Value& element, const Value& container,
                                   const SymbolTable& symbols, Records* records = nullptr);

}  // namespace hlab::values
