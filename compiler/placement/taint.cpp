#include "compiler/placement/taint.h"

namespace hlab::placement {

Taint taint_of(std::string_view text) {
  Taint out;
  if (const std::size_t colon = text.rfind(':'); colon != text.npos) {
    out.effect = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  if (const std::size_t equals = text.find('='); equals != text.npos) {
    out.value = text.substr(equals + 1);
    out.has_value = true;
    text = text.substr(0, equals);
  }
  out.key = text;
  return out;
}

bool keeps_away(const Taint& taint) {
  return taint.effect == "NoSchedule" || taint.effect == "NoExecute";
}

bool bears(const Taint& toleration, const Taint& taint) {
  return toleration.key == taint.key &&
         (!toleration.has_value || toleration.value == taint.value) &&
         (toleration.effect.empty() || toleration.effect == taint.effect);
}

}  // namespace hlab::placement
