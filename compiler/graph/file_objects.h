// What the files hold that `manifests` copies: the graph reads no file, so whoever reads them says it.
#pragma once

#include <string>
#include <vector>

#include "compiler/graph/lab_graph.h"

namespace hlab::graph {

struct FileObject {
  InstanceId manifests;
  std::string api_version;
  std::string defines;              // of a CustomResourceDefinition: the API group
  std::vector<std::string> images;  // anywhere in it
};

/// As `link`, with the objects of files.
[[nodiscard]] LabGraph link_with_files(const program::Program& program, const program::Lab& lab,
                                       const std::vector<FileObject>& files,
                                       diag::Diagnostics& diags);

}  // namespace hlab::graph
