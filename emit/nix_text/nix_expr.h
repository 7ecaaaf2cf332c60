// A small typed tree of Nix expressions: what the NixOS emitter builds and nix_writer.h prints. There
// is no node for raw text, so whatever is built can be parsed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/origin.h"

namespace hlab::emit {

/// A dotted path of names, each quoted where Nix wants it: {"etc", "rancher/k3s.yaml"}.
struct NixNames {
  NixNames(const char* name) : parts{name} {}                            // NOLINT(*-explicit-*)
  NixNames(std::string name) : parts{std::move(name)} {}                 // NOLINT(*-explicit-*)
  NixNames(std::vector<std::string> names) : parts(std::move(names)) {}  // NOLINT(*-explicit-*)
  NixNames(std::initializer_list<std::string_view> names) : parts(names.begin(), names.end()) {}

  std::vector<std::string> parts;
};

struct NixEntry;

enum class NixKind : std::uint8_t {
  string,           // text
  script,           // text, as ''...'' where it can be
  template_string,  // entries: strings and expressions, joined
  path,             // text
  integer,          // number
  boolean,          // number
  name,             // names: a variable and what is selected from it
  list,             // entries
  attrs,            // entries with names
  function,         // names: arguments; entries[0]: body
  apply,            // entries: function, arguments
  concat,           // entries, joined by ++
};

struct NixExpr {
  NixKind kind = NixKind::attrs;
  std::string text;
  std::int64_t number = 0;
  std::vector<std::string> names;
  std::vector<NixEntry> entries;
  Origin origin = kNoOrigin;  // in the lab

  static NixExpr string(std::string text);
  /// Text of several lines; falls back to "..." where ''...'' would change it.
  static NixExpr script(std::string text);
  /// "name:${config.networking.hostName}"
  static NixExpr join(std::vector<NixExpr> parts);
  /// Relative to the file that is written: "./x.yaml", "../../modules/base.nix".
  static NixExpr path(std::string text);
  static NixExpr integer(std::int64_t number);
  static NixExpr boolean(bool value);
  /// A variable, or what is selected from it: {"config", "sops", "secrets", "a/b", "path"}.
  static NixExpr name(NixNames path);
  static NixExpr list();
  static NixExpr list(std::vector<NixExpr> items);
  static NixExpr strings(const std::vector<std::string>& items);
  static NixExpr attrs();
  /// `{ a, b, ... }:` before a body.
  static NixExpr function(std::vector<std::string> arguments, NixExpr body);
  static NixExpr apply(NixExpr function, std::vector<NixExpr> arguments);
  static NixExpr concat(std::vector<NixExpr> lists);

  /// Adds an entry to a set. The reference holds until the next one is added.
  NixEntry& set(NixNames path, NixExpr value);
  /// Adds an item to a list or to the parts of join, apply and concat.
  NixEntry& add(NixExpr value);
  [[nodiscard]] NixExpr from(Origin place) &&;
};

/// One entry of a set (with names) or one item (without).
struct NixEntry {
  std::vector<std::string> names;
  NixExpr value;
  std::string comment;      // lines above it; behind an item of a list
  bool gap_before = false;  // an empty line before it

  NixEntry& about(std::string words) {
    comment = std::move(words);
    return *this;
  }
  NixEntry& after_gap() {
    gap_before = true;
    return *this;
  }
};

}  // namespace hlab::emit
