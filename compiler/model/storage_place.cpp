#include "compiler/model/storage_place.h"

namespace hlab::model {

std::string_view place_field_of(const View& storage) {
  if (storage.has("endpoint")) return "endpoint";
  const std::string repository = storage.text("restic-repository");
  return repository.empty() || repository.starts_with('/') ? "volume-target" : "restic-repository";
}

}  // namespace hlab::model
