#include "compiler/model/image_platforms.h"

namespace hlab::model {

bool says_platforms(const View& service) {
  const program::Program& program = service.program();
  const program::KindId kind = service.lab().instances[service.id()].kind;
  const std::uint32_t field = program.field(kind, program.symbols->find("platforms"));
  if (field == program::kNoField) return false;
  return service.lab().slot(service.id(), field).set_by != program.kinds[kind].fields[field].entry;
}

}  // namespace hlab::model
