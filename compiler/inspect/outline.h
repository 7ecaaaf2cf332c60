// An instance as a list of lines: its fields in order, what it holds below them, each with its value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/inspect/provenance.h"
#include "compiler/model/view.h"

namespace hlab::inspect {

struct OutlineLine {
  std::string path;  // `volume.data.size`, within the instance that is shown
  Subject subject;
  program::TypeId type;
  values::Value value;
  bool holds = false;               // an instance or record whose own fields follow
  std::vector<std::string> within;  // keys inside the field's map or tree, where it is a part of it
};

/// Every field of the instance and of what it holds.
[[nodiscard]] std::vector<OutlineLine> outline(const model::View& instance);

/// The names of a dotted path; those in quotes may hold dots. Nothing where a quote stays open or a
/// name is missing.
[[nodiscard]] std::optional<std::vector<std::string>> path_names(std::string_view path);

/// Something to show: an instance, or some of its lines.
struct Selection {
  model::View instance;
  std::vector<OutlineLine> lines;
  bool part = false;  // a path led further than to the instance
};

/// What came of looking for a path: selections, or the name that nothing has and the nearest to it.
struct Found {
  std::vector<Selection> selections;
  std::string missing;
  std::string within;  // where it was looked for; "" is the lab
  std::string near;
};

/// `pi5`, `node.pi5.hardware`, `service.web.env.TZ`, the name of a loop, or a kind.
[[nodiscard]] Found find(const program::Program& program, const program::Lab& lab,
                         std::string_view path);

}  // namespace hlab::inspect
