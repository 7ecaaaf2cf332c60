// A value of any kind as the language writes it. Texts with secrets keep their holes: what is secret is
// a handle, and shows as the path of its declaration.
#pragma once

#include <limits>
#include <string>
#include <string_view>

#include "compiler/model/view.h"

namespace hlab::inspect {

/// On one line: `[1, 2]`, `{ size = 1GiB  mount = "/data" }`, `node.pi5`, `backup(backup.nightly)`.
/// `context` is any view of the lab; it need not lead to an instance.
[[nodiscard]] std::string value_text(const model::View& context, const values::Value& value);

/// How much of a value is written: so many parts, the value itself being one, and so deep.
struct Most {
  std::size_t parts = std::numeric_limits<std::size_t>::max();
  std::size_t depth = std::numeric_limits<std::size_t>::max();
};
constexpr Most kMostShown{1000, 256};  // of one among many values
constexpr Most kMostTold{24, 4};       // within a line that tells something else

struct ValueText {
  std::string text;
  bool whole = true;
};

/// As `value_text`, with `...` for what goes beyond that; a record that has a path stands before it as that path.
[[nodiscard]] ValueText value_text(const model::View& context, const values::Value& value,
                                   Most most);

/// As `value_text`, but a text on its own stands without quotes.
[[nodiscard]] std::string plain_text(const model::View& context, const values::Value& value);

/// `mount."/music"`: a key after a dot, quoted where the language wants it quoted.
[[nodiscard]] std::string key_text(std::string_view key);

/// The name that a key of a map has: its own, or that of the instance that it is.
[[nodiscard]] std::string_view key_name(const model::View& context, values::MapKey key);

/// Whether the value is a record, shown by its fields, and not something that has a path.
[[nodiscard]] bool is_record(const model::View& context, const values::Value& value);

/// `secret.door.key("credentials.json")` for a part of a secret, the path for everything else.
[[nodiscard]] std::string reference_text(const model::View& instance);

/// A text with secrets: `user:${secret.db-login}@host`.
[[nodiscard]] std::string secret_text(const model::View& context, const values::Value& value);

}  // namespace hlab::inspect
