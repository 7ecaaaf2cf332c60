// What makes a document unfit to be written, whatever the format. Each is a fault of an emitter,
// not of the lab, but never silent: the reader of the file would see something else.
#pragma once

#include <optional>
#include <string>

#include "emit/core/document.h"

namespace hlab::emit {

enum class DocFault : std::uint8_t {
  builder,         // the builder was called wrongly; `detail` says how
  duplicate_key,   // twice in one map
  not_utf8,        // a string or key is not UTF-8
  nul,             // a string or key holds NUL, which no consumer takes
  not_a_number,    // NaN or an infinity
  document_count,  // JSON, TOML, INI and dotenv hold exactly one document
  unfit,           // the format has no form for it; `detail` says why
};

struct DocError {
  DocFault fault = DocFault::builder;
  std::string path;    // keys and indexes down to the node: `spec.ports[0].name`
  std::string detail;  // the offending key or text, or what the builder was called with
  Origin origin = kNoOrigin;
};

std::string_view name_of(DocFault fault);

/// The first fault of `doc` in document order. Keys are texts in every format: writers of YAML quote
/// `on`, `1` and their like.
std::optional<DocError> check_document(const Doc& doc);

/// That `doc` is sound and one map, as TOML, INI and dotenv want it.
std::optional<DocError> check_one_map(const Doc& doc, std::string_view format);

/// `spec.ports[0].name` for the node at `target`.
std::string node_path(const std::vector<Node>& nodes, std::uint32_t target);

/// That the format has no form for the node, because `why`.
DocError unfit_node(const std::vector<Node>& nodes, std::uint32_t target, std::string why);

}  // namespace hlab::emit
