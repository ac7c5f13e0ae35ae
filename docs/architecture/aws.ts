import { z } from "zod";
import { findAwsInstanceType } from "../../facts/aws-instance-types";
import { clusterOf, withoutCluster } from "../../model/clouds";
import type { Plan, PlannedResource } from "../../model/plan";
import { resourceOfArn } from "./arn";
import { namespacesBox, poolBox } from "./clusters";
import type { Arrow, Box, Diagram, Frame } from "./mermaid";

const anything = z.unknown();
const bucketInputs = z.object({ bucket: z.string() });
const fileSystemInputs = z.object({ tags: z.object({ Name: z.string() }) });
const nodeGroupInputs = z.object({
  capacityType: z.string(),
  clusterName: z.string(),
  instanceTypes: z.array(z.string()),
  scalingConfig: z.object({ minSize: z.number(), maxSize: z.number() }),
});
const distributionInputs = z.object({
  aliases: z.array(z.string()),
  origins: z.array(z.object({ domainName: z.string(), customOriginConfig: z.unknown().optional() })),
  webAclId: z.string().optional(),
});
const replicationInputs = z.object({
  bucket: z.string(),
  rules: z.array(z.object({ destination: z.object({ bucket: z.string() }) })),
});
const backupPlanInputs = z.object({
  rules: z.array(
    z.object({
      ruleName: z.string(),
      targetVaultName: z.string(),
      copyActions: z.array(z.object({ destinationVaultArn: z.string() })).default([]),
    }),
  ),
});

/** What a stack has on AWS: a frame for each region, the network and the cluster within. */
export function awsDiagram(plan: Plan): Diagram {
  const regions = plan.all("pulumi:providers:aws", z.object({ region: z.string() }));
  const frames = regions.map(
    ({ name, inputs }): Frame => ({
      id: name,
      title: inputs.region,
      members: [
        ...edge(plan, name),
        ...network(plan, name),
        ...fileSystems(plan).filter(madeBy(name)).map(fileSystemBox),
        ...vaults(plan).filter(madeBy(name)).map(vaultBox),
        ...buckets(plan).filter(madeBy(name)).map(bucketBox),
      ],
    }),
  );
  return {
    members: [{ id: "aws", title: "AWS", members: [...frames, ...origins(plan)] }],
    arrows: [
      ...edgeArrows(plan),
      ...replicationArrows(plan),
      ...backupArrows(plan),
      ...sharedFileArrows(plan),
      ...workloadArrows(plan),
    ],
  };
}

function edge(plan: Plan, provider: string): readonly Box[] {
  const zones = plan.all("aws:route53/zone:Zone", z.object({ name: z.string() })).filter(madeBy(provider));
  const firewalls = plan.all("aws:wafv2/webAcl:WebAcl", anything).filter(madeBy(provider));
  return [
    ...zones.map(({ name, inputs }) => ({ id: name, lines: ["Route 53", inputs.name] })),
    ...firewalls.map(({ name }) => ({ id: name, lines: ["WAF"] })),
    ...distributions(plan)
      .filter(madeBy(provider))
      .map(({ name, inputs }) => ({ id: name, lines: ["CloudFront", ...inputs.aliases] })),
  ];
}

/** The target of the edge, which is the ingress's own name and created elsewhere. */
function origins(plan: Plan): readonly Box[] {
  return distributions(plan)
    .flatMap(({ inputs }) => inputs.origins)
    .filter(({ customOriginConfig }) => customOriginConfig !== undefined)
    .map(({ domainName }) => ({ id: domainName, lines: [domainName], shape: "outside" }));
}

function network(plan: Plan, provider: string): readonly Frame[] {
  const subnets = plan.all("aws:ec2/subnet:Subnet", z.object({ availabilityZone: z.string() }));
  const zones = [...new Set(subnets.filter(madeBy(provider)).map(({ inputs }) => inputs.availabilityZone))];
  const gateways = plan.all("aws:ec2/natGateway:NatGateway", anything).filter(madeBy(provider)).length;
  const vpcs = plan.all("aws:ec2/vpc:Vpc", z.object({ cidrBlock: z.string() })).filter(madeBy(provider));
  return vpcs.map(({ name, inputs }) => ({
    id: name,
    title: `VPC ${inputs.cidrBlock}: ${zones.sort().join(", ")}; NAT gateways: ${gateways}`,
    members: clusters(plan, provider),
  }));
}

function clusters(plan: Plan, provider: string): readonly Frame[] {
  return eksClusters(plan)
    .filter(madeBy(provider))
    .map(({ name, inputs }) => ({
      id: name,
      title: `EKS ${inputs.name}, Kubernetes ${inputs.version}`,
      members: [
        ...namespacesBox(plan, clusterOf(plan, name) ?? name),
        ...poolsOfGroups(plan)
          .filter((group) => group.inputs.clusterName === inputs.name)
          .map((group) => nodeGroupBox(group, withoutCluster(plan, group.name).replace(/-group$/, ""))),
      ],
    }));
}

function nodeGroupBox({ name, inputs }: PlannedResource<z.infer<typeof nodeGroupInputs>>, pool: string): Box {
  return poolBox({
    id: name,
    name: pool,
    machines: inputs.instanceTypes,
    cards: inputs.instanceTypes.flatMap((type) => findAwsInstanceType(type)?.gpu ?? []),
    spot: inputs.capacityType === "SPOT",
    minimum: inputs.scalingConfig.minSize,
    maximum: inputs.scalingConfig.maxSize,
  });
}

function bucketBox({ name, inputs }: PlannedResource<z.infer<typeof bucketInputs>>): Box {
  return { id: name, lines: ["S3", inputs.bucket], shape: "store" };
}

function fileSystemBox({ name, inputs }: PlannedResource<z.infer<typeof fileSystemInputs>>): Box {
  return { id: name, lines: ["EFS", inputs.tags.Name], shape: "store" };
}

function vaultBox({ name, inputs }: PlannedResource<{ readonly name: string }>): Box {
  return { id: name, lines: ["AWS Backup", inputs.name], shape: "store" };
}

function edgeArrows(plan: Plan): readonly Arrow[] {
  const aliases = plan
    .all("aws:route53/record:Record", z.object({ aliases: z.array(z.unknown()).default([]) }))
    .filter(({ inputs }) => inputs.aliases.length > 0);
  const zones = plan.all("aws:route53/zone:Zone", anything);
  return distributions(plan).flatMap(({ name, inputs }) => [
    ...(aliases.length > 0 ? zones.map((zone) => ({ from: zone.name, to: name })) : []),
    ...(inputs.webAclId === undefined
      ? []
      : [{ from: resourceOfArn(inputs.webAclId), to: name, label: "guards" }]),
    ...inputs.origins.flatMap(({ domainName, customOriginConfig }) =>
      customOriginConfig === undefined
        ? buckets(plan)
            .filter((bucket) => domainName.startsWith(`${bucket.inputs.bucket}.s3.`))
            .map((bucket) => ({ from: name, to: bucket.name }))
        : [{ from: name, to: domainName }],
    ),
  ]);
}

function replicationArrows(plan: Plan): readonly Arrow[] {
  return plan
    .all("aws:s3/bucketReplicationConfig:BucketReplicationConfig", replicationInputs)
    .flatMap(({ inputs }) =>
      buckets(plan)
        .filter((source) => source.inputs.bucket === inputs.bucket)
        .flatMap((source) =>
          inputs.rules.map(({ destination }) => ({
            from: source.name,
            to: resourceOfArn(destination.bucket),
            label: "replicates",
          })),
        ),
    );
}

/** AWS Backup picks volumes by the cluster's tag, so the cluster is where the arrow starts. */
function backupArrows(plan: Plan): readonly Arrow[] {
  const rules = plan.all("aws:backup/plan:Plan", backupPlanInputs).flatMap(({ inputs }) => inputs.rules);
  return rules.flatMap(({ ruleName, targetVaultName, copyActions }) => {
    const copies = copyActions.map(({ destinationVaultArn }) => resourceOfArn(destinationVaultArn));
    const targets = vaults(plan).filter(
      ({ name, inputs }) => inputs.name === targetVaultName && !copies.includes(name),
    );
    return targets.flatMap((target) => [
      ...eksClusters(plan).map(({ name }) => ({
        from: name,
        to: target.name,
        label: `volumes, ${ruleName}`,
      })),
      ...copies.map((copy) => ({ from: target.name, to: copy, label: "copies" })),
    ]);
  });
}

function sharedFileArrows(plan: Plan): readonly Arrow[] {
  return eksClusters(plan).flatMap((cluster) =>
    fileSystems(plan).map(({ name }) => ({ from: cluster.name, to: name, label: "shared volumes" })),
  );
}

/** Which service accounts reach which bucket, by their roles' policies. */
function workloadArrows(plan: Plan): readonly Arrow[] {
  const associations = plan.all(
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    z.object({ serviceAccount: z.string(), roleArn: z.string() }),
  );
  const policies = plan.all(
    "aws:iam/rolePolicy:RolePolicy",
    z.object({ role: z.string(), policy: z.string() }),
  );
  return eksClusters(plan).flatMap((cluster) =>
    buckets(plan).flatMap((bucket) => {
      const roles = policies
        .filter(({ inputs }) => inputs.policy.includes(`:${bucket.name}/*"`))
        .map(({ inputs }) => inputs.role.replace(/-id$/, ""));
      const accounts = associations
        .filter(({ inputs }) => roles.includes(resourceOfArn(inputs.roleArn)))
        .map(({ inputs }) => inputs.serviceAccount);
      return accounts.length === 0
        ? []
        : [{ from: cluster.name, to: bucket.name, label: accounts.join(", ") }];
    }),
  );
}

const buckets = (plan: Plan) => plan.all("aws:s3/bucket:Bucket", bucketInputs);
const fileSystems = (plan: Plan) => plan.all("aws:efs/fileSystem:FileSystem", fileSystemInputs);
const vaults = (plan: Plan) => plan.all("aws:backup/vault:Vault", z.object({ name: z.string() }));
const nodeGroups = (plan: Plan) => plan.all("aws:eks/nodeGroup:NodeGroup", nodeGroupInputs);

/** The node groups of a plan; those of one pool, of which each zone has its own, as one. */
function poolsOfGroups(plan: Plan): ReturnType<typeof nodeGroups> {
  const pools = new Map<string, ReturnType<typeof nodeGroups>[number]>();
  for (const group of nodeGroups(plan)) {
    const name = group.name.replace(/-[a-z]+-[a-z]+-\d[a-z]-group$/, "-group");
    const { minSize = 0, maxSize = 0 } = pools.get(name)?.inputs.scalingConfig ?? {};
    const { scalingConfig } = group.inputs;
    const sizes = { minSize: minSize + scalingConfig.minSize, maxSize: maxSize + scalingConfig.maxSize };
    pools.set(name, { ...group, name, inputs: { ...group.inputs, scalingConfig: sizes } });
  }
  return [...pools.values()];
}

const distributions = (plan: Plan) =>
  plan.all("aws:cloudfront/distribution:Distribution", distributionInputs);
const eksClusters = (plan: Plan) =>
  plan.all("aws:eks/cluster:Cluster", z.object({ name: z.string(), version: z.string() }));

function madeBy(provider: string): (resource: { readonly provider: string | undefined }) => boolean {
  return (resource) => resource.provider === provider;
}
