#include "compiler/evaluate/broken_bodies.h"

#include <algorithm>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/program/owners.h"

namespace hlab::evaluate {

using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;

namespace {

/// The declaration at the top, or in loops and branches there, in which the place lies; or none.
EntryId declaration_at(const syntax::Ast& ast, Range entries, Span at) {
  for (const EntryId id : syntax::view(ast.entry_lists, entries)) {
    const Entry& e = ast.entries[id];
    if (!contains(e.span, at)) continue;
    if (e.kind != EntryKind::loop && e.kind != EntryKind::branch) return id;
    const EntryId inner = declaration_at(ast, e.body, at);
    return inner.valid() ? inner : declaration_at(ast, e.else_body, at);
  }
  return {};
}

EntryId declaration_at(const syntax::Ast& ast, Span at) {
  for (const syntax::FileRoot& file : ast.files) {
    if (file.file == at.file) return declaration_at(ast, file.body, at);
  }
  return {};
}

/// Whether one of the errors stands elsewhere than in the body of another instance.
bool may_be_from_elsewhere(const syntax::Ast& ast, EntryId own, const diag::Diagnostics& diags) {
  const auto found = diags.sorted();
  return std::any_of(found.begin(), found.end(), [&](const diag::Diagnostic* one) {
    if (one->severity != diag::Severity::error) return false;
    const EntryId around = declaration_at(ast, one->at);
    if (!around.valid() || around == own) return true;
    const Entry& e = ast.entries[around];
    if (one->info == &kMissingField.info) return false;  // told of its name
    // In its head: it may be no instance that was meant, but what others are made of.
    return e.kind != EntryKind::instance || one->at.begin < e.name_span.end;
  });
}

constexpr std::size_t kFew = 50;  // each is looked at for each that lacks something

}  // namespace

bool may_be_misspelt(const syntax::Ast& ast, const program::Lab& lab, program::InstanceId instance,
                     const diag::Diagnostics& diags) {
  if (diags.size() > kFew) return true;
  const EntryId own = lab.instances[program::top_of(lab, instance)].entry;
  return !own.valid() || may_be_from_elsewhere(ast, own, diags);
}

bool may_be_misspelt(const syntax::Ast& ast, Span at, const diag::Diagnostics& diags) {
  if (diags.size() > kFew) return true;
  const EntryId own = declaration_at(ast, at);
  if (!own.valid() || ast.entries[own].kind != EntryKind::instance) return true;
  return may_be_from_elsewhere(ast, own, diags);
}

}  // namespace hlab::evaluate
