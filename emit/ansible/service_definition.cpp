#include "emit/ansible/service_definition.h"

#include "emit/ansible/secret_reference.h"
#include "emit/core/value_doc.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

/// A field with its value as it is; nothing for an absent one.
void put(Doc& doc, const View& holder, std::string_view field, std::string_view key) {
  if (!holder.has(field)) return;
  doc.key(key);
  put_value(doc, holder, holder.value(field));
}

void put(Doc& doc, const View& holder, std::string_view field) { put(doc, holder, field, field); }

void put_list(Doc& doc, const View& holder, std::string_view field, std::string_view key) {
  if (!holder.texts(field).empty()) put(doc, holder, field, key);
}

/// Unless it is what the role takes by itself.
void put_unless(Doc& doc, const View& holder, std::string_view field, std::string_view usual) {
  if (holder.text(field) != usual) put(doc, holder, field);
}

/// `key` with one map for each entry of a map field; `name_key` holds the entry's name.
template <class PutRest>
void put_each(Doc& doc, const View& service, std::string_view field, std::string_view key,
              std::string_view name_key, const PutRest& put_rest) {
  const auto entries = service.held(field);
  if (entries.empty()) return;
  doc.key(key);
  doc.open_seq();
  for (const auto& [name, entry] : entries) {
    doc.open_map();
    doc.entry(name_key, name);
    put_rest(doc, entry);
    doc.close();
  }
  doc.close();
}

void put_user(Doc& doc, const View& user) {
  put(doc, user, "home");
  put(doc, user, "shell");
  put_list(doc, user, "groups", "groups");
}

void put_directory(Doc& doc, const View& directory) {
  put(doc, directory, "owner");
  put(doc, directory, "group");
  put(doc, directory, "mode");
}

void put_access(Doc& doc, const View& file, std::string_view usual_mode) {
  put_unless(doc, file, "owner", "root");
  put_unless(doc, file, "group", "root");
  put_unless(doc, file, "mode", usual_mode);
}

void put_file(Doc& doc, const View& file) {
  put_access(doc, file, "0644");
  if (file.flag("once")) put(doc, file, "once");
  put(doc, file, "content");
}

void put_text(Doc& doc, std::string_view text, Origin origin) {
  doc.open_map();
  doc.entry("text", text, origin);
  doc.close();
}

void put_part(Doc& doc, const View& file, const values::Value& part) {
  if (part.hollow()) return;
  if (const View secret = file.of(part)) {
    doc.open_map();
    put_secret_entries(doc, secret, part.origin.index);
    doc.close();
    return;
  }
  // The line that a secret goes on stands alone where it ends in a blank, which only quotes keep: the lines before it stay lines.
  const std::string text = file.text_of(part);
  const std::size_t begun = text.ends_with(' ') ? text.rfind('\n') + 1 : 0;
  if (begun != 0) put_text(doc, std::string_view(text).substr(0, begun), part.origin.index);
  put_text(doc, std::string_view(text).substr(begun), part.origin.index);
}

void put_secret_file(Doc& doc, const View& file) {
  put_access(doc, file, "0600");
  if (file.flag("quoted")) put(doc, file, "quoted");
  const values::Value& content = file.value("content");
  doc.key("parts");
  doc.open_seq();
  if (content.is(ValueKind::secret_text)) {
    for (const values::Value& part : content.list->items) put_part(doc, file, part);
  } else {
    put_part(doc, file, content);
  }
  doc.close();
}

void put_download(Doc& doc, const View& download) {
  put_unless(doc, download, "mode", "0755");
  doc.key("variants");
  doc.open_map();
  for (const auto& [arch, variant] : download.held("variant")) {
    doc.key(arch);
    doc.open_map();
    put(doc, variant, "url");
    put(doc, variant, "checksum");
    put(doc, variant, "member");
    doc.close();
  }
  doc.close();
}

void put_command(Doc& doc, const View& command) {
  put(doc, command, "argv");
  put(doc, command, "creates");
  put_list(doc, command, "unless", "unless");
  put(doc, command, "directory");
  if (!command.entries("environment").empty()) put(doc, command, "environment");
}

}  // namespace

void put_service_definition(Doc& doc, const View& service) {
  doc.open_map();
  put_list(doc, service, "packages", "packages");
  put_each(doc, service, "user", "users", "name", put_user);
  put_each(doc, service, "directory", "directories", "path", put_directory);
  put_each(doc, service, "file", "files", "path", put_file);
  put_each(doc, service, "secret-file", "secret_files", "path", put_secret_file);
  put_each(doc, service, "download", "downloads", "path", put_download);
  put_each(doc, service, "unit", "unit_files", "name",
           [](Doc& out, const View& unit) { put(out, unit, "content"); });
  put_each(doc, service, "command", "commands", "name", put_command);
  put_list(doc, service, "enabled-units", "enabled_units");
  put_list(doc, service, "restarted-units", "restarted_units");
  doc.close();
}

}  // namespace hlab::emit
