/** A resource of which the program wants to know what the cloud makes of it. */
export interface MockedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Outputs of the stacks that the program may refer to, by their full names. */
  readonly stackReferences: Readonly<Record<string, Record<string, unknown>>>;
}

/** What a cloud would answer: the inputs, a name and an ARN, and the few outputs that others are made of. */
export function mockedState({
  type,
  name,
  inputs,
  stackReferences,
}: MockedResource): Record<string, unknown> {
  if (type === "pulumi:pulumi:StackReference") {
    const referred = String(inputs.name);
    const outputs = stackReferences[referred];
    if (outputs === undefined) throw new Error(`no outputs are mocked for the stack ${referred}`);
    return { ...inputs, outputs, secretOutputNames: [] };
  }
  return { arn: `arn:${type}:${name}`, name, ...inputs, ...computed[type]?.(name, inputs) };
}

type Computed = (name: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Kubeconfigs are secret in the plan, so what they hold shows nowhere. */
const kubeconfig = Buffer.from("apiVersion: v1\nkind: Config\n").toString("base64");

const computed: Readonly<Record<string, Computed>> = {
  "aws:acm/certificate:Certificate": (name, { domainName }) => ({
    domainValidationOptions: [
      {
        domainName,
        resourceRecordName: `_proof.${domainName}`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `${name}.acm-validations.example`,
      },
    ],
  }),
  "aws:cloudfront/distribution:Distribution": (name) => ({
    domainName: `${name}.cloudfront.example`,
    hostedZoneId: "ZCLOUDFRONT",
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
  "aws:eks/cluster:Cluster": (name) => ({
    certificateAuthority: { data: "certificate-authority" },
    endpoint: `https://${name}.eks.example`,
  }),
  "aws:kms/key:Key": (name) => ({ keyId: `${name}-id` }),
  "aws:route53/record:Record": (_, { name }) => ({ fqdn: name }),
  "aws:route53/zone:Zone": (name) => ({ zoneId: `${name}-id`, nameServers: [`${name}.ns.example`] }),
  "linode:index/databasePostgresqlV2:DatabasePostgresqlV2": (name) => ({
    hostPrimary: `${name}.example`,
    hostSecondary: `replica.${name}.example`,
    port: 5432,
  }),
  "linode:index/lkeCluster:LkeCluster": (name, { pools }) => ({
    kubeconfig,
    apiEndpoints: [`https://${name}.linodelke.example:443`],
    pools: Array.isArray(pools) ? pools.map((pool) => ({ ...pool, nodes: [{ instanceId: 1 }] })) : [],
  }),
  "linode:index/lkeNodePool:LkeNodePool": () => ({ nodes: [{ instanceId: 2 }] }),
  "aws:eks/nodeGroup:NodeGroup": (name) => ({
    resources: [{ autoscalingGroups: [{ name: `eks-${name}` }] }],
  }),
  "linode:index/objectStorageKey:ObjectStorageKey": (name) => ({
    accessKey: `${name}-access-key`,
    secretKey: `${name}-secret-key`,
  }),
  "random:index/randomString:RandomString": (name) => ({ result: `${name}-result` }),
  "random:index/randomPassword:RandomPassword": (name) => ({ result: `${name}-result` }),
  "linode:index/objectStorageBucket:ObjectStorageBucket": (_, { label, region }) => ({
    hostname: `${label}.${region}.example`,
    s3Endpoint: `${region}.example`,
  }),
};
