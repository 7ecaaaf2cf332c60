// Where an emitted value comes from, as one number: an expression of the source, a field of an instance,
// or the name of a declaration. `hlab why` reads it; everybody else hands it on.
#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/model/view.h"
#include "compiler/syntax/ast.h"

namespace hlab::emit {

/// The id of the expression that made the value, unless `origin_of` or `origin_of_name` gave it.
using Origin = std::uint64_t;
inline constexpr Origin kNoOrigin = ~Origin{0};

/// A field: whose it is shows who set it, which an expression of a kind that many are of does not.
[[nodiscard]] Origin origin_of(const model::View& view, std::string_view field);
/// One entry of a field that is a map, or one item of a list, counted from 0.
[[nodiscard]] Origin origin_of(const model::View& view, std::string_view field, std::size_t item);
/// The name under which something is declared, or held.
[[nodiscard]] Origin origin_of_name(const model::View& view);

struct ReadOrigin {
  enum class Kind : std::uint8_t { none, expression, field, item, name };
  Kind kind = Kind::none;
  syntax::ExprId expression;
  program::InstanceId instance;
  std::uint32_t field = 0;
  std::uint32_t item = 0;
};
[[nodiscard]] ReadOrigin read_origin(Origin origin);
[[nodiscard]] bool is_known(Origin origin);

}  // namespace hlab::emit
