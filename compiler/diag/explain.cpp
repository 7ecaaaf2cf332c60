#include "compiler/diag/explain.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "compiler/diag/registry.h"

namespace hlab::diag {
namespace {

/// Lines that are laid out on purpose in Markdown: lists, quoted and indented text, headings.
bool is_laid_out(std::string_view line) {
  return line.empty() || line.front() == ' ' || line.front() == '-' || line.front() == '|' ||
         line.front() == '#' || line.front() == '`';
}

/// Breaks at blanks; a line that would pass `width` (in code points) goes on below.
void append_wrapped(std::string& out, std::string_view line, std::size_t width) {
  std::size_t column = 0;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    if (word.empty()) continue;
    const auto shown = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
    }));
    if (column != 0 && column + 1 + shown > width) {
      out.push_back('\n');
      column = 0;
    }
    if (column != 0) out.push_back(' ');
    out.append(word);
    column += shown + (column != 0 ? 1 : 0);
  }
  out.push_back('\n');
}

template <class Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    take(line);
  }
}

void append_example(std::string& out, std::string_view heading, std::string_view example) {
  if (example.empty()) return;
  out.append("\n").append(heading).append("\n\n");
  each_line(example, [&](std::string_view line) {
    if (!line.empty()) out.append("    ").append(line);
    out.push_back('\n');
  });
}

}  // namespace

std::string explain_text(const DiagInfo& info, std::size_t width, RuleOf of) {
  std::string out = fmt::format("{} {} ({})\n{}\n\n", info.code, info.name,
                                severity_name(info.severity), info.title);
  each_line(info.explain, [&](std::string_view line) {
    if (is_laid_out(line))
      out.append(line).push_back('\n');
    else
      append_wrapped(out, line, width);
  });
  if (info.is_shown_by_commands()) out.append("\nIn the folder of a lab:\n");
  append_example(out, "Wrong:", info.bad);
  append_example(out, "Right:", info.good);
  if (of == RuleOf::lab || info.severity == Severity::warning || info.code.starts_with("HL4")) {
    append_wrapped(out.append("\n"),
                   fmt::format("Where it is meant, say so beside the declaration: "
                               "`allow {} \"why\"`.",
                               info.name),
                   width);
  }
  return out;
}

std::string rules_table(const std::vector<const DiagInfo*>& infos) {
  std::size_t longest = 0;
  for (const DiagInfo* info : infos) longest = std::max(longest, info->name.size());
  std::string out;
  for (const DiagInfo* info : infos) {
    fmt::format_to(std::back_inserter(out), "{}  {:7}  {:{}}  {}\n", info->code,
                   severity_name(info->severity), info->name, longest, info->title);
  }
  return out;
}

std::string rules_json(const std::vector<const DiagInfo*>& infos) {
  using Json = nlohmann::ordered_json;
  Json rules = Json::array();
  for (const DiagInfo* info : infos) {
    rules.push_back({{"code", info->code},
                     {"name", info->name},
                     {"severity", severity_name(info->severity)},
                     {"title", info->title}});
  }
  return Json{{"version", 1}, {"rules", std::move(rules)}}.dump() + "\n";
}

}  // namespace hlab::diag
