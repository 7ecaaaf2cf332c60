#include "compiler/evaluate/default_use.h"

#include <fmt/format.h>

#include <functional>
#include <map>

#include "compiler/check/check_diags.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/program/present_path.h"

namespace hlab::evaluate {
namespace {

using program::Lab;
using program::PresentPath;
using program::Program;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;

/// Every `a.b = e` and `a { b = e }` with its path as one text, through blocks. Behind `above` goes `present` on.
void each_leaf(const Program& program, Range body, const std::string& above,
               const PresentPath& present,
               const std::function<void(EntryId, const std::string&)>& visit) {
  const syntax::Ast& ast = *program.ast;
  for (const EntryId id : syntax::view(ast.entry_lists, body)) {
    const Entry& e = ast.entries[id];
    const bool sets = e.kind == EntryKind::set || e.kind == EntryKind::append;
    if (!sets && e.kind != EntryKind::block) continue;
    std::string path = above;
    PresentPath inside = present;
    for (const syntax::Segment& segment : syntax::view(ast.segments, e.path)) {
      const Symbol name = inside.step(segment.name);
      path += name.valid() ? program.text(name) : "?";
      path += '.';
    }
    if (sets) {
      visit(id, path);
    } else {
      each_leaf(program, e.body, path, inside, visit);
    }
  }
}

/// The entries, and the values, that won some field.
class Winners {
 public:
  Winners(const Program& program, const Lab& lab)
      : ast_(*program.ast), entries_(ast_.entries.size()), values_(ast_.exprs.size()) {
    for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
      const program::InstanceId id(i);
      if (!lab.instances[id].settled) continue;
      mark(entries_, lab.instances[id].entry);  // others may have refined what it made
      for (std::uint32_t f = 0; f < lab.instances[id].slot_count; ++f) add(lab.slot(id, f));
    }
  }

  [[nodiscard]] bool contain(const Entry& e, EntryId id) const {
    return entries_[id.index] || (e.value.valid() && values_[e.value.index]);
  }

 private:
  template <class IdType>
  static void mark(std::vector<bool>& known, IdType id) {
    if (id.valid()) known[id.index] = true;
  }

  void add(const program::Slot& slot) {
    mark(entries_, slot.set_by);
    for (const program::Fragment& piece : slot.fragments) {
      if (piece.entry.valid()) add_entry(piece.entry);
      mark(values_, piece.whole);
    }
    for (const program::MapEntry& entry : slot.entries) mark(values_, entry.value);
  }

  /// A piece is taken with all that stands in it.
  void add_entry(EntryId id) {
    mark(entries_, id);
    for (const EntryId inner : syntax::view(ast_.entry_lists, ast_.entries[id].body))
      add_entry(inner);
  }

  const syntax::Ast& ast_;
  std::vector<bool> entries_;  // by id
  std::vector<bool> values_;
};

}  // namespace

void report_unused_defaults(const Program& program, const Lab& lab,
                            const std::vector<EntryId>& defaults, diag::Diagnostics& diags) {
  if (defaults.empty()) return;
  const Winners winners(program, lab);
  for (const EntryId id : defaults) {
    const Entry& whole = program.ast->entries[id];
    each_leaf(program, whole.body, "", PresentPath(program, {}),
              [&](EntryId leaf, const std::string&) {
                const Entry& e = program.ast->entries[leaf];
                if (winners.contain(e, leaf)) return;
                diags.report(kUnusedDefault, e.name_span, program.text(whole.name))
                    .help("whoever there is has a value of its own for it, or one by its kind");
              });
  }
}

void report_doubled_defaults(const Program& program, const std::vector<EntryId>& defaults,
                             diag::Diagnostics& diags) {
  std::map<std::string, std::pair<EntryId, Span>> known;
  for (const EntryId id : defaults) {
    const Entry& whole = program.ast->entries[id];
    const program::ModuleId module = program.module_of(whole.span);
    // A kind may have several names: by two imports of its module.
    const program::KindId meant = program.find_kind(module, program.text(whole.name));
    if (!meant) continue;
    const std::string kind = fmt::format("{}/{}:", module.index, meant.index);
    each_leaf(program, whole.body, kind, PresentPath(program, meant),
              [&](EntryId leaf, const std::string& path) {
                if (path.find('?') != std::string::npos) return;
                const Entry& e = program.ast->entries[leaf];
                const auto [first, added] = known.emplace(path, std::pair(id, e.name_span));
                if (added || first->second.first == id || e.kind == EntryKind::append) return;
                diags
                    .report(check::kSetTwice, e.name_span,
                            path.substr(kind.size(), path.size() - kind.size() - 1))
                    .label(first->second.second, "set here first");
              });
  }
}

}  // namespace hlab::evaluate
