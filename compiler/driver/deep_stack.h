// Runs the compiler where recursion has room: depth limits, not the size of the stack, end deep input.
#pragma once

#include <functional>

namespace hlab::driver {

void on_deep_stack(const std::function<void()>& work);

}  // namespace hlab::driver
