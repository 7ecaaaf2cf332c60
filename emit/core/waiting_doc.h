// A document of what is known, in which what `hlab learn` brings has its places.
#pragma once

#include <cstdint>
#include <vector>

#include "emit/core/document.h"

namespace hlab::emit {

struct WaitingDoc {
  Doc doc;
  /// The nodes that stand for what nobody knows yet, in order; they are `null` until then.
  std::vector<std::uint32_t> waiting;

  void wait(Origin origin = kNoOrigin) {
    waiting.push_back(static_cast<std::uint32_t>(doc.nodes().size()));
    doc.null(origin);
  }
};

}  // namespace hlab::emit
