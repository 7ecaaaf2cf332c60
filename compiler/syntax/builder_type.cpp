#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/builder.h"

namespace hlab::syntax {

TypeNodeId Builder::union_type(std::size_t mark) {
  const std::size_t count = types_.size() - mark;
  if (count <= 1) {
    const TypeNodeId only = count == 1 ? types_[mark] : TypeNodeId();
    types_.resize(mark);
    return only;
  }
  // `a | b?` may be absent as a whole: no alternative alone can.
  const TypeNode last = ast_.types[types_.back()];
  const bool optional = last.kind == TypeNodeKind::optional;
  if (optional) types_.back() = TypeNodeId(last.a);
  TypeNode node;
  node.kind = TypeNodeKind::union_of;
  node.children = {static_cast<std::uint32_t>(ast_.type_children.size()),
                   static_cast<std::uint32_t>(count)};
  for (std::size_t i = mark; i < types_.size(); ++i) {
    TypeNode& child = ast_.types[types_[i]];
    const bool word = child.kind == TypeNodeKind::name && child.path.count == 1;
    const std::string_view text = word ? symbols_.text(ast_.path_names[child.path.begin].name) : "";
    if (word && text[0] >= 'a' && text[0] <= 'z') child.kind = TypeNodeKind::tag;
    ast_.type_children.push_back(types_[i]);
    node.span = join(node.span, child.span);
  }
  types_.resize(mark);
  if (!optional) return ast_.types.add(node);
  TypeNode whole;
  whole.kind = TypeNodeKind::optional;
  whole.a = ast_.types.add(node).index;
  whole.span = join(node.span, last.span);
  return ast_.types.add(whole);
}

TypeNodeId Builder::optional_type(TypeNodeId inner, Tok question) {
  TypeNode node;
  node.kind = TypeNodeKind::optional;
  node.a = inner.index;
  node.span = join(ast_.types[inner].span, span(question));
  return ast_.types.add(node);
}

TypeNodeId Builder::secret_type(Tok keyword, TypeNodeId inner) {
  TypeNode node;
  node.kind = TypeNodeKind::secret;
  node.a = inner.index;
  node.span = join(span(keyword), ast_.types[inner].span);
  return ast_.types.add(node);
}

TypeNodeId Builder::list_type(Tok open, TypeNodeId inner, Tok close) {
  TypeNode node;
  node.kind = TypeNodeKind::list;
  node.a = inner.index;
  node.span = join(span(open), span(close));
  return ast_.types.add(node);
}

TypeNodeId Builder::map_type(Tok keyword, TypeNodeId value, TypeNodeId key) {
  TypeNode node;
  node.kind = TypeNodeKind::map;
  node.a = value.index;
  node.b = key.index;
  node.span = join(span(keyword), ast_.types[value].span);
  return ast_.types.add(node);
}

TypeNodeId Builder::reference_type(Tok ampersand, Range names) {
  TypeNode node;
  node.kind = TypeNodeKind::reference;
  node.path = names;
  node.span = join(span(ampersand), ast_.path_names[names.begin + names.count - 1].span);
  return ast_.types.add(node);
}

void Builder::reference_mode(TypeNodeId type, Tok mode) {
  while (ast_.types[type].kind == TypeNodeKind::optional ||
         ast_.types[type].kind == TypeNodeKind::list) {
    type = TypeNodeId(ast_.types[type].a);  // `[&service] by value`: of each
  }
  ast_.types[type].mode = symbols_.text(token(mode).symbol()) == "run" ? EdgeMode::run
                                                                       : EdgeMode::value;
  ast_.types[type].span = join(ast_.types[type].span, span(mode));
}

TypeNodeId Builder::named_type(Range names) {
  TypeNode node;
  node.kind = TypeNodeKind::name;
  node.path = names;
  node.span = join(ast_.path_names[names.begin].span,
                   ast_.path_names[names.begin + names.count - 1].span);
  return ast_.types.add(node);
}

TypeNodeId Builder::missing_type(Tok place) {
  TypeNode node;
  node.span = span(place);
  return ast_.types.add(node);
}

void Builder::close_type(TypeNodeId type, Tok close) {
  ast_.types[type].span = join(ast_.types[type].span, span(close));
}
void Builder::type_pattern(TypeNodeId type, Tok regex) {
  ast_.types[type].pattern = token(regex).symbol();
}
void Builder::type_low(TypeNodeId type, ExprId end) { ast_.types[type].low = end; }
void Builder::type_high(TypeNodeId type, ExprId end) { ast_.types[type].high = end; }
void Builder::type_payload(TypeNodeId type, TypeNodeId payload) {
  ast_.types[type].a = payload.index;
}
void Builder::type_pool(TypeNodeId type, Tok dot, Range fields) {
  TypeNode node;
  node.kind = TypeNodeKind::pool;
  node.path = fields;
  node.span = join(span(dot), ast_.path_names[fields.begin + fields.count - 1].span);
  ast_.types[type].a = ast_.types.add(node).index;
}

}  // namespace hlab::syntax
