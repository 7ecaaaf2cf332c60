#include <cstdlib>

#include "compiler/commands/commands.h"
#include "compiler/commands/crash_guard.h"
#include "compiler/commands/process_heap.h"

namespace hlab::commands {

using driver::kOurFault;

namespace {

int run_command(const Options& options, Console& console) {
  switch (options.verb) {
    case Verb::check: return command_check(options, console);
    case Verb::build: return command_build(options, console);
    case Verb::eval: return command_eval(options, console);
    case Verb::fmt: return command_fmt(options, console);
    case Verb::explain: return command_explain(options, console);
    case Verb::rules: return command_rules(options, console);
    case Verb::builtins: return command_builtins(options, console);
    case Verb::graph: return command_graph(options, console);
    case Verb::learn: return command_learn(options, console);
    case Verb::test: return command_test(options, console);
    case Verb::update: return command_update(options, console);
    case Verb::vendor: return command_vendor(options, console);
    case Verb::ways_out: return command_ways_out(options, console);
    case Verb::lock: return command_lock_merge(options, console);
    case Verb::doc: return command_doc(options, console);
    case Verb::init: return command_init(options, console);
    case Verb::show: return command_show(options, console);
    case Verb::secret: return command_secret(options, console);
    case Verb::placement: return command_placement(options, console);
    case Verb::surface: return command_surface(options, console);
    case Verb::why: return command_why(options, console);
    case Verb::version: return command_version(options, console);
  }
  return kOurFault;
}

int run(int argc, char** argv) {
  Console console;
  const ParsedOptions parsed = parse_options(argc, argv);
  console.print(parsed.out);
  console.complain(parsed.err);
  const int status = console.finish(parsed.options ? run_command(*parsed.options, console)
                                                   : parsed.status);
  std::_Exit(status);  // everything is written; nothing needs to be taken down
}

}  // namespace
}  // namespace hlab::commands

int main(int argc, char** argv) {
  hlab::commands::prepare_heap();
  hlab::commands::prepare_streams();
  return hlab::commands::guarded(argc > 1 ? argv[1] : "",
                                 [&] { return hlab::commands::run(argc, argv); });
}
