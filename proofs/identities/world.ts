import { z } from "zod";
import { clusterOf, clustersOn } from "../../model/clouds";
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

/** The AWS resources that belong to one cluster, by their names in a plan. */
export interface World {
  /** The cluster's name in the stack. Names of its resources begin with it. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Region of the copies; the same region where there are none. */
  readonly replicaRegion: string;
  /** The cluster's name at EKS. */
  readonly cluster: string;
  readonly roles: readonly PlannedRole[];
  /** ARNs of buckets, by purpose: `models`, `backups`, `data`, `telemetry`, `access-logs`. */
  readonly bucket: (purpose: string) => string;
  readonly bucketPolicy: (arn: string) => Document | undefined;
  /** ARN and policy of a key, by purpose: `cluster`, `data`, `replica`. */
  readonly key: (name: string) => { readonly arn: string; readonly policy: Document | undefined };
  readonly zone: string;
}

/** The AWS resources of each EKS cluster of a plan. */
export function worldsOf(plan: Plan): readonly World[] {
  return clustersOn(plan, "aws").flatMap((name) => worldOf(plan, name) ?? []);
}

function worldOf(plan: Plan, name: string): World | undefined {
  const own = <Found extends { readonly name: string }>(found: readonly Found[]): readonly Found[] =>
    found.filter((one) => clusterOf(plan, one.name) === name);
  const [cluster] = own(plan.all("aws:eks/cluster:Cluster", z.object({ name: z.string() })));
  const keys = own(plan.all("aws:kms/key:Key", z.object({ policy: z.string() })));
  const [key] = keys;
  if (cluster === undefined || key === undefined) {
    return undefined;
  }
  const bucketPolicies = plan.all("aws:s3/bucketPolicy:BucketPolicy", bucketPolicy);
  const [zone] = own(plan.all("aws:route53/zone:Zone", named));
  return {
    name,
    account: /arn:aws:iam::(\d{12}):root/.exec(key.inputs.policy)?.[1] ?? "",
    region: regionOf(plan, own(plan.resources), "aws:eks/cluster:Cluster"),
    replicaRegion: regionOf(plan, own(plan.resources), "aws:s3/bucket:Bucket", "-replica-bucket"),
    cluster: cluster.inputs.name,
    roles: own(rolesOf(plan)),
    bucket: (purpose) => `arn:aws:s3/bucket:Bucket:${name}-storage-${purpose}-bucket`,
    bucketPolicy: (bucket) => {
      const id = `${bucket.split(":").at(-1)}-id`;
      const found = bucketPolicies.find(({ inputs }) => inputs.bucket === id);
      return found && documentOf(found.inputs.policy);
    },
    key: (purpose) => {
      const found = keys.find((one) => one.name === `${name}-${purpose}-key-key`);
      return {
        arn: `arn:aws:kms/key:Key:${found?.name ?? purpose}`,
        policy: found && documentOf(found.inputs.policy),
      };
    },
    zone: `arn:aws:route53:::hostedzone/${zone?.name ?? "none"}-id`,
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

/** The region of the first of some resources that has a type and whose logical name ends with `end`. */
function regionOf(plan: Plan, among: Plan["resources"], type: string, end = ""): string {
  const resource = among.find((one) => one.type === type && one.name.endsWith(end));
  const provider = plan
    .all("pulumi:providers:aws", z.object({ region: z.string() }))
    .find(({ name }) => name === resource?.provider);
  return provider?.inputs.region ?? "us-east-1";
}
