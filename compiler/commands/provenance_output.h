// Where values come from, as text and as JSON: what `show --blame` and `why` have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/inspect/provenance.h"
#include "emit/core/document.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

/// `lab.hlab:4:3  lab.home: domain = "..."`, with its loops and its reason.
[[nodiscard]] std::string described(const driver::Compilation& run, const inspect::Origin& origin);

void put_place(emit::Doc& doc, const driver::Compilation& run, Span at);
void put_texts(emit::Doc& doc, std::string_view name, const std::vector<std::string>& texts);
void put_origins(emit::Doc& doc, const driver::Compilation& run, std::string_view name,
                 const std::vector<inspect::Origin>& origins);

}  // namespace hlab::commands
