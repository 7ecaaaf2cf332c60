// One function per verb; each gives the exit status.
#pragma once

#include "compiler/commands/console.h"
#include "compiler/commands/options.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"

namespace hlab::commands {

int command_check(const Options& options, Console& console);
int command_build(const Options& options, Console& console);
int command_eval(const Options& options, Console& console);
int command_fmt(const Options& options, Console& console);
int command_explain(const Options& options, Console& console);
int command_rules(const Options& options, Console& console);
int command_builtins(const Options& options, Console& console);
int command_graph(const Options& options, Console& console);
int command_learn(const Options& options, Console& console);
int command_test(const Options& options, Console& console);
int command_secret(const Options& options, Console& console);
int command_placement(const Options& options, Console& console);
int command_update(const Options& options, Console& console);
int command_vendor(const Options& options, Console& console);
int command_doc(const Options& options, Console& console);
int command_init(const Options& options, Console& console);
int command_show(const Options& options, Console& console);
int command_surface(const Options& options, Console& console);
int command_why(const Options& options, Console& console);
int command_ways_out(const Options& options, Console& console);
int command_lock_merge(const Options& options, Console& console);
int command_version(const Options& options, Console& console);

/// As people read them on standard error, or as one JSON object on standard output.
void show_diagnostics(const SourceMap& sources, const diag::Diagnostics& diags,
                      const Options& options, Console& console);

/// The exit status that the diagnostics of a run mean.
[[nodiscard]] int status_of(const diag::Diagnostics& diags);

/// `1 error and 2 warnings`; empty for none.
[[nodiscard]] std::string count_text(const diag::Diagnostics& diags);

}  // namespace hlab::commands
