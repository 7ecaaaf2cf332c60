#include "emit/core/output_path.h"

#include "compiler/base/utf8.h"

namespace hlab::emit {
namespace {

constexpr std::size_t kMaxSegment = 255;
constexpr std::size_t kMaxPath = 1024;

bool is_invisible(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         is_noncharacter(c) || c >= 0xe0000;
}

bool is_combining(std::uint32_t c) {
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
         (c >= 0xfe20 && c <= 0xfe2f) || c == 0x3099 || c == 0x309a;
}

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::uint32_t fold_latin(std::uint32_t c) {
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
  if (c == 0x178) return 0xff;
  if (c == 0x17f) return 's';
  const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
  if (odd_is_upper) return c + (c & 1);
  if (c >= 0x100 && c <= 0x177) return c | 1;
  if (c >= 0x1e00 && c <= 0x1eff) return c | 1;
  return c;
}

std::uint32_t fold_other(std::uint32_t c) {
  if (c >= 0x391 && c <= 0x3ab) return c + 32;
  if (c == 0x3c2) return 0x3c3;  // final sigma
  if (c >= 0x400 && c <= 0x40f) return c + 80;
  if (c >= 0x410 && c <= 0x42f) return c + 32;
  if (c >= 0x460 && c <= 0x481) return c | 1;
  if (c >= 0x48a && c <= 0x4bf) return c | 1;
  if (c >= 0x4d0 && c <= 0x52f) return c | 1;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  if (c == 0x212a) return 'k';   // Kelvin sign
  if (c == 0x212b) return 0xe5;  // Angstrom sign
  if (c >= 0xff21 && c <= 0xff3a) return c + 32;
  return c;
}

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xe0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

PathFault check_segment(std::string_view segment) {
  if (segment.empty()) return PathFault::empty;
  if (segment == "." || segment == "..") return PathFault::dot_segment;
  if (segment.size() > kMaxSegment) return PathFault::too_long;
  if (segment.back() == '.' || segment.back() == ' ') return PathFault::trailing;
  if (segment.front() != '.' && ascii_lower(segment.front()) != 'g') return PathFault::none;
  const std::string folded = fold_case(segment);
  if (folded == ".git" || folded == "git~1") return PathFault::git_folder;
  return folded.starts_with(".hlab-") ? PathFault::reserved : PathFault::none;
}

PathFault check_characters(std::string_view path) {
  for (std::size_t at = 0; at < path.size();) {
    if (path[at] > 0x20 && path[at] < 0x7f && path[at] != '\\') {
      ++at;
      continue;
    }
    const CodePoint c = decode_utf8(path, at);
    if (!c.valid) return PathFault::not_utf8;
    if (c.value == '\\') return PathFault::backslash;
    if (is_invisible(c.value)) return PathFault::control;
    if (is_combining(c.value)) return PathFault::combining;
    at += c.size;
  }
  return PathFault::none;
}

}  // namespace

std::string_view name_of(PathFault fault) {
  switch (fault) {
    case PathFault::none: return "";
    case PathFault::empty: return "has an empty part";
    case PathFault::absolute: return "is absolute";
    case PathFault::dot_segment: return "has a part `.` or `..`";
    case PathFault::backslash: return "has a backslash";
    case PathFault::control: return "has control or invisible characters";
    case PathFault::not_utf8: return "is not UTF-8";
    case PathFault::trailing: return "has a part that ends in a dot or a space";
    case PathFault::git_folder: return "leads into git's own folder";
    case PathFault::reserved:
      return "has a name that begins with `.hlab-`, which hlab keeps for itself";
    case PathFault::combining: return "has combining marks, so it could be spelled in two ways";
    case PathFault::too_long: return "is too long";
    case PathFault::twin: return "differs only in case from another path";
    case PathFault::duplicate: return "is written by another declaration too";
    case PathFault::file_and_folder: return "is a file here and a folder elsewhere";
    case PathFault::too_much: return "makes the output larger than 1 GiB";
  }
  return {};
}

PathFault check_output_path(std::string_view path) {
  if (path.empty()) return PathFault::empty;
  if (path.front() == '/') return PathFault::absolute;
  if (path.size() > kMaxPath) return PathFault::too_long;
  if (const PathFault fault = check_characters(path); fault != PathFault::none) return fault;
  while (true) {
    const std::size_t slash = path.find('/');
    const PathFault fault = check_segment(path.substr(0, slash));
    if (fault != PathFault::none) return fault;
    if (slash == std::string_view::npos) return PathFault::none;
    path.remove_prefix(slash + 1);
  }
}

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if ((static_cast<unsigned char>(text[at]) & 0x80u) == 0) {
      folded += ascii_lower(text[at++]);
      continue;
    }
    const CodePoint c = decode_utf8(text, at);
    if (!c.valid) {
      folded += text[at];
    } else if (c.value < 0x10000) {
      append_utf8(folded, fold_other(fold_latin(c.value)));
    } else {
      folded += text.substr(at, c.size);
    }
    at += c.size;
  }
  return folded;
}

}  // namespace hlab::emit
