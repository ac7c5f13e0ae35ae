import { bucketAccessBlock } from "./aws/bucket-access-block";
import { bucketNotPublic } from "./aws/bucket-not-public";
import { eksEndpointRestricted } from "./aws/eks-endpoint-restricted";
import { awsIngressDeclared } from "./aws/ingress-declared";
import { exemptionInForce } from "./exemptions/in-force";
import { exemptionValid } from "./exemptions/valid";
import { capabilities } from "./kubernetes/capabilities";
import { capacity } from "./kubernetes/capacity";
import { defaultDeny } from "./kubernetes/default-deny";
import { disruptionBudget } from "./kubernetes/disruption-budget";
import { gpuPlacement } from "./kubernetes/gpu-placement";
import { hostAccess } from "./kubernetes/host-access";
import { imagePinned } from "./kubernetes/image-pinned";
import { imageRegistry } from "./kubernetes/image-registry";
import { ingressTls } from "./kubernetes/ingress-tls";
import { kernelSettings } from "./kubernetes/kernel-settings";
import { leastPrivilege } from "./kubernetes/least-privilege";
import { namespaceQuota } from "./kubernetes/namespace-quota";
import { noSecretInClear } from "./kubernetes/no-secret-in-clear";
import { nonRoot } from "./kubernetes/non-root";
import { oneAutoscaler } from "./kubernetes/one-autoscaler";
import { podSecurityLabels } from "./kubernetes/pod-security-labels";
import { privilege } from "./kubernetes/privilege";
import { probes } from "./kubernetes/probes";
import { readOnlyRoot } from "./kubernetes/read-only-root";
import { referencesResolve } from "./kubernetes/references-resolve";
import { resourceLimits } from "./kubernetes/resource-limits";
import { seccomp } from "./kubernetes/seccomp";
import { selectorsHit } from "./kubernetes/selectors-hit";
import { serviceAccountToken } from "./kubernetes/service-account-token";
import { serviceExposure } from "./kubernetes/service-exposure";
import { spotSafe } from "./kubernetes/spot-safe";
import { volumeTypes } from "./kubernetes/volume-types";
import { linodeBucketPrivate } from "./linode/bucket-private";
import { linodeIngressDeclared } from "./linode/ingress-declared";
import { lkeControlPlaneRestricted } from "./linode/lke-control-plane-restricted";
import type { Policy } from "./policy";

const rules: readonly Policy[] = [
  nonRoot,
  privilege,
  capabilities,
  seccomp,
  hostAccess,
  volumeTypes,
  kernelSettings,
  readOnlyRoot,
  serviceAccountToken,
  noSecretInClear,
  imagePinned,
  imageRegistry,
  probes,
  resourceLimits,
  disruptionBudget,
  podSecurityLabels,
  namespaceQuota,
  defaultDeny,
  selectorsHit,
  referencesResolve,
  oneAutoscaler,
  gpuPlacement,
  spotSafe,
  capacity,
  serviceExposure,
  ingressTls,
  leastPrivilege,
  bucketAccessBlock,
  bucketNotPublic,
  awsIngressDeclared,
  eksEndpointRestricted,
  linodeBucketPrivate,
  linodeIngressDeclared,
  lkeControlPlaneRestricted,
];

/** Every policy of the pack, in the order of the reference page. */
export const catalogue: readonly Policy[] = [
  ...rules,
  exemptionValid(rules.map(({ id }) => id)),
  exemptionInForce,
];
