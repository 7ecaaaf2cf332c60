// What a folder holds of the world's facts: charts, definitions of custom resources, indexes of images.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hlab::emit {

struct VendorSources {
  struct Fact {
    std::string pool;
    std::string key;
    std::string value;  // digests are those of `bytes`
    std::string file;   // of the lab's folder, "" for what stands in the lock alone
    std::string bytes;
  };
  std::vector<Fact> facts;  // sorted by pool and key
  /// Files that should have held a fact, and why they do not.
  std::vector<std::string> skipped;
  std::string problem;  // why the folder cannot be read, or ""
};

[[nodiscard]] VendorSources read_vendor_sources(const std::filesystem::path& folder);

}  // namespace hlab::emit
