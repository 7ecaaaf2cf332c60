// How the readers say what is wrong with a file.
#pragma once

#include <string_view>

#include "compiler/input/input.h"
#include "compiler/input/tree_maker.h"

namespace hlab::input {

/// `form` is `YAML` or `JSON`; the place goes from `offset` to the end of the word there.
void report_malformed(const InputFile& input, std::string_view form, std::size_t offset,
                      std::string_view problem);
/// `detail` is the key, where one stands twice.
void report_fault(const InputFile& input, std::string_view form, std::size_t offset,
                  TreeFault fault, std::string_view detail);

}  // namespace hlab::input
