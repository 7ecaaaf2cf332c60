#include "compiler/diag/render_sarif.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "compiler/diag/fold_repeats.h"
#include "compiler/diag/join_places.h"
#include "compiler/diag/machine_path.h"
#include "compiler/diag/registry.h"

namespace hlab::diag {
namespace {

using Json = nlohmann::ordered_json;

Json text(std::string_view words) { return {{"text", words}}; }

/// All but unreserved characters and slashes, as RFC 3986 wants it.
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

class SarifRenderer {
 public:
  SarifRenderer(const SourceMap& sources, std::string_view folder)
      : sources_(sources), folder_(folder) {}

  Json run(const std::vector<const Diagnostic*>& items, std::string_view version) {
    Json results = Json::array();
    for (const Diagnostic* item : items) results.push_back(result(*item));
    const Json driver{{"name", "hlab"}, {"version", version}, {"rules", std::move(rules_)}};
    return {{"tool", {{"driver", driver}}},
            {"columnKind", "unicodeCodePoints"},
            {"results", std::move(results)}};
  }

 private:
  Json result(const Diagnostic& item) {
    Json out{{"ruleId", item.info->code},
             {"ruleIndex", rule(*item.info)},
             {"level", severity_name(item.severity)},
             {"message", text(message_of(item))}};
    if (is_shown(item.at)) out["locations"] = Json::array({location(item.at)});
    Json related = Json::array();
    if (!item.here.empty() && is_shown(item.at)) related.push_back(labelled(item.at, item.here));
    for (const Label& label : item.labels) {
      if (is_shown(label.span)) related.push_back(labelled(label.span, label.message));
    }
    if (!related.empty()) out["relatedLocations"] = std::move(related);
    if (!item.fixes.empty()) out["fixes"] = fixes(item);
    return out;
  }

  static std::string message_of(const Diagnostic& item) {
    std::string words = item.message;
    for (const std::string& note : item.notes) words += "\nnote: " + note;
    if (!item.help.empty()) words += "\nhelp: " + item.help;
    return words;
  }

  /// Its place among the rules, which are listed once each.
  std::size_t rule(const DiagInfo& info) {
    const auto [known, fresh] = rule_index_.try_emplace(info.code, rules_.size());
    if (fresh) {
      rules_.push_back({{"id", info.code},
                        {"name", info.name},
                        {"shortDescription", text(info.title)},
                        {"help", text(info.explain)},
                        {"defaultConfiguration", {{"level", severity_name(info.severity)}}}});
    }
    return known->second;
  }

  [[nodiscard]] bool is_shown(Span at) const {
    return at.valid() && !sources_.file(at.file).is_library;
  }

  [[nodiscard]] Json artifact(FileId file) const {
    return {{"uri", uri(machine_path(sources_, file, folder_))}};
  }

  [[nodiscard]] Json region(Span at) const {
    const Position begin = sources_.position(at.file, at.begin);
    const Position end = sources_.position(at.file, at.end);
    return {{"startLine", begin.line},    {"startColumn", begin.column},
            {"endLine", end.line},        {"endColumn", end.column},
            {"byteOffset", begin.offset}, {"byteLength", end.offset - begin.offset}};
  }

  [[nodiscard]] Json location(Span at) const {
    return {
        {"physicalLocation", {{"artifactLocation", artifact(at.file)}, {"region", region(at)}}}};
  }

  [[nodiscard]] Json labelled(Span at, std::string_view words) const {
    Json out = location(at);
    out["message"] = text(words);
    return out;
  }

  [[nodiscard]] Json fixes(const Diagnostic& item) const {
    Json out = Json::array();
    for (const Fix& fix : item.fixes) {
      Json changes = Json::array();
      for (const Edit& edit : fix.edits) {
        const Json replacement{{"deletedRegion", region(edit.span)},
                               {"insertedContent", text(edit.text)}};
        changes.push_back({{"artifactLocation", artifact(edit.span.file)},
                           {"replacements", Json::array({replacement})}});
      }
      out.push_back({{"description", text(fix.message)}, {"artifactChanges", changes}});
    }
    return out;
  }

  const SourceMap& sources_;
  const std::string_view folder_;
  Json rules_ = Json::array();
  std::map<std::string_view, std::size_t> rule_index_;
};

}  // namespace

std::string render_sarif(const SourceMap& sources, const Diagnostics& diagnostics,
                         std::string_view folder, std::string_view version) {
  const Joined joined = join_places(diagnostics.sorted());
  const Folded folded = fold_repeats(joined.items);
  const Json log{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({SarifRenderer(sources, folder).run(folded.items, version)})}};
  // Messages may quote broken bytes of the source; JSON may not hold them.
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hlab::diag
