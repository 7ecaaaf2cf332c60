// The environment of a container. Kubernetes replaces `$(NAME)` in texts: ours say what they mean,
// and a text with a secret in it is put together from a variable that holds the secret alone.
#include <fmt/format.h>

#include <map>

#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

struct SecretPart {
  std::string secret;
  std::string key;
};

SecretPart part_of(const View& holder, const Value& value) {
  const View view = holder.of(value);
  if (view.is("secret-key")) return {std::string(view.ref("of").name()), view.text("key")};
  const std::vector<std::string> keys = view.texts("keys");
  return {std::string(view.name()), keys.empty() ? "value" : keys.front()};
}

void put_secret(Doc& doc, const std::string& name, const SecretPart& part, Origin origin) {
  doc.open_map(origin);
  doc.entry("name", name);
  doc.key("valueFrom");
  doc.open_map();
  doc.key("secretKeyRef");
  doc.open_map();
  doc.entry("name", part.secret, origin);
  doc.entry("key", part.key, origin);
  doc.close();
  doc.close();
  doc.close();
}

void put_text(Doc& doc, const std::string& name, std::string_view text, Origin origin) {
  doc.open_map(origin);
  doc.entry("name", name);
  doc.entry("value", text, origin);
  doc.close();
}

std::string doubled(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '$' ? 2 : 1, c);
  return out;
}

class Environment {
 public:
  Environment(Doc& doc, const View& view) : doc_(doc), view_(view) {
    std::size_t index = 0;
    for (const auto& [name, value] : view.entries("env")) {
      const Origin origin = origin_of(view, "env", index++);
      if (!value.hollow()) variables_.emplace(name, Variable{value, origin});
    }
  }

  void put() {
    if (variables_.empty()) return;
    doc_.key("env");
    doc_.open_seq();
    for (const auto& [name, variable] : variables_) put_variable(name, variable);
    doc_.close();
  }

 private:
  struct Variable {
    Value value;
    Origin origin;
  };

  void put_variable(const std::string& name, const Variable& variable) {
    const auto& [value, origin] = variable;
    if (value.is(ValueKind::secret_text)) {
      put_joined(name, variable);
    } else if (value.is(ValueKind::instance)) {
      put_secret(doc_, name, part_of(view_, value), origin);
    } else {
      put_text(doc_, name, literal_text(view_.text_of(value)), origin);
    }
  }

  void put_joined(const std::string& name, const Variable& variable) {
    const auto& [value, origin] = variable;
    std::string text;
    int count = 0;
    for (const Value& part : value.list->items) {
      if (!part.is(ValueKind::instance)) {
        text += doubled(view_.text_of(part));
        continue;
      }
      std::string helper = fmt::format("{}_PART{}", name, ++count);
      while (variables_.contains(helper)) helper += '_';
      put_secret(doc_, helper, part_of(view_, part), origin);
      text += fmt::format("$({})", helper);
    }
    put_text(doc_, name, text, origin);
  }

  Doc& doc_;
  const View& view_;
  std::map<std::string, Variable> variables_;
};

}  // namespace

std::string literal_text(std::string_view text) {
  const bool replaced = text.find("$(") != std::string_view::npos ||
                        text.find("$$") != std::string_view::npos;
  return replaced ? doubled(text) : std::string(text);
}

void put_environment(Doc& doc, const Workload& workload) { Environment(doc, workload.view).put(); }

void put_arguments(Doc& doc, std::string_view key, const View& holder, std::string_view field) {
  const Value& list = holder.value(field);
  if (!list.is(ValueKind::list) || list.list->items.empty()) return;
  doc.key(key);
  doc.open_seq();
  for (std::size_t i = 0; i < list.list->items.size(); ++i) {
    doc.item(literal_text(holder.text_of(list.list->items[i])), origin_of(holder, field, i));
  }
  doc.close();
}

}  // namespace hlab::emit::kubernetes
