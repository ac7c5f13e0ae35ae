import { accessBlockComplete } from "./aws/access-block-complete";
import { bucketAccessBlock } from "./aws/bucket-access-block";
import { bucketEncrypted } from "./aws/bucket-encrypted";
import { bucketNotPublic } from "./aws/bucket-not-public";
import { bucketVersioned } from "./aws/bucket-versioned";
import { cloudfrontSecure } from "./aws/cloudfront-secure";
import { databaseRecoverable } from "./aws/database-recoverable";
import { eksControlPlane } from "./aws/eks-control-plane";
import { eksEndpointRestricted } from "./aws/eks-endpoint-restricted";
import { encryptedAtRest } from "./aws/encrypted-at-rest";
import { endpointAuthenticated } from "./aws/endpoint-authenticated";
import { flowLogs } from "./aws/flow-logs";
import { iamLeastPrivilege } from "./aws/iam-least-privilege";
import { imdsV2 } from "./aws/imds-v2";
import { awsIngressDeclared } from "./aws/ingress-declared";
import { kmsRotated } from "./aws/kms-rotated";
import { logsRetained } from "./aws/logs-retained";
import { noPublicAddress } from "./aws/no-public-address";
import { awsNoSecretInClear } from "./aws/no-secret-in-clear";
import { policyNotPublic } from "./aws/policy-not-public";
import { tagged } from "./aws/tagged";
import { tlsInTransit } from "./aws/tls-in-transit";
import { tlsOnly } from "./aws/tls-only";
import { trailComplete } from "./aws/trail-complete";
import { exemptionConfigured } from "./exemptions/configured";
import { exemptionInForce } from "./exemptions/in-force";
import { exemptionValid } from "./exemptions/valid";
import { helmAtomic } from "./helm/atomic";
import { helmNoSecretValues } from "./helm/no-secret-values";
import { helmPinned } from "./helm/pinned";
import { helmRendered } from "./helm/rendered";
import { helmRepository } from "./helm/repository";
import { helmResourcesSet } from "./helm/resources-set";
import { capabilities } from "./kubernetes/capabilities";
import { capacity } from "./kubernetes/capacity";
import { declaredOnce } from "./kubernetes/declared-once";
import { defaultDeny } from "./kubernetes/default-deny";
import { disruptionBudget } from "./kubernetes/disruption-budget";
import { extensionTrusted } from "./kubernetes/extension-trusted";
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
import { systemPriority } from "./kubernetes/system-priority";
import { volumeTypes } from "./kubernetes/volume-types";
import { linodeBucketPrivate } from "./linode/bucket-private";
import { linodeBucketVersioned } from "./linode/bucket-versioned";
import { linodeDatabaseRestricted } from "./linode/database-restricted";
import { linodeIngressDeclared } from "./linode/ingress-declared";
import { linodeInstanceHardened } from "./linode/instance-hardened";
import { linodeKeysLimited } from "./linode/keys-limited";
import { lkeControlPlaneRestricted } from "./linode/lke-control-plane-restricted";
import { lkeHighAvailability } from "./linode/lke-high-availability";
import { linodeNodesFirewalled } from "./linode/nodes-firewalled";
import { linodeTlsInTransit } from "./linode/tls-in-transit";
import type { Policy } from "./policy";
import { resourceKnown } from "./resources/known";
import { statefulProtected } from "./stateful/protected";

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
  systemPriority,
  disruptionBudget,
  podSecurityLabels,
  namespaceQuota,
  defaultDeny,
  selectorsHit,
  referencesResolve,
  oneAutoscaler,
  declaredOnce,
  gpuPlacement,
  spotSafe,
  capacity,
  serviceExposure,
  ingressTls,
  leastPrivilege,
  extensionTrusted,
  bucketAccessBlock,
  accessBlockComplete,
  bucketNotPublic,
  policyNotPublic,
  awsIngressDeclared,
  bucketEncrypted,
  bucketVersioned,
  tlsOnly,
  tlsInTransit,
  encryptedAtRest,
  databaseRecoverable,
  imdsV2,
  noPublicAddress,
  endpointAuthenticated,
  eksEndpointRestricted,
  eksControlPlane,
  iamLeastPrivilege,
  awsNoSecretInClear,
  kmsRotated,
  logsRetained,
  flowLogs,
  trailComplete,
  cloudfrontSecure,
  tagged,
  linodeBucketPrivate,
  linodeIngressDeclared,
  lkeControlPlaneRestricted,
  lkeHighAvailability,
  linodeNodesFirewalled,
  linodeInstanceHardened,
  linodeTlsInTransit,
  linodeBucketVersioned,
  linodeDatabaseRestricted,
  linodeKeysLimited,
  helmPinned,
  helmRepository,
  helmAtomic,
  helmResourcesSet,
  helmNoSecretValues,
  statefulProtected,
  resourceKnown,
];

const ofObjects = rules.flatMap((rule) =>
  rule.scope === "resource" && rule.id.startsWith("kubernetes-") ? [rule] : [],
);

const judges: readonly Policy[] = [...rules, helmRendered(ofObjects)];

/** Every policy of the pack, in the order of the reference page. */
export const catalogue: readonly Policy[] = [
  ...judges,
  exemptionValid(judges.map(({ id }) => id)),
  exemptionInForce,
  exemptionConfigured,
];
