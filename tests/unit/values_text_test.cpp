// Canonical texts, forms for targets, and addresses read and written.
#include "tests/unit/values_fixture.h"

namespace hlab::values {
namespace {

std::string ip_again(std::string_view text) {
  const auto ip = parse_ip(text);
  return ip ? ip_text(*ip) : "none";
}

TEST_CASE("IPv6 is written as RFC 5952 wants it") {
  CHECK(ip_again("2001:0DB8:0:0:0:0:0:1") == "2001:db8::1");
  CHECK(ip_again("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");
  CHECK(ip_again("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");
  CHECK(ip_again("0:0:1::") == "0:0:1::");
  CHECK(ip_again("::") == "::");
  CHECK(ip_again("::1") == "::1");
  CHECK(ip_again("fd00::") == "fd00::");
  CHECK(ip_again("::ffff:192.0.2.1") == "::ffff:c000:201");
  CHECK(ip_again("1:2:3:4:5:6:7.8.9.10") == "1:2:3:4:5:6:708:90a");
}

TEST_CASE("what is no address is not read") {
  for (const auto* text : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.", "1..2.3",
                           ":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::", "1:", "g::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_ip(text));
  }
  CHECK_FALSE(parse_cidr("10.0.0.0"));
  CHECK_FALSE(parse_cidr("10.0.0.0/33"));
  CHECK_FALSE(parse_cidr("10.0.0.0/08"));
  CHECK_FALSE(parse_cidr("::/129"));
  CHECK(cidr_text(parse_cidr("::/128").value()) == "::/128");
  CHECK(cidr_text(parse_cidr("10.1.2.3/0").value()) == "10.1.2.3/0");
}

TEST_CASE("quantities take their largest exact unit") {
  CHECK(bytes_text(512 * kMiB) == "512MiB");
  CHECK(bytes_text(1500) == "1500B");
  CHECK(bytes_text(1536 * kMiB) == "1536MiB");
  CHECK(bytes_text(1'000'000'000'000) == "1TB");
  CHECK(bytes_text(2048 * kGiB) == "2TiB");
  CHECK(bytes_text(0) == "0B");
  CHECK(bytes_text(INT64_MAX) == "9223372036854775807B");
  CHECK(cpu_text(250) == "250m");
  CHECK(cpu_text(2000) == "2000m");
  CHECK(cpu_text(1500) == "1500m");
  CHECK(duration_text(30 * kDays) == "30d");
  CHECK(duration_text(90 * kMinutes) == "90min");
  CHECK(duration_text(1500) == "1500ms");
  CHECK(duration_text(0) == "0s");
  CHECK(power_text(65'000) == "65W");
  CHECK(power_text(6500) == "6500mW");
  CHECK(rate_text(2'500'000'000) == "2500Mbps");
  CHECK(rate_text(1'000'000'000) == "1Gbps");
}

TEST_CASE("floats read back as the same number") {
  CHECK(float_text(1) == "1.0");
  CHECK(float_text(-0.1) == "-0.1");
  CHECK(float_text(1e20) == "100000000000000000000.0");
  CHECK(float_text(1.5e-7) == "0.00000015");
  CHECK(float_text(0.1 + 0.2) == "0.30000000000000004");
}

TEST_CASE("targets get their own forms") {
  CHECK(kubernetes_bytes(512 * kMiB) == "512Mi");
  CHECK(kubernetes_bytes(20 * kGiB) == "20Gi");
  CHECK(kubernetes_bytes(500LL * 1000 * 1000 * 1000) == "500G");
  CHECK(kubernetes_bytes(1500) == "1500");
  CHECK(kubernetes_bytes(0) == "0");
  CHECK(kubernetes_cpu(250) == "250m");
  CHECK(kubernetes_cpu(2000) == "2");
  CHECK(go_duration(30 * kDays) == "720h0m0s");
  CHECK(go_duration(90 * kSeconds) == "1m30s");
  CHECK(go_duration(1500) == "1.5s");
  CHECK(go_duration(1050) == "1.05s");
  CHECK(go_duration(500) == "500ms");
  CHECK(go_duration(0) == "0s");
  CHECK(prometheus_duration(30 * kDays) == "30d");
  CHECK(prometheus_duration(90 * kMinutes) == "90m");
  CHECK(systemd_duration(90 * kMinutes) == "90min");
}

TEST_CASE("every scalar has one text, and nothing else has") {
  Values v;
  const auto text = [&](const Value& value) {
    return canonical_text(value, v.symbols).value_or("none");
  };
  CHECK(text(v.text("a \"b\"")) == "a \"b\"");
  CHECK(text(v.number(INT64_MIN)) == "-9223372036854775808");
  CHECK(text(make_bool(true, v.origin)) == "true");
  CHECK(text(v.ip("10.0.0.1")) == "10.0.0.1");
  CHECK(text(v.cidr("10.0.0.1/8")) == "10.0.0.1/8");
  CHECK(text(v.ips("10.0.0.1", "10.0.0.9")) == "10.0.0.1..10.0.0.9");
  CHECK(text(v.symbol("amd64")) == "amd64");
  CHECK(mac_text(0xdca632010203) == "dc:a6:32:01:02:03");
  CHECK(text(v.list({})) == "none");
  CHECK(text(v.map({})) == "none");
  CHECK(text(v.variant("backup", v.number(1))) == "none");
  CHECK(text(make_instance(InstanceId(3), v.origin)) == "none");
  for (const auto kind : {ValueKind::error, ValueKind::absent, ValueKind::unlearned}) {
    CHECK(text(v.hollow(kind)) == "none");
  }
  CHECK(shown_text(v.text(std::string(59, 'a') + "\xc3\xa9zz"), v.symbols) ==
        "\"" + std::string(59, 'a') + "...\"");
}

}  // namespace
}  // namespace hlab::values
