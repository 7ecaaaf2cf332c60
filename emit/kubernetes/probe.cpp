#include <string_view>

#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::int64_t kStartPeriod = 5;  // seconds
constexpr std::int64_t kMilliseconds = 1000;

void put_request(Doc& doc, const View& probe) {
  doc.key("httpGet");
  doc.open_map();
  doc.entry("path", probe.text("path"), origin_of(probe, "path"));
  doc.entry("port", probe.text("port"), origin_of(probe, "port"));
  if (probe.has("host")) {
    doc.key("httpHeaders");
    doc.open_seq();
    doc.open_map();
    doc.entry("name", "Host");
    doc.entry("value", probe.text("host"), origin_of(probe, "host"));
    doc.close();
    doc.close();
  }
  doc.close();
}

void put_question(Doc& doc, const View& probe) {
  if (probe.has("path")) return put_request(doc, probe);
  doc.key("tcpSocket");
  doc.open_map();
  doc.entry("port", probe.text("port"), origin_of(probe, "port"));
  doc.close();
}

void put_steady(Doc& doc, std::string_view key, const View& probe, int period) {
  doc.key(key);
  doc.open_map(origin_of_name(probe));
  put_question(doc, probe);
  doc.entry("periodSeconds", period);
  doc.entry("timeoutSeconds", 5);
  doc.entry("failureThreshold", 3);
  doc.close();
}

}  // namespace

void put_probes(Doc& doc, const View& container) {
  const View probe = container.ref("probe");
  if (!probe) return;
  const std::int64_t period = kStartPeriod * kMilliseconds;
  const std::int64_t tries = (probe.number("start") + period - 1) / period;
  doc.key("startupProbe");
  doc.open_map(origin_of_name(probe));
  put_question(doc, probe);
  doc.entry("periodSeconds", kStartPeriod);
  doc.entry("failureThreshold", tries > 0 ? tries : 1, origin_of(probe, "start"));
  doc.close();
  put_steady(doc, "livenessProbe", probe, 30);
  put_steady(doc, "readinessProbe", probe, 10);
}

}  // namespace hlab::emit::kubernetes
