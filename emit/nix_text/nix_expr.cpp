#include "emit/nix_text/nix_expr.h"

#include <cassert>
#include <utility>

namespace hlab::emit {
namespace {

NixExpr of(NixKind kind) {
  NixExpr made;
  made.kind = kind;
  return made;
}

NixExpr of_text(NixKind kind, std::string text) {
  NixExpr made = of(kind);
  made.text = std::move(text);
  return made;
}

NixExpr of_items(NixKind kind, std::vector<NixExpr> items) {
  NixExpr made = of(kind);
  for (NixExpr& item : items) made.add(std::move(item));
  return made;
}

}  // namespace

NixExpr NixExpr::string(std::string text) { return of_text(NixKind::string, std::move(text)); }
NixExpr NixExpr::script(std::string text) { return of_text(NixKind::script, std::move(text)); }
NixExpr NixExpr::path(std::string text) { return of_text(NixKind::path, std::move(text)); }

NixExpr NixExpr::integer(std::int64_t number) {
  NixExpr made = of(NixKind::integer);
  made.number = number;
  return made;
}

NixExpr NixExpr::boolean(bool value) {
  NixExpr made = of(NixKind::boolean);
  made.number = value ? 1 : 0;
  return made;
}

NixExpr NixExpr::name(NixNames path) {
  assert(!path.parts.empty());
  NixExpr made = of(NixKind::name);
  made.names = std::move(path.parts);
  return made;
}

NixExpr NixExpr::list() { return of(NixKind::list); }

NixExpr NixExpr::list(std::vector<NixExpr> items) {
  return of_items(NixKind::list, std::move(items));
}

NixExpr NixExpr::strings(const std::vector<std::string>& items) {
  NixExpr made = of(NixKind::list);
  for (const std::string& item : items) made.add(string(item));
  return made;
}

NixExpr NixExpr::attrs() { return of(NixKind::attrs); }

NixExpr NixExpr::join(std::vector<NixExpr> parts) {
  return of_items(NixKind::template_string, std::move(parts));
}

NixExpr NixExpr::concat(std::vector<NixExpr> lists) {
  return of_items(NixKind::concat, std::move(lists));
}

NixExpr NixExpr::function(std::vector<std::string> arguments, NixExpr body) {
  NixExpr made = of(NixKind::function);
  made.names = std::move(arguments);
  made.add(std::move(body));
  return made;
}

NixExpr NixExpr::apply(NixExpr function, std::vector<NixExpr> arguments) {
  NixExpr made = of(NixKind::apply);
  made.add(std::move(function));
  for (NixExpr& argument : arguments) made.add(std::move(argument));
  return made;
}

NixEntry& NixExpr::set(NixNames path, NixExpr value) {
  assert(kind == NixKind::attrs && !path.parts.empty());
  NixEntry entry;
  entry.names = std::move(path.parts);
  entry.value = std::move(value);
  return entries.emplace_back(std::move(entry));
}

NixEntry& NixExpr::add(NixExpr value) {
  assert(kind != NixKind::attrs);
  NixEntry entry;
  entry.value = std::move(value);
  return entries.emplace_back(std::move(entry));
}

NixExpr NixExpr::from(Origin place) && {
  origin = place;
  return std::move(*this);
}

}  // namespace hlab::emit
