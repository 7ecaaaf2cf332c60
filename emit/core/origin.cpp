#include "emit/core/origin.h"

namespace hlab::emit {
namespace {

// Two bits say which it is; then 10 for the field, 20 for the item, 32 for the expression or instance.
constexpr int kFieldShift = 52;
constexpr int kItemShift = 32;
constexpr Origin kMostFields = 1u << 10;
constexpr Origin kMostItems = 1u << 20;
constexpr Origin kFields = Origin{1} << 62;
constexpr Origin kItems = Origin{2} << 62;
constexpr Origin kNames = Origin{3} << 62;

}  // namespace

Origin origin_of(const model::View& view, std::string_view field) {
  const auto at = view.field_index(field);
  if (!at || *at >= kMostFields) return kNoOrigin;
  return kFields | Origin{*at} << kFieldShift | view.id().index;
}

Origin origin_of(const model::View& view, std::string_view field, std::size_t item) {
  const Origin whole = origin_of(view, field);
  if (whole == kNoOrigin || item >= kMostItems) return whole;
  return (whole ^ kFields) | kItems | Origin{item} << kItemShift;
}

Origin origin_of_name(const model::View& view) {
  return view ? kNames | view.id().index : kNoOrigin;
}

ReadOrigin read_origin(Origin origin) {
  using Kind = ReadOrigin::Kind;
  if (!is_known(origin)) return {};
  constexpr Kind kKinds[] = {Kind::expression, Kind::field, Kind::item, Kind::name};
  ReadOrigin out;
  out.kind = kKinds[origin >> 62];
  const auto low = static_cast<std::uint32_t>(origin);
  if (out.kind == Kind::expression) {
    out.expression = syntax::ExprId(low);
    return out;
  }
  out.instance = program::InstanceId(low);
  out.field = static_cast<std::uint32_t>(origin >> kFieldShift & (kMostFields - 1));
  out.item = static_cast<std::uint32_t>(origin >> kItemShift & (kMostItems - 1));
  return out;
}

/// An expression that is none has all of its 32 bits set, too.
bool is_known(Origin origin) { return origin != kNoOrigin && origin != syntax::ExprId().index; }

}  // namespace hlab::emit
