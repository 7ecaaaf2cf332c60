#include "compiler/diag/machine_path.h"

namespace hlab::diag {

std::string machine_path(const SourceMap& sources, FileId file, std::string_view folder) {
  while (folder.starts_with("./")) folder.remove_prefix(2);
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  std::string out;
  if (!folder.empty() && folder != ".") out = std::string(folder) + "/";
  return out + sources.file(file).path;
}

}  // namespace hlab::diag
