// Breaks the example lab in every way that a person might, and looks at what they are told: each broken
// address, name, reference or version gives an error at its place.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "compiler/driver/compile.h"
#include "tests/unit/lab_folder.h"

namespace fs = std::filesystem;
using namespace hlab;

namespace {

using Files = std::map<std::string, std::string>;

Files example() {
  Files files;
  for (const auto& entry :
       fs::directory_iterator(fs::path(HLAB_SOURCE_DIR) / "examples/nixos-pi-argocd")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".hlab" || name == "hlab.lock")
      files[name] = testing::read_text(entry.path());
  }
  return files;
}

struct Told {
  std::string file;
  std::size_t line = 0;
  std::string code;
  std::string text;  // message and labels
  std::vector<std::pair<std::string, std::size_t>>
      places;  // the primary one and those of the labels
};

std::vector<Told> errors_of(const Files& files) {
  const testing::LabFolder folder;
  for (const auto& [name, text] : files) folder.write(name, text);
  const auto run = driver::check_lab({folder.path().string(), false});
  std::vector<Told> told;
  for (const diag::Diagnostic* item : run->diags.sorted()) {
    if (item->severity != diag::Severity::error || !item->at.valid()) continue;
    const auto place = [&](const Span& at) {
      return std::pair(std::string(run->sources.file(at.file).path),
                       run->sources.position(at.file, at.begin).line);
    };
    std::string text = item->message + " " + item->here + " " + item->help;
    for (const diag::Label& label : item->labels) text += " " + label.message;
    told.push_back(
        {place(item->at).first, place(item->at).second, std::string(item->info->code), text, {}});
    told.back().places.push_back(place(item->at));
    for (const diag::Label& label : item->labels) told.back().places.push_back(place(label.span));
  }
  return told;
}

std::string shown(const std::vector<Told>& all) {
  std::string text;
  for (const Told& told : all)
    text += fmt::format("  {}:{} {} {}\n", told.file, told.line, told.code, told.text);
  return text.empty() ? "  nothing\n" : text;
}

/// A place in the example: `length` bytes at `at` of `file`.
struct Place {
  std::string file;
  std::size_t at = 0;
  std::size_t length = 0;
  std::size_t line = 0;
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

/// Outside comments and strings.
bool is_code(const std::string& text, std::size_t at) {
  std::size_t begin = text.rfind('\n', at);
  begin = begin == std::string::npos ? 0 : begin + 1;
  bool in_string = false;
  for (std::size_t i = begin; i < at; ++i) {
    if (text[i] == '"') in_string = !in_string;
    if (text[i] == '#' && !in_string) return false;
  }
  return !in_string;
}

std::vector<Place> places_of(const Files& files, const std::string& word) {
  std::vector<Place> places;
  for (const auto& [file, text] : files) {
    if (file == "hlab.lock") continue;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if ((at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end])) ||
          !is_code(text, at))
        continue;
      const auto line = static_cast<std::size_t>(
          std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
      places.push_back({file, at, word.size(), line + 1});
    }
  }
  return places;
}

Files with(Files files, const Place& place, const std::string& text) {
  files[place.file].replace(place.at, place.length, text);
  return files;
}

bool told_at(const std::vector<Told>& all, const Place& place, const std::string& code = "") {
  return std::any_of(all.begin(), all.end(), [&](const Told& told) {
    const auto known = std::pair(place.file, place.line);
    const bool shown = std::find(told.places.begin(), told.places.end(), known) !=
                       told.places.end();
    return shown && (code.empty() || told.code == code);
  });
}

/// `node pi5 {`, `secret k3s-token     {`: the name of a declaration, not a use of it.
bool is_declaration(const Files& files, const Place& place) {
  const std::string& text = files.at(place.file);
  std::size_t begin = text.rfind('\n', place.at);
  begin = begin == std::string::npos ? 0 : begin + 1;
  const std::string before = text.substr(begin, place.at - begin);
  if (before.ends_with(" as ")) return true;
  return !before.empty() && before.back() == ' ' &&
         std::all_of(before.begin(), before.end(), [](char c) { return is_word(c) || c == ' '; });
}

/// What the example declares and refers to.
const std::vector<std::string> kNames{"lan",
                                      "tailnet",
                                      "house",
                                      "private",
                                      "atlas",
                                      "pi5",
                                      "pi4s",
                                      "pi3",
                                      "pi2",
                                      "pi1",
                                      "k3s-token",
                                      "traefik",
                                      "longhorn",
                                      "letsencrypt",
                                      "dns-token",
                                      "nightly",
                                      "offsite",
                                      "offsite-key",
                                      "door",
                                      "door-token",
                                      "grafana-admin",
                                      "db",
                                      "vikunja-db",
                                      "vikunja-jwt",
                                      "mqtt-users",
                                      "tailscale-key",
                                      "pihole-password",
                                      "restic-password"};

}  // namespace

TEST_CASE("the example has no error") { CHECK(shown(errors_of(example())) == "  nothing\n"); }

TEST_CASE("a wrong address in the example is an error at its place") {
  const Files files = example();
  std::size_t tried = 0;
  for (const std::string address :
       {"192.168.1.10", "192.168.1.33", "192.168.1.32", "192.168.1.31", "192.168.1.240"}) {
    for (const Place& place : places_of(files, address)) {
      const bool is_range = files.at(place.file)[place.at + place.length] == '.';
      if (is_range) continue;
      for (const auto& [wrong, code] :
           {std::pair("192.168.7.9", "HL4101"), std::pair("192.168.1.0", "HL4120"),
            std::pair("192.168.1.21", "HL4100"), std::pair("192.168.1.150", "HL4102")}) {
        const bool in_pool = address == "192.168.1.240";
        const auto told = errors_of(with(files, place, wrong));
        INFO(address << " becomes " << wrong << " at " << place.file << ":" << place.line << "\n"
                     << shown(told));
        CHECK(told_at(told, place, in_pool ? "" : code));
        ++tried;
      }
    }
  }
  CHECK(tried >= 20);
}

TEST_CASE("a misspelt reference of the example is an error at its place") {
  const Files files = example();
  std::size_t tried = 0;
  for (const std::string& name : kNames) {
    for (const Place& place : places_of(files, name)) {
      if (is_declaration(files, place)) continue;
      const auto told = errors_of(with(files, place, name + "x"));
      INFO(name << " misspelt at " << place.file << ":" << place.line << "\n" << shown(told));
      CHECK(told_at(told, place));
      ++tried;
    }
  }
  CHECK(tried >= 60);
}

TEST_CASE("a renamed declaration of the example is an error where it is used") {
  const Files files = example();
  for (const std::string& name : kNames) {
    std::vector<Place> uses;
    std::vector<Place> declarations;
    for (const Place& place : places_of(files, name)) {
      (is_declaration(files, place) ? declarations : uses).push_back(place);
    }
    INFO(name);
    CHECK(declarations.size() == 1);
    CHECK_FALSE(uses.empty());
    for (const Place& declaration : declarations) {
      const auto told = errors_of(with(files, declaration, "renamed"));
      INFO("renamed at " << declaration.file << ":" << declaration.line << "\n" << shown(told));
      CHECK(std::any_of(uses.begin(), uses.end(), [&](const Place& use) {
        return std::any_of(told.begin(), told.end(), [&](const Told& one) {
          return one.file == use.file && one.line == use.line &&
                 one.text.find(name) != std::string::npos;
        });
      }));
    }
  }
}

TEST_CASE("a wrong release of K3s in the example is an error at its place") {
  const Files files = example();
  const std::string release = "v1.34.3+k3s1";
  const std::string& text = files.at("cluster.hlab");
  const std::size_t at = text.find(release);
  REQUIRE(at != std::string::npos);
  const auto above = std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
  const Place place{"cluster.hlab", at, release.size(), static_cast<std::size_t>(above) + 1};
  for (const auto& [wrong, code] :
       {std::pair("v1.34", ""), std::pair("1.34.3+k3s1", ""), std::pair("latest", ""),
        std::pair("v1.34.3", "HL4554"), std::pair("v1.20.4+k3s1", "HL4555")}) {
    const auto told = errors_of(with(files, place, wrong));
    INFO(wrong << "\n" << shown(told));
    CHECK(told_at(told, place, code));
  }
  // A newer one may have come with an update of NixOS: that is a warning.
  CHECK(errors_of(with(files, place, "v1.99.0+k3s1")).empty());
}
