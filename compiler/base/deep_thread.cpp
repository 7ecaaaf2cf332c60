#include "compiler/base/deep_thread.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace hlab {
namespace {

// Address space only; pages come into being when they are touched. A sanitizer's frames are larger.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kStackBytes = std::size_t{1} << 32;
#else
constexpr std::size_t kStackBytes = std::size_t{1} << 30;
#endif
constexpr std::size_t kMostThreads = 4;
constexpr std::size_t kLeastPart = 64;  // below it a thread costs more than it saves

}  // namespace

DeepThread::DeepThread(std::function<void()> work) : work_(std::move(work)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  running_ = pthread_attr_setstacksize(&attributes, kStackBytes) == 0 &&
             pthread_create(&thread_, &attributes, run, this) == 0;
  pthread_attr_destroy(&attributes);
}

DeepThread::~DeepThread() {
  if (running_ && !joined_) pthread_join(thread_, nullptr);
}

void* DeepThread::run(void* self) {
  auto& thread = *static_cast<DeepThread*>(self);
  try {
    thread.work_();
  } catch (...) {
    thread.failure_ = std::current_exception();
  }
  return nullptr;
}

void DeepThread::join() {
  joined_ = true;
  if (!running_) return work_();
  pthread_join(thread_, nullptr);
  if (failure_) std::rethrow_exception(failure_);
}

void in_parallel(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t parts = std::min({cores, kMostThreads, count / kLeastPart});
  if (parts < 2) return work(0, count);
  std::vector<std::unique_ptr<DeepThread>> others;
  for (std::size_t i = 1; i < parts; ++i) {
    others.push_back(std::make_unique<DeepThread>(
        [&work, begin = count * i / parts, end = count * (i + 1) / parts] { work(begin, end); }));
  }
  work(0, count / parts);
  for (const auto& thread : others) thread->join();
}

}  // namespace hlab
