// Paths of fields as they are called now: a field that was renamed has two names, and is one place.
#pragma once

#include "compiler/program/program.h"

namespace hlab::program {

/// Goes along the segments of a path that begins in an instance of a kind: fields, keys of maps, fields of records.
class PresentPath {
 public:
  PresentPath(const Program& program, KindId begin) : program_(program), kind_(begin) {}

  /// The present name of the field that is written so; keys, and what no kind declares, stay as they are.
  Symbol step(Symbol written);

 private:
  void enter(TypeId type);

  const Program& program_;
  KindId kind_;   // whose field comes next; none in maps and trees
  TypeId value_;  // what lies behind the next key, in a map
};

}  // namespace hlab::program
