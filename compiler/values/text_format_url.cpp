#include <algorithm>
#include <charconv>

#include "compiler/values/address.h"
#include "compiler/values/characters.h"
#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

using Problem = std::optional<std::string>;

Problem scheme_problem(std::string_view scheme) {
  if (scheme.empty() || !is_letter(scheme[0])) return "its scheme must begin with a letter";
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = scheme[i];
    if (!is_letter_or_digit(c) && c != '+' && c != '-' && c != '.') {
      return "its scheme has " + shown_character(scheme, i);
    }
  }
  return std::nullopt;
}

Problem characters_problem(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool forbidden = std::string_view(" <>\"{}|\\^`").find(c) != std::string_view::npos;
    if (forbidden || is_control(c) || !is_ascii(c)) {
      return "it has " + shown_character(text, i) + ", which a URL writes with `%`";
    }
    if (c != '%') continue;
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      return "two hexadecimal digits must follow `%`";
    }
  }
  return std::nullopt;
}

/// DNS names, and the `_` that names inside container networks may have.
Problem url_host_problem(std::string_view host) {
  if (parse_ip(host)) return std::nullopt;
  std::string name(host);
  std::replace(name.begin(), name.end(), '_', 'x');
  if (auto problem = hostname_problem(name)) return "its host is wrong: " + *problem;
  return std::nullopt;
}

Problem port_problem(std::string_view port) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
  const bool whole = error == std::errc{} && end == port.data() + port.size();
  if (whole && value >= 1 && value <= 65535) return std::nullopt;
  return "its port " + in_quotes(port) + " is no number from 1 to 65535";
}

Problem authority_problem(std::string_view authority) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  std::string_view host = authority;
  std::string_view port;
  if (!authority.empty() && authority[0] == '[') {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return "a `]` is missing after its address";
    host = authority.substr(1, close - 1);
    port = authority.substr(close + 1);
    const auto address = parse_ip(host);
    if (!address || address->family != 6) return in_quotes(host) + " is no IPv6 address";
    if (!port.empty() && port[0] != ':') return "something stands between its address and its port";
  } else if (const std::size_t colon = authority.find(':'); colon != std::string_view::npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon);
  }
  if (auto problem = url_host_problem(host)) return problem;
  return port.empty() ? std::nullopt : port_problem(port.substr(1));
}

bool web_scheme(std::string_view scheme) {
  return scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss";
}

bool like_scp(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::size_t colon = text.find(':');
  return at != std::string_view::npos && colon != std::string_view::npos && at < colon;
}

}  // namespace

Problem url_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  const std::size_t mark = text.find("://");
  if (mark == std::string_view::npos) {
    return like_scp(text) ? "a URL for SSH is written `ssh://user@host/path`"
                          : "it has no scheme; write `https://` or another before it";
  }
  const std::string_view scheme = text.substr(0, mark);
  if (auto problem = scheme_problem(scheme)) return problem;
  if (auto problem = characters_problem(text)) return problem;
  const std::string_view rest = text.substr(mark + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (!authority.empty()) return authority_problem(authority);
  // `file:///etc`, `unix:///run/x.sock`: the path is all there is.
  if (web_scheme(scheme) || rest.size() < 2) return "it has no host";
  return std::nullopt;
}

}  // namespace hlab::values
