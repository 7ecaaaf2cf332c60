#include "compiler/check/entry_hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/diag/article.h"
#include "compiler/syntax/line_ahead.h"

namespace hlab::check {
namespace {

/// The path before the `=` of a value, as it is written; empty where it sets nothing.
struct Place {
  std::string_view path;
  std::uint32_t end = 0;
};

Place place_of(std::string_view text, std::uint32_t value) {
  std::string_view before = text.substr(0, value);
  const auto trim = [&] { before = before.substr(0, before.find_last_not_of(' ') + 1); };
  trim();
  if (!before.ends_with('=')) return {};
  before.remove_suffix(1);
  trim();
  const std::size_t begin = before.find_last_of(" \t\n{") + 1;  // 0 where there is none
  return {before.substr(begin), static_cast<std::uint32_t>(before.size())};
}

/// `A = "1"` of `"A=1"`; empty where that is no such text.
std::string entry_of(std::string_view element) {
  const std::size_t sign = element.find('=');
  const bool text = element.size() > 3 && element.front() == '"' && element.back() == '"';
  if (!text || sign == std::string_view::npos || !syntax::is_name(element.substr(1, sign - 1)))
    return "";
  return fmt::format("{} = \"{}", element.substr(1, sign - 1), element.substr(sign + 1));
}

/// The element, and of `"8080:80"` the number behind the colon.
std::string_view value_of(std::string_view element) {
  const std::size_t colon = element.rfind(':');
  if (colon == std::string_view::npos || element.front() != '"') return element;
  const std::string_view port = element.substr(colon + 1, element.size() - colon - 2);
  const bool number = !port.empty() && std::all_of(port.begin(), port.end(), syntax::digit);
  return number ? port : element;
}

}  // namespace

void name_entries(diag::Report& report, const SourceMap& sources, const syntax::Ast& ast,
                  const syntax::Expr& value) {
  std::vector<std::string_view> elements;
  if (value.kind == syntax::ExprKind::list) {
    for (const syntax::ExprId item : syntax::view(ast.expr_lists, value.list))
      elements.push_back(sources.text(ast.exprs[item].span));
  } else {
    elements.push_back(sources.text(value.span));
  }
  const Place place = place_of(sources.text(value.span.file), value.span.begin);
  std::vector<std::string> entries;
  for (const std::string_view element : elements) entries.push_back(entry_of(element));
  const bool named = !entries.empty() && !place.path.empty() &&
                     std::none_of(entries.begin(), entries.end(),
                                  [](const std::string& entry) { return entry.empty(); });
  if (named) {
    const std::string mended = entries.size() == 1
                                   ? fmt::format(".{}", entries[0])
                                   : fmt::format(" {{ {} }}", fmt::join(entries, "  "));
    report.help(fmt::format("its entries have names: `{}{}`", place.path, mended))
        .fix("write it so", {{Span{value.span.file, place.end, value.span.end}, mended}});
    return;
  }
  const std::string_view first = elements.empty() ? "..." : value_of(elements[0]);
  report.help(fmt::format("each of its entries has a name of your choice: `{}.first = {}`",
                          place.path.empty() ? "NAME" : place.path, first));
}

void key_by_declaration(diag::Report& report, const SourceMap& sources, const syntax::Expr& value,
                        std::string_view kind, const std::vector<std::string_view>& names) {
  const Place place = place_of(sources.text(value.span.file), value.span.begin);
  if (place.path.empty()) return;
  const std::string_view name = names.size() == 1 ? names[0] : "NAME";
  report.help(fmt::format("each of its entries is called like {}: `{}.{} = ...`",
                          diag::with_article(kind), place.path, name));
  if (names.size() != 1 || value.kind == syntax::ExprKind::list) return;
  report
      .fix("write it so", {{Span{value.span.file, place.end, place.end}, fmt::format(".{}", name)}})
      .unsure();
}

}  // namespace hlab::check
