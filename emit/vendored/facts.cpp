#include "emit/vendored/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/base/lock_pools.h"
#include "compiler/base/sha256.h"
#include "compiler/model/waiting.h"
#include "compiler/syntax/line_ahead.h"
#include "emit/core/object_book.h"
#include "emit/core/value_doc.h"
#include "emit/vendored/schema_checker.h"
#include "emit/vendored/vendored_diags.h"
#include "emit/vendored/written_place.h"

namespace hlab::emit {
namespace {

using model::View;
using Json = nlohmann::json;

constexpr std::string_view kDigest = "sha256:";

/// Names go into paths: what else they hold is a line.
std::string file_part(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '.' && c != '-' && c != '+' && c != '_') c = '-';
  }
  return out;
}

SchemaStep step(std::string_view key) { return {std::string(key), 0, false}; }

/// A key as the language writes it; "" where that takes more than quotes.
std::string key_text(const std::string& key) {
  return syntax::is_name(key) ? key : quoted_text(key);  // any word of the language may be a key
}

class VendoredCheck {
  struct Holder {
    View view;
    std::vector<SchemaStep> path;     // where the document stands in it
    std::vector<SchemaStep> or_path;  // or may stand
  };

 public:
  VendoredCheck(const VendoredInput& input, diag::Diagnostics& diags)
      : input_(input), diags_(diags) {}

  void check() {
    for (const View& service : model::all(input_.program, input_.lab, "helm")) chart(service);
    for (const View& service : model::all(input_.program, input_.lab, "workload")) {
      objects(service, "objects");
      objects(service, "cluster-objects");
    }
    for (const View& object : model::all(input_.program, input_.lab, "object")) own_words(object);
  }

 private:
  /// The file behind an entry of the lock, checked against its digest, parsed once.
  const Json* schema(std::string_view pool, const std::string& key, const std::string& file) {
    const lock::Lease* lease = input_.lock.find(pool, key);
    if (lease == nullptr) return nullptr;
    const auto [found, fresh] = schemas_.try_emplace(file);
    Json& parsed = found->second;
    if (!fresh) return parsed.is_object() ? &parsed : nullptr;
    const auto bytes = input_.lab_file(file);
    if (!bytes) {
      diags_.report(kVendoredChanged, lease->span, file, "is missing")
          .help("bring the file back, or vendor it again with `hlab vendor`");
    } else if (fmt::format("{}{}", kDigest, to_hex(sha256(*bytes))) != lease->value) {
      diags_.report(kVendoredChanged, lease->span, file, "is not what was vendored")
          .help("bring the file back, or vendor it again with `hlab vendor`");
    } else {
      parsed = Json::parse(*bytes, nullptr, false);
    }
    return parsed.is_object() ? &parsed : nullptr;
  }

  void chart(const View& service) {
    const View chart = service.ref("chart");
    const std::string name = chart.text("name");
    const std::string version = chart.text("version");
    const values::Value& given = model::value_with_waiting(service, "values");
    if (!given.is(values::ValueKind::map)) return;
    const Json* found = schema(kChartPool, chart_key(name, version), chart_file(name, version));
    if (found == nullptr) return;
    WaitingDoc doc;
    put_value(doc, service, given, Amounts::kubernetes);
    const Holder holder{service, {step("values")}, {}};
    for (const SchemaProblem& problem : check_schema(*found, doc, {true, false}, patterns_)) {
      tell(kUnfitChartValue, holder, fmt::format("{} {}", name, version), problem);
    }
  }

  void objects(const View& service, std::string_view field) {
    const values::Value& given = model::value_with_waiting(service, field);
    if (!given.is(values::ValueKind::map)) return;
    for (const values::MapItem& item : given.map->items) {
      if (item.value.hollow() || item.key.is_instance) continue;
      WaitingDoc doc;
      put_value(doc, service, item.value, Amounts::kubernetes);
      const auto object = object_of(doc.doc);
      const std::string_view key = input_.program.text(Symbol(item.key.id));
      if (object) check_object({service, {step(field), step(key)}, {}}, *object, doc);
    }
  }

  void own_words(const View& view) {
    KnownObject object;
    object.api = view.text("api");
    object.kind = view.text("type");
    object.name = view.text("object-name");
    WaitingDoc doc;
    doc.doc.open_map();
    put_entries(doc, view, model::value_with_waiting(view, "body"), Amounts::kubernetes);
    const values::Value& spec = model::value_with_waiting(view, "spec");
    if (!spec.hollow() || spec.is(values::ValueKind::unlearned)) {
      doc.doc.key("spec");
      put_value(doc, view, spec, Amounts::kubernetes);
    }
    doc.doc.close();
    // Nobody knows which entries that brings.
    if (!model::value_with_waiting(view, "body").is(values::ValueKind::unlearned))
      check_object({view, {}, {step("body")}}, object, doc);
  }

  void check_object(const Holder& holder, const KnownObject& object, const WaitingDoc& doc) {
    const Json* found = schema(kCrdPool, crd_key(object.api, object.kind),
                               crd_file(object.api, object.kind));
    if (found == nullptr) return;
    const auto definition = found->find("schema");
    if (definition == found->end()) return;
    for (const SchemaProblem& problem : check_schema(*definition, doc, {false, true}, patterns_)) {
      tell(kUnfitObject, holder, fmt::format("{}/{}", object.kind, object.name), problem);
    }
  }

  /// Where the lab wrote it in the body of the declaration; a value by itself is told where it was made.
  [[nodiscard]] std::optional<WrittenPlace> written(const Holder& holder,
                                                    const SchemaProblem& problem) const {
    if (!problem.container && !problem.of_key) return std::nullopt;
    if (auto place = in_body(holder, problem)) return place;
    const Span elsewhere = problem.container ? Span()
                                             : name_of(read_origin(problem.origin).expression);
    if (!elsewhere.valid()) return std::nullopt;
    return WrittenPlace{elsewhere, false, {}};
  }

  [[nodiscard]] static std::optional<WrittenPlace> in_body(const Holder& holder,
                                                           const SchemaProblem& problem) {
    for (const std::vector<SchemaStep>* before : {&holder.path, &holder.or_path}) {
      std::vector<SchemaStep> steps = *before;
      steps.insert(steps.end(), problem.steps.begin(), problem.steps.end());
      if (auto place = written_place(holder.view, steps)) return place;
    }
    return std::nullopt;
  }

  /// The key that a value of another declaration of the lab stands behind.
  [[nodiscard]] Span name_of(syntax::ExprId value) const {
    const syntax::Ast& ast = *input_.program.ast;
    const auto gives = [&](const syntax::Entry& entry) {
      return entry.kind == syntax::EntryKind::set && entry.value == value && entry.path.count > 0;
    };
    const auto found = std::find_if(ast.entries.begin(), ast.entries.end(), gives);
    if (!value.valid() || found == ast.entries.end()) return {};
    const Span name = ast.segments[found->path.begin + found->path.count - 1].span;
    return input_.sources.file(name.file).is_library ? Span() : name;
  }

  [[nodiscard]] bool is_literal(syntax::ExprId id) const {
    if (!id.valid()) return false;
    const syntax::ExprKind kind = input_.program.ast->exprs[id].kind;
    return kind == syntax::ExprKind::string || kind == syntax::ExprKind::integer ||
           kind == syntax::ExprKind::boolean;
  }

  /// The value at fault where the lab wrote it; else the declaration whose library wrote it.
  void tell(const VendoredDiag& diag, const Holder& holder, const std::string& what,
            const SchemaProblem& problem) {
    const std::optional<WrittenPlace> key = written(holder, problem);
    Span at = key ? key->span : holder.view.declared_at();
    bool of_library = false;
    const syntax::ExprId made_by = read_origin(problem.origin).expression;
    if (!key && !problem.steps.empty() && made_by.valid()) {
      const Span made = input_.program.ast->exprs[made_by].span;
      of_library = !made.valid() || input_.sources.file(made.file).is_library;
      if (!of_library) at = made;
    }
    const std::string where = problem.path.empty() ? "it" : fmt::format("`{}`", problem.path);
    auto report = diags_.report(diag, at, what, where, problem.why);
    if (of_library) report.note("the value is hlab's own: set it otherwise, or report it");
    if (!problem.mend.empty() && !key && is_literal(made_by)) {
      const auto place = in_body(holder, problem);
      if (place && place->value == made_by) report.suggest(problem.mend);
    }
    if (problem.nearest.empty()) return;
    const std::string meant = key_text(problem.nearest);
    if (key && key->plain_key && !meant.empty()) {
      report.suggest(meant);
    } else {
      report.help(fmt::format("did you mean `{}`?", problem.nearest));
    }
  }

  const VendoredInput& input_;
  diag::Diagnostics& diags_;
  std::map<std::string, Json> schemas_;
  SchemaPatterns patterns_;
};

}  // namespace

std::string chart_file(std::string_view name, std::string_view version) {
  return fmt::format("vendor/charts/{}-{}.json", file_part(name), file_part(version));
}

std::string crd_file(std::string_view api, std::string_view kind) {
  const std::size_t slash = api.find('/');
  const std::string_view version = slash == api.npos ? api : api.substr(slash + 1);
  return fmt::format("vendor/crds/{}/{}/{}.json", file_part(api.substr(0, slash)),
                     file_part(version), file_part(kind));
}

std::string chart_key(std::string_view name, std::string_view version) {
  return fmt::format("{}@{}", name, version);
}

std::string crd_key(std::string_view api, std::string_view kind) {
  return fmt::format("{}/{}", api, kind);
}

/// `image docker.io/library/nginx:1.29.1 amd64,arm64`
std::map<std::string, std::vector<std::string>> vendored_platforms(const lock::Lock& lock) {
  std::map<std::string, std::vector<std::string>> out;
  const auto [first, last] = lock.pool(kImagePool);
  for (const lock::Lease* image = first; image != last; ++image) {
    std::string_view rest = image->value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      out[image->path].emplace_back(rest.substr(0, comma));
      rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  return out;
}

void check_vendored(const VendoredInput& input, diag::Diagnostics& diags) {
  VendoredCheck(input, diags).check();
}

}  // namespace hlab::emit
