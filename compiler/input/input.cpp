#include "compiler/input/input.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/utf8.h"
#include "compiler/input/input_diags.h"
#include "compiler/input/problem.h"
#include "compiler/input/read_json.h"
#include "compiler/input/read_yaml.h"

namespace hlab::input {
namespace {

Span word_at(const InputFile& input, std::size_t offset) {
  const std::string_view text = input.sources.text(input.file);
  const std::size_t begin = std::min(offset, text.size());
  std::size_t end = begin;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') ++end;
  return {input.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::string_view name_of(InputForm form) {
  switch (form) {
    case InputForm::yaml: return "YAML";
    case InputForm::json: return "JSON";
    case InputForm::text: break;
  }
  return "text";
}

/// What no text of the language can hold.
bool is_sound(const InputFile& input, InputForm form) {
  const std::string_view text = input.sources.text(input.file);
  const std::size_t invalid = find_invalid_utf8(text);
  const std::size_t nul = text.find('\0');
  if (std::min(invalid, nul) == std::string_view::npos) return true;
  report_malformed(input, name_of(form), std::min(invalid, nul),
                   nul < invalid ? "it holds a NUL byte" : "it is not UTF-8");
  return false;
}

}  // namespace

void report_malformed(const InputFile& input, std::string_view form, std::size_t offset,
                      std::string_view problem) {
  input.diags.report(kMalformedInput, word_at(input, offset), form, problem)
      .label(input.asked_at, "loaded here");
}

void report_fault(const InputFile& input, std::string_view form, std::size_t offset,
                  TreeFault fault, std::string_view detail) {
  const auto limit = [&](std::string_view text) {
    input.diags.report(kInputBeyondLimits, word_at(input, offset), text)
        .label(input.asked_at, "loaded here");
  };
  switch (fault) {
    case TreeFault::none: return;
    case TreeFault::duplicate_key:
      return report_malformed(input, form, offset,
                              fmt::format("the key `{}` stands twice", detail));
    case TreeFault::bad_merge:
      return report_malformed(input, form, offset, "`<<` takes a map, or a list of maps");
    case TreeFault::too_deep: return limit("this file is nested more than 256 levels deep");
    case TreeFault::too_large:
      return limit("the aliases of this file would repeat more than a million values");
  }
}

InputForm form_of(std::string_view path) {
  if (path.ends_with(".yaml") || path.ends_with(".yml")) return InputForm::yaml;
  return path.ends_with(".json") ? InputForm::json : InputForm::text;
}

std::optional<values::Value> read_input(InputForm form, const InputFile& input) {
  if (!is_sound(input, form)) return std::nullopt;
  switch (form) {
    case InputForm::yaml: return read_yaml(input);
    case InputForm::json: return read_json(input);
    case InputForm::text: break;
  }
  return values::make_text(input.heap.static_text(input.sources.text(input.file)), input.origin);
}

}  // namespace hlab::input
