#include "compiler/commands/lost_machine.h"

#include <fmt/format.h>

namespace hlab::commands {

using model::View;
using Json = nlohmann::ordered_json;

namespace {

std::string name_of(const View& volume) {
  return fmt::format("{}.{}", volume.top().name(), volume.name());
}

}  // namespace

void add_json(Json& out, const placement::MachineLoss& loss) {
  Json volumes = Json::array();
  for (const placement::LostVolume& lost : loss.volumes)
    volumes.push_back({{"volume", name_of(lost.volume)}, {"why", lost.why}});
  Json services = Json::array();
  for (const View& service : loss.services) services.push_back(std::string(service.name()));
  out["volumes"] = std::move(volumes);
  out["host-services"] = std::move(services);
}

Json names_json(const std::vector<View>& volumes) {
  Json out = Json::array();
  for (const View& volume : volumes) out.push_back(name_of(volume));
  return out;
}

std::string lines_of(const placement::MachineLoss& loss) {
  std::string out;
  for (const placement::LostVolume& lost : loss.volumes)
    out += fmt::format("    gone is the data of {}: {}\n", placement::kept_text(lost.volume),
                       lost.why);
  for (const View& service : loss.services)
    out += fmt::format("    gone is {}: it runs on no other machine\n", service.name());
  return out;
}

std::string line_of_any(const std::vector<View>& volumes) {
  if (volumes.empty()) return "";
  std::string names;
  for (const View& volume : volumes)
    names += (names.empty() ? "" : ", ") + placement::kept_text(volume);
  return fmt::format("  on one node each, and gone with it, whichever it is: {}\n", names);
}

}  // namespace hlab::commands
