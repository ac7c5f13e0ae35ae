import { z } from "zod";
import type { Plan } from "../../model/plan";
import { type Document, documentOf } from "./iam/document";

const association = z.object({ namespace: z.string(), serviceAccount: z.string(), roleArn: z.string() });
const policy = z.object({ role: z.string(), policy: z.string() });
const bucketPolicy = z.object({ bucket: z.string(), policy: z.string() });
const named = z.looseObject({});

/** A role of the plan with its own policies. */
export interface PlannedRole {
  /** The resource's logical name. */
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly Document[];
  /** Attached policies that AWS maintains; their contents are not checked. */
  readonly isManaged: boolean;
  /** Service accounts whose pods assume it. */
  readonly accounts: readonly { readonly namespace: string; readonly name: string }[];
}

/** A stack's AWS resources, by their names in a plan. */
export interface World {
  readonly account: string;
  readonly region: string;
  /** Region of the copies; the same region where there are none. */
  readonly replicaRegion: string;
  readonly cluster: string;
  readonly roles: readonly PlannedRole[];
  /** ARNs of buckets, by purpose: `models`, `backups`, `data`, `telemetry`, `access-logs`. */
  readonly bucket: (purpose: string) => string;
  readonly bucketPolicy: (arn: string) => Document | undefined;
  /** ARN and policy of a key, by purpose: `cluster`, `data`, `replica`. */
  readonly key: (name: string) => { readonly arn: string; readonly policy: Document | undefined };
  readonly zone: string;
  /** True when the plan has a resource of this type. */
  readonly has: (type: string) => boolean;
}

/** The AWS resources of a plan; undefined when it has no cluster there. */
export function worldOf(plan: Plan): World | undefined {
  const [cluster] = plan.all("aws:eks/cluster:Cluster", z.object({ name: z.string() }));
  const [key] = plan.all("aws:kms/key:Key", z.object({ policy: z.string() }));
  if (cluster === undefined || key === undefined) {
    return undefined;
  }
  const arn = (type: string, name: string): string => `arn:${type}:${name}`;
  const keys = plan.all("aws:kms/key:Key", z.object({ policy: z.string() }));
  const bucketPolicies = plan.all("aws:s3/bucketPolicy:BucketPolicy", bucketPolicy);
  const zones = plan.all("aws:route53/zone:Zone", named);
  return {
    account: /arn:aws:iam::(\d{12}):root/.exec(key.inputs.policy)?.[1] ?? "",
    region: regionOf(plan, "aws:eks/cluster:Cluster"),
    replicaRegion: regionOf(plan, "aws:s3/bucket:Bucket", "-replica-bucket"),
    cluster: cluster.inputs.name,
    roles: rolesOf(plan),
    bucket: (purpose) => arn("aws:s3/bucket:Bucket", `aws-storage-${purpose}-bucket`),
    bucketPolicy: (bucket) => {
      const id = `${bucket.split(":").at(-1)}-id`;
      const found = bucketPolicies.find(({ inputs }) => inputs.bucket === id);
      return found && documentOf(found.inputs.policy);
    },
    key: (name) => {
      const found = keys.find((one) => one.name === `aws-${name}-key-key`);
      return {
        arn: arn("aws:kms/key:Key", found?.name ?? name),
        policy: found && documentOf(found.inputs.policy),
      };
    },
    zone: `arn:aws:route53:::hostedzone/${zones[0]?.name ?? "none"}-id`,
    has: (type) => plan.resources.some((resource) => resource.type === type),
  };
}

function rolesOf(plan: Plan): readonly PlannedRole[] {
  const policies = plan.all("aws:iam/rolePolicy:RolePolicy", policy);
  const attached = plan.all(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    z.object({ role: z.string() }),
  );
  const associations = plan.all("aws:eks/podIdentityAssociation:PodIdentityAssociation", association);
  return plan.all("aws:iam/role:Role", named).map(({ name }) => {
    const arn = `arn:aws:iam/role:Role:${name}`;
    return {
      name,
      arn,
      policies: policies
        .filter(({ inputs }) => inputs.role === `${name}-id`)
        .map(({ inputs }) => documentOf(inputs.policy)),
      isManaged: attached.some(({ inputs }) => inputs.role === name || inputs.role === `${name}-id`),
      accounts: associations
        .filter(({ inputs }) => inputs.roleArn === arn)
        .map(({ inputs: { namespace, serviceAccount } }) => ({ namespace, name: serviceAccount })),
    };
  });
}

/** The region of the first resource of a type whose logical name ends with `end`. */
function regionOf(plan: Plan, type: string, end = ""): string {
  const resource = plan.resources.find((one) => one.type === type && one.name.endsWith(end));
  const provider = plan
    .all("pulumi:providers:aws", z.object({ region: z.string() }))
    .find(({ name }) => name === resource?.provider);
  return provider?.inputs.region ?? "us-east-1";
}
