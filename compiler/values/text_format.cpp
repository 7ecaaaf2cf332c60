#include "compiler/values/text_format.h"

#include <array>

#include "compiler/values/address.h"
#include "compiler/values/characters.h"

namespace hlab::values {
namespace {

using types::TextFormat;
using Problem = std::optional<std::string>;

constexpr std::size_t kLabelLimit = 63;
constexpr std::size_t kHostnameLimit = 253;

Problem label_problem(std::string_view label) {
  if (label.empty()) return "it has an empty label";
  if (label.size() > kLabelLimit) {
    return "label " + in_quotes(label.substr(0, 20)) + "... has " + std::to_string(label.size()) +
           " characters, 63 are allowed";
  }
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (!is_letter_or_digit(label[i]) && label[i] != '-') {
      return "it has " + shown_character(label, i) + "; only letters, digits and hyphens may stand";
    }
  }
  if (label.front() == '-' || label.back() == '-') {
    return "label " + in_quotes(label) + " begins or ends with a hyphen";
  }
  return std::nullopt;
}

Problem posix_path_problem(std::string_view text) {
  while (!text.empty()) {
    if (take_until(text, '/').size() > 255) return "a part of it is longer than 255 bytes";
  }
  return std::nullopt;
}

Problem windows_path_problem(std::string_view text) {
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (std::string_view("<>:\"|?*").find(text[i]) != std::string_view::npos) {
      return "it has " + shown_character(text, i) + ", which Windows allows in no name";
    }
  }
  return std::nullopt;
}

Problem identifier_problem(std::string_view dotted, std::string_view what, bool numbers_too) {
  while (true) {
    const bool last = dotted.find('.') == std::string_view::npos;
    const std::string_view part = take_until(dotted, '.');
    if (part.empty()) return "its " + std::string(what) + " has an empty part";
    bool digits = true;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (!is_letter_or_digit(part[i]) && part[i] != '-') {
        return "its " + std::string(what) + " has " + shown_character(part, i);
      }
      digits = digits && is_digit(part[i]);
    }
    if (numbers_too && digits && part.size() > 1 && part[0] == '0') {
      return "number " + in_quotes(part) + " begins with a zero";
    }
    if (last) return std::nullopt;
  }
}

Problem version_number_problem(std::string_view core) {
  const std::string_view all = core;
  int count = 0;
  for (bool last = false; !last; ++count) {
    last = core.find('.') == std::string_view::npos;
    const std::string_view part = take_until(core, '.');
    if (part.empty()) return "a number is missing; a version is written `1.2.3`";
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (!is_digit(part[i])) return "it has " + shown_character(part, i) + " among its numbers";
    }
    if (part.size() > 1 && part[0] == '0')
      return "number " + in_quotes(part) + " begins with a zero";
  }
  if (count == 3) return std::nullopt;
  return in_quotes(all) + " has " + std::to_string(count) + (count == 1 ? " number" : " numbers") +
         "; a version has three, such as `1.2.3`";
}

Problem mailbox_problem(std::string_view local) {
  constexpr std::string_view kSpecial = ".!#$%&'*+/=?^_`{|}~-";
  if (local.empty()) return "nothing stands before the `@`";
  if (local.size() > 64) return "more than 64 characters stand before the `@`";
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) {
    return "a dot stands at an edge, or twice, before the `@`";
  }
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (!is_letter_or_digit(local[i]) && kSpecial.find(local[i]) == std::string_view::npos) {
      return "it has " + shown_character(local, i) + " before the `@`";
    }
  }
  return std::nullopt;
}

}  // namespace

Problem hostname_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text.size() > kHostnameLimit) {
    return "it has " + std::to_string(text.size()) + " characters, 253 are allowed";
  }
  if (parse_ip(text)) return "it is an address, not a name";
  if (text.find("://") != std::string_view::npos) return "it is a URL; write its host alone";
  if (text.back() == '.') return "it ends with a dot";
  while (!text.empty()) {
    if (auto problem = label_problem(take_until(text, '.'))) return problem;
  }
  return std::nullopt;
}

namespace {

/// Names mean the same in either case, and what reads them (Kubernetes, certificates) wants small letters.
Problem case_problem(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_upper(text[i])) return "it has " + shown_character(text, i) + "; it must be lower case";
  }
  return std::nullopt;
}

}  // namespace

Problem small_hostname_problem(std::string_view text) {
  if (auto problem = hostname_problem(text)) return problem;
  return case_problem(text);
}

Problem dns_label_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (auto problem = case_problem(text)) return problem;
  return label_problem(text);
}

Problem path_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text.size() > 4096) return "it is longer than 4096 bytes";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_control(text[i])) return "it has " + shown_character(text, i);
  }
  if (text.find("://") != std::string_view::npos) return "it is a URL, not a path";
  const bool drive = text.size() >= 3 && is_letter(text[0]) && text[1] == ':' &&
                     (text[2] == '\\' || text[2] == '/');
  return drive ? windows_path_problem(text) : posix_path_problem(text);
}

Problem semver_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text[0] == 'v') text.remove_prefix(1);
  const bool has_build = text.find('+') != std::string_view::npos;
  std::string_view build = text;
  std::string_view version = take_until(build, '+');
  const bool has_pre = version.find('-') != std::string_view::npos;
  std::string_view pre = version;
  if (auto problem = version_number_problem(take_until(pre, '-'))) return problem;
  if (has_pre) {
    if (auto problem = identifier_problem(pre, "pre-release", true)) return problem;
  }
  return has_build ? identifier_problem(build, "build data", false) : std::nullopt;
}

Problem email_problem(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return "it has no `@`";
  if (text.size() > 254) return "it is longer than 254 characters";
  if (auto problem = mailbox_problem(text.substr(0, at))) return problem;
  if (auto problem = hostname_problem(text.substr(at + 1))) return "after the `@`, " + *problem;
  return std::nullopt;
}

Problem env_name_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (is_digit(text[0])) return "it begins with a digit";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_letter_or_digit(text[i]) && text[i] != '_') {
      return "it has " + shown_character(text, i) + "; only letters, digits and `_` may stand";
    }
  }
  return std::nullopt;
}

Problem text_problem(TextFormat format, std::string_view text, std::string_view pattern) {
  switch (format) {
    case TextFormat::any: return std::nullopt;
    case TextFormat::hostname: return small_hostname_problem(text);
    case TextFormat::dns_label: return dns_label_problem(text);
    case TextFormat::url: return url_problem(text);
    case TextFormat::path: return path_problem(text);
    case TextFormat::cron: return cron_problem(text);
    case TextFormat::semver: return semver_problem(text);
    case TextFormat::image: return image_problem(text);
    case TextFormat::email: return email_problem(text);
    case TextFormat::env_name: return env_name_problem(text);
    case TextFormat::pattern: return pattern_problem(text, pattern);
  }
  return std::nullopt;
}

std::string_view format_name(TextFormat format) {
  constexpr std::array<std::string_view, 11> kNames{"String", "Hostname", "DnsLabel", "Url",
                                                    "Path",   "Cron",     "SemVer",   "Image",
                                                    "Email",  "EnvName",  "String"};
  return kNames[static_cast<std::size_t>(format)];
}

}  // namespace hlab::values
