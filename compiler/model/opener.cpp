#include "compiler/model/opener.h"

namespace hlab::model {

View opener_in(const View& secret, const View& cluster) {
  const View usual = secret.ref("store").ref("operator");
  if (!usual || !cluster) return usual;
  const View its = usual.ref("cluster");
  if (!its || its == cluster) return usual;
  for (const View& other : all(secret.program(), secret.lab(), "secret-operator")) {
    if (other.ref("cluster") == cluster) return other;
  }
  return {};
}

}  // namespace hlab::model
