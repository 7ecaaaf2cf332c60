// A typed, read-only look at one evaluated instance. Emitters, rules and the graph read the lab through
// it; field names are those of the declarations in stdlib/core, which a test compares with the names
// used here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/values/value.h"

namespace hlab::model {

using program::InstanceId;
using values::Value;
using values::ValueKind;

/// A view of nothing, such as of a field whose value is in error, has no names, fields or places.
class View {
 public:
  View() = default;
  View(const program::Program& program, const program::Lab& lab, InstanceId id)
      : program_(&program), lab_(&lab), id_(id) {}

  [[nodiscard]] explicit operator bool() const { return id_.valid(); }
  [[nodiscard]] InstanceId id() const { return id_; }
  friend bool operator==(const View& a, const View& b) { return a.id_ == b.id_; }

  /// What tools call it: `b-web` of `blog.b.web`.
  [[nodiscard]] std::string_view name() const;
  /// `service.vikunja.volume.data`
  [[nodiscard]] std::string path() const;
  /// Of the kind, or of one that refines it. Names of core kinds only.
  [[nodiscard]] bool is(std::string_view core_kind) const;
  [[nodiscard]] std::string_view kind_name() const;
  /// Of a part; nothing of what stands for itself, in a bundle too (`program::Instance::alone`).
  [[nodiscard]] View owner() const;
  /// The declaration that has this part (itself, if it is none).
  [[nodiscard]] View top() const;
  /// Where it is declared: lab-relative file, for header comments.
  [[nodiscard]] Span declared_at() const;

  [[nodiscard]] bool has_field(std::string_view field) const;
  /// The evaluated value; absent when the field is, or the kind has no such field.
  [[nodiscard]] const Value& value(std::string_view field) const;
  [[nodiscard]] bool has(std::string_view field) const { return !value(field).hollow(); }
  /// The canonical text, or "" when absent.
  [[nodiscard]] std::string text(std::string_view field) const;
  [[nodiscard]] std::int64_t number(std::string_view field, std::int64_t otherwise = 0) const;
  [[nodiscard]] bool flag(std::string_view field, bool otherwise = false) const;
  /// What a reference, or a field that holds one instance, leads to.
  [[nodiscard]] View ref(std::string_view field) const;
  [[nodiscard]] std::vector<View> refs(std::string_view field) const;
  /// The texts of a list.
  [[nodiscard]] std::vector<std::string> texts(std::string_view field) const;
  /// The instances of a map (`volume.data`), in declared order.
  [[nodiscard]] std::vector<std::pair<std::string_view, View>> held(std::string_view field) const;
  /// The entries of a map of plain values; keys that are instances give their names.
  [[nodiscard]] std::vector<std::pair<std::string_view, Value>> entries(
      std::string_view field) const;
  /// The entry of a `Map<&kind, T>` for that instance; absent when there is none.
  [[nodiscard]] Value at(std::string_view field, const View& key) const;
  /// The span that gave the field its value, for diagnostics.
  [[nodiscard]] Span set_at(std::string_view field) const;
  /// Its place among the fields of the kind; none where that has no such field.
  [[nodiscard]] std::optional<std::uint32_t> field_index(std::string_view field) const;
  [[nodiscard]] Span entry_at(std::string_view field, values::MapKey key) const;

  [[nodiscard]] View of(const Value& value) const;
  [[nodiscard]] std::string text_of(const Value& value) const;
  [[nodiscard]] const program::Program& program() const { return *program_; }
  [[nodiscard]] const program::Lab& lab() const { return *lab_; }

 private:
  [[nodiscard]] std::uint32_t index(std::string_view field) const;

  const program::Program* program_ = nullptr;
  const program::Lab* lab_ = nullptr;
  InstanceId id_;
};

/// Every live instance of a core kind, nested ones too, in the order of the source.
[[nodiscard]] std::vector<View> all(const program::Program& program, const program::Lab& lab,
                                    std::string_view core_kind);

}  // namespace hlab::model
