#include "compiler/program/present_path.h"

namespace hlab::program {

Symbol PresentPath::step(Symbol written) {
  if (value_.valid()) {
    enter(value_);
    return written;
  }
  const std::uint32_t found = kind_.valid() && written.valid() ? program_.field(kind_, written)
                                                               : kNoField;
  if (found == kNoField) {
    kind_ = KindId();
    return written;
  }
  const Field& field = program_.kinds[kind_].fields[found];
  enter(field.type);
  return field.name;
}

void PresentPath::enter(TypeId type) {
  const types::Type& t = program_.types[program_.types.required(type)];
  kind_ = t.kind == types::TypeKind::nested ? t.of : KindId();
  value_ = t.kind == types::TypeKind::map ? t.a : TypeId();
}

}  // namespace hlab::program
