#include "emit/core/tree_text.h"

#include <fmt/format.h>

#include "emit/core/document_format.h"
#include "emit/core/value_doc.h"

namespace hlab::emit {

std::string tree_text(std::string_view format, const values::Value& tree,
                      const SymbolTable& symbols, std::string& out) {
  const auto known = format_named(format);
  if (!known) return fmt::format("there is no format `{}`", format);
  Doc doc;
  put_tree(doc, symbols, tree);
  const auto error = write_document(*known, doc, {}, out);
  return error ? fmt::format("{} cannot hold this: {}", name_of(*known), shown_error(*error)) : "";
}

}  // namespace hlab::emit
