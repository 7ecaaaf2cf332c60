#include "emit/core/document_format.h"

#include <array>

#include <fmt/format.h>

#include "emit/core/dotenv_writer.h"
#include "emit/core/ini_writer.h"
#include "emit/core/json_writer.h"
#include "emit/core/toml_writer.h"
#include "emit/core/yaml_writer.h"

namespace hlab::emit {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"yaml", "json", "toml", "ini", "dotenv"};
constexpr std::array<std::string_view, 5> kShown = {"YAML", "JSON", "TOML", "INI", "dotenv"};

}  // namespace

std::optional<DocFormat> format_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<DocFormat>(i);
  }
  return std::nullopt;
}

std::string_view name_of(DocFormat format) { return kShown[static_cast<std::size_t>(format)]; }

std::optional<DocError> write_document(DocFormat format, const Doc& doc, std::string_view header,
                                       std::string& out, LineMarks* lines) {
  switch (format) {
    case DocFormat::yaml: return write_yaml(doc, {YamlDialect::plain, header}, out, lines);
    case DocFormat::json: return write_json(doc, JsonLayout::pretty, out, lines);
    case DocFormat::toml: return write_toml(doc, header, out, lines);
    case DocFormat::ini: return write_ini(doc, header, out, lines);
    case DocFormat::dotenv: return write_dotenv(doc, header, out, lines);
  }
  return std::nullopt;
}

std::string shown_error(const DocError& error) {
  const std::string place = error.path.empty() ? "" : fmt::format("`{}`: ", error.path);
  if (error.fault == DocFault::unfit) return place + error.detail;
  return place + std::string(name_of(error.fault)) +
         (error.detail.empty() ? "" : " (" + error.detail + ")");
}

}  // namespace hlab::emit
