#include <algorithm>
#include <charconv>

#include "compiler/values/address.h"
#include "compiler/values/characters.h"
#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

using Problem = std::optional<std::string>;

bool path_letter(char c) { return is_lower(c) || is_digit(c); }

/// Between letters and digits: one dot, one or two underscores, or any number of hyphens.
bool separator_is_fine(std::string_view run) {
  return run == "." || run == "_" || run == "__" ||
         std::all_of(run.begin(), run.end(), [](char c) { return c == '-'; });
}

Problem component_problem(std::string_view part) {
  if (part.empty()) return "a part of its name is empty";
  for (std::size_t at = 0; at < part.size();) {
    if (path_letter(part[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < part.size() && std::string_view("._-").find(part[end]) != std::string_view::npos) {
      ++end;
    }
    if (end == at) {
      if (is_upper(part[at])) {
        return "it has " + shown_character(part, at) + "; names of images are lower case";
      }
      return "it has " + shown_character(part, at) + " in its name";
    }
    if (at == 0 || end == part.size()) {
      return in_quotes(part) + " must begin and end with a letter or digit";
    }
    if (!separator_is_fine(part.substr(at, end - at))) {
      return in_quotes(part.substr(at, end - at)) + " may not separate words of " + in_quotes(part);
    }
    at = end;
  }
  return std::nullopt;
}

Problem registry_problem(std::string_view registry) {
  std::string_view host = registry;
  std::string_view port;
  if (registry[0] == '[') {
    const std::size_t close = registry.find(']');
    if (close == std::string_view::npos) return "a `]` is missing after its registry's address";
    const auto address = parse_ip(registry.substr(1, close - 1));
    if (!address || address->family != 6) return "its registry's address is wrong";
    port = registry.substr(close + 1);
  } else {
    const std::size_t colon = std::min(registry.find(':'), registry.size());
    host = registry.substr(0, colon);
    port = registry.substr(colon);
    if (!parse_ip(host)) {
      if (auto problem = hostname_problem(host)) return "its registry is wrong: " + *problem;
    }
  }
  if (port.empty()) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), value);
  const bool whole = port[0] == ':' && error == std::errc{} && end == port.data() + port.size();
  if (whole && value >= 1 && value <= 65535) return std::nullopt;
  return "its registry's port " + in_quotes(port.substr(1)) + " is no number from 1 to 65535";
}

Problem tag_problem(std::string_view tag) {
  if (tag.empty()) return "its tag is empty";
  if (tag.size() > 128) return "its tag is longer than 128 characters";
  if (tag[0] == '.' || tag[0] == '-') return "its tag begins with " + shown_character(tag, 0);
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const char c = tag[i];
    if (!is_letter_or_digit(c) && c != '_' && c != '.' && c != '-') {
      return "its tag has " + shown_character(tag, i);
    }
  }
  return std::nullopt;
}

Problem digest_problem(std::string_view digest) {
  std::string_view hex = digest;
  const std::string_view algorithm = take_until(hex, ':');
  std::size_t length = 0;
  if (algorithm == "sha256") length = 64;
  if (algorithm == "sha512") length = 128;
  if (length == 0) return "its digest must begin with `sha256:` or `sha512:`";
  const bool digits = std::all_of(hex.begin(), hex.end(),
                                  [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  if (digits && hex.size() == length) return std::nullopt;
  return "its digest must have " + std::to_string(length) +
         " lower-case hexadecimal digits after the colon";
}

/// As container runtimes decide it: `a/b` is a repository, `a.b/c`, `a:1/c` and `localhost/c` have
/// a registry in front.
bool is_registry(std::string_view first) {
  return first == "localhost" || first.find_first_of(".:[") != std::string_view::npos;
}

Problem name_problem(std::string_view name) {
  if (name.size() > 255) return "its name is longer than 255 characters";
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos && is_registry(name.substr(0, slash))) {
    if (auto problem = registry_problem(name.substr(0, slash))) return problem;
    name.remove_prefix(slash + 1);
  } else if (name.size() == 64 && std::all_of(name.begin(), name.end(), is_hex)) {
    return "64 hexadecimal digits are an image's id, not its name";
  }
  for (bool last = false; !last;) {
    last = name.find('/') == std::string_view::npos;
    if (auto problem = component_problem(take_until(name, '/'))) return problem;
  }
  return std::nullopt;
}

}  // namespace

Problem image_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  if (text.find("://") != std::string_view::npos)
    return "an image has no `://`; leave the scheme out";
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    if (auto problem = digest_problem(text.substr(at + 1))) return problem;
    text = text.substr(0, at);
  }
  const std::size_t slash = text.rfind('/');
  const std::size_t colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon != std::string_view::npos) {
    if (auto problem = tag_problem(text.substr(colon + 1))) return problem;
    text = text.substr(0, colon);
  }
  return name_problem(text);
}

}  // namespace hlab::values
