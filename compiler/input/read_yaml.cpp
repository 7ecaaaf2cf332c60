// YAML by yaml-cpp's events: what scalars mean is decided here, by the core schema of YAML 1.2. Merge
// keys (`<<`) are of YAML 1.1, but every reader of the files that people load heeds them.
#include "compiler/input/read_yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/input/core_schema.h"
#include "compiler/input/problem.h"
#include "compiler/input/tree_maker.h"
#include "compiler/input/written_yaml.h"
#include "compiler/values/scalar_text.h"

namespace hlab::input {
namespace {

using values::Value;
using values::ValueKind;

/// Ends the parse; whoever throws it has said why.
struct Stop {};

struct Anchored {
  Value value;
  std::size_t size = 1;
};

/// A list or a map that is not ended.
struct Opened {
  YAML::anchor_t anchor = 0;
  YAML::Mark mark;
  bool flow = false;  // in brackets or braces
  bool list = false;
};

constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

class YamlEvents final : public YAML::EventHandler {
 public:
  explicit YamlEvents(const InputFile& input)
      : input_(input), maker_(input.symbols, input.heap, input.origin) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) fail(mark, "it holds more than one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (maker_.wants_key()) fail(mark, "a key is null");
    const bool left_out = in_flow_list() &&
                          is_left_out(source(), static_cast<std::size_t>(mark.pos));
    if (left_out) fail(mark, "nothing stands before this sign");
    put(mark, maker_.scalar(ValueKind::null), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    if (text.find('\0') != std::string::npos) fail(mark, "a text holds NUL");
    check_written(mark, text);
    if (maker_.wants_key() && tag == "?" && text == "<<") {
      maker_.merge_key();
      return check(mark, "<<");
    }
    const Value value = scalar(mark, tag, text);
    if (maker_.wants_key()) {
      if (value.is(ValueKind::null)) fail(mark, "a key is null");
      // What JSON would call it: `0x10` is 16, but `1.10` stays as it is written.
      const bool as_written = value.is(ValueKind::floating);
      key(mark, as_written ? text : *values::canonical_text(value, input_.symbols));
      if (anchor != 0) anchors_[anchor] = {value, 1};
      return;
    }
    put(mark, value, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) fail(mark, "an alias stands inside of what it names");
    if (maker_.wants_key()) {
      const auto text = values::canonical_text(found->second.value, input_.symbols);
      if (!text) fail(mark, "a key is a list, a map or null");
      return key(mark, *text);
    }
    maker_.repeat(found->second.value, found->second.size);
    check(mark, {});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(mark, tag, "seq", anchor);
    opened_.back().flow = style == YAML::EmitterStyle::Flow;
    opened_.back().list = true;
    maker_.open_list();
    check(mark, {});
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(mark, tag, "map", anchor);
    opened_.back().flow = style == YAML::EmitterStyle::Flow;
    maker_.open_map();
    check(mark, {});
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] Value result() const {
    if (!maker_.root().is(ValueKind::absent) && !maker_.root().is(ValueKind::null))
      return maker_.root();
    Value nothing = maker_.scalar(ValueKind::map);
    nothing.map = input_.heap.map();
    return nothing;
  }

 private:
  [[nodiscard]] std::string_view source() const { return input_.sources.text(input_.file); }

  [[nodiscard]] bool in_flow_list() const {
    return !opened_.empty() && opened_.back().flow && opened_.back().list;
  }
  [[nodiscard]] bool wants_block_key() const {
    return maker_.wants_key() && !opened_.empty() && !opened_.back().flow;
  }

  /// The parser admits some texts that YAML does not: what it read is looked for where it stands.
  void check_written(const YAML::Mark& mark, std::string_view text) {
    const WrittenScalar written = written_scalar(source(), static_cast<std::size_t>(mark.pos),
                                                 text);
    if (written.is_open) fail(mark, "a text in quotes does not end");
    if (wants_block_key() && written.lacks_colon)
      fail(mark, fmt::format("behind the key `{}` its colon is missing", text));
  }

  [[noreturn]] void fail(const YAML::Mark& mark, std::string_view problem) {
    report_malformed(input_, "YAML", static_cast<std::size_t>(mark.pos), problem);
    throw Stop{};
  }
  void check(const YAML::Mark& mark, std::string_view detail) {
    if (maker_.fault() == TreeFault::none) return;
    report_fault(input_, "YAML", static_cast<std::size_t>(mark.pos), maker_.fault(), detail);
    throw Stop{};
  }

  void key(const YAML::Mark& mark, std::string_view name) {
    maker_.key(name);
    check(mark, name);
  }

  void put(const YAML::Mark& mark, const Value& value, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = {value, 1};
    maker_.add(value);
    check(mark, {});
  }

  Value scalar(const YAML::Mark& mark, const std::string& tag, const std::string& text) {
    const bool plain = tag == "?" || tag.empty();
    if (tag == "!" || tag == std::string(kCoreTag) + "str") return maker_.text(text);
    const Scalar found = core_scalar(text);
    if (!plain && !fits_tag(tag, found.kind)) unknown_tag(mark, tag, text);
    switch (found.kind) {
      case ScalarKind::text: return maker_.text(text);
      case ScalarKind::null: return maker_.scalar(ValueKind::null);
      case ScalarKind::boolean: return values::make_bool(found.boolean, input_.origin);
      case ScalarKind::integer:
        if (!plain && tag == std::string(kCoreTag) + "float")
          return real(static_cast<double>(found.integer));
        return values::make_number(ValueKind::integer, found.integer, input_.origin);
      case ScalarKind::real: return real(found.real);
      case ScalarKind::beyond:
        fail(mark, fmt::format("the number {} does not fit 64 bits", text.substr(0, 80)));
      case ScalarKind::not_finite:
        fail(mark, fmt::format("{} is no number that hlab knows; a text needs quotes", text));
    }
    return {};
  }

  [[nodiscard]] Value real(double number) const {
    Value value = maker_.scalar(ValueKind::floating);
    value.real = number;
    return value;
  }

  static bool fits_tag(std::string_view tag, ScalarKind kind) {
    if (!tag.starts_with(kCoreTag)) return false;
    tag.remove_prefix(kCoreTag.size());
    switch (kind) {
      case ScalarKind::null: return tag == "null";
      case ScalarKind::boolean: return tag == "bool";
      case ScalarKind::integer: return tag == "int" || tag == "float";
      case ScalarKind::real: return tag == "float";
      case ScalarKind::beyond: return tag == "int" || tag == "float";
      case ScalarKind::not_finite: return tag == "float";
      case ScalarKind::text: return false;
    }
    return false;
  }

  [[noreturn]] void unknown_tag(const YAML::Mark& mark, const std::string& tag,
                                const std::string& text) {
    if (tag.starts_with(kCoreTag) && tag != std::string(kCoreTag) + "binary") {
      fail(mark, fmt::format("`{}` is not of type `{}`", text.substr(0, 80),
                             tag.substr(kCoreTag.size())));
    }
    fail(mark, fmt::format("the tag `{}` has no meaning here", tag));
  }

  void open(const YAML::Mark& mark, const std::string& tag, std::string_view core,
            YAML::anchor_t anchor) {
    if (maker_.wants_key()) fail(mark, "a key is a list or a map");
    const bool known = tag.empty() || tag == "?" || tag == "!" ||
                       tag == std::string(kCoreTag) + std::string(core);
    if (!known) fail(mark, fmt::format("the tag `{}` has no meaning here", tag));
    opened_.push_back({anchor, mark, false, false});
  }

  void close() {
    const Opened opened = opened_.back();
    opened_.pop_back();
    const Value made = maker_.close();
    if (opened.anchor != 0) anchors_[opened.anchor] = {made, maker_.last_size()};
    check(opened.mark, {});
  }

  const InputFile& input_;
  TreeMaker maker_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::vector<Opened> opened_;
  int documents_ = 0;
};

}  // namespace

std::optional<Value> read_yaml(const InputFile& input) {
  YamlEvents events(input);
  std::istringstream text{std::string(input.sources.text(input.file))};
  try {
    YAML::Parser parser(text);
    while (parser.HandleNextDocument(events)) {}
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::DeepRecursion& error) {
    report_fault(input, "YAML", static_cast<std::size_t>(error.mark.pos), TreeFault::too_deep, {});
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    report_malformed(input, "YAML", static_cast<std::size_t>(error.mark.pos), error.msg);
    return std::nullopt;
  }
  return events.result();
}

}  // namespace hlab::input
