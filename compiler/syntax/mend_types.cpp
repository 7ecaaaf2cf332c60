#include "compiler/syntax/mend_types.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/syntax/line_ahead.h"

namespace hlab::syntax {

bool mend_union(diag::Report& report, std::string_view source, Span text) {
  std::vector<diag::Edit> edits;
  LineAhead rest(source, text.begin);
  const std::string_view before = source.substr(0, text.begin);
  int words = before.substr(0, before.find_last_not_of(" \t") + 1).ends_with('|') ? 1 : 0;
  for (bool more = true; more; ++words) {
    const std::uint32_t begin = rest.at();
    const bool quoted = rest.text();
    if (!quoted && rest.word().empty()) return false;
    const std::string_view written = source.substr(begin + 1, rest.at() - begin - 2);
    const bool name = !quoted || (!written.empty() && name_start(written[0]) &&
                                  std::all_of(written.begin(), written.end(), name_part));
    if (!name) return false;
    if (quoted) edits.push_back({Span{text.file, begin, rest.at()}, std::string(written)});
    rest.blanks();
    more = rest.take("|");
    rest.blanks();
  }
  if (words > 1) report.fix("without quotes", std::move(edits));
  return words > 1;
}

void mend_colon(diag::Report& report, std::string_view source, Span value, TokenType found) {
  using enum TokenType;
  const bool is_value = found == string || found == string_begin || found == integer ||
                        found == floating || found == domain || found == true_ || found == false_;
  const auto last =
      static_cast<std::uint32_t>(source.substr(0, value.begin).find_last_not_of(" \t"));
  if (!is_value || source[last] != ':') return;
  report.fix("write `=`", {{Span{value.file, last, last + 1}, " ="}});
}

}  // namespace hlab::syntax
