#include "emit/vendored/facts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "compiler/base/lock_pools.h"
#include "compiler/base/sha256.h"
#include "emit/core/object_book.h"
#include "emit/core/value_doc.h"
#include "emit/vendored/json_schema.h"
#include "emit/vendored/vendored_diags.h"

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

class VendoredCheck {
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
    if (!service.has("values")) return;
    const Json* found = schema(kChartPool, chart_key(name, version), chart_file(name, version));
    if (found == nullptr) return;
    Doc doc;
    put_value(doc, service, service.value("values"), Amounts::kubernetes);
    for (const SchemaProblem& problem : check_schema(*found, doc, {true, false}, patterns_)) {
      tell(kUnfitChartValue, service, fmt::format("{} {}", name, version), problem);
    }
  }

  void objects(const View& service, std::string_view field) {
    for (const auto& [key, value] : service.entries(field)) {
      if (value.hollow()) continue;
      Doc doc;
      put_value(doc, service, value, Amounts::kubernetes);
      const auto object = object_of(doc);
      if (object) check_object(service, *object, doc);
    }
  }

  void own_words(const View& view) {
    KnownObject object;
    object.api = view.text("api");
    object.kind = view.text("type");
    object.name = view.text("object-name");
    Doc doc;
    doc.open_map();
    put_entries(doc, view, view.value("body"), Amounts::kubernetes);
    if (view.has("spec")) {
      doc.key("spec");
      put_value(doc, view, view.value("spec"), Amounts::kubernetes);
    }
    doc.close();
    check_object(view, object, doc);
  }

  void check_object(const View& holder, const KnownObject& object, const Doc& doc) {
    const Json* found = schema(kCrdPool, crd_key(object.api, object.kind),
                               crd_file(object.api, object.kind));
    if (found == nullptr) return;
    const auto definition = found->find("schema");
    if (definition == found->end()) return;
    for (const SchemaProblem& problem : check_schema(*definition, doc, {false, true}, patterns_)) {
      tell(kUnfitObject, holder, fmt::format("{}/{}", object.kind, object.name), problem);
    }
  }

  /// The key that a value of the lab stands behind; none where it stands elsewhere.
  [[nodiscard]] Span name_of(Origin value) const {
    const syntax::Ast& ast = *input_.program.ast;
    for (const syntax::Entry& entry : ast.entries) {
      if (entry.value.index != value || entry.kind != syntax::EntryKind::set || entry.path.empty())
        continue;
      return ast.segments[entry.path.begin + entry.path.count - 1].span;
    }
    return {};
  }

  /// The value at fault where the lab wrote it; else the declaration whose library wrote it.
  void tell(const VendoredDiag& diag, const View& holder, const std::string& what,
            const SchemaProblem& problem) {
    Span at = holder.declared_at();
    bool of_library = true;
    if (const syntax::ExprId made_by = read_origin(problem.origin).expression; made_by.valid()) {
      const Span made = input_.program.ast->exprs[made_by].span;
      of_library = !made.valid() || input_.sources.file(made.file).is_library;
      if (!of_library) at = made;
    }
    const std::string where = problem.path.empty() ? "it" : fmt::format("`{}`", problem.path);
    // A name that nobody knows is at fault itself, not what it is given.
    const Span name = problem.nearest.empty() ? Span() : name_of(problem.origin);
    const bool fixable = name.valid() && !of_library;
    auto report = diags_.report(diag, fixable ? name : at, what, where, problem.why);
    if (of_library) report.note("the value is hlab's own: set it otherwise, or report it");
    if (fixable) {
      report.suggest(problem.nearest);
    } else if (!problem.nearest.empty()) {
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
