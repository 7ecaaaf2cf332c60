// How a scalar of YAML stands in its file: yaml-cpp admits some texts that YAML does not.
#pragma once

#include <cstddef>
#include <string_view>

namespace hlab::input {

/// `[1, , 2]`: what is read as null at `at`, in a list in brackets, is not there at all.
[[nodiscard]] bool is_left_out(std::string_view source, std::size_t at);

struct WrittenScalar {
  bool is_open = false;      // its quotes do not end
  bool lacks_colon = false;  // as a key of a map in lines it would need one behind it
};

/// `at` is where its anchor and its tag begin, `text` what was read.
[[nodiscard]] WrittenScalar written_scalar(std::string_view source, std::size_t at,
                                           std::string_view text);

}  // namespace hlab::input
