// The one list of rules. A rule is declared and defined in its folder and named here.
#include "compiler/model/error_watch.h"
#include "compiler/rules/kubernetes/chart_rules.h"
#include "compiler/rules/kubernetes/lab_rules.h"
#include "compiler/rules/kubernetes/service_rules.h"
#include "compiler/rules/kubernetes/twice_rules.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/rules/network/way_rules.h"
#include "compiler/rules/order/order_rules.h"
#include "compiler/rules/resources/claim_rules.h"
#include "compiler/rules/resources/machine_files.h"
#include "compiler/rules/resources/resource_rules.h"
#include "compiler/rules/rule.h"

namespace hlab::rules {

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> kRules{
      {&kNoLab.info, check_lab_count},
      {&kTwoLabs.info, check_second_lab},
      {&kDuplicateAddress.info, check_addresses},
      {&kAddressOutside.info, nullptr},
      {&kAddressInDhcp.info, nullptr},
      {&kNoSecondFamily.info, check_address_givers},
      {&kAutoInTailnet.info, nullptr},
      {&kLearnedNowhere.info, nullptr},
      {&kAddressOfNetwork.info, nullptr},
      {&kNetworksOverlap.info, check_network_overlap},
      {&kInnerNetwork.info, check_inner_networks},
      {&kDuplicateHostName.info, check_host_names},
      {&kNameAtTwoAddresses.info, nullptr},
      {&kHostPortClash.info, check_host_ports},
      {&kPortUnderTwoNames.info, nullptr},
      {&kNoOtherResolver.info, check_resolvers},
      {&kEndpointUnreached.info, check_ways},
      {&kWiderThanSaid.info, nullptr},
      {&kNameUnknown.info, nullptr},
      {&kShutByPolicy.info, check_shut_ways},
      {&kAskedInVain.info, nullptr},
      {&kLoginWithoutReason.info, check_logins},
      {&kLoginPassedBy.info, check_guards},
      {&kRangesOverlap.info, check_ranges},
      {&kVlanTwice.info, check_vlans},
      {&kMacTwice.info, check_hardware_addresses},
      {&kTunnelTwice.info, check_tunnels},
      {&kContactTwice.info, check_contacts},
      {&kAddressInPool.info, check_addresses_in_pools},
      {&kBackupOnItself.info, check_backup_places},
      {&kBackupOnMachine.info, nullptr},
      {&kBackupInFolder.info, nullptr},
      {&kBackupAtMaker.info, nullptr},
      {&kNoRoomOnDisks.info, check_storage_room},
      {&kUnknownStorageClass.info, check_storage_classes},
      {&kMisspeltStorageClass.info, nullptr},
      {&kUnlabelledClaim.info, check_foreign_claims},
      {&kUnheededVolume.info, nullptr},
      {&kUnmadeClaim.info, nullptr},
      {&kUnusedSecret.info, check_unused_secrets},
      {&kImageArch.info, check_architectures},
      {&kPlatformsUnknown.info, nullptr},
      {&kNoPlacement.info, check_placement},
      {&kPlacementUndecided.info, nullptr},
      {&kLossNotBorne.info, check_loss},
      {&kVolumeOnOneNode.info, nullptr},
      {&kDeviceTwice.info, check_devices},
      {&kPathTwice.info, check_machine_paths},
      {&kMachineFileTwice.info, check_machine_files},
      {&kReleaseTwice.info, check_releases},
      {&kClassTwice.info, check_classes},
      {&kTargetTwice.info, check_backup_targets},
      {&kChartWantsOther.info, check_chart_versions},
      {&kUnreadableRange.info, nullptr},
      {&kNobodyAnswers.info, check_chart_addresses},
      {&kSecretNotBrought.info, check_chart_secrets},
      {&kNodeInTwoClusters.info, check_node_clusters},
      {&kNoAddressInNetwork.info, check_cluster_network},
      {&kNotDualStack.info, check_dual_stack},
      {&kNoCluster.info, check_without_cluster},
      {&kSeveralClusters.info, nullptr},
      {&kUnusedIssuer.info, check_unused_issuers},
      {&kMachineIssuer.info, check_machine_issuers},
      {&kUnknownEndpointPort.info, check_endpoint_ports},
      {&kBootstrapCircle.info, check_bootstrap},
      {&kResolverCircle.info, check_resolver_circle},
      {&kTwoEngines.info, nullptr},
      {&kBetween.info, check_between},
      {&kHandoverCircle.info, check_handovers},
      {&kOtherCluster.info, check_other_cluster},
      {&kWaitsForLearn.info, check_waiting},
  };
  return kRules;
}

void run_rules(const RuleInput& input, diag::Diagnostics& diags) {
  for (const Rule& rule : all_rules()) {
    if (rule.check == nullptr) continue;
    tell_if_known(diags, [&] { rule.check(input, diags); });
  }
}

void tell_if_known(diag::Diagnostics& diags, const std::function<void()>& look) {
  const std::size_t told = diags.size();
  const model::ErrorWatch watch;
  look();
  if (watch.met()) diags.keep_first(told);
}

}  // namespace hlab::rules
