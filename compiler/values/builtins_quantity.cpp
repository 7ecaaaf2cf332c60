#include "compiler/values/builtin_rows.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

using types::TypeKind;

/// The amount in whole units of `Size`, rounded down.
template <std::int64_t Size>
OpResult whole(const Call& call) {
  return number_of(call, call.receiver.number / Size);
}

template <std::int64_t Size>
OpResult real(const Call& call) {
  return real_of(call, static_cast<double>(call.receiver.number) / static_cast<double>(Size));
}

template <std::string (*Form)(std::int64_t)>
OpResult form(const Call& call) {
  return text_of(call, Form(call.receiver.number));
}

constexpr auto kText = simple_result<TypeKind::string>;
constexpr auto kInt = simple_result<TypeKind::integer>;
constexpr auto kFloat = simple_result<TypeKind::floating>;

constexpr std::array kRows{
    Builtin{"kubernetes", TypeKind::bytes, true, 0, 0, kText, form<kubernetes_bytes>,
            "kubernetes: String", "As Kubernetes writes it: `512Mi`.",
            R"(512MiB.kubernetes == "512Mi")"},
    Builtin{"bytes", TypeKind::bytes, true, 0, 0, kInt, whole<1>, "bytes: Int", "The bytes.",
            R"(1KiB.bytes == 1024)"},
    Builtin{"mib", TypeKind::bytes, true, 0, 0, kInt, whole<1024 * 1024>, "mib: Int",
            "The whole MiB, rounded down.", R"(2GiB.mib == 2048)"},
    Builtin{"gib", TypeKind::bytes, true, 0, 0, kInt, whole<1024 * 1024 * 1024>, "gib: Int",
            "The whole GiB, rounded down.", R"(1536MiB.gib == 1)"},
    Builtin{"mb", TypeKind::bytes, true, 0, 0, kInt, whole<1'000'000>, "mb: Int",
            "The whole decimal megabytes, rounded down.", R"(2GB.mb == 2000)"},
    Builtin{"kubernetes", TypeKind::cpu, true, 0, 0, kText, form<kubernetes_cpu>,
            "kubernetes: String", "As Kubernetes writes it: `250m`, `2`.",
            R"(2000m.kubernetes == "2")"},
    Builtin{"millicores", TypeKind::cpu, true, 0, 0, kInt, whole<1>, "millicores: Int",
            "Thousandths of a core.", R"(250m.millicores == 250)"},
    Builtin{"cores", TypeKind::cpu, true, 0, 0, kFloat, real<1000>, "cores: Float",
            "Cores, as Docker counts them: `0.25`.", R"(250m.cores == 0.25)"},
    Builtin{"go", TypeKind::duration, true, 0, 0, kText, form<go_duration>, "go: String",
            "As programs in Go read it: `720h0m0s`.", R"(90min.go == "1h30m0s")"},
    Builtin{"prometheus", TypeKind::duration, true, 0, 0, kText, form<prometheus_duration>,
            "prometheus: String", "As Prometheus reads it: `30d`, `90m`.",
            R"(30d.prometheus == "30d")"},
    Builtin{"systemd", TypeKind::duration, true, 0, 0, kText, form<systemd_duration>,
            "systemd: String", "As systemd reads it: `30d`, `90min`.",
            R"(90min.systemd == "90min")"},
    Builtin{"seconds", TypeKind::duration, true, 0, 0, kInt, whole<1000>, "seconds: Int",
            "The whole seconds, rounded down.", R"(2min.seconds == 120)"},
    Builtin{"milliseconds", TypeKind::duration, true, 0, 0, kInt, whole<1>, "milliseconds: Int",
            "The milliseconds.", R"(2s.milliseconds == 2000)"},
    Builtin{"minutes", TypeKind::duration, true, 0, 0, kInt, whole<60'000>, "minutes: Int",
            "The whole minutes, rounded down.", R"(2h.minutes == 120)"},
    Builtin{"hours", TypeKind::duration, true, 0, 0, kInt, whole<3'600'000>, "hours: Int",
            "The whole hours, rounded down.", R"(2d.hours == 48)"},
    Builtin{"days", TypeKind::duration, true, 0, 0, kInt, whole<86'400'000>, "days: Int",
            "The whole days, rounded down.", R"(47h.days == 1)"},
    Builtin{"watts", TypeKind::power, true, 0, 0, kFloat, real<1000>, "watts: Float", "Watts.",
            R"(65W.watts == 65.0)"},
    Builtin{"bps", TypeKind::rate, true, 0, 0, kInt, whole<1>, "bps: Int", "Bits per second.",
            R"(100Mbps.bps == 100000000)"},
    Builtin{"mbps", TypeKind::rate, true, 0, 0, kFloat, real<1'000'000>, "mbps: Float",
            "Megabits per second.", R"(2.5Gbps.mbps == 2500.0)"},
};

}  // namespace

std::span<const Builtin> quantity_builtins() { return kRows; }

}  // namespace hlab::values
