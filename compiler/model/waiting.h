// What cannot be said yet, because a fact is `learned` and nobody has learned it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/view.h"

namespace hlab::model {

/// What is left out until then: a field, or the part of a map or list that needs the fact.
struct WaitingField {
  View top;          // the declaration that it belongs to
  std::string path;  // `env.PEER`, `volume.data.size`
  Span at;
  View network;  // that gives the fact
  View holder;   // whose address it is
};

/// In the order of the source. Not the addresses of machines themselves: what needs those looks them up
/// where it runs.
[[nodiscard]] std::vector<WaitingField> waiting_fields(const program::Program& program,
                                                       const program::Lab& lab);

/// The value of a field with what waits in it, which `View::value` leaves out.
[[nodiscard]] const Value& value_with_waiting(const View& view, std::string_view field);

/// Whether a part of the field, or of an entry of it, waits.
[[nodiscard]] bool is_waiting(const View& view, std::string_view field);
[[nodiscard]] bool is_entry_waiting(const View& view, std::string_view field, std::string_view key);

/// The written object of Kubernetes that waits as a whole, for half of it would say something else; none of other fields.
[[nodiscard]] std::optional<std::string> held_back_object(const WaitingField& field);

/// Whether something that a service sets up on its machines is among it. Half of that could stop what runs there already, so
/// until then it is not set up at all.
[[nodiscard]] bool is_held_back(const View& host_service);

}  // namespace hlab::model
