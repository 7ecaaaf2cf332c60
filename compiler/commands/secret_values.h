// The values of a secret's parts: asked for on a terminal, read from standard input, or made at random.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/console.h"
#include "compiler/commands/secret_bytes.h"

namespace hlab::commands {

struct SecretValue {
  std::string key;
  SecretBytes value;
};

/// In the order of the keys that were asked for; with `error` none is of use. No error quotes a value.
struct SecretValues {
  std::vector<SecretValue> values;
  std::string error;
};

/// How values come from a pipe. It follows from the secret alone, not from how many of its parts are still to be given.
enum class PipeForm : std::uint8_t {
  whole,  // the one value, without the line break at its end
  lines,  // `KEY=value`
};

/// From a terminal without echo, a line each; from a pipe as parse_values.
[[nodiscard]] SecretValues read_values(const std::vector<std::string>& keys, PipeForm form,
                                       Console& console);

[[nodiscard]] SecretValues parse_values(const std::vector<std::string>& keys, PipeForm form,
                                        std::string_view input);

/// What `KEY=PATH` name, a file as it is for each; in the order in which they are given.
[[nodiscard]] SecretValues read_files(const std::vector<std::string>& keys,
                                      const std::vector<std::string>& given);

/// Letters and digits, some 238 bits of chance.
[[nodiscard]] SecretBytes random_value();

/// Appends the value as YAML reads it in any version: in double quotes, ASCII alone.
void append_quoted(SecretBytes& to, std::string_view value);

}  // namespace hlab::commands
