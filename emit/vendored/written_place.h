// Where the lab wrote a part of a tree: problems of maps and of keys are told there.
#pragma once

#include <optional>
#include <vector>

#include "compiler/model/view.h"
#include "emit/vendored/json_schema.h"

namespace hlab::emit {

struct WrittenPlace {
  Span span;              // of the key; of an item of a list, the item
  bool plain_key = true;  // the key as it is: no `${...}` made it, and it is no item
  syntax::ExprId value;   // what is written there; none of a block
};

/// `steps` begin with a field of the declaration. None where its own body does not say which entry it is.
[[nodiscard]] std::optional<WrittenPlace> written_place(const model::View& declaration,
                                                        const std::vector<SchemaStep>& steps);

}  // namespace hlab::emit
