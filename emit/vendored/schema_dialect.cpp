#include <algorithm>
#include <array>

#include "emit/vendored/schema_checker.h"

namespace hlab::emit {
namespace {

using Json = nlohmann::json;

struct Draft {
  std::string_view name;  // in `$schema`
  int dialect;
};
constexpr std::array<Draft, 6> kDrafts{{{"draft-03", 3},
                                        {"draft-04", 4},
                                        {"draft-06", 6},
                                        {"draft-07", 7},
                                        {"2019-09", 2019},
                                        {"2020-12", 2020}}};

/// From which draft on a word means something, and up to which.
struct Word {
  const char* name;
  int since;
  int until;
};
constexpr std::array<Word, 12> kWords{{{"const", 6, 9999},
                                       {"contains", 6, 9999},
                                       {"propertyNames", 6, 9999},
                                       {"if", 7, 9999},
                                       {"dependentRequired", 2019, 9999},
                                       {"dependentSchemas", 2019, 9999},
                                       {"minContains", 2019, 9999},
                                       {"maxContains", 2019, 9999},
                                       {"prefixItems", 2020, 9999},
                                       {"dependencies", 0, 7},
                                       {"additionalItems", 0, 2019},
                                       {"$recursiveRef", 0, 2019}}};

}  // namespace

int SchemaChecker::dialect_of(const Json& root) {
  const auto said = root.is_object() ? root.find("$schema") : root.end();
  if (said == root.end() || !said->is_string()) return 0;
  const auto& text = said->get_ref<const std::string&>();
  const auto found = std::find_if(kDrafts.begin(), kDrafts.end(), [&](const Draft& draft) {
    return text.find(draft.name) != text.npos;
  });
  return found == kDrafts.end() ? 0 : found->dialect;
}

/// A reader may know a word of another draft, or not.
const Json& SchemaChecker::in_dialect(const Json& schema) {
  const auto is_foreign = [&](const Word& word) {
    return (dialect_ < word.since || dialect_ > word.until) && schema.contains(word.name);
  };
  if (dialect_ == 0 || std::none_of(kWords.begin(), kWords.end(), is_foreign)) return schema;
  unsure_ = true;
  const auto [known, fresh] = cleaned_.try_emplace(&schema, schema);
  if (!fresh) return known->second;
  for (const Word& word : kWords) {
    if (dialect_ < word.since || dialect_ > word.until) known->second.erase(word.name);
  }
  return known->second;
}

}  // namespace hlab::emit
