// From a cluster without services to one whose GitOps engine brings them.
#include <fmt/format.h>

#include <algorithm>

#include "emit/core/secret_use.h"
#include "emit/core/shell_word.h"
#include "emit/scripts/before_chart.h"
#include "emit/scripts/script_text.h"
#include "emit/scripts/scripts.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr std::string_view kFluxSpace = "flux-system";

class Handing {
 public:
  Handing(const EmitInput& input, const EmitOutput& output, const BringUp& plan, ScriptText& out)
      : input_(input), output_(output), plan_(plan), out_(out) {}

  void before(const graph::Handover& handover, const View& service) {
    if (service == handover.engine) {
      out_.step("Install " + title_of(handover),
                "It brings everything else, itself included; this first copy is by hand.");
      install(service);
      return;
    }
    out_.step(fmt::format("Install {}", service.text("title")),
              fmt::format("{} cannot start without; from then on it takes care of it.",
                          title_of(handover)));
    install(service);
    apply_manifests(service);
  }

  /// Parts of a chart may want a second node, and none is ready yet: nobody waits for them here.
  void network(const View& service) {
    install(service, false);
    if (!service.is("helm")) apply_manifests(service, false);
  }

  void run(const graph::Handover& handover) {
    repository(handover);
    if (handover.engine) {
      argocd(handover.engine);
    } else {
      flux(handover.gitops);
    }
  }

 private:
  /// One that the lab keeps itself is empty until a person pushes to it.
  void repository(const graph::Handover& handover) {
    const View keeper = keeper_of_repository(input_, handover.gitops);
    if (!keeper) return;
    out_.step("Look for the repository", fmt::format("{} reads it from {}, which runs now.",
                                                     title_of(handover), keeper.text("title")));
    out_.command("look_for_repository",
                 {handover.gitops.text("repo"), handover.gitops.text("branch")});
  }

  [[nodiscard]] static std::string title_of(const graph::Handover& handover) {
    return handover.engine ? handover.engine.text("title") : "Flux";
  }

  [[nodiscard]] std::string in_tree(const std::string& path) const {
    return "\"$root\"/" + shell_word(path);
  }

  /// What mounts them would not start without.
  void apply(const View& service, const std::vector<std::string>& files) {
    if (!files.empty()) out_.command("make_namespace", {service.text("namespace")});
    for (const std::string& file : files)
      out_.line("run kubectl apply --server-side -f " + in_tree(file));
  }

  void install(const View& service, bool wait = true) {
    const BeforeCharts charts(input_, output_, plan_.layout);
    if (!service.is("helm")) return apply(service, charts.secrets(service));
    apply(service, charts.files(service));
    const View chart = service.ref("chart");
    const std::string repo = chart.text("repo");
    const std::string name = chart.text("name");
    const std::string from = repo.starts_with("oci://")
                                 ? shell_word(repo + "/" + name)
                                 : fmt::format("{} --repo {}", shell_word(name), shell_word(repo));
    out_.line(fmt::format("run helm upgrade --install {} {} \\",
                          shell_word(service.text("release")), from));
    out_.line(fmt::format("  --version {} --namespace {} --create-namespace \\",
                          shell_word(chart.text("version")),
                          shell_word(service.text("namespace"))));
    out_.line(fmt::format("  --values {}{}", in_tree(values_path(plan_.layout, service)),
                          wait ? " --wait --timeout 15m" : ""));
  }

  void apply_manifests(const View& service, bool wait = true) {
    const std::string folder = manifests_folder(plan_.layout, service);
    const auto files = output_.tree.sorted();
    const bool any = std::any_of(files.begin(), files.end(), [&](const OutputFile* file) {
      return file->path.starts_with(folder + "/");
    });
    if (!any) return;
    const std::string space = service.text("namespace");
    out_.command("make_namespace", {space});
    out_.line("run kubectl apply --server-side --recursive -f " + in_tree(folder));
    if (!service.is("container") || !wait) return;
    out_.line(fmt::format("run kubectl rollout status --namespace {} {} --timeout=15m",
                          shell_word(space),
                          shell_word(fmt::format("deployment/{}", service.name()))));
  }

  void argocd(const View& engine) {
    const std::string title = engine.text("title");
    out_.step("Hand over to " + title,
              "The root application names all the others; they start in the order of the lab.");
    out_.line("run kubectl apply --server-side -f " +
              in_tree(join_path(plan_.layout.of(engine.ref("cluster")).bootstrap, "root.yaml")));
    out_.line(
        fmt::format("run kubectl wait --namespace {} --for=jsonpath='{{.status.health.status}}'="
                    "Healthy \\",
                    shell_word(engine.text("namespace"))));
    out_.line("  application/root --timeout=45m");
  }

  /// Flux wants to be told that a password may travel unencrypted.
  static std::string_view access_flags(std::string_view repo) {
    if (repo.starts_with("http://")) return " --token-auth --allow-insecure-http";
    return repo.starts_with("https://") ? " --token-auth" : "";
  }

  void flux(const View& gitops) {
    if (plan_.gives_flux_key(gitops)) {
      out_.step("Give Flux the age key", "It opens the encrypted files of the repository with it.");
      out_.command("give_age_key", {std::string(kFluxSpace), "sops-age", "age.agekey"});
    }
    const std::string repo = gitops.text("repo");
    out_.step(
        "Hand over to Flux",
        "It commits its own part to the repository, and brings the rest in the order of the lab.");
    out_.line(fmt::format("run flux bootstrap git --url {} --branch {} \\", shell_word(repo),
                          shell_word(gitops.text("branch"))));
    out_.line(fmt::format("  --path {}{}", shell_word(gitops.text("path")), access_flags(repo)));
    out_.line(fmt::format("run kubectl wait --namespace {} --for=condition=Ready \\", kFluxSpace));
    out_.line("  kustomizations.kustomize.toolkit.fluxcd.io --all --timeout=45m");
  }

  const EmitInput& input_;
  const EmitOutput& output_;
  const BringUp& plan_;
  ScriptText& out_;
};

}  // namespace

void install_before(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
                    const graph::Handover& handover, const View& service, ScriptText& out) {
  Handing(input, output, plan, out).before(handover, service);
}

void install_network(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
                     const View& service, ScriptText& out) {
  Handing(input, output, plan, out).network(service);
}

void hand_over(const EmitInput& input, const EmitOutput& output, const BringUp& plan,
               const graph::Handover& handover, ScriptText& out) {
  Handing(input, output, plan, out).run(handover);
}

}  // namespace hlab::emit
