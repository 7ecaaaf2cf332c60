// The policy as HuJSON: JSON, and what each part is for behind `//`.
#include <fmt/format.h>

#include <algorithm>

#include "emit/core/document_format.h"
#include "emit/core/emit_diags.h"
#include "emit/core/json_writer.h"
#include "emit/core/value_doc.h"
#include "emit/tailscale/policy.h"
#include "emit/tailscale/tailscale_diags.h"

namespace hlab::emit::tailscale {
namespace {

using values::Value;
using values::ValueKind;

constexpr std::string_view kWhole =
    "Tailscale takes this file as a whole: whatever the console holds beside it is lost. What the lab\n"
    "does not know can be said in `further-policy` of the network. All is shut but what stands here.";
constexpr std::string_view kUnnamed =
    "Not everybody of the lab has an `email` or a `tailnet-login`, so all members of the tailnet are\n"
    "meant where it speaks of people.";

class PolicyFile {
 public:
  PolicyFile(const EmitInput& input, const Tailnet& tailnet, const Policy& policy)
      : input_(input),
        tailnet_(tailnet),
        policy_(policy),
        more_(tailnet.network.value("further-policy")) {}

  const Doc& doc() {
    std::string head = fmt::format("{}\n{}", input_.header(tailnet_.network), kWhole);
    if (tailnet_.people.empty()) head += fmt::format("\n{}", kUnnamed);
    doc_.comment(head);
    doc_.open_map();
    put_lists("groups", policy_.groups);
    put_lists("tagOwners", policy_.tag_owners);
    put_hosts();
    put_grants();
    put_ssh();
    put_approvers();
    put_tests();
    put_further_sections();
    doc_.close();
    return doc_;
  }

 private:
  /// What the lab itself says of a section in Tailscale's words.
  [[nodiscard]] const Value* further(std::string_view section) {
    const Value* found = entry(&more_, section);
    if (found != nullptr) used_.emplace_back(section);
    return found;
  }

  [[nodiscard]] const Value* entry(const Value* map, std::string_view name) const {
    if (map == nullptr || !map->is(ValueKind::map)) return nullptr;
    for (const values::MapItem& item : map->map->items) {
      if (name_of(item) == name) return &item.value;
    }
    return nullptr;
  }

  [[nodiscard]] std::string name_of(const values::MapItem& item) const {
    return std::string(input_.program.text(Symbol(item.key.id)));
  }

  void put_texts(std::string_view key, const std::vector<std::string>& texts) {
    doc_.key(key);
    doc_.open_seq();
    for (const std::string& text : texts) doc_.item(text);
    doc_.close();
  }

  void open_section(std::string_view name, bool map) {
    doc_.key(name);
    map ? doc_.open_map() : doc_.open_seq();
  }

  /// Of the shape that `open_section` began: others were told, see `Shapes`.
  void close_section(const Value* more, bool map) {
    if (more != nullptr && map) put_entries(doc_, tailnet_.network, *more);
    if (more != nullptr && !map && more->is(ValueKind::list)) {
      for (const Value& item : more->list->items) put_value(doc_, tailnet_.network, item);
    }
    doc_.close();
  }

  void put_lists(std::string_view section,
                 const std::map<std::string, std::vector<std::string>>& lists) {
    const Value* more = further(section);
    if (lists.empty() && more == nullptr) return;
    open_section(section, true);
    for (const auto& [name, texts] : lists) put_texts(name, texts);
    close_section(more, true);
  }

  void put_hosts() {
    const Value* more = further("hosts");
    if (policy_.hosts.empty() && more == nullptr) return;
    open_section("hosts", true);
    for (const auto& [name, address] : policy_.hosts) doc_.entry(name, address);
    close_section(more, true);
  }

  void put_grants() {
    open_section("grants", false);
    for (const Grant& grant : policy_.grants) {
      doc_.comment(grant.why);
      doc_.open_map();
      put_texts("src", grant.src);
      put_texts("dst", grant.dst);
      put_texts("ip", grant.ip);
      doc_.close();
    }
    close_section(further("grants"), false);
  }

  void put_ssh() {
    const std::vector<std::string> machines = role_tags(tailnet_);
    const Value* more = further("ssh");
    if (machines.empty() && more == nullptr) return;
    open_section("ssh", false);
    if (!machines.empty()) {
      doc_.comment(
          "For machines on which Tailscale answers SSH (`tailscale set --ssh`); the others answer by\n"
          "themselves, at the port that administrators may reach.");
      doc_.open_map();
      doc_.entry("action", "check");
      put_texts("src", {tailnet_.admins});
      put_texts("dst", machines);
      put_texts("users", {"autogroup:nonroot"});
      doc_.close();
    }
    close_section(more, false);
  }

  void put_approvers() {
    const Value* more = further("autoApprovers");
    const Value* more_routes = entry(more, "routes");
    if (policy_.route_approvers.empty() && policy_.exit_approvers.empty() && more == nullptr)
      return;
    open_section("autoApprovers", true);
    if (!policy_.route_approvers.empty() || more_routes != nullptr) {
      open_section("routes", true);
      for (const auto& [route, tags] : policy_.route_approvers) put_texts(route, tags);
      close_section(more_routes, true);
    }
    const Value* more_exits = entry(more, "exitNode");
    if (!policy_.exit_approvers.empty() || more_exits != nullptr) {
      open_section("exitNode", false);
      for (const std::string& tag : policy_.exit_approvers) doc_.item(tag);
      close_section(more_exits, false);
    }
    if (more != nullptr && more->is(ValueKind::map)) {
      for (const values::MapItem& item : more->map->items) put_other(item, {"routes", "exitNode"});
    }
    doc_.close();
  }

  void put_tests() {
    const Value* more = further("tests");
    if (policy_.tests.empty() && more == nullptr) return;
    doc_.comment("Tried each time this file is saved: if one fails, the old one stays in force.");
    open_section("tests", false);
    for (const PolicyTest& test : policy_.tests) {
      doc_.open_map();
      doc_.entry("src", test.src);
      doc_.entry("proto", test.proto);
      if (!test.accept.empty()) put_texts("accept", test.accept);
      if (!test.deny.empty()) put_texts("deny", test.deny);
      doc_.close();
    }
    close_section(more, false);
  }

  void put_further_sections() {
    if (!more_.is(ValueKind::map)) return;
    for (const values::MapItem& item : more_.map->items) put_other(item, used_);
  }

  void put_other(const values::MapItem& item, const std::vector<std::string>& done) {
    const std::string name = name_of(item);
    if (item.value.hollow() || std::find(done.begin(), done.end(), name) != done.end()) return;
    doc_.key(name);
    put_value(doc_, tailnet_.network, item.value);
  }

  const EmitInput& input_;
  const Tailnet& tailnet_;
  const Policy& policy_;
  const Value& more_;
  std::vector<std::string> used_;
  Doc doc_;
};

/// What the lab says of sections that are written anyway has to be of their shape.
class Shapes {
 public:
  Shapes(EmitOutput& output, const Tailnet& tailnet) : output_(output), network_(tailnet.network) {}

  bool has_problems() {
    judge(network_.value("further-policy"), "");
    return found_;
  }

 private:
  static bool is_one(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  void judge(const Value& sections, const std::string& around) {
    if (!sections.is(ValueKind::map)) return;
    for (const values::MapItem& item : sections.map->items) {
      const std::string name = around + std::string(network_.program().text(Symbol(item.key.id)));
      const bool list = is_one({"grants", "ssh", "tests", "autoApprovers.exitNode"}, name);
      const bool map = is_one(
          {"groups", "tagOwners", "hosts", "autoApprovers", "autoApprovers.routes"}, name);
      if (item.value.hollow() || (!list && !map)) continue;
      if (!item.value.is(list ? ValueKind::list : ValueKind::map)) {
        output_.diags.report(kPolicySectionShape, network_.set_at("further-policy"), name,
                             list ? "list" : "map");
        found_ = true;
      } else if (name == "autoApprovers") {
        judge(item.value, name + ".");
      }
    }
  }

  EmitOutput& output_;
  const View& network_;
  bool found_ = false;
};

}  // namespace

void write_policy(const EmitInput& input, EmitOutput& output, const Tailnet& tailnet,
                  const Policy& policy, std::string path) {
  if (Shapes(output, tailnet).has_problems()) return;
  OutputFile file;
  file.path = std::move(path);
  file.owner = tailnet.network.path();
  file.at = tailnet.network.declared_at();
  PolicyFile text(input, tailnet, policy);
  const Doc& doc = text.doc();
  const bool asked = output.asks_about(file.path);
  LineMarks marks;
  if (const auto problem = write_json(doc, JsonLayout::commented, file.bytes,
                                      asked ? &marks : nullptr)) {
    output.diags.report(kUnwritable, tailnet.network.set_at("further-policy"), file.path,
                        shown_error(*problem));
    return;
  }
  if (asked) file.lines = line_sources(doc, marks);
  output.add(std::move(file));
}

}  // namespace hlab::emit::tailscale
