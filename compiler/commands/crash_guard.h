// The last catch: whatever escapes is a fault of hlab (or of the machine's memory), never a silent end.
#pragma once

#include <cstring>
#include <exception>
#include <new>

#include <unistd.h>

#include "compiler/driver/exit_status.h"

namespace hlab::commands {

/// Writes without allocating, since memory may be what is missing.
inline void say_crash(const char* command, const char* what) {
  const char* const parts[] = {
      "hlab ", command, ": ", what,
      "\nThis is a fault of hlab, not of your lab. Please report it with the "
      "command and the lab that led here.\n"};
  for (const char* part : parts) {
    if (::write(STDERR_FILENO, part, std::strlen(part)) < 0) return;
  }
}

/// Runs `body`; 70 with a message where anything is thrown.
template <class Body>
int guarded(const char* command, Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    say_crash(command, "out of memory");
  } catch (const std::exception& error) {
    say_crash(command, error.what());
  } catch (...) {
    say_crash(command, "something unknown was thrown");
  }
  return driver::kOurFault;
}

}  // namespace hlab::commands
