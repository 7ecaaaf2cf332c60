// Where the copies of a backup lie, and on what lies what it copies.
#pragma once

#include <string>
#include <vector>

#include "compiler/rules/rule.h"

namespace hlab::rules {

/// Who keeps the copies, as far as they are of the lab.
struct Keeper {
  std::string host;  // as the storage names it
  Span at;           // where it does
  model::View
      way;  // the endpoint, service or machine that is called so; none where nothing of the lab is
  model::View service;  // in a cluster; none on machines
  std::vector<model::View> machines;
};

[[nodiscard]] Keeper keeper_of(const RuleInput& input, const model::View& storage);

/// Something whose copies the backup has, and the machines without which it is gone.
struct Protected {
  model::View what;     // a volume, or a service on machines
  model::View cluster;  // of a volume
  std::vector<model::View> machines;
};

[[nodiscard]] std::vector<Protected> protected_by(const RuleInput& input,
                                                  const model::View& backup);

}  // namespace hlab::rules
