// A lab of one cluster with files beside it, and what all emitters together make of it.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "compiler/driver/lab_files.h"
#include "compiler/load/read_file.h"
#include "emit/core/emitter.h"
#include "emit/core/object_book.h"
#include "tests/unit/tree_fixture.h"

namespace hlab::test {

/// One cluster of one machine, for services to be put into.
inline constexpr std::string_view kOneNode = R"(
lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware = std.hw.pc { arch = amd64  cpu = 4  memory = 8GiB  nic = "eno1" }
  os       = nixos { release = "25.11" }
  address.lan = 192.168.1.10
}
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
)";

/// Who keeps secrets and opens them in the cluster.
inline constexpr std::string_view kSecretStore = R"(
secrets repo: sops { recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] }
service opener: std.sops-operator {}
)";

class ClusterLab {
 public:
  /// `more` follows the lab of one node; `files` lie beside it.
  explicit ClusterLab(std::string_view more, const Files& files = {}) {
    put(scratch_.at("lab.hlab"), std::string(kOneNode) + std::string(more));
    for (const auto& [path, bytes] : files) put(scratch_.at(path), bytes);
    run_ = driver::check_lab({scratch_.at(""), false});
    if (run_->diags.has_errors()) return;
    emit::EmitOutput output{tree_, run_->diags};
    const emit::EmitInput input{
        run_->program,
        run_->lab,
        run_->graph,
        run_->sources,
        [this](std::string_view path) { return read(path); },
        [this](std::string_view pattern) { return driver::lab_files(scratch_.at(""), pattern); }};
    emit::ObjectBook book(input, run_->diags);
    output.book = &book;
    for (const emit::Emitter* emitter : emit::all_emitters()) emitter->emit(input, output);
    book.finish();
  }

  [[nodiscard]] bool has(std::string_view path) const { return tree_.find(path) != nullptr; }
  [[nodiscard]] std::string file(std::string_view path) const {
    INFO("the file " << path);
    const emit::OutputFile* found = tree_.find(path);
    REQUIRE(found != nullptr);
    return found->bytes;
  }
  /// Sorted codes of all that was reported.
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const diag::Diagnostic* one : run_->diags.sorted()) out.emplace_back(one->info->code);
    std::sort(out.begin(), out.end());
    return out;
  }
  [[nodiscard]] const driver::Compilation& run() const { return *run_; }

 private:
  [[nodiscard]] std::optional<std::string> read(std::string_view path) const {
    load::ReadResult found = load::read_lab_file(run_->loaded.root, path);
    if (found.status != load::ReadStatus::ok) return std::nullopt;
    return std::move(found.bytes);
  }

  Scratch scratch_;
  std::unique_ptr<driver::Compilation> run_;
  emit::FileTree tree_;
};

}  // namespace hlab::test
