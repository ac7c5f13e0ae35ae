import { bucketAccessBlock } from "./aws/bucket-access-block";
import { bucketNotPublic } from "./aws/bucket-not-public";
import { eksEndpointRestricted } from "./aws/eks-endpoint-restricted";
import { awsIngressDeclared } from "./aws/ingress-declared";
import { exemptionInForce } from "./exemptions/in-force";
import { exemptionValid } from "./exemptions/valid";
import { defaultDeny } from "./kubernetes/default-deny";
import { disruptionBudget } from "./kubernetes/disruption-budget";
import { nonRoot } from "./kubernetes/non-root";
import { podSecurityLabels } from "./kubernetes/pod-security-labels";
import { resourceLimits } from "./kubernetes/resource-limits";
import { linodeBucketPrivate } from "./linode/bucket-private";
import { linodeIngressDeclared } from "./linode/ingress-declared";
import { lkeControlPlaneRestricted } from "./linode/lke-control-plane-restricted";
import type { Policy } from "./policy";

const rules: readonly Policy[] = [
  nonRoot,
  resourceLimits,
  disruptionBudget,
  podSecurityLabels,
  defaultDeny,
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
