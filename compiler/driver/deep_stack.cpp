#include "compiler/driver/deep_stack.h"

#include "compiler/base/deep_thread.h"

namespace hlab::driver {

void on_deep_stack(const std::function<void()>& work) { DeepThread(work).join(); }

}  // namespace hlab::driver
