// Evaluated values as documents.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/model/view.h"
#include "emit/core/document.h"
#include "emit/core/waiting_doc.h"

namespace hlab::emit {

/// Who reads the amounts of a document: sizes, processor time and durations.
enum class Amounts : std::uint8_t {
  own,         // as the language writes them: `512MiB`, `90min`
  kubernetes,  // as Kubernetes and programs in Go read them: `512Mi`, `2`, `1h30m0s`
};

/// The one text of a scalar for that reader; "" where it has none.
[[nodiscard]] std::string scalar_text(const model::View& context, const values::Value& value,
                                      Amounts amounts);

/// Adds a value (scalar, list, map, tree) where the document stands. Absent values must not come
/// here; in maps and lists they are left out. Addresses come as their canonical text.
void put_value(Doc& doc, const model::View& context, const values::Value& value,
               Amounts amounts = Amounts::own);

/// With a place for each part that waits for `hlab learn`, and that is left out otherwise.
void put_value(WaitingDoc& doc, const model::View& context, const values::Value& value,
               Amounts amounts);
void put_entries(WaitingDoc& doc, const model::View& context, const values::Value& map,
                 Amounts amounts);

/// A tree that holds no instance, not as key either.
void put_tree(Doc& doc, const SymbolTable& symbols, const values::Value& tree);

/// A whole map or tree, entry by entry, into the map that is open.
void put_entries(Doc& doc, const model::View& context, const values::Value& map,
                 Amounts amounts = Amounts::own);

}  // namespace hlab::emit
