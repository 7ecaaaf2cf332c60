#include "compiler/commands/process_heap.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>

namespace hlab::commands {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kInHugePages = 12 * kHugePage;

/// What is allocated first lies in huge pages: a lab of a thousand services needs 10 of them, not 5,000 small ones.
void use_huge_pages() {
  void* const whole = std::malloc(kInHugePages);
  if (whole == nullptr) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(whole);
  const std::uintptr_t first = (begin + kHugePage - 1) & ~std::uintptr_t{kHugePage - 1};
  // Where it is refused, pages are small.
  static_cast<void>(
      ::madvise(reinterpret_cast<void*>(first), kInHugePages - kHugePage, MADV_HUGEPAGE));
  std::free(whole);
}

}  // namespace

void prepare_heap() {
  // One arena that grows in large steps: nearly all the work runs on one thread, which is not the first.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  use_huge_pages();
}

}  // namespace hlab::commands
