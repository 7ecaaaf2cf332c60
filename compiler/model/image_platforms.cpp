#include "compiler/model/image_platforms.h"

namespace hlab::model {

bool says_platforms(const View& service) {
  const auto field = service.field_index("platforms");
  if (!field) return false;
  const program::KindId kind = service.lab().instances[service.id()].kind;
  const program::EntryId own = service.program().kinds[kind].fields[*field].entry;
  return service.lab().slot(service.id(), *field).set_by != own;
}

}  // namespace hlab::model
