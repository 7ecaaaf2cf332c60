// The strings of the corpora, and random ones: what writers are tried with.
#pragma once

#include <string>
#include <vector>

namespace hlab::testing {

/// Every string of the corpora that is UTF-8 without NUL, alone, with a line break and between lines,
/// and `random` ones made of what formats find special; sorted, none twice.
std::vector<std::string> corpus_strings(std::size_t random);

}  // namespace hlab::testing
