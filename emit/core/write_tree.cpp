#include "emit/core/write_tree.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

#include "compiler/base/deep_thread.h"
#include "emit/core/journal.h"
#include "emit/core/output_lock.h"
#include "emit/core/publish.h"
#include "emit/core/stage.h"
#include "emit/core/tree_plan.h"

namespace hlab::emit {
namespace {

constexpr std::size_t kFewFiles = 16;  // up to here flushing each is cheaper than flushing all
const std::string kStaging{kStagingName};
const std::string kJournal{kJournalName};

std::size_t file_count(const std::vector<PlannedFile>& files) {
  return static_cast<std::size_t>(std::count_if(
      files.begin(), files.end(), [](const PlannedFile& file) { return !file.manifest; }));
}

/// Whether a file to be removed stands where a folder will be, or below where a file will be.
bool in_the_way(const std::vector<PlannedFile>& writes, std::string_view path) {
  const auto first_from = [&](std::string_view from) {
    return std::lower_bound(
        writes.begin(), writes.end(), from,
        [](const PlannedFile& file, std::string_view wanted) { return file.path < wanted; });
  };
  const auto below = first_from(std::string(path) + '/');
  if (below != writes.end() && is_below(below->path, path)) return true;
  for (path = folder_part(path); !path.empty(); path = folder_part(path)) {
    const auto above = first_from(path);
    if (above != writes.end() && above->path == path) return true;
  }
  return false;
}

/// Writes everything beside the place and moves it there in one step.
class NewTree {
 public:
  NewTree(const WriteRequest& request, FileOps& ops, Problems& problems)
      : request_(request), ops_(ops), problems_(problems) {}

  void run(WriteResult& result) {
    OutputPlace place = place_of_missing(ops_, request_.output, problems_);
    if (!place.parent.ok()) return;
    const int parent = place.parent.get();
    const std::string staging_name = "." + place.name + ".hlab-staging";
    const OwnedFd staging = lock_staging(ops_, parent, staging_name, problems_);
    if (!staging.ok()) return;
    const TreePlan plan = plan_new_tree(*request_.files, request_.folders);
    if (stage(plan, staging.get()) && publish(staging_name, place)) {
      result.written = file_count(plan.writes);
      return;
    }
    static_cast<void>(remove_tree(ops_, parent, staging_name));  // the first problem counts
  }

 private:
  bool stage(const TreePlan& plan, int staging) {
    const std::size_t count = plan.writes.size();
    std::vector<int> results(count, 0);
    const auto part = [&](std::size_t begin, std::size_t end) {
      FolderCursor cursor(ops_, staging, FolderCursor::Missing::make);
      for (std::size_t i = begin; i < end; ++i) {
        const PlannedFile& file = plan.writes[i];
        results[i] = stage_file(ops_, cursor, file.path, file, Flush::later);
        if (results[i] < 0) return;
      }
    };
    if (ops_.concurrent()) {
      in_parallel(count, part);
    } else {
      part(0, count);
    }
    const auto failed = std::find_if(results.begin(), results.end(), [](int r) { return r < 0; });
    if (failed != results.end()) {
      const auto at = static_cast<std::size_t>(failed - results.begin());
      problems_.system(*failed, plan.writes[at].path, "write");
      return false;
    }
    const int result = ops_.sync_all(staging);
    if (result < 0) problems_.system(result, "", "flush");
    return result == 0;
  }

  bool publish(const std::string& staging_name, const OutputPlace& place) {
    const int parent = place.parent.get();
    int result = ops_.rename(parent, staging_name.c_str(), parent, place.name.c_str(),
                             Replace::refused);
    if (result < 0) {
      problems_.system(result, "", "move the finished tree into place as");
      return false;
    }
    // The tree stands; a failed flush of the folder above cannot take it back.
    result = ops_.sync(parent);
    if (result < 0) problems_.system(result, "", "flush the folder above");
    return true;
  }

  const WriteRequest& request_;
  FileOps& ops_;
  Problems& problems_;
};

/// Changes an existing, locked tree.
class Change {
 public:
  Change(const WriteRequest& request, FileOps& ops, int root, Problems& problems)
      : request_(request), ops_(ops), root_(root), problems_(problems) {}

  void run(WriteResult& result) {
    if (!resume(result)) return;
    const TreePlan plan = plan_change(ops_, root_, *request_.files, request_.folders,
                                      request_.remembers, problems_);
    if (!problems_.empty()) return;
    result.unchanged = plan.unchanged;
    if (plan.empty()) return;
    if (!apply(plan)) return;
    result.written = file_count(plan.writes);
    result.pruned = plan.pruned;
    result.replaced = plan.replaced;
  }

 private:
  /// Completes a build that was cut off after its journal, forgets one that was before.
  bool resume(WriteResult& result) {
    const OwnedFd fd(ops_, ops_.open(root_, kJournal.c_str(), O_RDONLY | O_NOFOLLOW, 0));
    if (fd.get() == -ENOENT) return clear_staging();
    std::string text;
    const int got = fd.ok() ? read_all(ops_, fd.get(), 0, text) : fd.get();
    if (got < 0) {
      problems_.system(got, kJournalName, "read");
      return false;
    }
    const auto journal = read_journal(text);
    const OwnedFd staging = open_folder(ops_, root_, kStaging.c_str());
    if (!journal || !staging.ok()) {
      problems_.add(WriteFault::bad_journal, kJournalName);
      return false;
    }
    Publisher publisher(ops_, root_, staging.get(), problems_);
    if (!publisher.check(*journal)) return false;
    if (!publisher.run(*journal, Flush::later) || !close_journal()) return false;
    result.resumed = true;
    return true;
  }

  bool clear_staging() {
    const int result = remove_tree(ops_, root_, kStaging);
    if (result < 0) problems_.system(result, kStagingName, "clear");
    return result == 0;
  }

  bool apply(const TreePlan& plan) {
    const int made = ops_.make_folder(root_, kStaging.c_str(), 0755);
    const OwnedFd staging = made < 0 ? OwnedFd{ops_, made}
                                     : open_folder(ops_, root_, kStaging.c_str());
    if (!staging.ok()) {
      problems_.system(staging.get(), kStagingName, "make");
      return false;
    }
    const Flush flush = flush_for(plan);
    Journal journal = journal_for(plan);
    journal.placements = stage_change(ops_, staging.get(), plan, flush, problems_);
    if (!problems_.empty() || !commit(journal, staging.get(), flush)) {
      static_cast<void>(remove_tree(ops_, root_, kStaging));  // the first problem counts
      return false;
    }
    Publisher publisher(ops_, root_, staging.get(), problems_);
    return publisher.run(journal, flush) && close_journal();
  }

  static Flush flush_for(const TreePlan& plan) {
    const bool single_files = std::all_of(
        plan.writes.begin(), plan.writes.end(),
        [](const PlannedFile& file) { return file.new_folder.empty(); });
    return single_files && plan.writes.size() <= kFewFiles ? Flush::each : Flush::later;
  }

  /// Removals that must make way for a write go first, all others last.
  static Journal journal_for(const TreePlan& plan) {
    Journal journal;
    for (const OwnedFile& file : plan.removals) {
      (in_the_way(plan.writes, file.path) ? journal.clear_first : journal.removals).push_back(file);
    }
    return journal;
  }

  /// From here on the change will happen, now or when the next build finds the journal.
  bool commit(const Journal& journal, int staging, Flush flush) {
    PlannedFile file;
    const std::string text = write_journal(journal);
    file.bytes = text;
    FolderCursor cursor(ops_, staging);
    const char* doing = "write";
    int result = stage_file(ops_, cursor, kJournal, file, flush);
    if (result == 0) {
      doing = "flush";
      result = flush == Flush::each ? ops_.sync(staging) : ops_.sync_all(staging);
    }
    if (result == 0) {
      doing = "put in place";
      result = ops_.rename(staging, kJournal.c_str(), root_, kJournal.c_str(), Replace::refused);
    }
    if (result < 0) {
      problems_.system(result, kJournalName, doing);
      return false;
    }
    // A failed flush here loses nothing but the promise to survive a power cut.
    ops_.sync(root_);
    return true;
  }

  bool close_journal() {
    int result = ops_.remove_file(root_, kJournal.c_str());
    if (result == 0) result = remove_tree(ops_, root_, kStaging);
    if (result < 0) problems_.system(result, kJournalName, "remove");
    return result == 0;
  }

  const WriteRequest& request_;
  FileOps& ops_;
  int root_;
  Problems& problems_;
};

void sort_problems(std::vector<WriteProblem>& problems) {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const WriteProblem& a, const WriteProblem& b) { return a.path < b.path; });
  const auto same = [](const WriteProblem& a, const WriteProblem& b) {
    return a.path == b.path && a.fault == b.fault && a.doing == b.doing;
  };
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
}

}  // namespace

WriteResult write_tree(const WriteRequest& request, FileOps& ops) {
  WriteResult result;
  Problems problems;
  const OwnedFd root = lock_existing(ops, request.output, problems);
  if (root.ok()) {
    Change(request, ops, root.get(), problems).run(result);
  } else if (problems.empty()) {
    NewTree(request, ops, problems).run(result);
  }
  result.problems = problems.take();
  sort_problems(result.problems);
  return result;
}

WriteResult write_tree(const WriteRequest& request) {
  PosixFileOps ops;
  return write_tree(request, ops);
}

}  // namespace hlab::emit
