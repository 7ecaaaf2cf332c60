#include "compiler/syntax/torn_types.h"

#include <algorithm>
#include <vector>

#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

using Places = std::vector<std::uint32_t>;  // sorted

/// Whether nothing but words stands between a type and what was not understood behind it.
bool goes_on(std::string_view between) {
  return between.find_first_of("\n=:{}") == std::string_view::npos;
}

/// `system: debian  nixos | windows`
void forget_broken_off(Ast& ast, std::size_t first, std::string_view text, const Places& torn) {
  for (std::size_t i = first; i < ast.entries.size(); ++i) {
    const Entry& field = ast.entries[EntryId(static_cast<std::uint32_t>(i))];
    if (field.kind != EntryKind::field || field.value.valid() || !field.type.valid()) continue;
    const auto next = std::lower_bound(torn.begin(), torn.end(), field.span.end);
    if (next != torn.end() && goes_on(text.substr(field.span.end, *next - field.span.end)))
      ast.types[field.type].kind = TypeNodeKind::error;
  }
}

/// `lines: [[String]`
void forget_open(Ast& ast, std::size_t first, const Places& open) {
  for (std::size_t i = first; i < ast.types.size(); ++i) {
    TypeNode& type = ast.types[TypeNodeId(static_cast<std::uint32_t>(i))];
    const auto next = std::lower_bound(open.begin(), open.end(), type.span.begin);
    if (next != open.end() && *next < type.span.end) type.kind = TypeNodeKind::error;
  }
}

}  // namespace

void forget_torn_types(Ast& ast, std::size_t first_entry, std::size_t first_type,
                       std::string_view text, FileId file, const diag::Diagnostics& diags) {
  Places torn;
  Places open;
  for (const diag::Diagnostic* found : diags.sorted()) {
    if (found->at.file != file) continue;
    if (found->info == &kUnclosed.info) open.push_back(found->at.begin);
    if (found->info == &kUnexpectedToken.info || found->info == &kNotAnEntry.info)
      torn.push_back(found->at.begin);
  }
  if (!torn.empty()) forget_broken_off(ast, first_entry, text, torn);
  if (!open.empty()) forget_open(ast, first_type, open);
}

}  // namespace hlab::syntax
