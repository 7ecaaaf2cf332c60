#include <fmt/format.h>

#include "compiler/commands/commands.h"
#include "compiler/driver/exit_status.h"
#include "compiler/values/builtins.h"
#include "compiler/values/text_forms.h"

namespace hlab::commands {

using driver::kFine;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  values::append_json_text(out, text);
  return out;
}

/// For the reference (scripts/reference.py) and for editors.
std::string builtins_json() {
  std::string out = "{\"version\":1,\"builtins\":[";
  for (const values::Builtin& builtin : values::all_builtins()) {
    if (out.back() == '}') out += ',';
    out += fmt::format(
        "\n{{\"receiver\":{},\"name\":{},\"signature\":{},\"doc\":{},\"example\":{}}}",
        quoted(values::receiver_name(builtin.receiver)), quoted(builtin.name),
        quoted(builtin.signature), quoted(builtin.doc), quoted(builtin.example));
  }
  return out + "\n]}\n";
}

std::string builtins_table() {
  std::string out;
  for (const values::Builtin& builtin : values::all_builtins()) {
    const std::string_view receiver = values::receiver_name(builtin.receiver);
    const std::string call = receiver.empty() ? std::string(builtin.signature)
                                              : fmt::format("{}.{}", receiver, builtin.signature);
    out += fmt::format("{:<52} {}\n", call, builtin.doc);
  }
  return out;
}

}  // namespace

int command_builtins(const Options& options, Console& console) {
  console.print(options.format == Format::json ? builtins_json() : builtins_table());
  return kFine;
}

}  // namespace hlab::commands
