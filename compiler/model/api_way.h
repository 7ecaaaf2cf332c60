// By which way people ask the API of a cluster: what the scripts write for kubectl, and what a machine lets in.
#pragma once

#include <string>

#include "compiler/model/view.h"

namespace hlab::model {

struct ApiWay {
  View network;  // by which; none where only a name leads there that the lab does not know
  std::string
      host;  // of the first server, as people call it; "" where it has neither address nor name there
};

/// In the cluster's network. At another place its addresses mean somebody else here: then by what `reach` says; where that
/// is a name that no network gives, in a private network, for kubectl does not know what SSH makes of such names.
[[nodiscard]] ApiWay api_way(const View& cluster);

/// Whether a server answers for the API in that network: in the cluster's own, in a private one whose access policy lets
/// administrators in, and where people ask the first one.
[[nodiscard]] bool answers_api_in(const View& cluster, const View& server, const View& network);

}  // namespace hlab::model
