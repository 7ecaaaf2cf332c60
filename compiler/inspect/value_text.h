// A value of any kind as the language writes it. Texts with secrets keep their holes: what is secret is
// a handle, and shows as the path of its declaration.
#pragma once

#include <string>
#include <string_view>

#include "compiler/model/view.h"

namespace hlab::inspect {

/// On one line: `[1, 2]`, `{ size = 1GiB  mount = "/data" }`, `node.pi5`, `backup(backup.nightly)`.
/// `context` is any view of the lab; it need not lead to an instance.
[[nodiscard]] std::string value_text(const model::View& context, const values::Value& value);

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
