#include "compiler/syntax/nameless_head.h"

#include <fmt/format.h>

#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {

bool tell_nameless_head(std::string_view text, FileId file, std::uint32_t brace,
                        diag::Diagnostics& diags) {
  const std::size_t line = text.substr(0, brace).rfind('\n') + 1;  // 0 where there is none
  LineAhead head(text, static_cast<std::uint32_t>(line));
  const std::string_view word = head.word();
  const std::uint32_t end = head.at();
  head.blanks();
  const std::uint32_t colon = head.at();
  if (word.empty() || !head.take(":")) return false;
  head.blanks();
  if (head.path() == 0) return false;
  const std::string_view refined = text.substr(colon, head.at() - colon);
  head.blanks();
  if (head.at() != brace) return false;
  diags
      .report(kUnexpectedToken, Span{file, end, colon + 1}, fmt::format("a name behind `{}`", word),
              "`:`")
      .help(fmt::format("it is written so: `{} NAME{} {{ ... }}`", word, refined));
  return true;
}

}  // namespace hlab::syntax
