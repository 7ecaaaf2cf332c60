#include "compiler/inspect/provenance.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/inspect/value_text.h"

namespace hlab::inspect {

using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;
using syntax::ExprKind;

namespace {

/// The first line without the blanks that align it, and a sign where there is more.
std::string first_line(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('\n'));
  const std::size_t sign = std::min(whole.find('='), whole.find('"'));
  std::string line;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool aligns = i < sign && whole[i] == ' ' && !line.empty() && line.back() == ' ';
    if (!aligns && whole[i] != '\r') line += whole[i];
  }
  if (whole.size() == text.size()) return line;
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + " ...";
}

}  // namespace

std::string_view layer_name(Layer layer) {
  switch (layer) {
    case Layer::override_: return "override";
    case Layer::entry: return "entry";
    case Layer::kind: return "kind";
    case Layer::fallback: return "default";
    case Layer::library: return "library";
  }
  return "";
}

bool replaces(const Entry& e, bool whole) {
  if (e.kind == EntryKind::field) return true;
  return whole &&
         (e.kind == EntryKind::set || e.kind == EntryKind::unset || e.kind == EntryKind::override_);
}

Provenance Inspector::of(const Subject& subject) const {
  if (is_built(subject)) return of(subject, {});
  std::vector<const program::Setting*> won, displaced;
  for (const program::Setting* setting : history_.settings(subject.instance, subject.field)) {
    if (setting->key != subject.key) continue;
    if (replaces(program_.ast->entries[setting->entry], setting->whole)) {
      displaced.insert(displaced.end(), won.begin(), won.end());
      won.clear();
    }
    won.push_back(setting);
  }
  Provenance found;
  for (const program::Setting* setting : won) found.set_by.push_back(origin(*setting));
  for (auto it = displaced.rbegin(); it != displaced.rend(); ++it) {
    found.displaced.push_back(origin(**it));
  }
  return found;
}

std::string Inspector::around(Span at) const { return title(enclosing(at), {}); }

Inspector::Enclosing Inspector::enclosing(Span at) const {
  Enclosing found;
  found.at = at;
  for (const syntax::FileRoot& file : program_.ast->files) {
    if (file.file == at.file) descend(file.body, at, found);
  }
  return found;
}

void Inspector::descend(Range body, Span at, Enclosing& found) const {
  // Entries of a body stand in the order of the text, so the last that begins there or before is the one.
  const auto entries = syntax::view(program_.ast->entry_lists, body);
  const auto behind = std::partition_point(entries.begin(), entries.end(), [&](EntryId id) {
    return program_.ast->entries[id].span.begin <= at.begin;
  });
  if (behind == entries.begin()) return;
  const EntryId id = *(behind - 1);
  const Entry& e = program_.ast->entries[id];
  if (!contains(e.span, at)) return;
  if (e.kind == EntryKind::loop || e.kind == EntryKind::branch) {
    found.heads.push_back(id);
  } else if (e.kind == EntryKind::site || e.kind == EntryKind::test) {
    found.variation = id;
  } else if (!found.declaration.valid()) {
    found.declaration = id;
  }
  descend(e.body, at, found);
  descend(e.else_body, at, found);
}

Layer Inspector::layer_of(const Enclosing& around, const Entry& entry) const {
  if (entry.kind == EntryKind::override_) return Layer::override_;
  if (sources_.file(entry.span.file).is_library) return Layer::library;
  if (!around.declaration.valid()) return Layer::entry;
  const EntryKind kind = program_.ast->entries[around.declaration].kind;
  if (kind == EntryKind::defaults) return Layer::fallback;
  return kind == EntryKind::kind || kind == EntryKind::record ? Layer::kind : Layer::entry;
}

std::string Inspector::title(const Enclosing& around, program::InstanceId target) const {
  if (around.variation.valid()) {
    const Entry& e = program_.ast->entries[around.variation];
    return fmt::format("{} {}", e.kind == EntryKind::site ? "site" : "test", program_.text(e.name));
  }
  if (!around.declaration.valid()) return "";
  const Entry& e = program_.ast->entries[around.declaration];
  const std::string_view name = e.name.valid() ? program_.text(e.name) : "";
  switch (e.kind) {
    case EntryKind::kind:
    case EntryKind::record: {
      const std::string_view word = e.kind == EntryKind::kind ? "kind" : "record";
      const Symbol path = program_.modules[program_.module_of(e.span)].path;
      const std::string_view module = path.valid() ? program_.text(path) : "";
      if (module.empty() || module == "core") return fmt::format("{} {}", word, name);
      return fmt::format("{} {}.{}", word, module, name);
    }
    case EntryKind::defaults: return fmt::format("default {}", name);
    case EntryKind::function: return fmt::format("fn {}", name);
    case EntryKind::instance: break;
    default: return std::string(name);
  }
  while (target.valid() && lab_.instances[target].owner.valid())
    target = lab_.instances[target].owner;
  if (target.valid() && lab_.instances[target].entry == around.declaration) {
    return program::instance_path(program_, lab_, target);
  }
  const std::string_view head =
      program_.text(syntax::view(program_.ast->path_names, e.base)[e.base.count - 1].name);
  return fmt::format("{}.{}", head,
                     e.key.valid() ? sources_.text(program_.ast->exprs[e.key].span) : name);
}

std::vector<std::string> Inspector::loops(const Enclosing& around, const program::Env* env) const {
  std::vector<values::Value> bound;  // innermost first
  for (; env != nullptr; env = env->parent) bound.push_back(env->value);
  const auto count = static_cast<std::size_t>(
      std::count_if(around.heads.begin(), around.heads.end(),
                    [&](EntryId id) { return program_.ast->entries[id].kind == EntryKind::loop; }));
  const bool known = bound.size() == count;  // no binding of `is` among them
  std::vector<std::string> out;
  const model::View context(program_, lab_, {});
  for (const EntryId id : around.heads) {
    const Entry& e = program_.ast->entries[id];
    const std::string of(sources_.text(program_.ast->exprs[e.value].span));
    if (e.kind == EntryKind::branch) {
      const auto otherwise = syntax::view(program_.ast->entry_lists, e.else_body);
      const bool is_else = std::any_of(otherwise.begin(), otherwise.end(), [&](EntryId inner) {
        return contains(program_.ast->entries[inner].span, around.at);
      });
      out.push_back((is_else ? "else of if " : "if ") + first_line(of));
      continue;
    }
    std::string text = fmt::format("for {} in {}", program_.text(e.name), first_line(of));
    if (known) {
      text += fmt::format(" ({} = {})", program_.text(e.name),
                          value_text(context, bound.back(), kMostTold).text);
      bound.pop_back();
    }
    out.push_back(std::move(text));
  }
  return out;
}

Origin Inspector::origin(const program::Setting& setting) const {
  const Entry& e = program_.ast->entries[setting.entry];
  const Enclosing around = enclosing(e.span);
  Origin found;
  found.layer = layer_of(around, e);
  found.of = title(around, setting.instance);
  found.at = e.span;
  found.text = first_line(sources_.text(e.span));
  found.loops = loops(around, setting.env);
  if (e.value.valid() && program_.ast->exprs[e.value].kind == ExprKind::because) {
    found.reason = program_.text(Symbol(program_.ast->exprs[e.value].b));
  }
  return found;
}

}  // namespace hlab::inspect
