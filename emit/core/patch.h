// `patch` declarations: a JSON merge patch (RFC 7396) of one document.
#pragma once

#include <string>
#include <vector>

#include "compiler/model/view.h"
#include "emit/core/document.h"

namespace hlab::emit {

struct KnownObject;

struct Patch {
  model::View declaration;
  Doc change;  // empty without one
  std::vector<std::string> remove;
  std::vector<const KnownObject*> matched;

  [[nodiscard]] bool fits(const KnownObject& object) const;
};

[[nodiscard]] Patch read_patch(const model::View& declaration);

/// `base` with `change` merged in: maps are merged, a null takes away, anything else replaces.
void merge_patch(const Doc& base, const Doc& change, Doc& out);

/// Where the changes give one place different values, as `spec.replicas`; "" where they go together.
std::string contradiction(const Doc& one, const Doc& other);

/// The same of a change and a JSON pointer that is taken away.
std::string contradiction(const Doc& one, std::string_view removed);

/// `base` without what the JSON pointer names; whether it was there.
bool remove_pointer(const Doc& base, std::string_view pointer, Doc& out);

}  // namespace hlab::emit
