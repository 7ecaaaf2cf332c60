// `hlab secret list`, and which of the two was asked for.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/commands/commands.h"
#include "compiler/commands/lab_secrets.h"
#include "compiler/commands/set_secret.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::kFine;

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const LabSecret& one) {
  Json files = Json::array();
  for (std::size_t i = 0; i < one.uses.size(); ++i) {
    Json users = Json::array();
    for (const model::View& user : one.uses[i].users) users.push_back(user.path());
    files.push_back({{"path", one.uses[i].source},
                     {"output", one.uses[i].output},
                     {"exists", static_cast<bool>(one.exists[i])},
                     {"needed_by", users}});
  }
  return {{"name", one.secret.name()},
          {"description", one.secret.text("description")},
          {"keys", one.secret.texts("keys")},
          {"extern", one.secret.flag("extern")},
          {"files", files}};
}

struct Row {
  std::string secret;
  std::string state;
  std::string file;
  std::string users;
};

std::vector<Row> rows_of(const std::vector<LabSecret>& secrets) {
  std::vector<Row> rows{{"SECRET", "STATE", "FILE", "NEEDED BY"}};
  for (const LabSecret& one : secrets) {
    std::string name(one.secret.name());
    if (one.uses.empty())
      rows.push_back({name, one.secret.flag("extern") ? "extern" : "unused", "-",
                      one.users.empty() ? "-" : fmt::format("{}", fmt::join(one.users, ", "))});
    for (std::size_t i = 0; i < one.uses.size(); ++i) {
      std::string users;
      for (const model::View& user : one.uses[i].users) {
        users += (users.empty() ? "" : ", ") + user.path();
      }
      rows.push_back({name, one.exists[i] ? "there" : "missing", one.uses[i].source, users});
      name.clear();  // once is enough
    }
  }
  return rows;
}

std::string table_of(const std::vector<LabSecret>& secrets) {
  const std::vector<Row> rows = rows_of(secrets);
  std::size_t first = 0, third = 0;
  for (const Row& row : rows) {
    first = std::max(first, row.secret.size());
    third = std::max(third, row.file.size());
  }
  std::string out;
  for (const Row& row : rows) {
    out += fmt::format("{:<{}}  {:<7}  {:<{}}  {}\n", row.secret, first, row.state, row.file, third,
                       row.users);
  }
  return out;
}

int list(const std::vector<LabSecret>& secrets, const Options& options, Console& console) {
  if (options.format == Format::json) {
    Json all = Json::array();
    for (const LabSecret& one : secrets) all.push_back(json_of(one));
    console.print(Json({{"version", 1}, {"secrets", all}}).dump(2) + "\n");
  } else if (secrets.empty()) {
    console.complain("The lab declares no secret.\n");
  } else {
    console.print(table_of(secrets));
  }
  return kFine;
}

}  // namespace

int command_secret(const Options& options, Console& console) {
  Compilation& run = console.keep(check_lab({.lab = options.lab, .site = options.site}));
  if (run.diags.has_errors()) {
    Options look = options;
    look.format = Format::human;  // standard output is for the answer
    show_diagnostics(run.sources, run.diags, look, console);
    return status_of(run.diags);
  }
  const std::vector<LabSecret> secrets = lab_secrets(run);
  return options.secret.set ? set_secret(run, secrets, options, console)
                            : list(secrets, options, console);
}

}  // namespace hlab::commands
