// What the name of an end of a path means: `guest`, `internet`, `node.nas`, `service.wiki.expose.web`.
#pragma once

#include <string>
#include <vector>

#include "compiler/reach/reach_graph.h"

namespace hlab::reach {

/// Words that mean who asks, where nothing of the lab is called so.
enum class Audience : std::uint8_t { none, lan, vpn, everybody };

/// What a name means: declarations, or an audience.
struct End {
  std::vector<View> declared;
  Audience audience = Audience::none;
  /// Names behind the declaration: `expose`, `web`.
  std::vector<std::string> rest;
  // Where it means nothing, or too much.
  std::string missing;
  std::string within;  // where `missing` was looked for; "" is the lab
  std::string near;
  bool ambiguous = false;

  [[nodiscard]] bool found() const { return missing.empty() && !ambiguous; }
};

/// Seen from a module, or from everywhere where `from` is none. Needs names and kinds only.
[[nodiscard]] End find_end(const program::Program& program, const program::Lab& lab,
                           const std::vector<std::string>& names, program::ModuleId from);

/// Follows `rest` into the declaration: `expose.web`. Needs values.
void follow(End& end);

/// The places where a path may begin, or end; one for each that is meant. `kNone` is a place that nothing
/// leads to.
struct Places {
  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> each;  // by name
  std::string unfit;  // a declaration that cannot be such an end, in words
};
[[nodiscard]] Places beginnings(const ReachGraph& graph, const program::Program& program,
                                const program::Lab& lab, const End& end);
[[nodiscard]] Places endings(const ReachGraph& graph, const program::Program& program,
                             const program::Lab& lab, const End& end);

}  // namespace hlab::reach
