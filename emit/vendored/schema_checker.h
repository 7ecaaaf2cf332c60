// One walk of a document along a schema. Problems are collected; what cannot be decided is noted, so
// that `not`, `if` and `oneOf` speak only of what is certain.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include <nlohmann/json.hpp>

#include "emit/vendored/json_schema.h"

namespace hlab::emit {

class SchemaChecker {
 public:
  using Json = nlohmann::json;

  SchemaChecker(const Json& root, const WaitingDoc& given, const SchemaReading& reading,
                SchemaPatterns& patterns)
      : root_(root),
        nodes_(given.doc.nodes()),
        waiting_(given.waiting),
        dialect_(dialect_of(root)),
        reading_(reading),
        patterns_(patterns) {}

  std::vector<SchemaProblem> check();

 private:
  using At = std::uint32_t;

  struct Place {
    At at = 0;
    std::string path;
    bool partial = false;         // maps here and below get more entries later
    bool branch = false;          // in one of several forms, which says only what differs
    bool rebased = false;         // in a schema with a name of its own, from which references count
    const Json* owner = nullptr;  // the schema whose form it is: it has the defaults
    int depth = 0;
  };

  /// What a form says of a place.
  enum class Fit : std::uint8_t { fits, unsure, wrong };
  struct Tried {
    Fit fit = Fit::fits;
    std::vector<SchemaProblem> problems;
  };

  // json_schema.cpp
  void check(const Json& given, Place place);
  void check_reference(const Json& given, Place place);
  void check_words(const Json& given, const Place& place);
  void note_undecided(const Json& schema, const Place& place);
  [[nodiscard]] const Json* target_of(const Json& ref) const;
  [[nodiscard]] const Json* resolve(const Json& given) const;
  /// What stands behind a key of a schema, its references followed; nullptr: no schema.
  [[nodiscard]] const Json* inner(const Json* schema, const std::string& key) const;
  [[nodiscard]] const Json* at_pointer(std::string_view pointer) const;
  bool fits_type(const Json& schema, const Place& place);
  bool wrong(const Place& place, std::string_view wanted);
  [[nodiscard]] std::string as_type(At at, std::string_view wanted) const;
  SchemaProblem& tell(At at, const std::string& path, std::string why);
  SchemaProblem& tell(const Place& place, std::string why) {
    return tell(place.at, place.path, std::move(why));
  }

  /// Whether it is not known before `hlab learn`, or a part of it.
  [[nodiscard]] bool waits(At at) const;
  [[nodiscard]] bool holds_waiting(At at) const;
  [[nodiscard]] std::vector<SchemaStep> steps_to(At at) const;

  // schema_dialect.cpp
  /// The year of the draft, or its number; 0 where the schema does not say.
  [[nodiscard]] static int dialect_of(const Json& root);
  [[nodiscard]] bool is_old() const { return dialect_ != 0 && dialect_ < kRefsHaveCompany; }
  [[nodiscard]] bool is_new() const { return dialect_ >= kRefsHaveCompany; }
  /// The schema without the words that its draft does not have.
  const Json& in_dialect(const Json& schema);

  // schema_map.cpp
  void check_map(const Json& schema, const Place& place);
  void check_entry(const Json& schema, const Place& child, bool branch);
  bool check_patterns(const Json& schema, const Place& child);
  void check_other(const Json& schema, const Place& child, bool branch);
  void check_name(const Json& schema, const Place& child);
  void check_required(const Json& schema, const Place& place);
  void check_dependencies(const Json& schema, const Place& place);
  void need(const Json& schema, const Place& place, const std::string& key, std::string_view why);
  [[nodiscard]] bool is_head(const Json& schema, const Place& map, std::string_view key) const;
  [[nodiscard]] bool has(const Place& map, std::string_view key) const;

  // schema_list.cpp
  void check_list(const Json& schema, const Place& place);
  void check_contains(const Json& schema, const Place& place);
  void check_unique(const Json& schema, const Place& place);
  void check_keys(const Json& keys, const Json& schema, const Place& place);
  [[nodiscard]] std::vector<At> children(At at) const;

  // schema_limits.cpp
  void check_limits(const Json& schema, const Place& place);
  void check_choice(const Json& schema, const Place& place);
  void check_number(const Json& schema, const Place& place);
  void check_text(const Json& schema, const Place& place);
  void check_count(const Json& schema, const Place& place);
  void limit(const Json& schema, const char* key, const Place& place,
             const std::function<bool(double)>& holds, std::string_view words);
  /// The subtree as JSON, to compare it.
  [[nodiscard]] Json json_of(At at) const;

  // schema_forms.cpp
  void check_forms(const Json& schema, const Place& place);
  void check_one_of(const Json& forms, bool exactly, const Place& place);
  void tell_no_form(std::vector<Tried> tried, const Place& place);
  void check_condition(const Json& schema, const Place& place);
  Tried try_form(const Json& form, Place place);
  Tried tried(const std::function<void()>& check);

  static constexpr int kRefsHaveCompany = 2019;  // words beside `$ref` count since then

  const Json& root_;
  const std::vector<Node>& nodes_;
  const std::vector<At>& waiting_;
  const int dialect_;
  const SchemaReading& reading_;
  SchemaPatterns& patterns_;
  std::vector<SchemaProblem> problems_;
  bool unsure_ = false;
  int steps_ = 0;
  std::map<const Json*, Json> cleaned_;  // schemas without words of other drafts
};

/// The text as the language writes it; "" where that takes more than quotes.
[[nodiscard]] std::string quoted_text(std::string_view text);

/// Whether the key is there and `true`.
[[nodiscard]] bool is_true(const nlohmann::json& schema, const char* key);

/// The words of people for what a node is: "a map", "a whole number".
[[nodiscard]] std::string_view spoken_type(NodeKind kind);

}  // namespace hlab::emit
