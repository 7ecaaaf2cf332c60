#include "emit/core/write_problem.h"

#include <cstring>

#include <fmt/format.h>

namespace hlab::emit {
namespace {

std::string_view meaning(WriteFault fault) {
  switch (fault) {
    case WriteFault::system: return "";
    case WriteFault::busy: return "another hlab is writing this tree";
    case WriteFault::not_a_folder: return "the output is not a folder";
    case WriteFault::edited: return "hlab wrote this, and it was changed since";
    case WriteFault::foreign: return "hlab did not write this, and would have to replace it";
    case WriteFault::link: return "a symbolic link is in the way";
    case WriteFault::bad_manifest: return "the record of what hlab owns cannot be read";
    case WriteFault::bad_journal: return "the record of an interrupted build cannot be completed";
  }
  return {};
}

/// strerror has a shared buffer; this has none.
std::string error_text(int number) {
  const char* const text = ::strerrordesc_np(number);
  return text != nullptr ? std::string(text) : fmt::format("error {}", number);
}

}  // namespace

std::string describe(const WriteProblem& problem) {
  const std::string_view path = problem.path.empty() ? std::string_view("the output folder")
                                                     : std::string_view(problem.path);
  if (problem.fault != WriteFault::system) {
    return fmt::format("{}: {}", path, meaning(problem.fault));
  }
  return fmt::format("{}: cannot {}: {}", path, problem.doing, error_text(problem.error_number));
}

}  // namespace hlab::emit
