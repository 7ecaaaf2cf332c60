#include "emit/vendored/written_place.h"

#include "compiler/syntax/ast.h"

namespace hlab::emit {
namespace {

using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;

class PlaceFinder {
 public:
  PlaceFinder(const program::Program& program, const std::vector<SchemaStep>& steps)
      : program_(program), ast_(*program.ast), steps_(steps) {}

  void body(Range entries, std::size_t step, bool computed = false) {
    for (const syntax::EntryId id : syntax::view(ast_.entry_lists, entries))
      entry(ast_.entries[id], step, computed);
  }

  [[nodiscard]] std::optional<WrittenPlace> found() const {
    if (unclear_) return std::nullopt;
    return exact_ ? exact_ : computed_;
  }

 private:
  void entry(const Entry& entry, std::size_t step, bool computed) {
    switch (entry.kind) {
      case EntryKind::loop:
      case EntryKind::branch:
        ++branches_;
        body(entry.body, step, computed);
        body(entry.else_body, step, computed);
        --branches_;
        return;
      case EntryKind::set:
      case EntryKind::append:
      case EntryKind::block: return path(entry, step, computed);
      default: return;
    }
  }

  void path(const Entry& entry, std::size_t step, bool computed) {
    const auto segments = syntax::view(ast_.segments, entry.path);
    Span last;
    for (const syntax::Segment& segment : segments) {
      if (step == steps_.size()) return note({last, !computed, {}}, computed);
      if (steps_[step].in_list) return;
      const bool made = !segment.name.valid();
      if (!made && program_.text(segment.name) != steps_[step].key) return;
      computed = computed || made;
      last = segment.span;
      ++step;
    }
    if (step == steps_.size()) return note({last, !computed, entry.value}, computed);
    if (entry.kind == EntryKind::block) return body(entry.body, step, computed);
    if (entry.kind == EntryKind::set) value(entry.value, step, computed);
  }

  void value(syntax::ExprId id, std::size_t step, bool computed) {
    if (!id.valid()) return;
    const syntax::Expr& expr = ast_.exprs[id];
    if (step == steps_.size()) return note({expr.span, false, id}, computed);
    if (expr.kind == ExprKind::tree) return body(expr.list, step, computed);
    if (expr.kind != ExprKind::list || !steps_[step].in_list) return;
    const auto items = syntax::view(ast_.expr_lists, expr.list);
    const std::size_t wanted = steps_[step].item;
    for (std::size_t i = 0; i < items.size() && i <= wanted; ++i) {
      if (ast_.exprs[items[static_cast<std::uint32_t>(i)]].kind == ExprKind::spread) return;
    }
    if (wanted < items.size()) value(items[static_cast<std::uint32_t>(wanted)], step + 1, computed);
  }

  /// The last one, which lies over those before it. A computed key may be another one, and of two branches
  /// one may not hold.
  void note(const WrittenPlace& place, bool computed) {
    std::optional<WrittenPlace>& known = computed ? computed_ : exact_;
    const bool maybe = computed || branches_ > 0 || in_branch_;
    unclear_ = unclear_ || (known && maybe);
    in_branch_ = in_branch_ || branches_ > 0;
    known = place;
  }

  const program::Program& program_;
  const syntax::Ast& ast_;
  const std::vector<SchemaStep>& steps_;
  std::optional<WrittenPlace> exact_;
  std::optional<WrittenPlace> computed_;
  int branches_ = 0;
  bool in_branch_ = false;
  bool unclear_ = false;
};

}  // namespace

std::optional<WrittenPlace> written_place(const model::View& declaration,
                                          const std::vector<SchemaStep>& steps) {
  const syntax::EntryId entry = declaration.lab().instances[declaration.id()].entry;
  if (!entry.valid() || steps.empty()) return std::nullopt;
  PlaceFinder finder(declaration.program(), steps);
  finder.body(declaration.program().ast->entries[entry].body, 0);
  return finder.found();
}

}  // namespace hlab::emit
