// What the process says to its caller (docs/architecture.md).
#pragma once

namespace hlab::driver {

enum ExitStatus : int {
  kFine = 0,
  kLabHasErrors = 1,
  kWrongUse = 2,
  kSystemFailed = 3,  // or there is no lab at all
  kRefused = 4,
  kNoWay = 5,  // what `hlab graph --reach` was asked for
  kOurFault = 70,
};

}  // namespace hlab::driver
