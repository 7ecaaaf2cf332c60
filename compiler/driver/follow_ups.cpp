#include "compiler/driver/follow_ups.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/check/check_diags.h"
#include "compiler/check/torn_words.h"
#include "compiler/driver/torn_brackets.h"
#include "compiler/source/span_order.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::driver {
namespace {

using diag::DiagInfo;
using diag::Diagnostic;
using Infos = std::vector<const DiagInfo*>;

bool is_one_of(const Diagnostic* found, const Infos& infos) {
  return std::find(infos.begin(), infos.end(), found->info) != infos.end();
}

/// After one of these nobody knows what the rest of the line was to say.
bool tears_line(const Diagnostic* found) {
  static const Infos kInfos{&syntax::kUnexpectedCharacter.info,
                            &syntax::kUnterminatedString.info,
                            &syntax::kUnexpectedToken.info,
                            &syntax::kNotAnEntry.info,
                            &syntax::kUnclosed.info,
                            &syntax::kMisspeltWord.info};
  return is_one_of(found, kInfos);
}

/// Something that is named is not there.
bool misses_name(const Diagnostic* found) {
  static const Infos kInfos{&check::kUnknownName.info, &check::kUnknownField.info,
                            &check::kUnknownKind.info, &check::kNotCallable.info};
  return is_one_of(found, kInfos);
}

constexpr std::string_view kReserved = "that is a word of the language";

using syntax::name_part;

/// The line of a place: its file, and where the line begins.
using Line = std::pair<std::uint32_t, std::size_t>;

class FollowUps {
 public:
  FollowUps(const SourceMap& sources, const syntax::Ast& ast, diag::Diagnostics& diags)
      : sources_(sources), ast_(ast), diags_(diags), words_(ast, sources, diags) {}

  void drop() {
    const auto found = diags_.sorted();
    for (const Diagnostic* one : found) note(one);
    for (const Diagnostic* one : misplaced_) stays_misplaced(one);
    for (const auto& [line, one] : torn_) {  // those that stay
      if (one->help.starts_with(kReserved)) reserved_.insert(sources_.text(one->at));
    }
    note_cut_off();
    note_values();
    note_heads();
    std::set<Key> dropped;
    for (const Diagnostic* one : found) {
      if (one->severity != diag::Severity::error || !one->at.valid() || !follows(one)) continue;
      dropped.insert(key(*one));
      if (one->info == &check::kMisplaced.info) torn_.try_emplace(line_of(one->at), nullptr);
    }
    const auto told = [&](const Diagnostic* one) {
      return one->severity == diag::Severity::error && !dropped.contains(key(*one));
    };
    // Where each seems to follow from another, the first stays: what is wrong is not passed over in silence.
    if (!dropped.empty() && std::none_of(found.begin(), found.end(), told)) {
      const auto first = std::find_if(found.begin(), found.end(), [](const Diagnostic* one) {
        return one->severity == diag::Severity::error && one->at.valid();
      });
      dropped.erase(key(**first));
    }
    diags_.remove_if([&](const Diagnostic& one) { return dropped.contains(key(one)); });
  }

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, const DiagInfo*, std::string>;
  static Key key(const Diagnostic& one) {
    return {one.at.file.index, one.at.begin, one.info, one.message};
  }

  [[nodiscard]] std::string_view text_of(FileId file) const { return sources_.text(file); }

  [[nodiscard]] Line line_of(Span at) const {
    std::vector<std::size_t>& starts = lines_[at.file.index];
    if (starts.empty()) {
      const std::string_view text = text_of(at.file);
      starts.push_back(0);
      for (std::size_t end = text.find('\n'); end != std::string_view::npos;
           end = text.find('\n', end + 1))
        starts.push_back(end + 1);
    }
    return {at.file.index, *std::prev(std::upper_bound(starts.begin(), starts.end(), at.begin))};
  }

  /// What tears a line; of several the text that does not end, else the first.
  void note(const Diagnostic* found) {
    if (!found->at.valid()) return;
    const std::string_view at = sources_.text(found->at);
    if (found->severity == diag::Severity::error) brackets_.note_closing(found->at);
    if (found->info == &check::kUnknownKind.info)
      unknown_kinds_.insert({found->at.file.index, found->at.begin});
    if (found->info == &check::kUnknownField.info) {
      unknown_fields_.push_back(found);
      if (found->help.ends_with("did you mean that kind?")) other_kinds_.push_back(found);
    }
    if (found->info == &check::kMisplaced.info) {
      if (at.starts_with("assert")) misplaced_.push_back(found);
      for (const std::string_view word : {"kind", "record"}) {  // `kindbox {`
        const bool glued = at.starts_with(word) && found->help.starts_with("did you mean `");
        if (glued) glued_kinds_.insert(at.substr(word.size()));
      }
      if (at == "kind" || at == "record") lacks_kind_.insert(found->at.file.index);
      if (is_name(at)) words_.add(at, {});
    }
    if (found->info == &syntax::kUnclosed.info) unclosed_.push_back(found);
    const bool number = found->info == &syntax::kBadNumber.info ||
                        found->info == &syntax::kUnknownUnit.info;
    if (number) numbers_.try_emplace(line_of(found->at), found);
    const bool assertion = found->info == &syntax::kMissingSign.info && at == "assert";
    if (!assertion && !tears_line(found)) return;
    if (found->info != &syntax::kUnclosed.info || at != "{") brackets_.note(found->at);
    torn_files_.insert(found->at.file.index);
    const Diagnostic*& first = torn_[line_of(found->at)];
    const bool root = assertion || found->info == &syntax::kUnterminatedString.info;
    const auto behind = numbers_.find(line_of(found->at));
    if (first == nullptr && behind != numbers_.end()) {
      first = behind->second;
    } else if (first == nullptr || (root && first->info != found->info)) {
      first = found;
    }
    if (word_before(found->at) == "fn") nameless_functions_.push_back(found->at);
    const std::string_view before = text_of(found->at.file).substr(0, found->at.begin);
    if (at == ":" && before.substr(before.rfind('\n') + 1).find("fn ") != std::string_view::npos)
      glued_functions_.insert(word_before(found->at));  // `fn startof: String)`
    const Line line = line_of(found->at);
    if (!tears_line(found)) return;
    std::size_t& known = words_known_.try_emplace(line, line.second).first->second;
    if (known >= found->at.begin) return;
    words_.add(text_of(found->at.file).substr(known, found->at.begin - known),
               words_.scope_of(found->at));
    known = found->at.begin;
  }

  /// No mend of what is torn behind it makes an `assert` stand where it may not.
  void stays_misplaced(const Diagnostic* assertion) {
    const auto torn = torn_.find(line_of(assertion->at));
    if (torn != torn_.end() && assertion->at.begin < torn->second->at.begin)
      torn->second = assertion;
  }

  [[nodiscard]] std::string_view word_before(Span at) const {
    std::string_view before = text_of(at.file).substr(0, at.begin);
    while (before.ends_with(' ') || before.ends_with('(')) before.remove_suffix(1);
    std::size_t begin = before.size();
    while (begin > 0 && name_part(before[begin - 1])) --begin;
    return before.substr(begin);
  }

  static bool is_name(std::string_view written) {
    return !written.empty() && std::all_of(written.begin(), written.end(), name_part);
  }

  /// The line on which the file ends within brackets: nobody knows what it was to say.
  void note_cut_off() {
    for (const Diagnostic* one : unclosed_) {
      if (!one->labels.empty()) torn_.try_emplace(line_of(one->labels.front().span), one);
    }
    std::sort(unclosed_.begin(), unclosed_.end(),
              [](const Diagnostic* a, const Diagnostic* b) { return stands_before(a->at, b->at); });
  }

  /// `[ { name = a.login }`: what says what `a` is stands behind that.
  [[nodiscard]] bool holds_unclosed(Span value) const {
    const auto first = std::lower_bound(
        unclosed_.begin(), unclosed_.end(), value,
        [](const Diagnostic* one, Span place) { return stands_before(one->at, place); });
    return first != unclosed_.end() && contains(value, (*first)->at);
  }

  /// Values whose last line is torn, or in which a bracket is not closed.
  void note_values() {
    using enum syntax::EntryKind;
    for (const syntax::Entry& entry : ast_.entries) {
      const bool value = entry.kind == set || entry.kind == append || entry.kind == field ||
                         entry.kind == check || entry.kind == function;
      if (!value || !entry.span.valid()) continue;
      const Span last{entry.span.file, entry.span.end, entry.span.end};
      const bool torn = torn_files_.contains(entry.span.file.index) &&
                        (torn_.contains(line_of(last)) || is_torn_body(entry) ||
                         holds_unclosed(entry.span));
      if (torn) values_.push_back(entry.span);
    }
  }

  /// `fn f() -> Int = {` and below it lines as of another language.
  [[nodiscard]] bool is_torn_body(const syntax::Entry& entry) const {
    if (entry.kind != syntax::EntryKind::function || !entry.value.valid()) return false;
    if (ast_.exprs[entry.value].kind != syntax::ExprKind::tree) return false;
    const auto first = torn_.lower_bound(line_of(entry.span));
    return first != torn_.end() && first->first.first == entry.span.file.index &&
           first->first.second < entry.span.end;
  }

  /// Kinds, and declarations whose kind is not there: `class shelf { ... }` was to declare one.
  void note_heads() {
    for (const syntax::Entry& entry : ast_.entries) {
      if (entry.kind == syntax::EntryKind::kind || entry.kind == syntax::EntryKind::record)
        kinds_.push_back({entry.span, sources_.text(entry.name_span)});
      if (entry.kind == syntax::EntryKind::instance && entry.name_span.valid()) note_head(entry);
    }
    std::sort(kinds_.begin(), kinds_.end(),
              [](const Named& a, const Named& b) { return stands_before(a.span, b.span); });
    for (const Span at : nameless_functions_) {
      (kind_around(at) != nullptr ? lacks_method_ : lacks_function_).insert(at.file.index);
    }
    for (const Diagnostic* one : unknown_fields_) {
      if (is_own(one, kind_around(one->at))) told_in_kinds_.insert(one->message);
    }
    for (const auto& [line, one] : torn_) {
      const Named* around = kind_around(one->at);
      if (around != nullptr) torn_kinds_.insert(around->name);
    }
  }

  void note_head(const syntax::Entry& entry) {
    if (entry.base.empty()) return;
    const Span base = ast_.path_names[entry.base.begin].span;
    const std::string_view name = sources_.text(entry.name_span);
    if (unknown_kinds_.contains({base.file.index, base.begin})) heads_.emplace(name, base);
    const auto in_it = [&](const Diagnostic* one) { return contains(entry.span, one->at); };
    if (std::any_of(other_kinds_.begin(), other_kinds_.end(), in_it)) mistaken_.insert(name);
  }

  /// A kind that something was to declare.
  [[nodiscard]] bool is_undeclared_kind(const Diagnostic* found) const {
    if (found->info != &check::kUnknownKind.info) return false;
    const bool near = found->help.starts_with("did you mean");
    return (lacks_kind_.contains(found->at.file.index) && !near) ||
           glued_kinds_.contains(sources_.text(found->at)) || is_name_of_unknown(found->at);
  }

  /// `foo bar { }`, where there is no kind `foo`: the kind `bar` would be there. Of several that go round the first one
  /// stays.
  [[nodiscard]] bool is_name_of_unknown(Span word) const {
    std::vector<Span> seen{word};
    for (auto head = heads_.find(sources_.text(word)); head != heads_.end();
         head = heads_.find(sources_.text(head->second))) {
      const Span next = head->second;
      if (next.begin == seen.back().begin && next.file == seen.back().file) break;
      const auto again = std::find(seen.begin(), seen.end(), next);
      if (again != seen.end()) return *std::min_element(again, seen.end(), stands_before) != word;
      seen.push_back(next);
    }
    return seen.size() > 1;
  }

  /// A function that a torn line was to declare: one without a name, or one whose name goes on too far.
  [[nodiscard]] bool lacks_called(const Diagnostic* found) const {
    const std::string_view name = sources_.text(found->at);
    const bool method = !found->message.starts_with("there is no function");
    const auto& files = method ? lacks_method_ : lacks_function_;
    const auto begins = [&](std::string_view glued) { return glued.starts_with(name); };
    return files.contains(found->at.file.index) ||
           std::any_of(glued_functions_.begin(), glued_functions_.end(), begins);
  }

  /// A field that the kind itself sets and lacks.
  [[nodiscard]] bool is_told_in_kind(const Diagnostic* found) const {
    return found->info == &check::kUnknownField.info && told_in_kinds_.contains(found->message) &&
           !is_own(found, kind_around(found->at));
  }

  struct Named {
    Span span;
    std::string_view name;
  };

  /// The kind in whose text a place lies; none where it lies in none.
  [[nodiscard]] const Named* kind_around(Span at) const {
    const auto behind = std::upper_bound(
        kinds_.begin(), kinds_.end(), at,
        [](Span place, const Named& kind) { return stands_before(place, kind.span); });
    if (behind == kinds_.begin() || !contains(std::prev(behind)->span, at)) return nullptr;
    return &*std::prev(behind);
  }

  /// Whether what lacks the field is that kind itself.
  static bool is_own(const Diagnostic* unknown, const Named* kind) {
    return kind != nullptr && kind->name == lacking(unknown);
  }

  /// "`shelf` has no field ...": the shelf.
  static std::string_view lacking(const Diagnostic* unknown) {
    const std::string_view said = unknown->message;
    return said.starts_with('`') ? said.substr(1, said.find('`', 1) - 1) : std::string_view();
  }

  /// What may be told of a line whose first word was to be a kind.
  static bool begins_line(const Diagnostic* found) {
    return tears_line(found) || found->info == &check::kMisplaced.info ||
           found->info == &check::kUnknownField.info;
  }

  /// The use of a name that is a word of the language, which its declaration was told.
  [[nodiscard]] bool uses_reserved(const Diagnostic* found) const {
    if (reserved_.empty() || found->help.starts_with(kReserved)) return false;
    const std::string_view line = text_of(found->at.file).substr(line_of(found->at).second);
    const std::string_view before = line.substr(
        0, found->at.end - static_cast<std::uint32_t>(line_of(found->at).second));
    return std::any_of(reserved_.begin(), reserved_.end(), [&](std::string_view word) {
      return word_before(found->at) == word || has_word(sources_.text(found->at), word) ||
             (begins_line(found) && first_word(before) == word);
    });
  }

  static std::string_view first_word(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto end = std::find_if_not(line.begin(), line.end(), name_part);
    return line.substr(0, static_cast<std::size_t>(end - line.begin()));
  }

  static bool has_word(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      const bool begins = at == 0 || !name_part(text[at - 1]);
      const std::size_t end = at + word.size();
      if (begins && (end == text.size() || !name_part(text[end]))) return true;
    }
    return false;
  }

  [[nodiscard]] bool follows(const Diagnostic* found) const {
    if (found->info == &syntax::kTooManyErrors.info) return false;
    if (uses_reserved(found) || brackets_.follows(*found) || lacks_torn_comma(found)) return true;
    if (tears_line(found) && (closes_torn(found->at) || goes_on_torn(found))) return true;
    const auto line = torn_.find(line_of(found->at));
    if (line != torn_.end()) return found != line->second;
    if (is_undeclared_kind(found) || is_told_in_kind(found)) return true;
    if (found->info == &check::kMisplaced.info && is_below_torn(found->at)) return true;
    const auto holds_it = [&](Span value) { return contains(value, found->at); };
    if (std::any_of(values_.begin(), values_.end(), holds_it)) return true;
    if (found->info == &check::kWrongKind.info) return mistaken_.contains(sources_.text(found->at));
    if (!misses_name(found)) return false;
    if (goes_on_torn(found)) return true;
    if (found->info == &check::kNotCallable.info && lacks_called(found)) return true;
    const std::string_view name = sources_.text(found->at);
    if (found->info == &check::kUnknownField.info)
      return torn_kinds_.contains(lacking(found)) && words_.has(name);
    return found->info == &check::kNotCallable.info ? words_.has(name)
                                                    : words_.may_name(name, found->at);
  }

  /// Whether the line that ends there closes what it began; a comment may stand behind.
  [[nodiscard]] bool ends_entry(FileId file, std::size_t last) const {
    const auto at = static_cast<std::uint32_t>(last);
    const std::size_t begin = line_of({file, at, at}).second;
    std::string_view line = text_of(file).substr(begin, last + 1 - begin);
    line = line.substr(0, line.find(" #"));
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    return line.ends_with('}');
  }

  /// The line before that of the place, but for empty ones, where it does not end what it began.
  [[nodiscard]] bool is_below_torn(Span at) const {
    const std::size_t line = line_of(at).second;
    const std::size_t last = line == 0 ? std::string_view::npos
                                       : text_of(at.file).find_last_not_of(" \t\r\n", line - 1);
    if (last == std::string_view::npos || ends_entry(at.file, last)) return false;
    const auto before = static_cast<std::uint32_t>(last);
    return torn_.contains(line_of({at.file, before, before}));
  }

  /// The comma in front of it stands in a text that does not end.
  [[nodiscard]] bool lacks_torn_comma(const Diagnostic* found) const {
    if (found->info != &syntax::kUnexpectedToken.info || !is_below_torn(found->at)) return false;
    const std::string_view text = text_of(found->at.file);
    const std::size_t line = line_of(found->at).second;
    const std::size_t last = text.find_last_not_of(" \t\r\n", line - 1);
    if (text[last] != ',' || text.find_first_not_of(" \t", line) != found->at.begin) return false;
    const auto before = static_cast<std::uint32_t>(last);
    const auto torn = torn_.find(line_of({found->at.file, before, before}));
    return torn->second != nullptr && torn->second->info == &syntax::kUnterminatedString.info;
  }

  /// A bracket that is first on its line, and belongs to what was torn on the line before.
  [[nodiscard]] bool closes_torn(Span at) const {
    const std::string_view text = text_of(at.file);
    const std::size_t line = line_of(at).second;
    return at.begin < text.size() &&
           std::string_view("{}])").find(text[at.begin]) != std::string_view::npos &&
           text.find_first_not_of(" \t", line) == at.begin && is_below_torn(at);
  }

  /// Where the last line above that is not empty ends, but for its comment; npos where there is none.
  [[nodiscard]] std::size_t end_above(Span at) const {
    const std::string_view text = text_of(at.file);
    const std::size_t line = line_of(at).second;
    const std::size_t last = line == 0 ? std::string_view::npos
                                       : text.find_last_not_of(" \t\r\n", line - 1);
    if (last == std::string_view::npos) return last;
    const auto there = static_cast<std::uint32_t>(last);
    const std::size_t begin = line_of({at.file, there, there}).second;
    const std::size_t comment = text.substr(0, last).find(" #", begin);
    return comment == std::string_view::npos ? last : text.find_last_not_of(" \t", comment);
  }

  /// `width` and below it `= 3`: the line was broken where it may not be, which is told at its end. What stands below
  /// is no entry, or the name behind a dot.
  [[nodiscard]] bool goes_on_torn(const Diagnostic* found) const {
    if (!is_below_torn(found->at)) return false;
    const std::string_view text = text_of(found->at.file);
    const std::size_t last = end_above(found->at);
    const auto there = static_cast<std::uint32_t>(last);
    const auto torn = torn_.find(line_of({found->at.file, there, there}));
    if (torn == torn_.end() || torn->second == nullptr || torn->second->at.begin < last)
      return false;
    const bool first = text.find_first_not_of(" \t", line_of(found->at).second) == found->at.begin;
    if (misses_name(found)) return first && text[last] == '.';
    return first || found->message.starts_with("expected `=` and a value");
  }

  const SourceMap& sources_;
  const syntax::Ast& ast_;
  diag::Diagnostics& diags_;
  check::TornWords words_;
  TornBrackets brackets_{sources_};
  std::map<Line, const Diagnostic*> torn_;
  std::map<Line, const Diagnostic*> numbers_;  // that are wrong, and may tear what stands behind
  std::map<Line, std::size_t> words_known_;    // up to where
  mutable std::map<std::uint32_t, std::vector<std::size_t>> lines_;  // where they begin, by file
  std::set<std::uint32_t> torn_files_;
  std::vector<const Diagnostic*> unclosed_;
  std::vector<Span> values_;
  std::set<std::string_view> reserved_;  // words of the language that were to be names
  std::set<std::pair<std::uint32_t, std::uint32_t>> unknown_kinds_;  // file and place
  std::set<std::string_view> glued_kinds_;
  std::vector<const Diagnostic*> misplaced_;  // each an `assert`
  std::vector<const Diagnostic*> unknown_fields_;
  std::vector<const Diagnostic*> other_kinds_;  // fields that a kind of a near name has
  std::set<std::string> told_in_kinds_;
  std::set<std::string_view> mistaken_;  // declarations of a kind that was to be another
  std::vector<Named> kinds_;
  std::map<std::string_view, Span> heads_;  // names behind kinds that are not there
  std::set<std::uint32_t> lacks_function_;  // files with one whose name did not parse
  std::set<std::uint32_t> lacks_method_;    // the same in a kind
  std::vector<Span> nameless_functions_;
  std::set<std::string_view> glued_functions_;
  std::set<std::string_view> torn_kinds_;  // in whose text a line is torn
  std::set<std::uint32_t> lacks_kind_;     // likewise, with a kind
};

}  // namespace

void drop_follow_ups(const SourceMap& sources, const syntax::Ast& ast, diag::Diagnostics& diags) {
  FollowUps(sources, ast, diags).drop();
}

}  // namespace hlab::driver
