import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { AwsPlatform } from "../../../infra/aws";
import { awsSchema } from "../../../infra/config/aws-schema";
import { placed } from "../systems";

/** A resource as the program registered it, for tests. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  /** Inputs as they reach the provider. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The provider's URN and ID; empty where the program named none. */
  readonly provider: string;
  readonly options: pulumi.CustomResourceOptions;
}

type AwsInput = z.input<typeof awsSchema>;

/** A stack with everything that production has. */
export const production = {
  cloud: "aws",
  accountId: "123456789012",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  cluster: {
    name: "atlas-prod",
    version: "1.35",
    publicAccessCidrs: ["203.0.113.0/24"],
    administrators: ["arn:aws:iam::123456789012:role/platform-admin"],
  },
  nodePools: {
    general: { instanceTypes: ["m7i.xlarge", "m6i.xlarge"], minimum: 5, desired: 6, maximum: 20 },
    "ai-compute": {
      instanceTypes: ["c7i.2xlarge", "c6i.2xlarge", "c7a.2xlarge"],
      minimum: 3,
      desired: 6,
      maximum: 20,
      onDemandPercent: 20,
      labels: { "workload-type": "cpu-intensive" },
    },
    "data-storage": { instanceTypes: ["r7i.2xlarge", "r6i.2xlarge"], minimum: 2, desired: 3, maximum: 8 },
    "gpu-a10": { instanceTypes: ["g5.4xlarge"], minimum: 4, desired: 4, maximum: 4, diskGiB: 200 },
    "ai-spot-workers": {
      instanceTypes: ["t3a.xlarge", "t3.xlarge"],
      minimum: 2,
      desired: 4,
      maximum: 10,
      onDemandPercent: 0,
      labels: { "workload-type": "ai-batch", lifecycle: "spot" },
      taints: [{ key: "spot-instance", value: "true", effect: "NoSchedule" }],
    },
  },
  buckets: { prefix: "atlas-ai" },
  volumeBackups: {},
  dns: { zone: "atlas-financial.com" },
  edge: { hostName: "cdn.atlas-financial.com", apiOrigin: "origin.atlas-financial.com" },
} as const satisfies AwsInput;

/** A stack with as little as there can be. */
export const lean = {
  cloud: "aws",
  accountId: production.accountId,
  region: production.region,
  network: production.network,
  cluster: production.cluster,
  nodePools: { general: production.nodePools.general },
  buckets: { prefix: "atlas-ai", replicate: false },
} as const satisfies AwsInput;

/** The least stack, with some of its sections changed. */
export function leanWith(changes: Partial<AwsInput>): AwsInput {
  return { ...lean, ...changes };
}

/** What a test changes of a platform, beside its configuration. */
export interface PlatformOptions {
  /** @default true */
  readonly protectData?: boolean;
  /** @default false */
  readonly externalSecrets?: boolean;
}

/** What AWS would answer beside the inputs. */
function answer({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Readonly<Record<string, unknown>> {
  const arn = `arn:mocked:${type.split(":").at(-1)}/${name}`;
  switch (type) {
    case "aws:eks/cluster:Cluster":
      return {
        arn,
        endpoint: "https://mocked.eks.amazonaws.com",
        certificateAuthority: { data: "bW9ja2Vk" },
      };
    case "aws:eks/nodeGroup:NodeGroup":
      return { arn, resources: [{ autoscalingGroups: [{ name: `eks-${inputs.nodeGroupName}` }] }] };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { arn, latestVersion: 1 };
    case "aws:kms/key:Key":
      return { arn, keyId: `id-of-${name}` };
    case "aws:route53/zone:Zone":
      return { arn, zoneId: "Z0MOCKED", nameServers: ["ns-1.example.com"] };
    case "aws:acm/certificate:Certificate":
      return {
        arn,
        domainValidationOptions: [
          {
            domainName: inputs.domainName,
            resourceRecordName: `_proof.${inputs.domainName}`,
            resourceRecordType: "CNAME",
            resourceRecordValue: "_proof.acm-validations.aws",
          },
        ],
      };
    default:
      return { arn };
  }
}

export type RecordedPlatform = Awaited<ReturnType<typeof recordPlatform>>;

/** Builds a platform against a mocked AWS, and says what it registered. */
export async function recordPlatform(
  config: AwsInput,
  { protectData = true, externalSecrets = false }: PlatformOptions = {},
) {
  const registered = new Map<string, Pick<RecordedResource, "inputs" | "provider">>();
  const declared: { type: string; name: string; options: pulumi.CustomResourceOptions }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        const { type, name, inputs, provider = "" } = resource;
        registered.set(`${type} ${name}`, { inputs, provider });
        return { id: `id-of-${name}`, state: { ...inputs, ...answer(resource) } };
      },
      call: ({ token }) => {
        throw new Error(`the program must not look anything up: ${token}`);
      },
    },
    "ai-platform",
    "prod",
    false,
  );
  const platform = new AwsPlatform(
    "aws",
    {
      config: awsSchema.parse(config),
      environment: "production",
      systems: placed({
        atlas: { cluster: "aws" },
        "ai-middleware": { cluster: "aws" },
        "market-research": { cluster: "aws", gpuPool: "gpu" },
      }),
      loadBalancerHosts: ["market-data.atlas-financial.com", "market-data.example.org"],
      tags: { team: "ai-platform" },
      protectData,
      externalSecrets,
    },
    {
      transformations: [
        ({ type, name, opts }) => {
          declared.push({ type, name, options: opts });
          return undefined;
        },
      ],
    },
  );
  const edge = platform.openEdge([{ header: "X-Origin-Key-1", value: pulumi.secret("a key") }]);
  // Registrations go on after the constructor has returned.
  await pulumi.runtime.disconnect();

  const resources: readonly RecordedResource[] = declared.map((resource) => ({
    ...resource,
    ...(registered.get(`${resource.type} ${resource.name}`) ?? { inputs: {}, provider: "" }),
  }));
  return {
    platform,
    edge,
    resources,
    /** Every resource of a type, by its short name: `eks/cluster:Cluster`. */
    all: (type: string): readonly RecordedResource[] =>
      resources.filter((each) => each.type === `aws:${type}`),
    /** The one resource of a type whose name contains a text. */
    one: (type: string, part = ""): RecordedResource => {
      const [found, ...others] = resources.filter(
        (each) => each.type === `aws:${type}` && each.name.includes(part),
      );
      if (found === undefined || others.length > 0) {
        throw new Error(
          `${others.length + (found ? 1 : 0)} resources aws:${type} have "${part}" in their name`,
        );
      }
      return found;
    },
  };
}

/** A policy document among a resource's inputs. */
export function policyIn(
  { inputs }: RecordedResource,
  key = "policy",
): {
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
} {
  return JSON.parse(String(inputs[key]));
}
