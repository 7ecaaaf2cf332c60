#include "compiler/driver/torn_brackets.h"

#include <algorithm>

#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::driver {
namespace {

constexpr std::string_view kClosing = "}])";

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t end = text.substr(0, at).rfind('\n');
  return end == std::string_view::npos ? 0 : end + 1;
}

/// How many of its brackets nothing closes; -1 where one closes nothing.
int left_open(std::string_view text, std::size_t begin) {
  int open = 0;
  syntax::LineAhead rest(text, static_cast<std::uint32_t>(begin));
  while (!rest.ended()) {
    if (rest.text()) continue;
    if (rest.peek() == '"') break;  // the rest of the line is that text
    if (std::string_view("{[(").find(rest.peek()) != std::string_view::npos) ++open;
    if (kClosing.find(rest.peek()) != std::string_view::npos && --open < 0) return -1;
    rest.skip();
  }
  return open;
}

/// Where the line begins that no blank stands in front of: of the declaration around the place.
std::size_t declaration_begin(std::string_view text, std::size_t at) {
  std::size_t line = line_begin(text, at);
  while (line > 0 && !syntax::name_start(text[line])) line = line_begin(text, line - 1);
  return line;
}

}  // namespace

const TornBrackets::Line& TornBrackets::line_of(Span at) {
  if (last_.file == at.file && last_.begin <= at.begin && at.begin < last_.end) return last_;
  const std::string_view text = sources_.text(at.file);
  const std::size_t begin = line_begin(text, at.begin);
  last_ = {at.file, begin, std::min(text.find('\n', begin), text.size()), left_open(text, begin)};
  return last_;
}

void TornBrackets::note(Span at) {
  const Line& line = line_of(at);
  if (line.open != 0) odd_.insert({at.file.index, line.begin});
}

void TornBrackets::note_closing(Span at) {
  const Line& line = line_of(at);
  if (line.open < 0) odd_.insert({at.file.index, line.begin});
}

/// A bracket that closes, or a clause that is first on its line.
bool TornBrackets::goes_on(const diag::Diagnostic& found) const {
  const bool entry = found.info == &syntax::kNotAnEntry.info;
  if (!entry && found.info != &syntax::kUnexpectedToken.info) return false;
  const std::string_view text = sources_.text(found.at.file);
  if (found.at.begin >= text.size()) return false;
  if (entry && kClosing.find(text[found.at.begin]) != std::string_view::npos) return true;
  const std::size_t line = line_begin(text, found.at.begin);
  const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size() - 1);
  if (kClosing.find(text[first]) != std::string_view::npos) return true;
  const std::string_view word = syntax::LineAhead(text, static_cast<std::uint32_t>(first)).word();
  const char at = text[found.at.begin];  // a clause ends its line, where a loop has its body
  return word == "where" || (word == "for" && !entry && (at == '\n' || at == '\r'));
}

bool TornBrackets::follows(const diag::Diagnostic& found) const {
  if (odd_.empty() || !goes_on(found)) return false;
  const std::string_view text = sources_.text(found.at.file);
  const std::size_t line = line_begin(text, found.at.begin);
  if (syntax::name_start(text[line])) return false;  // a declaration of its own
  const auto above =
      odd_.lower_bound({found.at.file.index, line == 0 ? 0 : declaration_begin(text, line - 1)});
  return above != odd_.end() && above->first == found.at.file.index && above->second < line;
}

}  // namespace hlab::driver
