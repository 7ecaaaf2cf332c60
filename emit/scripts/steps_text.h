// The parts of steps.sh: shell functions without anything of a lab in them.
#pragma once

#include <string_view>

namespace hlab::emit {

extern const std::string_view kStepFunctions;
extern const std::string_view kRemoteFunction;
extern const std::string_view kAgeKeyFunctions;
extern const std::string_view kSendAgeKeyFunction;
extern const std::string_view kNixosFunction;
extern const std::string_view kAnsibleFunction;
extern const std::string_view kClusterFunctions;
extern const std::string_view kMakeNamespaceFunction;
extern const std::string_view kGiveAgeKeyFunction;
extern const std::string_view kFetchKubeconfigFunction;
extern const std::string_view kServiceFunctions;
extern const std::string_view kRepositoryFunction;

}  // namespace hlab::emit
