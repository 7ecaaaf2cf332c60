// `allow RULE "reason"`: findings that the lab means to have. A waiver covers the declaration or block
// that it stands in, at the top of a file the whole lab.
#pragma once

#include "compiler/driver/compile.h"

namespace hlab::driver {

enum class Stage { checked, built };

/// Takes what is waived out of the diagnostics found so far. A waiver that met nothing is reported once
/// the stage that raises its rule is over: rules about outputs (HL6nnn) and facts (HL8nnn) come from the
/// emitters, which `check` asks as well.
void apply_waivers(Compilation& run, Stage stage);

}  // namespace hlab::driver
