#include "compiler/commands/secret_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include "compiler/base/utf8.h"
#include "compiler/commands/hidden_line.h"
#include "compiler/load/read_file.h"

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

/// Empty, or what kept it from being read.
std::string read_all(int from, SecretBytes& into) {
  into.reserve(kMostBytes + 1);
  while (into.size() <= kMostBytes) {
    const std::size_t had = into.size();
    into.resize(kMostBytes + 1);
    const ssize_t got = ::read(from, into.data() + had, into.size() - had);
    into.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return "";
    if (got < 0 && errno != EINTR) return "cannot be read";
  }
  return "holds more than 1 MiB";
}

std::string read_file(const std::string& path, SecretBytes& into) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string problem = file < 0 ? std::string(std::strerror(errno)) : read_all(file, into);
  if (file >= 0) ::close(file);
  if (!problem.empty()) problem = fmt::format("{}: {}", load::printable_name(path), problem);
  return problem;
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
  if (equals == std::string_view::npos) {
    return fmt::format(
        "line {} has no `=`; what has several lines is given by --from-file KEY=PATH", number);
  }
  const auto key = std::find(keys.begin(), keys.end(), line.substr(0, equals));
  if (key == keys.end())
    return fmt::format("line {} begins with none of {}=", number, fmt::join(keys, "=, "));
  SecretBytes& value = out.values[static_cast<std::size_t>(key - keys.begin())].value;
  if (!value.empty()) return fmt::format("`{}` has two values", *key);
  append(value, line.substr(equals + 1));
  return "";
}

}  // namespace

SecretValues parse_values(const std::vector<std::string>& keys, PipeForm form,
                          std::string_view input) {
  SecretValues out;
  if (form == PipeForm::whole) {
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

SecretValues read_values(const std::vector<std::string>& keys, PipeForm form, Console& console) {
  if (::isatty(0) == 1) return asked(keys, console);
  SecretBytes input;
  SecretValues out;
  out.error = read_all(0, input);
  if (!out.error.empty()) out.error = "standard input " + out.error;
  return out.error.empty() ? parse_values(keys, form, text_of(input)) : std::move(out);
}

SecretValues read_files(const std::vector<std::string>& keys,
                        const std::vector<std::string>& given) {
  SecretValues out;
  for (const std::string& one : given) {
    const std::size_t equals = one.find('=');
    const std::string key = one.substr(0, equals);
    const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
    const bool twice = std::any_of(out.values.begin(), out.values.end(),
                                   [&](const SecretValue& value) { return value.key == key; });
    if (equals == std::string::npos || !known) {
      out.error = fmt::format("--from-file takes KEY=PATH, with KEY one of {}",
                              fmt::join(keys, ", "));
    } else if (twice) {
      out.error = fmt::format("`{}` has two values", key);
    } else {
      out.values.push_back({key, {}});
      out.error = read_file(one.substr(equals + 1), out.values.back().value);
    }
    if (out.error.empty()) out.error = fault_of(out.values.back());
    if (!out.error.empty()) break;
  }
  return out;
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
