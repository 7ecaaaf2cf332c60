#include "compiler/check/torn_words.h"

#include <algorithm>
#include <tuple>

#include "compiler/source/span_order.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::check {
namespace {

using syntax::Entry;
using syntax::EntryKind;

/// After one of these nobody knows where a declaration was to end.
std::vector<Span> open_ends(const SourceMap& sources, const diag::Diagnostics& diags) {
  std::vector<Span> out;
  for (const diag::Diagnostic* one : diags.sorted()) {
    if (!one->at.valid()) continue;
    const std::string_view at = sources.text(one->at);
    const bool bracket = at.size() == 1 && std::string_view("{}[]()").find(at) != at.npos;
    if (bracket || one->info == &syntax::kUnclosed.info ||
        one->info == &syntax::kMissingSign.info || one->info == &syntax::kUnterminatedString.info)
      out.push_back(one->at);
  }
  return out;
}

/// Of `network { lan` what stands in the braces may be its name.
bool declares(const Entry& entry) {
  const bool named = entry.name.valid() || entry.key.valid();
  return (entry.kind >= EntryKind::kind && entry.kind <= EntryKind::function) ||
         (entry.kind == EntryKind::instance && named) || entry.kind == EntryKind::defaults ||
         entry.kind == EntryKind::policy;
}

}  // namespace

TornWords::TornWords(const syntax::Ast& ast, const SourceMap& sources,
                     const diag::Diagnostics& diags)
    : ast_(ast), sources_(sources) {
  for (const syntax::FileRoot& root : ast.files) note_declarations(root.body);
  std::sort(declarations_.begin(), declarations_.end(), stands_before);
  std::vector<Span> open = open_ends(sources, diags);
  std::sort(open.begin(), open.end(), stands_before);
  std::erase_if(declarations_, [&](Span one) {
    const auto first = std::lower_bound(open.begin(), open.end(), one, stands_before);
    return first != open.end() && contains(one, *first);
  });
  note_torn_entries();
}

/// In loops and branches, sites and tests there are declarations too.
void TornWords::note_declarations(Range entries) {
  for (const syntax::EntryId id : syntax::view(ast_.entry_lists, entries)) {
    const Entry& entry = ast_.entries[id];
    const bool holds = entry.kind == EntryKind::loop || entry.kind == EntryKind::branch ||
                       entry.kind == EntryKind::site || entry.kind == EntryKind::test;
    if (holds) {
      note_declarations(entry.body);
      note_declarations(entry.else_body);
    } else if (declares(entry) && entry.span.valid()) {
      declarations_.push_back(entry.span);
    }
  }
}

/// Of those in another the outer one has the words.
void TornWords::note_torn_entries() {
  std::vector<Span> torn;
  for (const Entry& entry : ast_.entries) {
    if (entry.kind == EntryKind::error && entry.span.valid()) torn.push_back(entry.span);
  }
  std::sort(torn.begin(), torn.end(), [](Span a, Span b) {
    return std::tuple(a.file.index, a.begin, b.end) < std::tuple(b.file.index, b.begin, a.end);
  });
  Span outer;
  for (const Span one : torn) {
    if (outer.valid() && contains(outer, one)) continue;
    add(sources_.text(one), scope_of(one));
    outer = one;
  }
}

Span TornWords::scope_of(Span torn) const {
  const auto behind = std::upper_bound(declarations_.begin(), declarations_.end(), torn,
                                       stands_before);
  if (behind == declarations_.begin()) return {};
  const Span around = *std::prev(behind);
  if (!contains(around, torn) || around.begin == torn.begin) return {};
  // In the head of a declaration: that is what is torn.
  const std::string_view before = sources_.text({torn.file, around.begin, torn.begin});
  return before.find('{') != std::string_view::npos ? around : Span();
}

void TornWords::add(std::string_view written, Span scope) {
  for (std::size_t at = 0; at < written.size(); ++at) {
    const std::size_t begin = at;
    while (at < written.size() && syntax::name_part(written[at])) ++at;
    if (at == begin) continue;
    std::vector<Span>& known = scopes_[written.substr(begin, at - begin)];
    if (std::find(known.begin(), known.end(), scope) == known.end()) known.push_back(scope);
  }
}

bool TornWords::may_name(std::string_view word, Span at) const {
  const auto found = scopes_.find(word);
  return found != scopes_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](Span scope) { return !scope.valid() || contains(scope, at); });
}

bool TornWords::may_be_of(std::string_view word, Span declaration) const {
  const auto found = scopes_.find(word);
  return found != scopes_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](Span scope) { return !scope.valid() || contains(declaration, scope); });
}

}  // namespace hlab::check
