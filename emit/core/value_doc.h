// Evaluated values as documents.
#pragma once

#include "compiler/model/view.h"
#include "emit/core/document.h"

namespace hlab::emit {

/// Adds a value (scalar, list, map, tree) where the document stands. Absent values must not come
/// here; in maps and lists they are left out. Quantities and addresses come as their canonical text.
void put_value(Doc& doc, const model::View& context, const values::Value& value);

/// A tree that holds no instance, not as key either.
void put_tree(Doc& doc, const SymbolTable& symbols, const values::Value& tree);

/// A whole map or tree, entry by entry, into the map that is open.
void put_entries(Doc& doc, const model::View& context, const values::Value& map);

}  // namespace hlab::emit
