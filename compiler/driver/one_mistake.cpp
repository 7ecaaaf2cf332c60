#include "compiler/driver/one_mistake.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/check/check_diags.h"
#include "compiler/diag/join_places.h"
#include "compiler/source/span_order.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::driver {
namespace {

using diag::Diagnostic;
using syntax::EntryKind;

/// File and number of a line.
using Line = std::pair<std::uint32_t, std::uint32_t>;

class Mistakes {
 public:
  Mistakes(const SourceMap& sources, const syntax::Ast& ast, diag::Diagnostics& diags)
      : sources_(sources), ast_(ast), diags_(diags) {}

  void run() {
    for (const Diagnostic* one : diags_.sorted()) {
      if (one->severity == diag::Severity::error && one->at.valid()) found_.push_back(one);
    }
    note_declarations();
    for (const Diagnostic* one : found_) note(*one);
    note_what_is_torn();
    for (const Diagnostic* one : found_) judge(*one);
    forget_names_of_headless();
    replace();
  }

 private:
  /// The same may be told several times of one place.
  using Key = std::tuple<std::uint32_t, std::uint32_t, const diag::DiagInfo*, std::string>;
  static Key key(const Diagnostic& one) {
    return {one.at.file.index, one.at.begin, one.info, one.message};
  }

  [[nodiscard]] Line line_of(Span at) const {
    return {at.file.index, sources_.position(at.file, at.begin).line};
  }

  void note_declarations() {
    for (const syntax::FileRoot& root : ast_.files) {
      for (const syntax::EntryId id : syntax::view(ast_.entry_lists, root.body)) {
        const syntax::Entry& entry = ast_.entries[id];
        if (!entry.span.valid()) continue;
        entries_.push_back(entry.span);
        if (declares(entry)) declarations_.push_back(entry.span);
        if (entry.kind == EntryKind::kind || entry.kind == EntryKind::record)
          kinds_.push_back(entry.name_span);
      }
    }
    for (const syntax::Entry& entry : ast_.entries) {
      if (entry.kind != EntryKind::error || !entry.span.valid()) continue;
      const Line line = line_of(entry.span);
      if (text_of(line).data() == sources_.text(entry.span).data()) lost_.insert(line);
    }
  }

  void note(const Diagnostic& found) {
    const bool syntax = found.info == &syntax::kUnexpectedToken.info ||
                        found.info == &syntax::kNotAnEntry.info;
    if (syntax) torn_.insert(line_of(found.at));
    if (found.info == &syntax::kNotAnEntry.info)
      (sources_.text(found.at) == "}" ? braces_ : strays_).push_back(found.at);
    if (found.info == &check::kUnknownKind.info) note_from_import(found);
    if (found.info == &syntax::kDoubledWord.info) doubled_.push_back(found.at);
    if (found.info == &syntax::kUnclosed.info || found.info == &syntax::kUnterminatedString.info)
      open_.insert(line_of(found.at));
  }

  /// `from office import desk, shelf`: these names would be there.
  void note_from_import(const Diagnostic& found) {
    const std::string_view line = text_of(line_of(found.at));
    const std::size_t names = line.find(" import ");
    if (sources_.text(found.at) != "from" || names == std::string_view::npos) return;
    std::string name;
    for (const char c : line.substr(names + 8)) {
      if (c != ' ' && c != '\t' && c != ',' && c != '\r' && c != '#') {
        name += c;
        continue;
      }
      if (!name.empty()) imported_.insert(std::exchange(name, ""));
      if (c == '#') return;
    }
    if (!name.empty()) imported_.insert(name);
  }

  void note_what_is_torn() {
    for (auto* spans : {&entries_, &declarations_, &strays_, &braces_, &doubled_})
      std::sort(spans->begin(), spans->end(), stands_before);
    for (const Span kind : kinds_) {
      if (open_.contains(line_of(kind))) open_kinds_.insert(sources_.text(kind));
    }
    for (const syntax::Expr& e : ast_.exprs) {
      if (e.kind != syntax::ExprKind::match) continue;
      const auto [file, last] = line_of({e.span.file, e.span.end, e.span.end});
      if (torn_.contains({file, last}) || torn_.contains({file, last + 1})) cut_.push_back(e.span);
    }
    for (const Span brace : braces_) headless_.push_back(block_above(brace));
  }

  /// The lines above a `}` that are indented as if it closed them.
  [[nodiscard]] Span block_above(Span brace) const {
    const auto indent = [&](Line line) {
      return text_of(line).data() - sources_.line(FileId(line.first), line.second).data();
    };
    const Line last = line_of(brace);
    Span block = brace;
    for (Line line{last.first, last.second - 1}; line.second > 0; --line.second) {
      const std::string_view text = text_of(line);
      const bool blank = text.find_first_not_of('\r') == std::string_view::npos;
      if (!blank && indent(line) <= indent(last)) break;
      block.begin = static_cast<std::uint32_t>(text.data() - sources_.text(brace.file).data());
    }
    return block;
  }

  /// The first of them that begins in `whole`, else null. `spans`: in the order of the source.
  static const Span* first_in(const std::vector<Span>& spans, Span whole) {
    const auto first = std::lower_bound(spans.begin(), spans.end(), whole, stands_before);
    const bool inside = first != spans.end() && first->file == whole.file &&
                        first->begin < whole.end;
    return inside ? &*first : nullptr;
  }

  void judge(const Diagnostic& found) {
    if (last_ == nullptr || last_->at.file != found.at.file) owed_ = 0;
    if (is_same(found)) {
      dropped_.insert(key(found));
    } else {
      last_ = &found;
    }
  }

  [[nodiscard]] bool is_same(const Diagnostic& found) {
    if (found.info == &syntax::kUnclosed.info && sources_.text(found.at) != "{") ++owed_;
    if (is_of_line_twice(found) || is_broken_off(found) || is_of_unknown(found) ||
        fails_as_line_above(found) || goes_on_value(found))
      return true;
    if (holds_doubled(found) || is_imported(found) || is_headless(found)) return true;
    if (closes(found)) return closes_what_is_open() || closes_what_never_began(found);
    if (found.info == &check::kDeclaredTwice.info || found.info == &check::kSetTwice.info)
      return is_again(found);
    if (found.info == &check::kMisplaced.info) return goes_on_misplaced(found);
    if (found.info == &check::kMatchMissing.info) return is_cut_match(found);
    if (found.info == &check::kTypeMismatch.info) return lacks_reference(found);
    return found.info == &check::kUnknownField.info &&
           (is_behind_stray_brace(found) || is_of_kind_twice(found));
  }

  /// What lost its head lost its name: as many names as that are not missing besides.
  void forget_names_of_headless() {
    std::size_t heads = 0;
    std::set<const Diagnostic*> bound;  // by a line that is gone
    for (const auto& [first, _] : braced_) bound.insert(first);
    std::map<std::string_view, std::vector<const Diagnostic*>> names;
    for (const Diagnostic* one : found_) {
      if (dropped_.contains(key(*one))) continue;
      if (lost_head(*one)) ++heads;
      const bool unknown = one->info == &check::kUnknownName.info ||
                           one->info == &check::kUnknownKind.info ||
                           one->message.starts_with("there is no function ");
      if (unknown && !bound.contains(one) && one->help.empty())
        names[first_name(one->message)].push_back(one);
    }
    for (const auto& [_, uses] : names) {
      for (const Diagnostic* use : uses) {
        if (names.size() <= heads || use->info != uses.front()->info) dropped_.insert(key(*use));
      }
    }
    for (const Diagnostic* one : found_) {
      if (one->info == &check::kUnknownTag.info && names.contains(first_name(one->message)))
        dropped_.insert(key(*one));
    }
  }

  /// What is indented at the top of a file stood in something.
  [[nodiscard]] bool lost_head(const Diagnostic& found) const {
    const bool torn = found.info == &syntax::kUnexpectedToken.info ||
                      found.info == &syntax::kNotAnEntry.info;
    const Line line = line_of(found.at);
    if (!sources_.line(found.at.file, line.second).starts_with(' ')) return false;
    return is_misplaced_at_top(found) || (torn && !closes(found) && is_below_whole(line));
  }

  /// Whether what stands above the line goes on nowhere: a line that begins at the margin and opens nothing.
  [[nodiscard]] bool is_below_whole(Line line) const {
    std::string_view above;
    while (above.empty() && --line.second > 0) {
      above = sources_.line(FileId(line.first), line.second);
      const std::size_t last = above.find_last_not_of(" \t\r");
      above = above.substr(0, last == std::string_view::npos ? 0 : last + 1);
    }
    return above.empty() || (above.front() != ' ' &&
                             std::string_view("{[(,").find(above.back()) == std::string_view::npos);
  }

  /// A bracket that closes nothing.
  [[nodiscard]] bool closes(const Diagnostic& found) const {
    if (found.info != &syntax::kNotAnEntry.info && found.info != &syntax::kUnexpectedToken.info)
      return false;
    const std::string_view at = sources_.text(found.at);
    return at == "}" || at == "]" || at == ")";
  }

  /// `[` that is told to be open is closed further down, where it was no longer waited for.
  bool closes_what_is_open() {
    if (owed_ == 0) return false;
    --owed_;
    return true;
  }

  /// The line is gone that opened it: what stood inside stands at the top, and was told.
  [[nodiscard]] bool closes_what_never_began(const Diagnostic& brace) const {
    if (last_failed_ != nullptr && line_of(last_failed_->at) != last_line_ &&
        only_closes_between(last_line_, brace.at))
      return true;
    return last_ != nullptr && is_misplaced_at_top(*last_) &&
           !declares_between(last_->at, brace.at);
  }

  /// Whether from the next line on nothing but closing braces stands before that place.
  [[nodiscard]] bool only_closes_between(Line line, Span at) const {
    if (line.first != at.file.index) return false;
    const std::string_view text = sources_.text(at.file);
    const std::string_view last = sources_.line(at.file, line.second);
    const auto end = static_cast<std::size_t>(last.data() - text.data()) + last.size();
    return end <= at.begin &&
           text.substr(end, at.begin - end).find_first_not_of(" \t\r\n}") == std::string_view::npos;
  }

  /// A value or a field that is in no declaration.
  [[nodiscard]] bool is_misplaced_at_top(const Diagnostic& found) const {
    const std::string_view said = found.message;
    const bool lost = said.starts_with("a value ") || said.starts_with("a field ") ||
                      said.starts_with("a check ");
    if (found.info != &check::kMisplaced.info || !lost) return false;
    return !lies_in(declarations_, found.at);
  }

  static bool declares(const syntax::Entry& entry) {
    return entry.kind >= EntryKind::kind && entry.kind <= EntryKind::test;
  }

  /// Whether anything sound stands between two places of one file.
  [[nodiscard]] bool declares_between(Span first, Span second) const {
    if (first.file != second.file) return true;
    const auto next = std::upper_bound(declarations_.begin(), declarations_.end(), first,
                                       stands_before);
    return next != declarations_.end() && stands_before(*next, second) && !contains(*next, second);
  }

  /// Of several entries that lost what was around them the first is told.
  [[nodiscard]] bool goes_on_misplaced(const Diagnostic& found) const {
    return is_misplaced_at_top(found) && last_ != nullptr && is_misplaced_at_top(*last_) &&
           !declares_between(last_->at, found.at);
  }

  [[nodiscard]] std::string_view text_of(Line line) const {
    std::string_view text = sources_.line(FileId(line.first), line.second);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text;
  }

  /// `quota {` twice, the first of which is never closed: the second stands in it.
  [[nodiscard]] bool is_of_line_twice(const Diagnostic& found) const {
    const auto [file, number] = line_of(found.at);
    return number > 1 && open_.contains({file, number - 1}) &&
           text_of({file, number}) == text_of({file, number - 1});
  }

  /// Uses of a kind that stands in itself.
  [[nodiscard]] bool is_of_kind_twice(const Diagnostic& found) const {
    return found.message.starts_with('`') && open_kinds_.contains(first_name(found.message));
  }

  /// What else is wrong with a kind that is not there.
  [[nodiscard]] bool is_of_unknown(const Diagnostic& found) const {
    if (last_ == nullptr || last_->info == found.info || last_->at.file != found.at.file ||
        last_->at.begin != found.at.begin)
      return false;
    // `backup share nightly {`: as good as a sign too few is a word too many.
    const bool guessed = last_->info == &syntax::kMissingSign.info &&
                         found.info == &check::kUnknownKind.info && found.help.empty();
    return guessed || last_->info == &check::kUnknownKind.info;
  }

  /// `p = only pt { }`, `n = let x = 1`: one blank behind a word that nobody knows no entry begins.
  [[nodiscard]] bool goes_on_value(const Diagnostic& found) const {
    return last_ != nullptr && found.info == &check::kUnknownField.info &&
           last_->info == &check::kUnknownName.info && last_->at.file == found.at.file &&
           last_->at.end + 1 == found.at.begin &&
           sources_.text(found.at.file)[last_->at.end] == ' ';
  }

  /// What a line that is gone would have bound or opened, `for s in all share {`: the first place tells of the brace.
  [[nodiscard]] bool is_headless(const Diagnostic& found) {
    const bool lost = found.info == &check::kUnknownName.info ||
                      found.info == &check::kUnknownField.info;
    const bool closes = found.info == &syntax::kNotAnEntry.info;
    if (!lost && !closes) return false;
    const auto behind = std::upper_bound(headless_.begin(), headless_.end(), found.at,
                                         stands_before);
    if (behind == headless_.begin()) return false;
    const Span block = *std::prev(behind);
    const bool brace = closes && block.file == found.at.file && block.end == found.at.end;
    if (!brace && !(lost && contains(block, found.at))) return false;
    const auto [first, fresh] = opened_.try_emplace({block.file.index, block.end}, &found);
    if (brace && !fresh) braced_.emplace_back(first->second, found.at);
    return !fresh;
  }

  /// A name that was to come from an import as others have it.
  [[nodiscard]] bool is_imported(const Diagnostic& found) const {
    const bool unknown = found.info == &check::kUnknownKind.info ||
                         found.info == &check::kUnknownName.info;
    return unknown && imported_.contains(first_name(found.message));
  }

  /// `native: vlan`, where `&vlan` was meant: each use points at one that is declared elsewhere.
  [[nodiscard]] bool lacks_reference(const Diagnostic& found) {
    if (found.message.find("that is declared elsewhere, and one of its own") == std::string::npos)
      return false;
    const auto [first, fresh] = pointing_.try_emplace(found.message, &found);
    if (!fresh) alike_[first->second].push_back(found.at);
    return !fresh;
  }

  /// `std` and below it `.web { }`: what is told of the half is told of the whole.
  [[nodiscard]] bool is_broken_off(const Diagnostic& found) const {
    const auto [file, number] = line_of(found.at);
    const std::string_view text = sources_.text(found.at.file);
    const std::size_t next = text.find_first_not_of(" \t\r\n", found.at.end);
    if (next == std::string_view::npos || !torn_.contains({file, number + 1})) return false;
    const bool below = text.substr(found.at.end, next - found.at.end).find('\n') !=
                       std::string_view::npos;
    const auto begin = static_cast<std::uint32_t>(next);
    return below && std::string_view(".([").find(text[next]) != std::string_view::npos &&
           first_in(strays_, {found.at.file, begin, begin + 1}) != nullptr;
  }

  /// Lines that fail alike, one below the other, are told at the first.
  [[nodiscard]] bool fails_as_line_above(const Diagnostic& found) {
    const bool alike = last_failed_ != nullptr && found.info == &syntax::kUnexpectedToken.info &&
                       last_failed_->message == found.message && last_failed_->help == found.help;
    const Line line = line_of(found.at);
    const bool below = alike && last_line_ == Line{line.first, line.second - 1} &&
                       lost_.contains(line) && lost_.contains(last_line_);
    if (found.info == &syntax::kUnexpectedToken.info) {
      if (below) alike_[last_failed_].push_back(found.at);
      if (!below) last_failed_ = &found;
      last_line_ = line;
    }
    return below;
  }

  /// `box c {` twice, the first of which is never closed; and `m { a = 1  b = 2 }` twice.
  [[nodiscard]] bool is_again(const Diagnostic& found) {
    if (found.labels.empty() || !found.labels.front().span.valid()) return false;
    const Line first = line_of(found.labels.front().span);
    const Line second = line_of(found.at);
    if (open_.contains(first) && first != second) return true;
    if (first == second) return false;
    const auto [known, fresh] = twice_.try_emplace({first, second}, &found);
    if (!fresh) also_[known->second].push_back(&found);
    return !fresh;
  }

  /// A `}` too many ends a match: the arms behind it are told where they stand.
  [[nodiscard]] bool is_cut_match(const Diagnostic& found) const {
    return std::any_of(cut_.begin(), cut_.end(),
                       [&](Span match) { return contains(match, found.at); });
  }

  /// `lab home { ... } }`: what follows the brace was read as if it stood inside.
  [[nodiscard]] bool is_behind_stray_brace(const Diagnostic& found) const {
    const auto behind = std::upper_bound(entries_.begin(), entries_.end(), found.at, stands_before);
    if (behind == entries_.begin() || !contains(*std::prev(behind), found.at)) return false;
    const Span* brace = first_in(braces_, *std::prev(behind));
    return brace != nullptr && stands_before(*brace, found.at);
  }

  /// "`a` is set twice": `a`.
  static std::string_view first_name(std::string_view message) {
    const std::size_t begin = message.find('`') + 1;
    return message.substr(begin, message.find('`', begin) - begin);
  }

  /// `std..hw.pi5`: what is told of the whole comes of the dot.
  [[nodiscard]] bool holds_doubled(const Diagnostic& found) const {
    return found.info != &syntax::kDoubledWord.info && first_in(doubled_, found.at) != nullptr;
  }

  /// What is left says what else was told with it.
  void replace() {
    if (dropped_.empty()) return;
    std::map<const Diagnostic*, Diagnostic> whole;
    const auto changed = [&](const Diagnostic* one) -> Diagnostic& {
      dropped_.insert(key(*one));
      return whole.try_emplace(one, *one).first->second;
    };
    for (const auto& [first, others] : also_) {
      std::string names;
      for (const Diagnostic* other : others)
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", first_name(other->message));
      changed(first).notes.push_back(
          fmt::format("so {} {}", others.size() == 1 ? "is" : "are", names));
    }
    for (const auto& [first, others] : alike_) diag::show_places(changed(first), others);
    for (const auto& [first, brace] : braced_)
      changed(first).labels.push_back(
          {brace, "this closes nothing: the line that opened it may be missing"});
    const auto dropped = [&](const Diagnostic* one) { return dropped_.contains(key(*one)); };
    if (whole.empty() && std::all_of(found_.begin(), found_.end(), dropped))
      dropped_.erase(key(*found_.front()));
    diags_.remove_if([&](const Diagnostic& one) { return dropped_.contains(key(one)); });
    for (const Diagnostic* one : found_) {
      const auto known = whole.find(one);
      if (known != whole.end()) diags_.copy(known->second);
    }
  }

  const SourceMap& sources_;
  const syntax::Ast& ast_;
  diag::Diagnostics& diags_;
  std::vector<const Diagnostic*> found_;  // errors in the order of the source
  // In the order of the source, all of them:
  std::vector<Span> entries_;                    // at the top of files
  std::vector<Span> declarations_;               // those of them that declare
  std::vector<Span> braces_;                     // that close nothing
  std::vector<Span> headless_;                   // what they would close
  std::vector<Span> strays_;                     // what else begins no entry
  std::vector<Span> doubled_;                    // words
  std::vector<Span> kinds_;                      // their names
  std::vector<Span> cut_;                        // matches that end in a torn line
  std::set<std::string_view> open_kinds_;        // those that are never closed
  std::set<std::string, std::less<>> imported_;  // names that were to come from elsewhere
  std::set<Line> torn_;
  std::set<Line> lost_;                      // that are no entries from their first word on
  std::set<Line> open_;                      // where something begins that is never closed
  const Diagnostic* last_ = nullptr;         // that stays
  const Diagnostic* last_failed_ = nullptr;  // the first of lines that fail alike
  Line last_line_;                           // the last of them
  std::size_t owed_ = 0;                     // brackets that were told to be open
  std::map<std::string_view, const Diagnostic*> pointing_;  // by message
  std::map<std::pair<Line, Line>, const Diagnostic*> twice_;
  std::map<const Diagnostic*, std::vector<const Diagnostic*>> also_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, const Diagnostic*>
      opened_;  // by file and end of what is headless
  std::vector<std::pair<const Diagnostic*, Span>> braced_;
  std::map<const Diagnostic*, std::vector<Span>> alike_;  // by the first of the lines
  std::set<Key> dropped_;
};

}  // namespace

void keep_one_of_each_mistake(const SourceMap& sources, const syntax::Ast& ast,
                              diag::Diagnostics& diags) {
  Mistakes(sources, ast, diags).run();
}

}  // namespace hlab::driver
