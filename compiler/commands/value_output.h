// Values for other programs: numbers and truth as themselves, everything else as its one text.
#pragma once

#include <string>

#include "compiler/commands/options.h"
#include "compiler/model/view.h"
#include "emit/core/document.h"

namespace hlab::commands {

/// Appends the value to the document: records and maps with their fields, references by their path.
void put_shown(emit::Doc& doc, const model::View& context, const values::Value& value);

/// What came of writing: the text, or why there is none (two keys that are one in the format).
struct Written {
  std::string text;
  std::string problem;
};

/// The value as a whole output, with the line break at its end.
[[nodiscard]] Written value_output(const model::View& context, const values::Value& value,
                                   Format format);

/// The document as JSON or YAML.
[[nodiscard]] Written document_text(const emit::Doc& doc, Format format);

}  // namespace hlab::commands
