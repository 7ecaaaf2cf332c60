#include "compiler/evaluate/groups.h"

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/diag/article.h"

namespace hlab::evaluate {

using namespace program;
using syntax::EntryId;

int Groups::open(EntryId loop, ModuleId module) {
  const syntax::Entry& e = program_.ast->entries[loop];
  const Span at = syntax::view(program_.ast->path_names, e.refined)[0].span;
  if (const auto known = lab_.find_group(module, e.alias)) {
    const Group& first = lab_.groups[*known];
    if (loops_[*known] != loop && told_.insert(loop.index).second) {
      diags_.report(check::kDeclaredTwice, at, "group", program_.text(e.alias))
          .label(first.span, "declared here first");
    }
    return static_cast<int>(*known);
  }
  Group group;
  group.name = e.alias;
  group.module = module;
  group.span = at;
  lab_.groups.push_back(group);
  const auto index = static_cast<std::uint32_t>(lab_.groups.size() - 1);
  lab_.group_by_name.emplace(std::pair(module.index, e.alias.index), index);
  loops_[index] = loop;
  return static_cast<int>(index);
}

void Groups::join(int group, InstanceId added) {
  if (group < 0) return;
  Group& joined = lab_.groups[static_cast<std::size_t>(group)];
  const KindId kind = lab_.instances[added].kind;
  joined.kind = joined.members.empty() ? kind : common_kind(joined.kind, kind);
  joined.members.push_back(added);
}

void Groups::may_join(int group, KindId kind) {
  if (group < 0 || !kind) return;
  Group& empty = lab_.groups[static_cast<std::size_t>(group)];
  if (empty.members.empty()) empty.kind = empty.kind ? common_kind(empty.kind, kind) : kind;
}

void Groups::report_shared_names() const {
  for (const auto& [index, loop] : loops_) {
    const Group& group = lab_.groups[index];
    const auto [first, last] = lab_.by_name.equal_range(group.name.index);
    const auto instance = std::find_if(first, last, [&](const auto& one) {
      return lab_.instances[one.second].module == group.module;
    });
    if (instance == last) continue;
    const Instance& named = lab_.instances[instance->second];
    const KindId head = head_kind(program_, lab_, instance->second);
    diags_.report(check::kDeclaredTwice, group.span, "the name", program_.text(group.name))
        .label(named.name_span,
               diag::with_article(program_.text(program_.kinds[head].name)) + " has it already")
        .help("a group and a declaration of one name could not be told apart");
  }
}

/// None where they have none in common.
KindId Groups::common_kind(KindId a, KindId b) const {
  for (KindId up = a; up; up = program_.kinds[up].base) {
    if (program_.is_kind(b, up)) return up;
  }
  return {};
}

}  // namespace hlab::evaluate
