#include "compiler/commands/secret_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>

#include <sys/random.h>
#include <unistd.h>

#include "compiler/base/utf8.h"
#include "compiler/commands/hidden_line.h"

namespace hlab::commands {
namespace {

// What Kubernetes and etcd take.
constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::size_t kRandomLetters = 40;

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string read_all(SecretBytes& into) {
  into.reserve(kMostBytes + 1);
  while (into.size() <= kMostBytes) {
    const std::size_t had = into.size();
    into.resize(kMostBytes + 1);
    const ssize_t got = ::read(0, into.data() + had, into.size() - had);
    into.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return "";
    if (got < 0 && errno != EINTR) return "standard input cannot be read";
  }
  return "standard input holds more than 1 MiB";
}

/// Empty where the value can be stored.
std::string fault_of(const SecretValue& one) {
  const std::string_view text = text_of(one.value);
  if (text.empty()) return fmt::format("no value was given for `{}`", one.key);
  const bool fits = find_invalid_utf8(text) == std::string_view::npos &&
                    text.find('\0') == std::string_view::npos;
  return fits ? "" : fmt::format("the value of `{}` is no text (UTF-8)", one.key);
}

SecretValues checked(SecretValues given) {
  for (const SecretValue& one : given.values) {
    if (given.error.empty()) given.error = fault_of(one);
  }
  return given;
}

SecretValue made(const std::string& key, std::string_view value) {
  SecretValue out{key, {}};
  append(out.value, value);
  return out;
}

SecretValues asked(const std::vector<std::string>& keys, Console& console) {
  SecretValues out;
  for (const std::string& key : keys) {
    console.complain(key + ": ");
    HiddenLine line = read_hidden_line();
    console.complain("\n");
    out.values.push_back({key, std::move(line.text)});
    out.error = line.error.empty() ? fault_of(out.values.back()) : line.error;
    if (!out.error.empty()) break;
  }
  return out;
}

/// One `KEY=value`; what is wrong with it, without a word of it.
std::string take_line(const std::vector<std::string>& keys, std::string_view line,
                      std::size_t number, SecretValues& out) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return fmt::format("line {} has no `=`", number);
  const auto key = std::find(keys.begin(), keys.end(), line.substr(0, equals));
  if (key == keys.end())
    return fmt::format("line {} begins with none of {}=", number, fmt::join(keys, "=, "));
  SecretBytes& value = out.values[static_cast<std::size_t>(key - keys.begin())].value;
  if (!value.empty()) return fmt::format("`{}` has two values", *key);
  append(value, line.substr(equals + 1));
  return "";
}

}  // namespace

SecretValues parse_values(const std::vector<std::string>& keys, std::string_view input) {
  SecretValues out;
  if (keys.size() == 1) {
    out.values.push_back(made(keys.front(), without_line_end(input)));
    return checked(std::move(out));
  }
  for (const std::string& key : keys) out.values.push_back({key, {}});
  for (std::size_t number = 1; !input.empty() && out.error.empty(); ++number) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = without_line_end(input.substr(0, end));
    if (!line.empty()) out.error = take_line(keys, line, number, out);
    input.remove_prefix(end);
  }
  return checked(std::move(out));
}

SecretValues read_values(const std::vector<std::string>& keys, Console& console) {
  if (::isatty(0) == 1) return asked(keys, console);
  SecretBytes input;
  SecretValues out;
  out.error = read_all(input);
  return out.error.empty() ? parse_values(keys, text_of(input)) : std::move(out);
}

SecretBytes random_value() {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr unsigned kFair = 256 - 256 % kLetters.size();  // above it some would come more often
  SecretBytes out;
  while (out.size() < kRandomLetters) {
    unsigned char byte = 0;
    if (::getrandom(&byte, 1, 0) == 1 && byte < kFair)
      out.push_back(kLetters[byte % kLetters.size()]);
  }
  return out;
}

void append_quoted(SecretBytes& to, std::string_view value) {
  to.push_back('"');
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = decode_utf8(value, at);
    at += point.size;
    if (point.value == '"' || point.value == '\\') {
      to.push_back('\\');
      to.push_back(static_cast<char>(point.value));
    } else if (point.value >= 0x20 && point.value < 0x7f) {
      to.push_back(static_cast<char>(point.value));
    } else {
      fmt::format_to(std::back_inserter(to), "\\U{:08x}", point.value);
    }
  }
  to.push_back('"');
}

}  // namespace hlab::commands
