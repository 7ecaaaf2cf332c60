// A thread whose stack has room for recursion over deep values: limits of depth end deep input, not
// the size of the stack.
#pragma once

#include <pthread.h>

#include <cstddef>
#include <exception>
#include <functional>

namespace hlab {

class DeepThread {
 public:
  /// Runs `work` beside the caller; within `join` where the system gives no further thread.
  explicit DeepThread(std::function<void()> work);
  DeepThread(const DeepThread&) = delete;
  DeepThread& operator=(const DeepThread&) = delete;
  ~DeepThread();

  /// Waits for the end; throws what `work` threw. Call it once.
  void join();

 private:
  static void* run(void* self);

  std::function<void()> work_;
  std::exception_ptr failure_;
  pthread_t thread_{};
  bool running_ = false;
  bool joined_ = false;
};

/// Calls `work(begin, end)` for parts that together are [0, count), each at most once, on as many
/// threads as the machine has cores (four at most; one where there is little to do). What the parts
/// give must not depend on how they were cut.
void in_parallel(std::size_t count,
                 const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace hlab
