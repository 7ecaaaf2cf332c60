// The one list of emitters. An emitter is a folder beside this file; a new one is added here.
#include "emit/ansible/emitter.h"
#include "emit/argocd/emitter.h"
#include "emit/files/emitter.h"
#include "emit/flux/emitter.h"
#include "emit/kubernetes/emitter.h"
#include "emit/nixos/emitter.h"
#include "emit/readme/emitter.h"
#include "emit/scripts/emitter.h"
#include "emit/sops/emitter.h"
#include "emit/tailscale/emitter.h"

namespace hlab::emit {

const std::vector<const Emitter*>& all_emitters() {
  static const std::vector<const Emitter*> kEmitters{
      &kAnsibleEmitter, &kFilesEmitter, &kKubernetesEmitter, &kNixosEmitter, &kReadmeEmitter,
      &kScriptsEmitter, &kSopsEmitter, &kTailscaleEmitter,
      // Last: they name a folder only if another one wrote manifests there.
      &kArgocdEmitter, &kFluxEmitter};
  return kEmitters;
}

}  // namespace hlab::emit
