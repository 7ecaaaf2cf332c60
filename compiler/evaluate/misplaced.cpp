#include "compiler/evaluate/misplaced.h"

#include <string_view>

#include "compiler/check/check_diags.h"
#include "compiler/evaluate/meant_declaration.h"

namespace hlab::evaluate {
namespace {

using syntax::Entry;
using syntax::EntryKind;

bool is_value(const Entry& e) {
  return e.kind == EntryKind::set || e.kind == EntryKind::append || e.kind == EntryKind::block;
}

/// What stands there, in the words of the writer.
std::string_view written(const Entry& e) {
  switch (e.kind) {
    case EntryKind::check: return "a check";
    case EntryKind::field: return "a field";
    case EntryKind::unset: return "`unset`";
    case EntryKind::spread: return "`...`";
    case EntryKind::moved: return "`moved from`";
    case EntryKind::without: return "`without`";
    case EntryKind::override_: return "`override`";
    case EntryKind::expect: return "`expect`";
    default: return is_value(e) ? "a value" : "this";
  }
}

std::string_view spoken(Among place) {
  switch (place) {
    case Among::lab: return "at the top of a file";
    case Among::site: return "in a site";
    case Among::test: return "in a test";
  }
  return "";
}

std::string_view mend(const Entry& e) {
  if (e.kind == EntryKind::check)
    return "it stands in a kind, in a declaration or in a `policy NAME { ... }`";
  if (is_value(e)) return "values are set inside of a declaration, such as `network lan { ... }`";
  return "declarations look like `node pi5 { ... }` or `service x: std.x { ... }`";
}

}  // namespace

void report_misplaced(const program::Program& program, program::Lab& lab, check::Checker& checker,
                      const Entry& entry, Among place, diag::Diagnostics& diags) {
  const Span at = entry.name_span.valid() ? entry.name_span : entry.span;
  auto report = diags.report(check::kMisplaced, at, written(entry), spoken(place));
  if (entry.kind == EntryKind::without || entry.kind == EntryKind::override_) {
    report.help("it stands in a `site NAME of LAB { ... }` or a `test \"...\" { ... }`");
  } else if (entry.kind == EntryKind::expect) {
    report.help("it stands in a `test \"...\" { ... }`");
  } else if (place == Among::lab) {
    const auto meant = entry.kind == EntryKind::block ? meant_declaration(program, entry, report)
                                                      : std::nullopt;
    if (meant && meant->nameless) checker.note_nameless(meant->nameless);
    if (meant && meant->name.valid()) lab.broken_names.insert(meant->name.index);
    if (!meant) report.help(std::string(mend(entry)));
  } else if (place == Among::site && is_value(entry)) {
    report.help("a site replaces a value by `override PATH OLD -> NEW`");
  }
}

}  // namespace hlab::evaluate
