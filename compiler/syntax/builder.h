// Puts the pieces that the grammar recognises into the Ast. Called only from grammar/HlabParser.g4.
//
// Children that are still being read wait on stacks; a rule marks the top when it begins and takes
// what has come above the mark when it ends.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/base/symbol.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/token.h"

namespace antlr4 {
class Token;
}

namespace hlab::syntax {

class Builder {
 public:
  using Tok = antlr4::Token*;

  /// Names the entry that is being read; entries nest.
  struct Frame {
    std::uint32_t index = 0;
  };
  struct Operators {
    std::uint32_t operands = 0;
    std::uint32_t operators = 0;
  };
  struct ListHead {
    Range items;
    ExprId element;  // a comprehension
    Range clauses;
  };

  Builder(FileId file, SymbolTable& symbols, Ast& ast, diag::Diagnostics& diags)
      : file_(file),
        symbols_(symbols),
        ast_(ast),
        diags_(diags),
        first_expr_(static_cast<std::uint32_t>(ast.exprs.size())),
        first_entry_(static_cast<std::uint32_t>(ast.entries.size())) {}

  // --- how deep it may go (builder_depth.cpp) ---
  /// Called where a rule of the grammar that may stand in itself begins and ends.
  void enter(Tok first);
  void leave() { --depth_; }
  /// The grammar has gone too deep: no more tokens should come.
  [[nodiscard]] bool too_deep() const { return too_deep_; }

  // --- entries (builder_entry.cpp) ---
  Frame begin_entry(Tok first);
  EntryId edition(Frame f, Tok number);
  EntryId kind(Frame f, bool record, Tok name, Range body);
  EntryId function(Frame f, Tok name, Range parameters, ExprId body);
  EntryId defaults(Frame f, Range kind, Range body);
  EntryId policy(Frame f, Tok name, Range body);
  EntryId instance(Frame f);
  EntryId field(Frame f, Tok name);
  EntryId check(Frame f);
  EntryId allow(Frame f, Tok code, Tok reason);
  EntryId unset(Frame f);
  EntryId spread_entry(Frame f, ExprId value);
  EntryId loop(Frame f, Range body);
  EntryId branch(Frame f);
  EntryId path_entry(Frame f);
  EntryId named(Frame f);
  // builder_module.cpp: modules, sites, tests
  void import_path(Frame f, Tok path);
  void import_alias(Frame f, Tok name);
  void hide(Frame f) { draft(f).entry.flags |= kFlagPrivate; }
  EntryId site(Frame f, Tok name, Tok of, Range body);
  EntryId without(Frame f, Range kind, Tok name);
  void override_path(Frame f);
  EntryId override_value(Frame f, ExprId old, ExprId value);
  EntryId test(Frame f, Tok words, Range body);
  void expect_value(Frame f, ExprId value);
  void expect_message(Frame f, ExprId message) { draft(f).entry.message = message; }
  EntryId whole(Frame f) { return finish(f); }
  EntryId moved(Frame f, Tok name);
  EntryId moved_key(Frame f, ExprId key);
  void offer(Frame f, Tok name, Range parameters, Range kind);
  void renamed(Frame f, Tok name, Tok now);
  void deprecated_field(Frame f, Tok name);
  void negate(Frame f) { draft(f).entry.flags |= kFlagNegated; }
  void assertion(Frame f, Tok word);
  void assert_path(Frame f, Range from, Range to);
  void reason(Frame f, Tok text);
  void not_an_entry(const Token& token, std::string_view text);
  /// What did not parse, kept as an entry of no body: who names a word of it may mean what it was to declare.
  void torn(std::uint32_t begin, std::uint32_t end);
  /// The same of the entry that was just added, once what follows shows that it was meant as no entry.
  void tear_last_entry();
  /// Behind a comma the list may end, but no other comma may follow.
  void no_more(Tok next);
  void planned(Frame f);
  void final_field(Frame f);
  void result_type(Frame f, TypeNodeId type);
  void base(Frame f, Range names);
  void refined(Frame f, Range names);
  /// What was read as a path is the kind that a declaration begins with.
  void head(Frame f);
  void instance_name(Frame f, Tok name);
  void instance_key(Frame f, ExprId key);
  void instance_body(Frame f, Range body);
  void is_instance(Frame f);
  void is_field(Frame f, Tok name);
  void is_path(Frame f);
  void field_type(Frame f, TypeNodeId type);
  void field_default(Frame f, ExprId value);
  void check_rule(Frame f, ExprId name);
  void check_message(Frame f, ExprId condition, ExprId message);
  void loop_variables(Frame f, Tok first, Tok second);
  void loop_list(Frame f, ExprId list);
  void loop_where(Frame f, ExprId condition);
  void loop_alias(Frame f, Tok name);
  void branch_head(Frame f, ExprId condition);
  /// The head of a loop or branch that ends before `end` is wrong, and told; whether enough of it is known.
  bool break_head(Frame f, bool loop, std::uint32_t end);
  void branch_body(Frame f, Range body);
  void else_body(Frame f, Range body);
  void else_if(Frame f, EntryId branch);
  void set(Frame f, ExprId value);
  void append(Frame f, ExprId value);
  void refine_block(Frame f, Range body);
  void segment(Frame f, Tok token);
  void computed_segment(Frame f, ExprId key);
  /// After an error inside the entry: drop what it left on the stacks.
  void abandon(Frame f);
  [[nodiscard]] const Token& first_token(Frame f) const { return drafts_[f.index].first; }

  // --- lists of children (builder.cpp) ---
  std::size_t mark_entries() { return entries_.size(); }
  void add_entry(EntryId id);
  Range take_entries(std::size_t mark);
  std::size_t mark_names() { return names_.size(); }
  void name(Tok token);
  Range take_names(std::size_t mark);
  std::size_t mark_parameters() { return parameters_.size(); }
  void parameter(Tok name, TypeNodeId type);
  void parameter_default(ExprId value);
  Range take_parameters(std::size_t mark);
  std::size_t mark_types() { return types_.size(); }
  void add_type(TypeNodeId id) { types_.push_back(id); }
  std::size_t mark_arguments() { return arguments_.size(); }
  void argument(ExprId value);
  void named_argument(ExprId name, ExprId value);
  Range take_arguments(std::size_t mark);
  std::size_t mark_list() { return list_.size(); }
  std::size_t begin_list();
  void list_item(ExprId id) { list_.push_back(id); }
  void list_spread(Tok dots, ExprId value);
  void for_clause(Tok keyword, Tok first, Tok second, ExprId value);
  void where_clause(Tok keyword, ExprId value);
  ListHead take_list(std::size_t mark);
  std::size_t mark_arms() { return arms_.size(); }
  void arm_tag(Range names);
  void arm_binding(Tok name);
  void arm_value(ExprId value);
  void arm_literal(ExprId literal, ExprId value);
  Range take_arms(std::size_t mark);
  void text_part(Tok token);

  // --- types (builder_type.cpp) ---
  TypeNodeId union_type(std::size_t mark);
  TypeNodeId optional_type(TypeNodeId inner, Tok question);
  TypeNodeId secret_type(Tok keyword, TypeNodeId inner);
  TypeNodeId list_type(Tok open, TypeNodeId inner, Tok close);
  TypeNodeId map_type(Tok keyword, TypeNodeId value, TypeNodeId key);
  TypeNodeId reference_type(Tok ampersand, Range names);
  void reference_mode(TypeNodeId type, Tok mode);
  TypeNodeId named_type(Range names);
  TypeNodeId missing_type(Tok place);
  void close_type(TypeNodeId type, Tok close);
  void type_pattern(TypeNodeId type, Tok regex);
  void type_low(TypeNodeId type, ExprId end);
  void type_high(TypeNodeId type, ExprId end);
  void type_payload(TypeNodeId type, TypeNodeId payload);
  void type_pool(TypeNodeId type, Tok dot, Range fields);

  // --- expressions (builder_expr.cpp) ---
  Operators begin_operators();
  void operator_(Tok token);
  void operator_not_in(Tok token);
  void prefix(Tok token);
  void operand(ExprId id);
  void is(Range names);
  void is_binding(Tok name, Tok close);
  ExprId end_operators(Operators start);
  void because(Tok reason);
  ExprId literal(Tok token);
  ExprId negative(Tok minus, Tok number);
  ExprId boolean(Tok token, bool value);
  ExprId missing(Tok place);
  ExprId string(Tok token);
  ExprId name_expr(Tok token);
  ExprId self_field(Tok dot, Tok name);
  ExprId self(Tok dot);
  ExprId parenthesised(ExprId id);
  ExprId member(ExprId object, Tok name);
  ExprId index(ExprId object, ExprId key, Tok close);
  ExprId call(ExprId callee, Range arguments, Tok close);
  ExprId refine(ExprId base, Range body, Tok close);
  ExprId tree(Tok open, Range body, Tok close);
  ExprId only(Tok keyword, Tok open, Range body, Tok close);
  ExprId list(Tok open, const ListHead& head, Tok close);
  /// `if c then y else`: what follows, as far as it goes, is its last operand.
  void conditional(Tok keyword, ExprId condition, ExprId yes);
  ExprId match(Tok keyword, ExprId subject, Range arms, Tok close);
  ExprId all(Tok keyword, Tok name);
  ExprId has(Tok keyword, ExprId value);
  ExprId interpolation(Tok begin, std::size_t mark, Tok end);

 private:
  enum class Shape : std::uint8_t { instance, field, path };
  struct Draft {
    Entry entry;
    Token first;
    Shape shape = Shape::path;
    std::size_t segments = 0;  // marks of the stacks, for `abandon`
    std::size_t entries = 0, names = 0, parameters = 0, types = 0, arguments = 0, list = 0,
                clauses = 0, clause_marks = 0, arms = 0, operands = 0, operators = 0;
  };
  enum class Place : std::uint8_t { floor, conditional, before, between };
  struct Operator {
    Op op;
    Place place;  // a floor is where reducing stops
    Span span;
    ExprId condition;  // of `if c then y else`
    ExprId yes;
  };

  static const Token& token(Tok t);
  [[nodiscard]] Span span(Tok t) const;
  [[nodiscard]] Span span(ExprId id) const { return ast_.exprs[id].span; }
  [[nodiscard]] Span span(Range names) const;
  [[nodiscard]] Symbol dotted(Range names) const;
  Draft& draft(Frame f) { return drafts_[f.index]; }
  EntryId finish(Frame f);
  void declares(Frame f, EntryKind kind, Tok name);
  Range one_name(Tok t);
  Range take_path(Draft& d);
  static int level(const Operator& o);
  void reduce();
  void silence_top();
  ExprId add(Expr expr);
  void tell_too_deep(Span at);
  [[nodiscard]] std::uint32_t height(ExprId id) const;
  template <class Whole>
  [[nodiscard]] std::uint32_t height_of(const Whole& whole) const;
  void note_height(const Entry& entry);

  FileId file_;
  SymbolTable& symbols_;
  Ast& ast_;
  diag::Diagnostics& diags_;
  std::vector<Draft> drafts_;
  std::vector<EntryId> entries_;
  std::vector<PathName> names_;
  std::vector<Parameter> parameters_;
  std::vector<TypeNodeId> types_;
  std::vector<Argument> arguments_;
  std::vector<ExprId> list_;
  std::vector<Clause> clauses_;
  std::vector<std::size_t> clause_marks_;
  std::vector<Arm> arms_;
  std::vector<Segment> segments_;
  std::vector<ExprId> operands_;
  std::vector<Operator> operators_;
  ExprId last_is_;  // an `is` without parentheses: no comparison may follow it
  std::uint32_t first_expr_;
  std::uint32_t first_entry_;
  std::vector<std::uint16_t> heights_;        // of the expressions of this file
  std::vector<std::uint16_t> entry_heights_;  // of its entries
  std::uint32_t depth_ = 0;
  bool too_deep_ = false;
  bool told_too_deep_ = false;
  std::uint32_t last_end_ = 0;  // end of the last token consumed: where the entry ends

 public:
  void consumed(std::uint32_t end) { last_end_ = end; }
};

}  // namespace hlab::syntax
