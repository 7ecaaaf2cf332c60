// What a diagnostic is: its declaration (code, name, severity, title, explanation, examples: once,
// beside the check that raises it) and one occurrence of it (message, places, mend).
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace hlab::diag {

enum class Severity : std::uint8_t { error, warning };

/// The declaration. `explain` is Markdown; `bad` and `good` are whole labs that the tests compile:
/// `bad` must raise exactly this code, `good` none. Several files in one example are split by
/// lines of the form `#-- name.hlab`. What no text of a lab shows is shown as what is typed in the folder
/// of a sound lab: each line begins with `$ `, and tests/integration/test_rendered.py types it.
struct DiagInfo {
  std::string_view code;  // HLnnnn; ranges in docs/architecture.md
  std::string_view name;  // kebab-case, reads well after "allow"
  Severity severity = Severity::error;
  std::string_view title;  // one line for `hlab rules`
  std::string_view explain;
  std::string_view bad;
  std::string_view good;
  /// Said of several places in the same words it is one mistake (join_places.h).
  bool joins_places = false;

  [[nodiscard]] bool is_shown_by_commands() const { return bad.starts_with("$ "); }
};

/// A DiagInfo with the format of its message; the argument types are checked when compiled.
template <class... Args>
struct Diag {
  DiagInfo info;
  fmt::format_string<Args...> format;
};

struct Label {
  Span span;
  std::string message;
};

struct Edit {
  Span span;  // replaced by `text`; an empty span inserts
  std::string text;
};

struct Fix {
  std::string message;
  std::vector<Edit> edits;
  bool certain = true;  // `hlab check --fix` applies it without asking
};

/// One occurrence. `message` is the headline; `here` says what the primary span shows.
struct Diagnostic {
  const DiagInfo* info = nullptr;
  Severity severity = Severity::error;
  Span at;
  std::string message;
  std::string here;
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::string help;
  std::vector<Fix> fixes;
};

}  // namespace hlab::diag
