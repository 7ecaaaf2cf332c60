// What cannot be said yet, because a fact is `learned` and nobody has learned it.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::model {

/// A field that is left out until then.
struct WaitingField {
  View top;          // the declaration that it belongs to
  std::string path;  // `env`, `volume.data.size`
  Span at;
  View network;  // that gives the fact
  View holder;   // whose address it is
};

/// In the order of the source. Not the addresses of machines themselves: what needs those looks them up
/// where it runs.
[[nodiscard]] std::vector<WaitingField> waiting_fields(const program::Program& program,
                                                       const program::Lab& lab);

}  // namespace hlab::model
