#include "compiler/commands/field_notes.h"

#include <fmt/format.h>

#include "compiler/base/lock_pools.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/one_expression.h"

namespace hlab::commands {

using driver::Compilation;
using driver::kExpressionSource;

namespace {

using inspect::OutlineLine;
using program::InstanceId;
using program::SlotShape;
using values::ValueKind;

const program::Slot& slot_of(const Compilation& run, const OutlineLine& line) {
  return run.lab.slot(line.subject.instance, line.subject.field);
}

/// `auto` and `learned`: hlab.lock holds what the lab does not say.
std::string lease_note(const Compilation& run, const OutlineLine& line) {
  const InstanceId holder = line.subject.instance;
  if (run.lab.instances[holder].planned) return "";
  const auto key = run.evaluator->lease_key(holder, line.subject.field, line.subject.key);
  if (!key) return "";
  std::optional<values::Want> want = slot_of(run, line).asked.want;
  for (const program::MapEntry& entry : slot_of(run, line).entries) {
    if (entry.key == line.subject.key) want = entry.asked.want;
  }
  const bool kept = run.evaluator->known_leases.contains(*key);
  if (want == values::Want::automatic) {
    return kept ? "handed out earlier: hlab.lock keeps it"
                : "the next free one; `hlab build` will keep it in hlab.lock";
  }
  if (want == values::Want::learned)
    return kept ? "learned: hlab.lock keeps it" : "not learned yet: `hlab learn` asks for it";
  return "";
}

/// A version that the library chose and the lock holds.
std::string version_note(const Compilation& run, const OutlineLine& line) {
  if (!line.value.is(ValueKind::string)) return "";
  const program::Kind& kind = run.program.kinds[run.lab.instances[line.subject.instance].kind];
  if (run.program.text(kind.fields[line.subject.field].name) != "version") return "";
  const std::string holder = program::instance_path(run.program, run.lab, line.subject.instance);
  const auto library = run.evaluator->library_versions.find(holder);
  if (library == run.evaluator->library_versions.end()) return "";
  if (!run.evaluator->known_leases.contains({std::string(kVersionPool), holder})) return "";
  if (library->second == line.value.as_text()) return "hlab.lock keeps it";
  return fmt::format("hlab.lock keeps it; the library says {} today (`hlab update`)",
                     library->second);
}

/// The expression that made the value, where the winning entry only passes it on.
std::string origin_note(const Compilation& run, const inspect::Inspector& inspector,
                        const OutlineLine& line, const inspect::Provenance& provenance) {
  if (line.holds || !line.value.origin.valid() || line.value.hollow()) return "";
  const Span at = run.ast.exprs[line.value.origin].span;
  if (!at.valid() || run.sources.file(at.file).path == kExpressionSource) return "";
  for (const inspect::Origin& origin : provenance.set_by) {
    if (contains(origin.at, at)) return "";
  }
  const std::string where = inspector.around(at);
  return fmt::format("computed at {}{}", place_text(run, at), where.empty() ? "" : ", in " + where);
}

std::string unset_note(const Compilation& run, const OutlineLine& line,
                       const inspect::Provenance& provenance) {
  if (!provenance.set_by.empty()) return "";
  const program::Kind& kind = run.program.kinds[run.lab.instances[line.subject.instance].kind];
  const program::Field& field = kind.fields[line.subject.field];
  const Span at = run.ast.entries[field.entry].name_span;
  const std::string declared = fmt::format("declared at {}", place_text(run, at));
  return line.holds ? "its own defaults; " + declared : "nobody sets it; " + declared;
}

}  // namespace

std::string place_text(const Compilation& run, Span at) {
  if (!at.valid()) return "";
  const Position p = run.sources.position(at.file, at.begin);
  return fmt::format("{}:{}:{}", diag::shown_path(run.sources.file(at.file)), p.line, p.column);
}

std::vector<std::string> field_notes(const Compilation& run, const inspect::Inspector& inspector,
                                     const OutlineLine& line, const inspect::Provenance& provenance,
                                     bool tells_origin) {
  if (line.subject.field == program::kNoField) {
    const auto& claimed = run.lab.instances[InstanceId(line.value.as_instance())];
    return {"claimed at " + place_text(run, claimed.name_span)};
  }
  std::vector<std::string> notes;
  for (std::string note :
       {unset_note(run, line, provenance), lease_note(run, line), version_note(run, line),
        tells_origin ? origin_note(run, inspector, line, provenance) : std::string()}) {
    if (!note.empty()) notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace hlab::commands
