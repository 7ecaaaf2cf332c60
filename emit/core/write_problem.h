// Why a tree could not be written, as values that the driver turns into messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hlab::emit {

enum class WriteFault : std::uint8_t {
  system,        // a system call failed; `error_number` says how
  busy,          // another hlab is writing this tree
  not_a_folder,  // the output exists and is no folder
  edited,        // hlab wrote this file, and someone changed it since
  foreign,       // something that hlab did not write stands where a file would go
  link,          // a symbolic link stands on the way to a file
  bad_manifest,  // the record of what hlab owns cannot be read
  bad_journal,   // an interrupted build left a record that cannot be read or completed
};

struct WriteProblem {
  WriteFault fault = WriteFault::system;
  std::string path;      // relative to the output folder; "" is the folder itself
  int error_number = 0;  // errno, or 0
  std::string doing;     // the step that failed, for `system`: "write", "rename" ...
};

/// One line: `kubernetes/apps/x.yaml: someone edited this generated file`.
std::string describe(const WriteProblem& problem);

class Problems {
 public:
  void add(WriteFault fault, std::string_view path) {
    list_.push_back({fault, std::string(path), 0, {}});
  }
  /// `result` is a negated errno.
  void system(int result, std::string_view path, std::string_view doing) {
    list_.push_back({WriteFault::system, std::string(path), -result, std::string(doing)});
  }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::vector<WriteProblem> take() { return std::move(list_); }
  [[nodiscard]] std::vector<WriteProblem>& list() { return list_; }

 private:
  std::vector<WriteProblem> list_;
};

}  // namespace hlab::emit
