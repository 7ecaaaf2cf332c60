#include "compiler/model/volume_class.h"

#include <algorithm>

namespace hlab::model {

bool has_class_of(const View& volume, const View& driver) {
  const std::string name = volume.text("storage-class");
  if (name == driver.text("storage-class")) return true;
  const std::vector<std::string> others = driver.texts("backup-classes");
  return std::find(others.begin(), others.end(), name) != others.end();
}

}  // namespace hlab::model
