// The formats in which one document can be written, by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emit/core/document.h"
#include "emit/core/document_check.h"
#include "emit/core/line_origin.h"

namespace hlab::emit {

enum class DocFormat : std::uint8_t { yaml, json, toml, ini, dotenv };

/// By its name in the language: `toml`.
[[nodiscard]] std::optional<DocFormat> format_named(std::string_view name);
/// As people write it: `TOML`.
[[nodiscard]] std::string_view name_of(DocFormat format);

/// Appends `doc` to `out`, below `header` where the format has comments. Writes nothing where it
/// returns an error.
[[nodiscard]] std::optional<DocError> write_document(DocFormat format, const Doc& doc,
                                                     std::string_view header, std::string& out,
                                                     LineMarks* lines = nullptr);

/// What is wrong, for people: `servers[0]: INI has no lists`.
[[nodiscard]] std::string shown_error(const DocError& error);

}  // namespace hlab::emit
