// Entries: each is drafted while it is read, and added to the Ast when it is whole.
#include <fmt/format.h>

#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/describe.h"
#include "compiler/syntax/foreign_words.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {

Builder::Frame Builder::begin_entry(Tok first) {
  Draft d;
  d.first = token(first);
  d.entry.doc = d.first.doc;
  d.segments = segments_.size();
  d.entries = entries_.size();
  d.names = names_.size();
  d.parameters = parameters_.size();
  d.types = types_.size();
  d.arguments = arguments_.size();
  d.list = list_.size();
  d.clauses = clauses_.size();
  d.clause_marks = clause_marks_.size();
  d.arms = arms_.size();
  d.operands = operands_.size();
  d.operators = operators_.size();
  drafts_.push_back(std::move(d));
  return {static_cast<std::uint32_t>(drafts_.size() - 1)};
}

void Builder::abandon(Frame f) {
  const Draft d = drafts_[f.index];
  segments_.resize(d.segments);
  entries_.resize(d.entries);
  names_.resize(d.names);
  parameters_.resize(d.parameters);
  types_.resize(d.types);
  arguments_.resize(d.arguments);
  list_.resize(d.list);
  clauses_.resize(d.clauses);
  clause_marks_.resize(d.clause_marks);
  arms_.resize(d.arms);
  operands_.resize(d.operands);
  operators_.resize(d.operators);
  drafts_.resize(f.index);
}

EntryId Builder::finish(Frame f) {
  Draft& d = draft(f);
  d.entry.span = {file_, d.first.begin, last_end_};
  if (!d.entry.name_span.valid()) d.entry.name_span = {file_, d.first.begin, d.first.end};
  note_height(d.entry);
  const EntryId id = ast_.entries.add(d.entry);
  segments_.resize(d.segments);
  drafts_.resize(f.index);
  return id;
}

namespace {
void named_by(Entry& e, EntryKind kind, Symbol name, Span at) {
  e.kind = kind;
  e.name = name;
  e.name_span = at;
}
}  // namespace

EntryId Builder::edition(Frame f, Tok number) {
  Entry& e = draft(f).entry;
  e.kind = EntryKind::edition;
  e.value = literal(number);
  e.name_span = span(number);
  return finish(f);
}

EntryId Builder::kind(Frame f, bool record, Tok name, Range body) {
  // Nobody could declare anything as it, or refine it.
  const std::string_view called = symbols_.text(token(name).symbol());
  if (begins_entry(called)) {
    diags_.report(kUnexpectedToken, span(name), "a name", fmt::format("`{}`", called))
        .help("that is a word of the language: choose another name");
  }
  Entry& e = draft(f).entry;
  named_by(e, record ? EntryKind::record : EntryKind::kind, token(name).symbol(), span(name));
  e.body = body;
  return finish(f);
}

EntryId Builder::function(Frame f, Tok name, Range parameters, ExprId body) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::function, token(name).symbol(), span(name));
  e.parameters = parameters;
  e.value = body;
  return finish(f);
}

EntryId Builder::defaults(Frame f, Range kind, Range body) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::defaults, dotted(kind), span(kind));
  e.base = kind;
  e.body = body;
  return finish(f);
}

EntryId Builder::policy(Frame f, Tok name, Range body) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::policy, token(name).symbol(), span(name));
  e.body = body;
  return finish(f);
}

void Builder::planned(Frame f) { draft(f).entry.flags |= kFlagPlanned; }

void Builder::head(Frame f) {
  const std::size_t mark = mark_names();
  for (std::size_t i = draft(f).segments; i < segments_.size(); ++i) {
    const Segment& segment = segments_[i];
    if (segment.quoted) {
      diags_.report(kUnexpectedToken, segment.span, "the name of a kind", "a text");
      names_.resize(mark);
      break;
    }
    names_.push_back({segment.name, segment.span});
  }
  draft(f).entry.base = take_names(mark);
  segments_.resize(draft(f).segments);
}

void Builder::instance_name(Frame f, Tok name) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::instance, token(name).symbol(), span(name));
  if (token(name).type == TokenType::string) e.flags |= kFlagQuotedName;
}

void Builder::instance_key(Frame f, ExprId key) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::instance, Symbol(), span(key));
  e.flags |= kFlagQuotedName;
  e.key = key;
}

void Builder::refined(Frame f, Range names) { draft(f).entry.refined = names; }
void Builder::instance_body(Frame f, Range body) { draft(f).entry.body = body; }
EntryId Builder::instance(Frame f) { return finish(f); }
void Builder::is_instance(Frame f) { draft(f).shape = Shape::instance; }

void Builder::is_field(Frame f, Tok name) {
  draft(f).shape = Shape::field;
  named_by(draft(f).entry, EntryKind::field, token(name).symbol(), span(name));
}
void Builder::is_path(Frame f) { draft(f).shape = Shape::path; }
void Builder::final_field(Frame f) { draft(f).entry.flags |= kFlagFinal; }
void Builder::field_type(Frame f, TypeNodeId type) { draft(f).entry.type = type; }
void Builder::field_default(Frame f, ExprId value) { draft(f).entry.value = value; }

EntryId Builder::field(Frame f, Tok name) {
  named_by(draft(f).entry, EntryKind::field, token(name).symbol(), span(name));
  return finish(f);
}

void Builder::result_type(Frame f, TypeNodeId type) { draft(f).entry.type = type; }
void Builder::base(Frame f, Range names) { draft(f).entry.base = names; }

void Builder::check_rule(Frame f, ExprId rule) {
  const Expr& e = ast_.exprs[rule];
  if (e.kind == ExprKind::name) draft(f).entry.name = Symbol(e.a);
}

void Builder::check_message(Frame f, ExprId condition, ExprId message) {
  Entry& e = draft(f).entry;
  e.kind = EntryKind::check;
  e.value = condition;
  e.message = message;
  e.name_span = span(condition);
}

EntryId Builder::check(Frame f) {
  draft(f).entry.path = take_path(draft(f));
  return finish(f);
}

EntryId Builder::allow(Frame f, Tok code, Tok reason) {
  Entry& e = draft(f).entry;
  named_by(e, EntryKind::allow, token(code).symbol(), span(code));
  e.alias = token(reason).symbol();
  return finish(f);
}

Range Builder::take_path(Draft& d) {
  const Range path{static_cast<std::uint32_t>(ast_.segments.size()),
                   static_cast<std::uint32_t>(segments_.size() - d.segments)};
  ast_.segments.insert(ast_.segments.end(),
                       segments_.begin() + static_cast<std::ptrdiff_t>(d.segments),
                       segments_.end());
  segments_.resize(d.segments);
  if (!path.empty() && d.entry.kind != EntryKind::check) {
    d.entry.name_span = join(ast_.segments[path.begin].span,
                             ast_.segments[path.begin + path.count - 1].span);
  }
  return path;
}

EntryId Builder::unset(Frame f) {
  draft(f).entry.kind = EntryKind::unset;
  draft(f).entry.path = take_path(draft(f));
  return finish(f);
}

EntryId Builder::spread_entry(Frame f, ExprId value) {
  draft(f).entry.kind = EntryKind::spread;
  draft(f).entry.value = value;
  return finish(f);
}

/// `for x in list`, or `for i, x in list`.
void Builder::loop_variables(Frame f, Tok first, Tok second) {
  Entry& e = draft(f).entry;
  const Tok variable = second != nullptr ? second : first;
  named_by(e, EntryKind::loop, token(variable).symbol(), span(variable));
  if (second != nullptr) e.index = token(first).symbol();
}
void Builder::loop_list(Frame f, ExprId list) { draft(f).entry.value = list; }
void Builder::loop_where(Frame f, ExprId condition) { draft(f).entry.message = condition; }
void Builder::loop_alias(Frame f, Tok alias) {
  draft(f).entry.alias = token(alias).symbol();
  draft(f).entry.refined = one_name(alias);
}
EntryId Builder::loop(Frame f, Range body) {
  draft(f).entry.body = body;
  return finish(f);
}

void Builder::branch_head(Frame f, ExprId condition) {
  draft(f).entry.kind = EntryKind::branch;
  draft(f).entry.value = condition;
}
bool Builder::break_head(Frame f, bool loop, std::uint32_t end) {
  if (loop && draft(f).entry.kind != EntryKind::loop) return false;  // not even its variable
  Draft head = drafts_[f.index];
  abandon(f);  // with what it has begun
  Entry& e = head.entry;
  if (!loop) e.kind = EntryKind::branch;
  Expr unknown;
  unknown.span = Span{file_, head.first.begin, end};
  e.value = add(unknown);
  e.message = ExprId();
  torn(head.first.begin, end);
  drafts_.push_back(std::move(head));
  return true;
}
void Builder::branch_body(Frame f, Range body) { draft(f).entry.body = body; }
void Builder::else_body(Frame f, Range body) { draft(f).entry.else_body = body; }
void Builder::else_if(Frame f, EntryId branch) {
  const std::size_t mark = entries_.size();
  add_entry(branch);
  draft(f).entry.else_body = take_entries(mark);
  draft(f).entry.flags |= kFlagElseIf;
}
EntryId Builder::branch(Frame f) { return finish(f); }

void Builder::segment(Frame, Tok t) {
  Segment s;
  s.name = token(t).symbol();
  s.span = span(t);
  s.quoted = token(t).type == TokenType::string;
  segments_.push_back(s);
}

void Builder::computed_segment(Frame, ExprId key) {
  Segment s;
  s.key = key;
  s.span = span(key);
  s.quoted = true;
  segments_.push_back(s);
}

void Builder::set(Frame f, ExprId value) {
  draft(f).entry.kind = EntryKind::set;
  draft(f).entry.value = value;
}
void Builder::append(Frame f, ExprId value) {
  draft(f).entry.kind = EntryKind::append;
  draft(f).entry.value = value;
}
void Builder::refine_block(Frame f, Range body) {
  draft(f).entry.kind = EntryKind::block;
  draft(f).entry.body = body;
}

EntryId Builder::path_entry(Frame f) {
  draft(f).entry.path = take_path(draft(f));
  return finish(f);
}

EntryId Builder::named(Frame f) {
  Entry& e = draft(f).entry;
  if (draft(f).shape == Shape::instance && e.base.empty()) e.kind = EntryKind::error;  // told
  if (draft(f).shape == Shape::path) draft(f).entry.path = take_path(draft(f));
  return finish(f);
}

void Builder::no_more(Tok next) {
  if (token(next).type != TokenType::comma) return;
  diags_.report(kUnexpectedToken, span(next), "a value or the end", "another `,`")
      .fix("take it away", {{span(next), ""}});
}

void Builder::torn(std::uint32_t begin, std::uint32_t end) {
  Entry entry;
  entry.span = Span{file_, begin, end};
  entry_heights_.push_back(0);
  (void)ast_.entries.add(entry);
}

void Builder::tear_last_entry() {
  Entry& last = *std::prev(ast_.entries.end());
  if (last.kind == EntryKind::edition) return;  // its number never goes on
  Entry torn;
  torn.span = last.span;
  last = torn;
}

void Builder::not_an_entry(const Token& t, std::string_view text) {
  if (t.type == TokenType::unexpected || t.type == TokenType::missing)
    return;  // the scanner has said so
  diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
      .help(std::string(instead_of_entry(t.type, text.substr(0, t.begin), text.substr(t.end))));
}

}  // namespace hlab::syntax
