// Entries about modules, sites, tests and what a kind was once called.
#include <algorithm>

#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"

namespace hlab::syntax {
namespace {

/// `HL4102`: the code of a diagnostic rather than a name of the lab.
bool is_code(std::string_view text) {
  return text.size() == 6 && text.starts_with("HL") &&
         std::all_of(text.begin() + 2, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void Builder::declares(Frame f, EntryKind kind, Tok name) {
  Entry& e = draft(f).entry;
  e.kind = kind;
  e.name = token(name).symbol();
  e.name_span = span(name);
  if (token(name).type == TokenType::string) e.flags |= kFlagQuotedName;
}

Range Builder::one_name(Tok t) {
  const std::size_t mark = mark_names();
  name(t);
  return take_names(mark);
}

void Builder::import_path(Frame f, Tok path) { declares(f, EntryKind::import_, path); }
void Builder::import_alias(Frame f, Tok name) { draft(f).entry.alias = token(name).symbol(); }

EntryId Builder::site(Frame f, Tok name, Tok of, Range body) {
  declares(f, EntryKind::site, name);
  draft(f).entry.base = one_name(of);
  draft(f).entry.body = body;
  return finish(f);
}

EntryId Builder::without(Frame f, Range kind, Tok name) {
  declares(f, EntryKind::without, name);
  draft(f).entry.base = kind;
  return finish(f);
}

void Builder::override_path(Frame f) {
  draft(f).entry.kind = EntryKind::override_;
  draft(f).entry.path = take_path(draft(f));
}

EntryId Builder::override_value(Frame f, ExprId old, ExprId value) {
  const Expr& e = ast_.exprs[old];
  const bool any = e.kind == ExprKind::name && symbols_.text(Symbol(e.a)) == "any";
  if (!any) draft(f).entry.message = old;
  draft(f).entry.value = value;
  return finish(f);
}

EntryId Builder::test(Frame f, Tok words, Range body) {
  declares(f, EntryKind::test, words);
  draft(f).entry.body = body;
  return finish(f);
}

void Builder::expect_value(Frame f, ExprId value) {
  Entry& entry = draft(f).entry;
  entry.kind = EntryKind::expect;
  entry.name_span = span(value);
  const Expr& e = ast_.exprs[value];
  if (e.kind == ExprKind::name && is_code(symbols_.text(Symbol(e.a)))) {
    entry.name = Symbol(e.a);
  } else {
    entry.value = value;
  }
}

EntryId Builder::moved(Frame f, Tok name) {
  declares(f, EntryKind::moved, name);
  return finish(f);
}

EntryId Builder::moved_key(Frame f, ExprId key) {
  Entry& e = draft(f).entry;
  e.kind = EntryKind::moved;
  e.name_span = span(key);
  e.key = key;
  return finish(f);
}

void Builder::offer(Frame f, Tok name, Range parameters, Range kind) {
  declares(f, EntryKind::offer, name);
  draft(f).entry.parameters = parameters;
  draft(f).entry.refined = kind;
}

void Builder::renamed(Frame f, Tok name, Tok now) {
  declares(f, EntryKind::renamed, name);
  draft(f).entry.base = one_name(now);
}

void Builder::deprecated_field(Frame f, Tok name) {
  declares(f, EntryKind::field, name);
  draft(f).entry.flags |= kFlagDeprecated;
}

void Builder::assertion(Frame f, Tok word) {
  draft(f).entry.kind = EntryKind::assert_path;
  draft(f).entry.name_span = join({file_, draft(f).first.begin, draft(f).first.end}, span(word));
}

void Builder::assert_path(Frame f, Range from, Range to) {
  draft(f).entry.base = from;
  draft(f).entry.refined = to;
}

void Builder::reason(Frame f, Tok text) { draft(f).entry.alias = token(text).symbol(); }

}  // namespace hlab::syntax
