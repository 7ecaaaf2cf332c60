#include "emit/core/origin.h"

namespace hlab::emit {
namespace {

// Two bits say which it is; the low 32 are the expression, slot or instance, 30 between them the item.
constexpr int kItemShift = 32;
constexpr Origin kItemMask = 0x3fffffffu;
constexpr Origin kFields = Origin{1} << 62;
constexpr Origin kItems = Origin{2} << 62;
constexpr Origin kNames = Origin{3} << 62;

std::uint32_t low(Origin origin) { return static_cast<std::uint32_t>(origin); }

}  // namespace

Origin origin_of(const model::View& view, std::string_view field) {
  const auto slot = view.slot_index(field);
  return slot ? kFields | *slot : kNoOrigin;
}

Origin origin_of(const model::View& view, std::string_view field, std::size_t item) {
  const auto slot = view.slot_index(field);
  if (!slot || item > kItemMask) return origin_of(view, field);
  return kItems | Origin{item} << kItemShift | *slot;
}

Origin origin_of_name(const model::View& view) {
  return view ? kNames | view.id().index : kNoOrigin;
}

ReadOrigin read_origin(Origin origin) {
  using Kind = ReadOrigin::Kind;
  if (!is_known(origin)) return {};
  const auto item = static_cast<std::uint32_t>(origin >> kItemShift & kItemMask);
  switch (origin >> 62) {
    case 0: return {Kind::expression, syntax::ExprId(low(origin)), 0, 0, {}};
    case 1: return {Kind::field, {}, low(origin), 0, {}};
    case 2: return {Kind::item, {}, low(origin), item, {}};
    default: return {Kind::name, {}, 0, 0, program::InstanceId(low(origin))};
  }
}

/// An expression that is none has all of its 32 bits set, too.
bool is_known(Origin origin) { return origin != kNoOrigin && origin != syntax::ExprId().index; }

}  // namespace hlab::emit
