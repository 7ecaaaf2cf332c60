// The formats of strings (`Hostname`, `Cron`, `Image` ...): what is wrong with a text, as a phrase
// that can follow "`text` is no Hostname: ".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/types/type.h"

namespace hlab::values {

/// None when `text` has the format. `pattern` is read for TextFormat::pattern only.
[[nodiscard]] std::optional<std::string> text_problem(types::TextFormat format,
                                                      std::string_view text,
                                                      std::string_view pattern);

/// `Hostname`, `Cron`: the name in the language.
[[nodiscard]] std::string_view format_name(types::TextFormat format);

/// A DNS name of labels, without the root's dot.
[[nodiscard]] std::optional<std::string> hostname_problem(std::string_view text);
/// The same, in small letters alone: what the type `Hostname` takes.
[[nodiscard]] std::optional<std::string> small_hostname_problem(std::string_view text);
/// One lower-case label, as Kubernetes names are.
[[nodiscard]] std::optional<std::string> dns_label_problem(std::string_view text);
/// scheme://host[:port][/path][?query][#fragment]
[[nodiscard]] std::optional<std::string> url_problem(std::string_view text);
/// POSIX or Windows, absolute or relative.
[[nodiscard]] std::optional<std::string> path_problem(std::string_view text);
/// Five fields or `@daily` and its like; only what every cron implementation reads alike.
[[nodiscard]] std::optional<std::string> cron_problem(std::string_view text);
/// Three numbers, with a leading `v`, a pre-release and build data if there are any.
[[nodiscard]] std::optional<std::string> semver_problem(std::string_view text);
/// [registry[:port]/]repository[:tag][@algorithm:digest]
[[nodiscard]] std::optional<std::string> image_problem(std::string_view text);
[[nodiscard]] std::optional<std::string> email_problem(std::string_view text);
[[nodiscard]] std::optional<std::string> env_name_problem(std::string_view text);
/// Whether all of `text` matches; `problem` where that cannot be said: a bad pattern, a text over the limit.
struct PatternMatch {
  bool matches = false;
  std::string problem;
};
[[nodiscard]] PatternMatch match_pattern(std::string_view text, std::string_view pattern);
/// All of `text` against an ECMAScript pattern; both are limited to 4 KiB.
[[nodiscard]] std::optional<std::string> pattern_problem(std::string_view text,
                                                         std::string_view pattern);

}  // namespace hlab::values
