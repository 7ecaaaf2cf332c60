// A document against a JSON Schema: the part of it that charts and definitions of Kubernetes use. What
// is not understood (patterns, conditions, `not`) is taken to fit: a schema never makes a sound value an
// error here.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

#include "emit/core/document.h"

namespace hlab::emit {

struct SchemaReading {
  bool partial = false;     // defaults are merged in later: what is required may be missing
  bool structural = false;  // of Kubernetes: what `properties` does not name is unknown
};

struct SchemaProblem {
  std::string path;  // `spec.ports[0].name`
  std::string why;
  std::string nearest;  // the known name nearest to an unknown one, or ""
  Origin origin = kNoOrigin;
};

[[nodiscard]] std::vector<SchemaProblem> check_schema(const nlohmann::json& schema, const Doc& doc,
                                                      const SchemaReading& reading);

}  // namespace hlab::emit
