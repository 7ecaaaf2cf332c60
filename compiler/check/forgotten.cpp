// Entries in which something was forgotten, and which therefore read as another kind of entry.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/syntax/line_ahead.h"

namespace hlab::check {

using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;
using enum TypeKind;

/// `network lan` in a cluster: a declaration by its looks, where `=` is missing.
bool Checker::forgotten_assign(const Entry& e, TypeId target) {
  if (e.kind != EntryKind::instance || e.base.count != 1 || type(core(target)).kind != nested)
    return false;
  const syntax::PathName& field = ast().path_names[e.base.begin];
  if (program_.field(type(core(target)).of, field.name) == program::kNoField) return false;
  const std::string_view value = sources_.text(e.name_span);
  const TypeKind of = type(core(program_.kinds[type(core(target)).of]
                                    .fields[program_.field(type(core(target)).of, field.name)]
                                    .type))
                          .kind;
  const Span behind{e.span.file, field.span.end, e.name_span.end};
  if (of == map && !e.body.empty()) {  // `volume "data" { ... }`
    const bool name = value.size() > 2 && value.front() == '"' &&
                      std::all_of(value.begin() + 1, value.end() - 1, syntax::name_part) &&
                      syntax::name_start(value[1]);
    const std::string key = fmt::format(".{}", name ? value.substr(1, value.size() - 2) : value);
    diags_.report(kMisplaced, e.name_span, "a declaration", "inside a body")
        .help(fmt::format("an entry of `{0}` is `{0}{1} {{ ... }}`", text(field.name), key))
        .fix("write it so", {{behind, key}});
    return true;
  }
  diags_.report(kMisplaced, e.name_span, "a declaration", "inside a body")
      .help(fmt::format("a value is set with `=`: `{} = {}`", text(field.name), value))
      .fix("write `=`", {{Span{e.span.file, field.span.end, field.span.end}, " ="}});
  return true;
}

/// Written out, and so of a type that shows: no declaration, no record, no call.
bool Checker::is_plain(ExprId value) const {
  switch (ast().exprs[value].kind) {
    case ExprKind::boolean:
    case ExprKind::integer:
    case ExprKind::floating:
    case ExprKind::string:
    case ExprKind::interpolation:
    case ExprKind::domain: return true;
    default: return false;
  }
}

/// `disk { size = 1TB }` where `disk.NAME { size = 1TB }` is meant: all that is set are fields of one disk.
bool Checker::forgotten_key(const Entry& e, TypeId place, TypeId one) {
  if (e.kind != EntryKind::block || type(core(one)).kind != nested) return false;
  const KindId kind = type(core(one)).of;
  bool plain = false;
  for (const syntax::EntryId id : syntax::view(ast().entry_lists, e.body)) {
    const Entry& inner = ast().entries[id];
    const bool sets = inner.kind == EntryKind::set || inner.kind == EntryKind::block;
    if (!sets || inner.path.empty()) return false;
    const Symbol name = ast().segments[inner.path.begin].name;
    if (!name.valid() || program_.field(kind, name) == program::kNoField) return false;
    plain = plain ||
            (inner.kind == EntryKind::set && inner.path.count == 1 && is_plain(inner.value));
  }
  if (!plain) return false;
  const std::string_view written = sources_.text(e.name_span);
  diags_
      .report(kTypeMismatch, e.name_span,
              fmt::format("the body of one {}", text(program_.kinds[kind].name)), described(place))
      .help(fmt::format("each has a name: `{}.NAME {{ ... }}`", written));
  return true;
}

}  // namespace hlab::check
