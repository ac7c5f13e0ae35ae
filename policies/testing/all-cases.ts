import { accessBlockCompleteCases } from "../aws/access-block-complete.cases";
import { bucketAccessBlockCases } from "../aws/bucket-access-block.cases";
import { bucketEncryptedCases } from "../aws/bucket-encrypted.cases";
import { bucketNotPublicCases } from "../aws/bucket-not-public.cases";
import { bucketVersionedCases } from "../aws/bucket-versioned.cases";
import { cloudfrontSecureCases } from "../aws/cloudfront-secure.cases";
import { databaseRecoverableCases } from "../aws/database-recoverable.cases";
import { eksControlPlaneCases } from "../aws/eks-control-plane.cases";
import { eksEndpointRestrictedCases } from "../aws/eks-endpoint-restricted.cases";
import { encryptedAtRestCases } from "../aws/encrypted-at-rest.cases";
import { endpointAuthenticatedCases } from "../aws/endpoint-authenticated.cases";
import { flowLogsCases } from "../aws/flow-logs.cases";
import { iamLeastPrivilegeCases } from "../aws/iam-least-privilege.cases";
import { imdsV2Cases } from "../aws/imds-v2.cases";
import { awsIngressDeclaredCases } from "../aws/ingress-declared.cases";
import { kmsRotatedCases } from "../aws/kms-rotated.cases";
import { logsRetainedCases } from "../aws/logs-retained.cases";
import { noPublicAddressCases } from "../aws/no-public-address.cases";
import { awsNoSecretInClearCases } from "../aws/no-secret-in-clear.cases";
import { policyNotPublicCases } from "../aws/policy-not-public.cases";
import { taggedCases } from "../aws/tagged.cases";
import { tlsInTransitCases } from "../aws/tls-in-transit.cases";
import { tlsOnlyCases } from "../aws/tls-only.cases";
import { trailCompleteCases } from "../aws/trail-complete.cases";
import { exemptionConfiguredCases } from "../exemptions/configured.cases";
import { exemptionInForceCases } from "../exemptions/in-force.cases";
import { exemptionValidCases } from "../exemptions/valid.cases";
import { helmAtomicCases } from "../helm/atomic.cases";
import { helmNoSecretValuesCases } from "../helm/no-secret-values.cases";
import { helmPinnedCases } from "../helm/pinned.cases";
import { helmRenderedCases } from "../helm/rendered.cases";
import { helmRepositoryCases } from "../helm/repository.cases";
import { helmResourcesSetCases } from "../helm/resources-set.cases";
import { capabilitiesCases } from "../kubernetes/capabilities.cases";
import { capacityCases } from "../kubernetes/capacity.cases";
import { declaredOnceCases } from "../kubernetes/declared-once.cases";
import { defaultDenyCases } from "../kubernetes/default-deny.cases";
import { disruptionBudgetCases } from "../kubernetes/disruption-budget.cases";
import { extensionTrustedCases } from "../kubernetes/extension-trusted.cases";
import { gpuPlacementCases } from "../kubernetes/gpu-placement.cases";
import { hostAccessCases } from "../kubernetes/host-access.cases";
import { imagePinnedCases } from "../kubernetes/image-pinned.cases";
import { imageRegistryCases } from "../kubernetes/image-registry.cases";
import { ingressTlsCases } from "../kubernetes/ingress-tls.cases";
import { kernelSettingsCases } from "../kubernetes/kernel-settings.cases";
import { leastPrivilegeCases } from "../kubernetes/least-privilege.cases";
import { namespaceQuotaCases } from "../kubernetes/namespace-quota.cases";
import { noSecretInClearCases } from "../kubernetes/no-secret-in-clear.cases";
import { nonRootCases } from "../kubernetes/non-root.cases";
import { oneAutoscalerCases } from "../kubernetes/one-autoscaler.cases";
import { podSecurityLabelsCases } from "../kubernetes/pod-security-labels.cases";
import { privilegeCases } from "../kubernetes/privilege.cases";
import { probesCases } from "../kubernetes/probes.cases";
import { readOnlyRootCases } from "../kubernetes/read-only-root.cases";
import { referencesResolveCases } from "../kubernetes/references-resolve.cases";
import { resourceLimitsCases } from "../kubernetes/resource-limits.cases";
import { seccompCases } from "../kubernetes/seccomp.cases";
import { selectorsHitCases } from "../kubernetes/selectors-hit.cases";
import { serviceAccountTokenCases } from "../kubernetes/service-account-token.cases";
import { serviceExposureCases } from "../kubernetes/service-exposure.cases";
import { spotSafeCases } from "../kubernetes/spot-safe.cases";
import { systemPriorityCases } from "../kubernetes/system-priority.cases";
import { volumeTypesCases } from "../kubernetes/volume-types.cases";
import { linodeBucketPrivateCases } from "../linode/bucket-private.cases";
import { linodeBucketVersionedCases } from "../linode/bucket-versioned.cases";
import { linodeDatabaseRestrictedCases } from "../linode/database-restricted.cases";
import { linodeIngressDeclaredCases } from "../linode/ingress-declared.cases";
import { linodeInstanceHardenedCases } from "../linode/instance-hardened.cases";
import { linodeKeysLimitedCases } from "../linode/keys-limited.cases";
import { lkeControlPlaneRestrictedCases } from "../linode/lke-control-plane-restricted.cases";
import { lkeHighAvailabilityCases } from "../linode/lke-high-availability.cases";
import { linodeNodesFirewalledCases } from "../linode/nodes-firewalled.cases";
import { linodeTlsInTransitCases } from "../linode/tls-in-transit.cases";
import { resourceKnownCases } from "../resources/known.cases";
import { statefulProtectedCases } from "../stateful/protected.cases";
import type { Cases } from "./cases";

/** The cases of every policy; a test compares them with the catalogue. */
export const allCases: readonly Cases[] = [
  nonRootCases,
  privilegeCases,
  capabilitiesCases,
  seccompCases,
  hostAccessCases,
  volumeTypesCases,
  kernelSettingsCases,
  readOnlyRootCases,
  serviceAccountTokenCases,
  noSecretInClearCases,
  imagePinnedCases,
  imageRegistryCases,
  probesCases,
  resourceLimitsCases,
  systemPriorityCases,
  disruptionBudgetCases,
  podSecurityLabelsCases,
  namespaceQuotaCases,
  defaultDenyCases,
  selectorsHitCases,
  referencesResolveCases,
  oneAutoscalerCases,
  declaredOnceCases,
  gpuPlacementCases,
  spotSafeCases,
  capacityCases,
  serviceExposureCases,
  ingressTlsCases,
  leastPrivilegeCases,
  extensionTrustedCases,
  bucketAccessBlockCases,
  accessBlockCompleteCases,
  bucketNotPublicCases,
  policyNotPublicCases,
  awsIngressDeclaredCases,
  bucketEncryptedCases,
  bucketVersionedCases,
  tlsOnlyCases,
  tlsInTransitCases,
  encryptedAtRestCases,
  databaseRecoverableCases,
  imdsV2Cases,
  noPublicAddressCases,
  endpointAuthenticatedCases,
  eksEndpointRestrictedCases,
  eksControlPlaneCases,
  iamLeastPrivilegeCases,
  awsNoSecretInClearCases,
  kmsRotatedCases,
  logsRetainedCases,
  flowLogsCases,
  trailCompleteCases,
  cloudfrontSecureCases,
  taggedCases,
  linodeBucketPrivateCases,
  linodeIngressDeclaredCases,
  lkeControlPlaneRestrictedCases,
  lkeHighAvailabilityCases,
  linodeNodesFirewalledCases,
  linodeInstanceHardenedCases,
  linodeTlsInTransitCases,
  linodeBucketVersionedCases,
  linodeDatabaseRestrictedCases,
  linodeKeysLimitedCases,
  helmPinnedCases,
  helmRepositoryCases,
  helmAtomicCases,
  helmResourcesSetCases,
  helmNoSecretValuesCases,
  statefulProtectedCases,
  resourceKnownCases,
  helmRenderedCases,
  exemptionValidCases,
  exemptionInForceCases,
  exemptionConfiguredCases,
];
