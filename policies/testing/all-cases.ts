import { bucketAccessBlockCases } from "../aws/bucket-access-block.cases";
import { bucketNotPublicCases } from "../aws/bucket-not-public.cases";
import { eksEndpointRestrictedCases } from "../aws/eks-endpoint-restricted.cases";
import { awsIngressDeclaredCases } from "../aws/ingress-declared.cases";
import { exemptionInForceCases } from "../exemptions/in-force.cases";
import { exemptionValidCases } from "../exemptions/valid.cases";
import { defaultDenyCases } from "../kubernetes/default-deny.cases";
import { disruptionBudgetCases } from "../kubernetes/disruption-budget.cases";
import { nonRootCases } from "../kubernetes/non-root.cases";
import { podSecurityLabelsCases } from "../kubernetes/pod-security-labels.cases";
import { resourceLimitsCases } from "../kubernetes/resource-limits.cases";
import { linodeBucketPrivateCases } from "../linode/bucket-private.cases";
import { linodeIngressDeclaredCases } from "../linode/ingress-declared.cases";
import { lkeControlPlaneRestrictedCases } from "../linode/lke-control-plane-restricted.cases";
import type { Cases } from "./cases";

/** The cases of every policy; a test compares them with the catalogue. */
export const allCases: readonly Cases[] = [
  nonRootCases,
  resourceLimitsCases,
  disruptionBudgetCases,
  podSecurityLabelsCases,
  defaultDenyCases,
  bucketAccessBlockCases,
  bucketNotPublicCases,
  awsIngressDeclaredCases,
  eksEndpointRestrictedCases,
  linodeBucketPrivateCases,
  linodeIngressDeclaredCases,
  lkeControlPlaneRestrictedCases,
  exemptionValidCases,
  exemptionInForceCases,
];
