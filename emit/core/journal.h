// What a change to an existing tree is about to do, on disk before it begins, so that a build that
// was cut off is completed by the next one instead of leaving half of each tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/sha256.h"
#include "emit/core/manifest.h"

namespace hlab::emit {

inline constexpr std::string_view kJournalName = ".hlab-journal";
inline constexpr std::string_view kStagingName = ".hlab-staging";

/// Moves a staged file, or a whole staged folder to where nothing stands yet, into its place.
struct Placement {
  std::string path;
  std::string staged;  // name in the staging folder
  bool folder = false;
  std::optional<Digest> before;  // none: nothing stood there
  Digest after{};                // of a file
};

struct Journal {
  std::vector<OwnedFile> clear_first;  // removed to make way: a file becomes a folder, or back
  std::vector<Placement> placements;
  std::vector<OwnedFile> removals;

  [[nodiscard]] bool empty() const {
    return clear_first.empty() && placements.empty() && removals.empty();
  }
};

std::string write_journal(const Journal& journal);
std::optional<Journal> read_journal(std::string_view text);

}  // namespace hlab::emit
