// Lays the tree of a file out as text.
#pragma once

#include <string>

#include "compiler/syntax/format_tree.h"

namespace hlab::syntax {

std::string format_layout(const FormatTree& tree);

}  // namespace hlab::syntax
