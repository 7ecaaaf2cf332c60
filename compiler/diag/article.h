// Nouns of messages: kinds have names that a person chose.
#pragma once

#include <string>
#include <string_view>

namespace hlab::diag {

/// "a node", "an endpoint"; by letters, so a kind `user` or `ups` may be wrong to the ear.
[[nodiscard]] std::string with_article(std::string_view noun);

}  // namespace hlab::diag
