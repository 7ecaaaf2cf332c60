// A document as a file of the tree: with its header, its owner and the origin of each line.
#pragma once

#include <string>

#include "emit/core/document.h"
#include "emit/core/emitter.h"
#include "emit/core/yaml_writer.h"

namespace hlab::emit {

/// `declaration` is who the header names. A document that cannot be written (two equal keys, a text
/// that is not UTF-8) is reported and left out.
void add_yaml(const EmitInput& input, EmitOutput& output, std::string path, const Doc& doc,
              const model::View& declaration, YamlDialect dialect = YamlDialect::plain);

/// A text of ours (script, ini): the comment sign goes before the header; a shebang stays first.
void add_text(const EmitInput& input, EmitOutput& output, std::string path, std::string_view text,
              const model::View& declaration, std::string_view comment_sign,
              bool executable = false);

}  // namespace hlab::emit
