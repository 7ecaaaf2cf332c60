#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/base/lock_pools.h"
#include "compiler/lock/lock.h"
#include "compiler/lock/lock_diags.h"

namespace hlab::lock {
namespace {

/// One line of the file: where its text stands, and where the next one begins.
struct Line {
  std::string_view text;  // without CR and LF
  Span span;
  std::uint32_t next = 0;
};

Line line_at(std::string_view all, FileId file, std::uint32_t begin) {
  const std::size_t found = all.find('\n', begin);
  const std::size_t end = found == std::string_view::npos ? all.size() : found;
  std::string_view text = all.substr(begin, end - begin);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  const auto stop = static_cast<std::uint32_t>(begin + text.size());
  return {text,
          {file, begin, stop},
          static_cast<std::uint32_t>(found == std::string_view::npos ? all.size() : found + 1)};
}

bool is_conflict_mark(std::string_view text) {
  const std::string_view start = text.substr(0, 7);
  return start == "<<<<<<<" || start == "=======" || start == ">>>>>>>" || start == "|||||||";
}

bool is_merging(std::string_view all, FileId file) {
  for (std::uint32_t at = 0; at < all.size();) {
    const Line line = line_at(all, file, at);
    if (is_conflict_mark(line.text)) return true;
    at = line.next;
  }
  return false;
}

/// A tag of an image or the version of a chart, which stand in addresses and commands; a digest may follow.
bool is_version(std::string_view text) {
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const auto part = [&](char c) { return word(c) || c == '.' || c == '-' || c == '+'; };
  const std::string_view tag = text.substr(0, text.find('@'));
  const std::string_view digest = text.substr(tag.size());
  const bool named = tag.empty() ? !digest.empty()
                                 : word(tag.front()) && std::all_of(tag.begin(), tag.end(), part);
  return named && (digest.empty() || digest.starts_with("@sha256:")) &&
         std::all_of(digest.begin(), digest.end(),
                     [&](char c) { return word(c) || c == '@' || c == ':'; });
}

class LockParser {
 public:
  /// In an unfinished merge what stands twice is not told: it goes with the marks.
  LockParser(diag::Diagnostics& diags, Lock& lock, bool is_merging)
      : diags_(diags), lock_(lock), is_merging_(is_merging) {}

  void take(const Line& line) {
    if (line.text.starts_with('#') && in_header_) {
      lock_.add_header_line(std::string(line.text));
      return;
    }
    if (line.text.empty()) return;
    in_header_ = false;
    if (is_conflict_mark(line.text))
      report_conflict(line);
    else
      take_lease(line);
  }

 private:
  void take_lease(const Line& line) {
    const std::size_t first = line.text.find(' ');
    const std::size_t second = first == std::string_view::npos ? first
                                                               : line.text.find(' ', first + 1);
    if (second == std::string_view::npos) return malformed(line);
    const std::string_view pool = line.text.substr(0, first);
    const std::string_view path = line.text.substr(first + 1, second - first - 1);
    const std::string_view value = line.text.substr(second + 1);
    if (!is_lease_part(pool) || !is_lease_part(path) || !is_lease_part(value))
      return malformed(line);
    if (pool == kVersionPool && !is_version(value)) return no_version(line);
    if (const Lease* other = lock_.find(pool, path)) return doubled(line, *other);
    if (is_exclusive_pool(pool)) {
      const auto [other, fresh] = taken_.try_emplace({pool, value}, path, line.span);
      if (!fresh) shared(line, pool, value, path, other->second);
    }
    lock_.set(pool, path, value, line.span);
  }

  using Holder = std::pair<std::string_view, Span>;

  void shared(const Line& line, std::string_view pool, std::string_view value,
              std::string_view path, const Holder& other) {
    if (is_merging_) return;
    diags_.report(kValueLeasedTwice, line.span, value, pool)
        .here(fmt::format("`{}` takes it again", path))
        .label(other.second, fmt::format("`{}` took it", other.first))
        .help("keep the line of who uses it; the next build gives the other one something else")
        .fix("delete the second line", {{whole(line), ""}})
        .unsure();
  }

  void malformed(const Line& line) {
    diags_.report(kMalformedLease, line.span)
        .here("expected `pool path value`")
        .help("delete the line; the next build leases again what is still asked for")
        .fix("delete the line", {{whole(line), ""}})
        .unsure();
  }

  void no_version(const Line& line) {
    diags_.report(kMalformedLease, line.span)
        .here("a version is letters, digits and `. _ + -`")
        .help("`hlab update NAME` writes another")
        .unsure();
  }

  void doubled(const Line& line, const Lease& other) {
    if (is_merging_) return;
    const bool is_same = line.text.substr(line.text.rfind(' ') + 1) == other.value;
    auto report = diags_.report(kLeaseTwice, line.span, other.path, other.pool);
    report.here("and here again").label(other.span, "leased here");
    report
        .help(is_same ? "both say the same"
                      : "keep the value that is in use, and delete the other line")
        .fix("delete the second line", {{whole(line), ""}});
    if (!is_same) report.unsure();
  }

  /// One message a file: the marks come in threes.
  void report_conflict(const Line& line) {
    if (conflict_seen_) return;
    conflict_seen_ = true;
    diags_.report(kMergeConflict, line.span).help("delete the marks, keep one line per lease");
  }

  static Span whole(const Line& line) { return {line.span.file, line.span.begin, line.next}; }

  diag::Diagnostics& diags_;
  Lock& lock_;
  const bool is_merging_;
  bool in_header_ = true;
  bool conflict_seen_ = false;
  std::map<std::pair<std::string_view, std::string_view>, Holder> taken_;
};

}  // namespace

Lock parse(const SourceMap& sources, FileId file, diag::Diagnostics& diags) {
  Lock lock;
  const std::string_view all = sources.text(file);
  LockParser parser(diags, lock, is_merging(all, file));
  for (std::uint32_t at = 0; at < all.size();) {
    const Line line = line_at(all, file, at);
    parser.take(line);
    at = line.next;
  }
  return lock;
}

}  // namespace hlab::lock
