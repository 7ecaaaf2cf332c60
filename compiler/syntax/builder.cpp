#include "compiler/syntax/builder.h"

#include "compiler/syntax/antlr_bridge.h"

namespace hlab::syntax {
namespace {

/// Moves what stands above `mark` to the end of a table, and says where.
template <class T>
Range take(std::vector<T>& stack, std::size_t mark, std::vector<T>& table) {
  const Range range{static_cast<std::uint32_t>(table.size()),
                    static_cast<std::uint32_t>(stack.size() - mark)};
  table.insert(table.end(), stack.begin() + static_cast<std::ptrdiff_t>(mark), stack.end());
  stack.resize(mark);
  return range;
}

}  // namespace

const Token& Builder::token(Tok t) { return static_cast<AntlrToken*>(t)->token; }

Span Builder::span(Tok t) const { return {file_, token(t).begin, token(t).end}; }

void Builder::add_entry(EntryId id) {
  if (id.valid()) entries_.push_back(id);
}
Range Builder::take_entries(std::size_t mark) { return take(entries_, mark, ast_.entry_lists); }

void Builder::name(Tok t) { names_.push_back({token(t).symbol(), span(t)}); }
Range Builder::take_names(std::size_t mark) { return take(names_, mark, ast_.path_names); }

Span Builder::span(Range names) const {
  return join(ast_.path_names[names.begin].span,
              ast_.path_names[names.begin + names.count - 1].span);
}

/// `office.shelf` as one name: whoever looks it up parts it again.
Symbol Builder::dotted(Range names) const {
  if (names.count == 1) return ast_.path_names[names.begin].name;
  std::string text;
  for (const PathName& n : view(ast_.path_names, names)) {
    if (!text.empty()) text += '.';
    text += symbols_.text(n.name);
  }
  return symbols_.intern(text);
}

void Builder::parameter(Tok name, TypeNodeId type) {
  parameters_.push_back({token(name).symbol(), type, ExprId(), span(name)});
}
void Builder::parameter_default(ExprId value) { parameters_.back().fallback = value; }
Range Builder::take_parameters(std::size_t mark) {
  return take(parameters_, mark, ast_.parameters);
}

void Builder::argument(ExprId value) { arguments_.push_back({Symbol(), value, Span{}}); }

void Builder::named_argument(ExprId name, ExprId value) {
  const Expr& e = ast_.exprs[name];
  if (e.kind == ExprKind::name) {
    arguments_.back() = {Symbol(e.a), value, e.span};
  } else {
    arguments_.back().value = value;
  }
}
Range Builder::take_arguments(std::size_t mark) { return take(arguments_, mark, ast_.arguments); }

void Builder::list_spread(Tok dots, ExprId value) {
  Expr e;
  e.kind = ExprKind::spread;
  e.a = value.index;
  e.span = join(span(dots), span(value));
  list_.push_back(add(e));
}

void Builder::for_clause(Tok keyword, Tok first, Tok second, ExprId value) {
  const Tok variable = second != nullptr ? second : first;
  const Symbol index = second != nullptr ? token(first).symbol() : Symbol();
  clauses_.push_back({token(variable).symbol(), index, value, join(span(keyword), span(value))});
}

void Builder::where_clause(Tok keyword, ExprId value) {
  clauses_.push_back({Symbol(), Symbol(), value, join(span(keyword), span(value))});
}

std::size_t Builder::begin_list() {
  clause_marks_.push_back(clauses_.size());
  return list_.size();
}

Builder::ListHead Builder::take_list(std::size_t mark) {
  ListHead head;
  const std::size_t clauses = clause_marks_.back();
  clause_marks_.pop_back();
  if (clauses_.size() > clauses) {
    head.clauses = take(clauses_, clauses, ast_.clauses);
    head.element = list_.size() > mark ? list_[mark] : ExprId();
    list_.resize(mark);
    return head;
  }
  head.items = take(list_, mark, ast_.expr_lists);
  return head;
}

void Builder::arm_tag(Range names) {
  Arm arm;
  const Symbol tag = dotted(names);
  if (symbols_.text(tag) != "_") arm.tag = tag;
  arm.tag_span = span(names);
  arm.span = arm.tag_span;
  arms_.push_back(arm);
}
void Builder::arm_binding(Tok name) { arms_.back().binding = token(name).symbol(); }
void Builder::arm_value(ExprId value) {
  arms_.back().value = value;
  arms_.back().span = join(arms_.back().span, span(value));
}
void Builder::arm_literal(ExprId literal, ExprId value) {
  arms_.push_back({{}, {}, literal, value, join(span(literal), span(value)), {}});
}
Range Builder::take_arms(std::size_t mark) { return take(arms_, mark, ast_.arms); }

void Builder::text_part(Tok t) {
  if (symbols_.text(token(t).symbol()).empty()) return;
  list_.push_back(string(t));
}

}  // namespace hlab::syntax
