// A document against a JSON Schema, as charts and definitions of Kubernetes use it (draft 4 to 2020-12
// and structural schemas). It differs from what a library for schemas offers: the document is a part of
// the whole, each problem knows who gave the value, and what cannot be decided here (a reference to
// another file, words of another dialect of patterns, formats, rules in CEL, `unevaluated...`, words of
// another draft, what `hlab learn` brings) is no problem: a schema never makes a sound value an error here.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "emit/core/waiting_doc.h"
#include "emit/vendored/schema_patterns.h"

namespace hlab::emit {

struct SchemaReading {
  bool partial = false;     // defaults are merged into maps later: what is required may be missing
  bool structural = false;  // of Kubernetes: what `properties` does not name is unknown
};

/// A key of a map, or an item of a list.
struct SchemaStep {
  std::string key;
  std::size_t item = 0;
  bool in_list = false;
};

struct SchemaProblem {
  std::string path;  // `spec.ports[0].name`
  std::string why;
  std::string nearest;  // the known name nearest to an unknown one, or ""
  std::string mend;     // what may have been meant for the value, as the language writes it, or ""
  Origin origin = kNoOrigin;
  std::string lacking;            // the key that is not there, or ""
  std::uint32_t at = 0;           // the value, in the document as it was checked
  std::vector<SchemaStep> steps;  // from the whole to the value
  bool container = false;         // it is a map or a list
  bool of_key = false;            // the key is at fault, whatever stands there
};

/// `patterns` keeps those of a schema compiled for the next document.
[[nodiscard]] std::vector<SchemaProblem> check_schema(const nlohmann::json& schema,
                                                      const WaitingDoc& given,
                                                      const SchemaReading& reading,
                                                      SchemaPatterns& patterns);

}  // namespace hlab::emit
