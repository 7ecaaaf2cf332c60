#include "compiler/model/view.h"

#include "compiler/model/error_watch.h"
#include "compiler/program/owners.h"
#include "compiler/values/scalar_text.h"

namespace hlab::model {

using program::kNoField;
using program::Slot;
using program::SlotShape;

std::string_view View::name() const {
  if (!id_.valid()) return {};
  const Symbol name = lab_->instances[id_].called;
  return name.valid() ? program_->text(name) : std::string_view();
}

std::string View::path() const {
  return id_.valid() ? program::instance_path(*program_, *lab_, id_) : std::string();
}

bool View::is(std::string_view core_kind) const {
  return id_.valid() &&
         program_->is_kind(lab_->instances[id_].kind, program_->core_kind(core_kind));
}

std::string_view View::kind_name() const {
  if (!id_.valid()) return {};
  return program_->text(program_->kinds[lab_->instances[id_].kind].name);
}

View View::owner() const {
  if (!id_.valid() || lab_->instances[id_].alone) return {};
  return {*program_, *lab_, lab_->instances[id_].owner};
}

View View::top() const {
  if (!id_.valid()) return {};
  return {*program_, *lab_, program::top_of(*lab_, id_)};
}

Span View::declared_at() const { return id_.valid() ? lab_->instances[id_].name_span : Span(); }

std::uint32_t View::index(std::string_view field) const {
  if (!id_.valid()) return kNoField;
  const Symbol symbol = program_->symbols->find(field);
  return symbol ? program_->field(lab_->instances[id_].kind, symbol) : kNoField;
}

bool View::has_field(std::string_view field) const { return index(field) != kNoField; }

const Value& View::value(std::string_view field) const {
  static const Value kAbsent{};
  const std::uint32_t at = index(field);
  if (at == kNoField) return kAbsent;
  const Value& result = lab_->known(id_, at);
  if (result.is(ValueKind::error)) ErrorWatch::note();
  return result;
}

std::optional<std::uint32_t> View::field_index(std::string_view field) const {
  const std::uint32_t at = index(field);
  if (at == kNoField) return std::nullopt;
  return at;
}

std::string View::text_of(const Value& value) const {
  if (value.hollow()) return "";
  return values::canonical_text(value, *program_->symbols).value_or("");
}

std::string View::text(std::string_view field) const { return text_of(value(field)); }

std::int64_t View::number(std::string_view field, std::int64_t otherwise) const {
  const Value& v = value(field);
  const bool counted = v.is(ValueKind::integer) ||
                       (v.kind >= ValueKind::bytes && v.kind <= ValueKind::rate);
  return counted ? v.number : otherwise;
}

bool View::flag(std::string_view field, bool otherwise) const {
  const Value& v = value(field);
  return v.is(ValueKind::boolean) ? v.boolean : otherwise;
}

View View::of(const Value& value) const {
  return value.is(ValueKind::instance) ? View(*program_, *lab_, value.as_instance()) : View();
}

View View::ref(std::string_view field) const { return of(value(field)); }

std::vector<View> View::refs(std::string_view field) const {
  std::vector<View> out;
  const Value& v = value(field);
  if (v.is(ValueKind::instance)) out.push_back(of(v));
  if (!v.is(ValueKind::list)) return out;
  for (const Value& item : v.list->items) {
    if (item.is(ValueKind::instance)) out.push_back(of(item));
  }
  return out;
}

std::vector<std::string> View::texts(std::string_view field) const {
  std::vector<std::string> out;
  const Value& v = value(field);
  if (!v.is(ValueKind::list)) return out;
  for (const Value& item : v.list->items) out.push_back(text_of(item));
  return out;
}

std::vector<std::pair<std::string_view, Value>> View::entries(std::string_view field) const {
  std::vector<std::pair<std::string_view, Value>> out;
  const Value& v = value(field);
  if (!v.is(ValueKind::map)) return out;
  for (const values::MapItem& item : v.map->items) {
    const Symbol key = item.key.is_instance ? lab_->instances[InstanceId(item.key.id)].called
                                            : Symbol(item.key.id);
    out.emplace_back(program_->text(key), item.value);
  }
  return out;
}

std::vector<std::pair<std::string_view, View>> View::held(std::string_view field) const {
  std::vector<std::pair<std::string_view, View>> out;
  for (const auto& [key, item] : entries(field)) {
    if (item.is(ValueKind::instance)) out.emplace_back(key, of(item));
  }
  return out;
}

Value View::at(std::string_view field, const View& key) const {
  const Value& v = value(field);
  if (v.is(ValueKind::error)) return v;  // nobody knows what the map would have had
  if (!v.is(ValueKind::map) || !key) return Value();
  const Value* found = v.map->find(values::MapKey::of(key.id()));
  return found == nullptr ? Value() : *found;
}

Span View::set_at(std::string_view field) const {
  const std::uint32_t at = index(field);
  if (at == kNoField) return declared_at();
  const Slot& slot = lab_->slot(id_, at);
  const auto& ast = *program_->ast;
  const bool library =
      slot.set_by.valid() &&
      program_->modules[program_->module_of(ast.entries[slot.set_by].span)].library;
  if (!slot.set_by.valid() || library) return declared_at();
  const syntax::Entry& e = ast.entries[slot.set_by];
  return e.value.valid() && e.path.count <= 1 ? ast.exprs[e.value].span : e.name_span;
}

Span View::entry_at(std::string_view field, values::MapKey key) const {
  const std::uint32_t at = index(field);
  if (at == kNoField) return declared_at();
  for (const program::MapEntry& entry : lab_->slot(id_, at).entries) {
    if (entry.key == key)
      return entry.value.valid() ? program_->ast->exprs[entry.value].span : entry.span;
  }
  return set_at(field);
}

std::vector<View> all(const program::Program& program, const program::Lab& lab,
                      std::string_view core_kind) {
  std::vector<View> out;
  const program::KindId kind = program.core_kind(core_kind);
  if (!kind.valid() || kind.index >= lab.by_kind.size()) return out;
  out.reserve(lab.by_kind[kind.index].size());
  for (const InstanceId id : lab.by_kind[kind.index]) out.emplace_back(program, lab, id);
  return out;
}

}  // namespace hlab::model
