// Writes documents as YAML that every reader, of YAML 1.1 or 1.2, gives back as the same values of
// the same types. The style of a scalar depends on its value alone: plain for harmless words,
// a literal block for text of several lines, double quotes otherwise. No anchors, tags (but for
// `!unsafe`), directives or folding; `---` between documents only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emit/core/document.h"
#include "emit/core/document_check.h"
#include "emit/core/line_origin.h"

namespace hlab::emit {

enum class YamlDialect : std::uint8_t {
  plain,
  ansible,  // strings that Ansible would evaluate are tagged `!unsafe`, unless they are Templates
};

struct YamlOptions {
  YamlDialect dialect = YamlDialect::plain;
  std::string_view header;  // comment at the top, without `#`; may have several lines
};

/// Appends all documents of `doc` to `out`, and to `lines`, if wanted, on which line each node
/// stands. Writes nothing where it returns an error.
[[nodiscard]] std::optional<DocError> write_yaml(const Doc& doc, const YamlOptions& options,
                                                 std::string& out, LineMarks* lines = nullptr);

}  // namespace hlab::emit
