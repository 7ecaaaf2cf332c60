// What all objects have in common: head, labels, file name.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "emit/core/document.h"
#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {

using Texts = std::map<std::string, std::string, std::less<>>;

struct ObjectHead {
  std::string_view api_version;
  std::string_view kind;
  std::string name;
  Texts annotations;
  Texts labels;               // beside ours
  Origin origin = kNoOrigin;  // of the name, where it is not that of the service
};

/// Opens the object and writes all before `spec`.
void open_object(Doc& doc, const Workload& workload, const ObjectHead& head);
/// Closes the object and makes it a file. `declaration` is who the header names.
void add_object(Doc& doc, const Workload& workload, const ObjectHead& head,
                const View& declaration);

/// Ours, and `more` after them.
void put_labels(Doc& doc, const Workload& workload, const Texts& more = {});
/// Those of the head, in the words of the engine that brings the object. What the service itself brings
/// the definition of comes after the rest of it; claims of volumes stay when they leave the lab.
void put_annotations(Doc& doc, const Workload& workload, const ObjectHead& head);
/// A map of texts, or nothing where it is empty.
void put_texts(Doc& doc, std::string_view key, const Texts& texts, Origin origin = kNoOrigin);

/// Lower-case kind, and the name of the object without that of its service: `ingress-charts.yaml`.
std::string object_file_name(std::string_view kind, std::string_view name,
                             std::string_view service);

/// Kept by Argo CD when the Application goes, or the object leaves the repository.
extern const std::pair<const std::string, std::string> kKeepAnnotation;

/// Argo CD waits for the address of an Ingress or Service before it goes on. Where whoever gives it starts only after
/// the service, it must not: that is noted here.
void let_go_on(Texts& annotations, const Workload& workload, const View& giver);

}  // namespace hlab::emit::kubernetes
