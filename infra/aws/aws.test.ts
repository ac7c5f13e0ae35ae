import * as pulumi from "@pulumi/pulumi";
import { lean, policyIn, production, type RecordedResource, recordPlatform } from "./recorded-platform";

type Recorded = Awaited<ReturnType<typeof recordPlatform>>;

const nodeGroup = "eks/nodeGroup:NodeGroup";
const launchTemplate = "ec2/launchTemplate:LaunchTemplate";

/** The least stack, with some of its sections changed. */
function leanWith(changes: Partial<Parameters<typeof recordPlatform>[0]>) {
  return { ...lean, ...changes };
}

/** The node group that a pool became, by the logical name that its plan gave it. */
function groupOf(recorded: Recorded, pool: string): RecordedResource {
  return recorded.one(nodeGroup, `aws-${pool}-group`);
}

async function revealed<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: Recorded;
beforeAll(async () => {
  prod = await recordPlatform(production);
});

describe("every resource", () => {
  test("names its provider, and no name is there twice", () => {
    const custom = prod.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(custom.length).toBeGreaterThan(100);
    expect(custom.filter(({ provider }) => provider === "").map(({ name }) => name)).toEqual([]);
    const names = prod.resources.map(({ type, name }) => `${type} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("is bound to the account, and tagged by the provider", () => {
    const providers = prod.resources.filter(({ type }) => type === "pulumi:providers:aws");
    expect(providers.map(({ name }) => name)).toEqual(["aws-us-east-1", "aws-us-west-2"]);
    for (const { inputs } of providers) {
      expect(JSON.parse(String(inputs.allowedAccountIds))).toEqual(["123456789012"]);
      expect(JSON.parse(String(inputs.defaultTags))).toEqual({ tags: { team: "ai-platform" } });
    }
  });

  test("that AWS names for the world to find has a role name short enough for IAM", () => {
    // Pulumi adds a hyphen and seven characters; IAM allows 64.
    for (const { name } of prod.all("iam/role:Role")) expect(name.length).toBeLessThanOrEqual(56);
  });
});

describe("network", () => {
  test("has public, private and intra subnets in each of three zones, cut as planned, none with public addresses", () => {
    const subnets = prod.all("ec2/subnet:Subnet").map(({ inputs }) => inputs);
    expect(subnets.map(({ cidrBlock, availabilityZone }) => `${cidrBlock} ${availabilityZone}`)).toEqual([
      "10.20.192.0/20 us-east-1a",
      "10.20.0.0/18 us-east-1a",
      "10.20.240.0/22 us-east-1a",
      "10.20.208.0/20 us-east-1b",
      "10.20.64.0/18 us-east-1b",
      "10.20.244.0/22 us-east-1b",
      "10.20.224.0/20 us-east-1c",
      "10.20.128.0/18 us-east-1c",
      "10.20.248.0/22 us-east-1c",
    ]);
    expect(subnets.every(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === false)).toBe(true);
  });

  test("has a NAT gateway per zone, or one for all", async () => {
    expect(prod.all("ec2/natGateway:NatGateway")).toHaveLength(3);
    const single = await recordPlatform(
      leanWith({ network: { ...production.network, natGateways: "single" } }),
    );
    expect(single.all("ec2/natGateway:NatGateway")).toHaveLength(1);
    const ways = single
      .all("ec2/route:Route")
      .filter(({ name }) => name.includes("private"))
      .map(({ inputs }) => inputs.natGatewayId);
    expect(ways).toEqual(Array(3).fill("id-of-aws-network-nat-us-east-1a"));
  });

  test("leaves the intra subnets without a way out", () => {
    const tables = prod.all("ec2/route:Route").map(({ inputs }) => inputs.routeTableId);
    expect(tables).not.toContain("id-of-aws-network-intra");
  });

  test("lets nothing through the default security group, and HTTPS from the VPC only to the endpoints", () => {
    expect(prod.one("ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).toMatchObject({
      ingress: [],
      egress: [],
    });
    const rules = prod.all("vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.fromPort, inputs.toPort])).toEqual([
      ["10.20.0.0/16", 443, 443],
    ]);
  });

  test("reaches S3 by a gateway, and the listed services by interfaces; an empty list means none", async () => {
    const endpoints = (recorded: Recorded) =>
      recorded
        .all("ec2/vpcEndpoint:VpcEndpoint")
        .map(({ inputs }) => `${inputs.vpcEndpointType} ${inputs.serviceName}`);
    expect(endpoints(prod)).toEqual([
      "Gateway com.amazonaws.us-east-1.s3",
      ...["ec2", "ecr.api", "ecr.dkr", "eks-auth", "logs", "sts"].map(
        (service) => `Interface com.amazonaws.us-east-1.${service}`,
      ),
    ]);
    const frugal = await recordPlatform(
      leanWith({ network: { ...production.network, interfaceEndpoints: [] } }),
    );
    expect(endpoints(frugal)).toEqual(["Gateway com.amazonaws.us-east-1.s3"]);
    expect(frugal.all("ec2/securityGroup:SecurityGroup")).toEqual([]);
  });

  test("logs every flow, encrypted and for a limited time", () => {
    expect(prod.one("ec2/flowLog:FlowLog").inputs.trafficType).toBe("ALL");
    expect(prod.one("cloudwatch/logGroup:LogGroup", "flow-logs").inputs).toMatchObject({
      name: "/aws/vpc/atlas-prod",
      retentionInDays: 30,
      kmsKeyId: "arn:mocked:Key/aws-cluster-key-key",
    });
  });
});

describe("control plane", () => {
  test("is private but for the named networks, logs everything, encrypts secrets and admits by access entries", () => {
    expect(prod.one("eks/cluster:Cluster").inputs).toMatchObject({
      name: "atlas-prod",
      version: "1.35",
      upgradePolicy: { supportType: "STANDARD" },
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: {
        provider: { keyArn: "arn:mocked:Key/aws-cluster-key-key" },
        resources: ["secrets"],
      },
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["203.0.113.0/24"],
        subnetIds: ["a", "b", "c"].map((zone) => `id-of-aws-network-intra-us-east-1${zone}`),
      },
    });
    expect(prod.one("cloudwatch/logGroup:LogGroup", "aws-cluster-logs").inputs).toMatchObject({
      name: "/aws/eks/atlas-prod/cluster",
      retentionInDays: 90,
      kmsKeyId: "arn:mocked:Key/aws-cluster-key-key",
    });
  });

  test("has no public endpoint where no network is named", async () => {
    const closed = await recordPlatform(
      leanWith({ cluster: { ...production.cluster, publicAccessCidrs: [] } }),
    );
    const { vpcConfig } = closed.one("eks/cluster:Cluster").inputs;
    expect(vpcConfig).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
    expect(vpcConfig).not.toHaveProperty("publicAccessCidrs");
  });

  test("gives each administrator an entry with the administrator's policy", () => {
    expect(prod.all("eks/accessEntry:AccessEntry").map(({ inputs }) => inputs.principalArn)).toEqual([
      "arn:aws:iam::123456789012:role/platform-admin",
    ]);
    expect(prod.one("eks/accessPolicyAssociation:AccessPolicyAssociation").inputs).toMatchObject({
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
  });

  test("pins its add-ons to its version, enforces network policies, and gives roles to those that need one", () => {
    const addons = prod.all("eks/addon:Addon").map(({ inputs }) => inputs);
    expect(addons.map(({ addonName, addonVersion }) => `${addonName} ${addonVersion}`).toSorted()).toEqual([
      "aws-ebs-csi-driver v1.63.1-eksbuild.1",
      "coredns v1.14.3-eksbuild.3",
      "eks-pod-identity-agent v1.4.0-eksbuild.1",
      "kube-proxy v1.35.3-eksbuild.18",
      "snapshot-controller v8.6.0-eksbuild.4",
      "vpc-cni v1.23.0-eksbuild.1",
    ]);
    const network = addons.find(({ addonName }) => addonName === "vpc-cni");
    expect(JSON.parse(String(network?.configurationValues))).toEqual({ enableNetworkPolicy: "true" });
    expect(network?.podIdentityAssociations).toMatchObject([{ serviceAccount: "aws-node" }]);
  });
});

describe("nodes", () => {
  test("speak IMDSv2 one hop far, have encrypted gp3 disks, and are tagged", () => {
    const templates = prod.all(launchTemplate);
    expect(templates).toHaveLength(6);
    for (const { inputs } of templates) {
      expect(inputs.metadataOptions).toEqual({
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      expect(inputs.blockDeviceMappings).toMatchObject([
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } },
      ]);
      expect(inputs.tagSpecifications).toMatchObject(
        ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags: { team: "ai-platform" },
        })),
      );
      expect(inputs).not.toHaveProperty("networkInterfaces");
    }
    expect(prod.one(launchTemplate, "gpu-a10").inputs.blockDeviceMappings).toMatchObject([
      { ebs: { volumeSize: 200 } },
    ]);
  });

  test("of Bottlerocket have both of their disks encrypted", async () => {
    const recorded = await recordPlatform(
      leanWith({
        nodePools: {
          general: { ...production.nodePools.general, amiType: "BOTTLEROCKET_x86_64", diskGiB: 80 },
        },
      }),
    );
    expect(recorded.one(launchTemplate).inputs.blockDeviceMappings).toEqual([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
      {
        deviceName: "/dev/xvdb",
        ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true", volumeSize: 80 },
      },
    ]);
  });

  test("are spread over the private subnets of all zones, and sized by the autoscaler once they exist", () => {
    for (const { inputs, options } of prod.all(nodeGroup)) {
      expect(inputs.subnetIds).toEqual(
        ["a", "b", "c"].map((zone) => `id-of-aws-network-private-us-east-1${zone}`),
      );
      expect(options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
      expect(inputs).toMatchObject({ version: "1.35", nodeRepairConfig: { enabled: true } });
    }
  });

  test("of a pool bound to some zones stay in their subnets", async () => {
    const recorded = await recordPlatform(
      leanWith({
        nodePools: { general: { ...production.nodePools.general, zones: ["us-east-1c", "us-east-1a"] } },
      }),
    );
    expect(recorded.one(nodeGroup).inputs.subnetIds).toEqual([
      "id-of-aws-network-private-us-east-1a",
      "id-of-aws-network-private-us-east-1c",
    ]);
    expect(recorded.platform.cluster.pools[0]?.zones).toEqual(["us-east-1c", "us-east-1a"]);
  });

  test("of the spot pool are exactly as 000 asks (C4)", () => {
    expect(groupOf(prod, "ai-spot-workers").inputs).toMatchObject({
      capacityType: "SPOT",
      instanceTypes: ["t3a.xlarge", "t3.xlarge", "t2.xlarge"],
      scalingConfig: { minSize: 2, desiredSize: 4, maxSize: 10 },
      taints: [{ key: "spot-instance", value: "true", effect: "NO_SCHEDULE" }],
    });
    expect(groupOf(prod, "ai-spot-workers").inputs.labels).toEqual({
      "workload-type": "ai-batch",
      lifecycle: "spot",
    });
  });

  test("of AI compute are a fifth on-demand, rounded up, and the rest spot (C4)", () => {
    const sizes = (pool: string) => groupOf(prod, pool).inputs.scalingConfig;
    expect(sizes("ai-compute-on-demand")).toEqual({ minSize: 1, desiredSize: 2, maxSize: 4 });
    expect(sizes("ai-compute-spot")).toEqual({ minSize: 2, desiredSize: 4, maxSize: 16 });
    expect(groupOf(prod, "ai-compute-on-demand").inputs).toMatchObject({
      capacityType: "ON_DEMAND",
      labels: { "workload-type": "cpu-intensive", lifecycle: "on-demand" },
    });
    expect(groupOf(prod, "ai-compute-spot").inputs).toMatchObject({
      capacityType: "SPOT",
      labels: { "workload-type": "cpu-intensive", lifecycle: "spot" },
    });
  });

  test("with GPUs have NVIDIA's image, the seeds' label, and keep other pods away (000)", () => {
    expect(groupOf(prod, "gpu-a10").inputs).toMatchObject({
      amiType: "AL2023_x86_64_NVIDIA",
      labels: { accelerator: "nvidia-gpu", lifecycle: "on-demand" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      scalingConfig: { minSize: 4, desiredSize: 4, maxSize: 4 },
    });
    expect(groupOf(prod, "general").inputs).toMatchObject({ amiType: "AL2023_x86_64_STANDARD", taints: [] });
  });

  test("that may be none are described to the autoscaler; the others it can look at", async () => {
    expect(prod.all("autoscaling/tag:Tag")).toEqual([]);
    const recorded = await recordPlatform(
      leanWith({
        nodePools: {
          general: production.nodePools.general,
          "gpu-a10": { ...production.nodePools["gpu-a10"], minimum: 0, desired: 0 },
        },
      }),
    );
    const tags = recorded.all("autoscaling/tag:Tag").map(({ inputs }) => inputs.tag);
    const prefix = "k8s.io/cluster-autoscaler/node-template";
    expect(tags).toEqual([
      { key: `${prefix}/label/lifecycle`, value: "on-demand", propagateAtLaunch: false },
      { key: `${prefix}/label/accelerator`, value: "nvidia-gpu", propagateAtLaunch: false },
      { key: `${prefix}/taint/nvidia.com/gpu`, value: "present:NoSchedule", propagateAtLaunch: false },
      { key: `${prefix}/resources/ephemeral-storage`, value: "200Gi", propagateAtLaunch: false },
      { key: `${prefix}/resources/nvidia.com/gpu`, value: "1", propagateAtLaunch: false },
    ]);
  });

  test("have a role that joins clusters and pulls images, no more", () => {
    const attached = prod
      .all("iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ name }) => name.startsWith("aws-nodes-"))
      .map(({ inputs }) => inputs.policyArn);
    expect(attached).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    ]);
  });
});

describe("pods' roles", () => {
  test("each trust one service account of this cluster", () => {
    const roles = prod
      .all("iam/role:Role")
      .filter(({ inputs }) => String(inputs.assumeRolePolicy).includes("pods.eks"));
    const trusted = roles.map((role) => policyIn(role, "assumeRolePolicy").Statement[0]?.Condition);
    expect(trusted).toHaveLength(8);
    expect(trusted).toContainEqual({
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": "arn:mocked:Cluster/aws-cluster-cluster",
        "aws:RequestTag/kubernetes-namespace": "marketresearch",
        "aws:RequestTag/kubernetes-service-account": "model-sync",
      },
    });
  });

  test("are handed to the accounts that the seeds and the platform name", () => {
    const associations = prod.all("eks/podIdentityAssociation:PodIdentityAssociation");
    expect(associations.map(({ inputs }) => `${inputs.namespace}/${inputs.serviceAccount}`)).toEqual([
      "kube-system/cluster-autoscaler",
      "kube-system/aws-load-balancer-controller",
      "kube-system/external-dns",
      "atlas-ai-production/ai-backup",
      "marketresearch/model-sync",
      "marketresearch/model-training",
    ]);
  });

  test("allow changes nowhere without naming what, or under which condition", () => {
    const harmless = /:(Describe|List|Get)/;
    const unbounded = prod.all("iam/rolePolicy:RolePolicy").flatMap((role) =>
      policyIn(role).Statement.filter(({ Resource, Condition, Action }) => {
        const changes = [Action].flat().filter((action) => !harmless.test(String(action)));
        return Resource === "*" && Condition === undefined && changes.length > 0;
      }),
    );
    expect(unbounded).toEqual([]);
  });

  test("let backups and models be added to, but not deleted", () => {
    const actions = ["ai-backup", "model-training", "model-sync"].map((account) =>
      policyIn(prod.one("iam/rolePolicy:RolePolicy", account)).Statement.flatMap(({ Action }) => Action),
    );
    expect(actions.flat().filter((action) => /Delete/.test(String(action)))).toEqual([]);
    expect(actions[0]).toContain("s3:PutObject");
    expect(actions[2]).not.toContain("s3:PutObject");
  });

  test("of the autoscaler size only the cluster's own groups", () => {
    const [, resize] = policyIn(prod.one("iam/rolePolicy:RolePolicy", "cluster-autoscaler")).Statement;
    expect(resize?.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/atlas-prod": "owned" },
    });
  });
});

describe("buckets", () => {
  const bucket = "s3/bucket:Bucket";

  test("have the names that others find them by, and their copies", () => {
    expect(prod.all(bucket).map(({ inputs }) => inputs.bucket)).toEqual([
      "atlas-ai-access-logs",
      "atlas-ai-models",
      "atlas-ai-models-replica",
      "atlas-ai-backups",
      "atlas-ai-backups-replica",
      "atlas-ai-data",
      "atlas-ai-data-replica",
      "atlas-ai-assets",
    ]);
  });

  test("are private, versioned, owned whole and refuse plain HTTP, every one of them", () => {
    const count = prod.all(bucket).length;
    const blocks = prod.all("s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    expect(blocks).toHaveLength(count);
    for (const { inputs } of blocks) {
      expect(inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    const owned = prod.all("s3/bucketOwnershipControls:BucketOwnershipControls");
    expect(owned).toHaveLength(count);
    for (const { inputs } of owned) expect(inputs.rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
    expect(prod.all("s3/bucketVersioning:BucketVersioning")).toHaveLength(count);
    const policies = prod.all("s3/bucketPolicy:BucketPolicy");
    expect(policies).toHaveLength(count);
    for (const policy of policies) {
      expect(policyIn(policy).Statement[0]).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  test("are encrypted with the stack's key of their region; what AWS writes, with S3's own", () => {
    const encryption = (part: string) =>
      prod.one("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", part)
        .inputs.rules;
    const withKey = (key: string) => [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: `arn:mocked:Key/${key}`,
        },
        bucketKeyEnabled: true,
      },
    ];
    expect(encryption("models-encryption")).toEqual(withKey("aws-data-key-key"));
    expect(encryption("models-replica-encryption")).toEqual(withKey("aws-replica-key-key"));
    expect(encryption("access-logs-encryption")).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  test("keep three earlier versions of models, backups for 30 days, and cool data down (C7)", () => {
    const rules = (part: string) =>
      prod.one("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", part).inputs.rules;
    expect(rules("models-lifecycle")).toMatchObject([
      { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
      { noncurrentVersionExpiration: { noncurrentDays: 30, newerNoncurrentVersions: 3 } },
    ]);
    expect(rules("backups-lifecycle")).toMatchObject([{}, { expiration: { days: 30 } }]);
    expect(rules("data-lifecycle")).toMatchObject([
      {},
      {
        transitions: [
          { days: 30, storageClass: "STANDARD_IA" },
          { days: 90, storageClass: "GLACIER_IR" },
        ],
      },
    ]);
  });

  test("are copied to the other region by a role that can do nothing else", () => {
    const replicas = prod.all(bucket).filter(({ name }) => name.includes("replica"));
    expect(replicas.every(({ provider }) => provider.includes("aws-us-west-2"))).toBe(true);
    const statements = policyIn(prod.one("iam/rolePolicy:RolePolicy", "models-replication")).Statement;
    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
      "kms:Decrypt",
      "kms:Encrypt",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectVersionForReplication",
      "s3:GetObjectVersionTagging",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:ReplicateObject",
      "s3:ReplicateTags",
    ]);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
    expect(
      prod.one("s3/bucketReplicationConfig:BucketReplicationConfig", "models").inputs.rules,
    ).toMatchObject([
      {
        status: "Enabled",
        deleteMarkerReplication: { status: "Disabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: { replicationTime: { status: "Enabled", time: { minutes: 15 } } },
      },
    ]);
  });

  test("have no copies, and no key or provider for them, where nothing is to be copied", async () => {
    const local = await recordPlatform(lean);
    expect(local.all(bucket).map(({ inputs }) => inputs.bucket)).toEqual([
      "atlas-ai-access-logs",
      "atlas-ai-models",
      "atlas-ai-backups",
      "atlas-ai-data",
    ]);
    expect(local.resources.filter(({ type }) => type === "pulumi:providers:aws")).toHaveLength(1);
    expect(local.all("kms/key:Key")).toHaveLength(2);
  });

  test("log who reads and writes them", () => {
    const logged = prod.all("s3/bucketLogging:BucketLogging").map(({ inputs }) => inputs.targetPrefix);
    expect(logged).toEqual(["atlas-ai-models/", "atlas-ai-backups/", "atlas-ai-data/", "atlas-ai-assets/"]);
  });
});

describe("what holds data", () => {
  const stateful = ["s3/bucket:Bucket", "kms/key:Key", "backup/vault:Vault", "route53/zone:Zone"] as const;

  test("is protected, and kept when the stack forgets it; the cluster refuses deletion", () => {
    for (const type of stateful) {
      for (const { name, options } of prod.all(type)) {
        expect({ name, protect: options.protect, retain: options.retainOnDelete }).toEqual({
          name,
          protect: true,
          retain: true,
        });
      }
    }
    expect(prod.one("eks/cluster:Cluster").options.protect).toBe(true);
    expect(prod.one("eks/cluster:Cluster").inputs.deletionProtection).toBe(true);
    expect(prod.all("backup/vaultLockConfiguration:VaultLockConfiguration")).toHaveLength(2);
  });

  test("can go where the stack does not protect its data", async () => {
    const free = await recordPlatform(production, { protectData: false });
    for (const type of stateful) {
      expect(free.all(type).filter(({ options }) => options.protect || options.retainOnDelete)).toEqual([]);
    }
    expect(free.one("eks/cluster:Cluster").inputs.deletionProtection).toBe(false);
    expect(free.all("backup/vaultLockConfiguration:VaultLockConfiguration")).toEqual([]);
  });

  test("is encrypted with keys that are rotated and cannot go at once", () => {
    expect(prod.all("kms/key:Key")).toHaveLength(3);
    for (const { inputs } of prod.all("kms/key:Key")) {
      expect(inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    }
  });
});

describe("volume backups", () => {
  test("are taken daily at two, kept 30 days, and copied to the other region", () => {
    expect(prod.one("backup/plan:Plan").inputs.rules).toMatchObject([
      {
        schedule: "cron(0 2 * * ? *)",
        lifecycle: { deleteAfter: 30 },
        copyActions: [
          {
            destinationVaultArn: "arn:mocked:Vault/aws-volume-backups-copies-vault",
            lifecycle: { deleteAfter: 30 },
          },
        ],
      },
    ]);
    expect(prod.one("backup/vault:Vault", "copies").provider).toContain("aws-us-west-2");
  });

  test("find the volumes by the tags that the EBS driver gives them", () => {
    const driver = prod.one("eks/addon:Addon", "ebs-csi").inputs;
    const { extraVolumeTags } = JSON.parse(String(driver.configurationValues)).controller;
    expect(extraVolumeTags).toEqual({ "ai-platform/backup": "daily", "ai-platform/cluster": "atlas-prod" });
    expect(prod.one("backup/selection:Selection").inputs.conditions).toEqual([
      {
        stringEquals: [
          { key: "aws:ResourceTag/ai-platform/backup", value: "daily" },
          { key: "aws:ResourceTag/ai-platform/cluster", value: "atlas-prod" },
        ],
      },
    ]);
  });
});

describe("edge (C13)", () => {
  test("stands behind a firewall with AWS's rules and a limit for each address, its log without credentials", () => {
    const { inputs } = prod.one("wafv2/webAcl:WebAcl");
    expect(inputs.scope).toBe("CLOUDFRONT");
    expect(inputs.rules).toMatchObject([
      {
        name: "rate-limit",
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 1000, evaluationWindowSec: 600, aggregateKeyType: "IP" } },
      },
      { name: "AWSManagedRulesAmazonIpReputationList", overrideAction: { none: {} } },
      { name: "AWSManagedRulesCommonRuleSet" },
      { name: "AWSManagedRulesKnownBadInputsRuleSet" },
      { name: "AWSManagedRulesSQLiRuleSet" },
    ]);
    expect(
      prod.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs.redactedFields,
    ).toEqual([{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }]);
    expect(prod.one("cloudfront/distribution:Distribution").inputs.webAclId).toBe(
      "arn:mocked:WebAcl/aws-edge-firewall-acl",
    );
  });

  test("refuses old TLS, and serves assets from a bucket that only it can read", () => {
    const { inputs } = prod.one("cloudfront/distribution:Distribution");
    expect(inputs).toMatchObject({
      viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "sni-only" },
      defaultCacheBehavior: { targetOriginId: "api", viewerProtocolPolicy: "redirect-to-https" },
      orderedCacheBehaviors: [{ pathPattern: "/static/*", targetOriginId: "assets" }],
    });
    expect(policyIn(prod.one("s3/bucketPolicy:BucketPolicy", "edge-assets")).Statement[1]).toMatchObject({
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Condition: { StringEquals: { "aws:SourceArn": "arn:mocked:Distribution/aws-edge-distribution" } },
    });
  });

  test("serves static assets alone where no ingress is named", async () => {
    const recorded = await recordPlatform(
      leanWith({
        dns: production.dns,
        edge: { hostName: "cdn.atlas-financial.com", requestsPerTenMinutes: 5000 },
      }),
    );
    const { inputs } = recorded.one("cloudfront/distribution:Distribution");
    expect(inputs.origins).toHaveLength(1);
    expect(inputs.defaultCacheBehavior).toMatchObject({ targetOriginId: "assets" });
    expect(inputs).not.toHaveProperty("orderedCacheBehaviors");
  });

  test("takes firewall and certificate from us-east-1, wherever the cluster is", async () => {
    const recorded = await recordPlatform(
      leanWith({
        region: "eu-west-1",
        dns: production.dns,
        edge: production.edge,
        network: { cidr: "10.20.0.0/16", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
      }),
    );
    for (const type of ["wafv2/webAcl:WebAcl", "acm/certificate:Certificate"]) {
      expect(recorded.one(type).provider).toContain("aws-us-east-1");
    }
    expect(recorded.one("eks/cluster:Cluster").provider).toContain("aws-eu-west-1");
  });

  test("is not there unless asked for, nor is the zone", async () => {
    const recorded = await recordPlatform(lean);
    expect(recorded.all("cloudfront/distribution:Distribution")).toEqual([]);
    expect(recorded.all("route53/zone:Zone")).toEqual([]);
    expect(recorded.platform.nameServers).toBeUndefined();
    expect(recorded.resources.filter(({ name }) => name.includes("external-dns"))).toEqual([]);
  });

  test("lives in a zone that exists already, where one is named", async () => {
    const recorded = await recordPlatform(
      leanWith({ dns: { zone: "atlas-financial.com", existingZoneId: "Z0123456789ABC" } }),
    );
    expect(recorded.all("route53/zone:Zone")).toEqual([]);
    expect(policyIn(recorded.one("iam/rolePolicy:RolePolicy", "external-dns")).Statement[0]?.Resource).toBe(
      "arn:aws:route53:::hostedzone/Z0123456789ABC",
    );
  });
});

describe("the cluster that is handed upwards", () => {
  test("lists its pools as a scheduler sees them", () => {
    const { cluster } = prod.platform;
    expect(
      cluster.pools.map(
        ({ name, minimum, maximum, spot }) => `${name} ${minimum}-${maximum}${spot ? " spot" : ""}`,
      ),
    ).toEqual([
      "general 5-20",
      "ai-compute-on-demand 1-4",
      "ai-compute-spot 2-16 spot",
      "data-storage 2-8",
      "gpu-a10 4-4",
      "ai-spot-workers 2-10 spot",
    ]);
    expect(cluster.pools.find(({ name }) => name === "gpu-a10")?.gpu).toEqual({ model: "A10G", count: 1 });
    expect(cluster.zones).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  test("is reached by a kubeconfig without any credential", async () => {
    const kubeconfig = JSON.parse(await revealed(pulumi.output(prod.platform.cluster.kubeconfig ?? "")));
    expect(kubeconfig.users).toEqual([
      {
        name: "atlas-prod",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              "eks",
              "get-token",
              "--region",
              "us-east-1",
              "--cluster-name",
              "atlas-prod",
              "--output",
              "json",
            ],
            interactiveMode: "Never",
          },
        },
      },
    ]);
  });

  test("keeps its objects when the kubeconfig changes", () => {
    const provider = prod.resources.find(({ type }) => type === "pulumi:providers:kubernetes");
    expect(provider?.inputs.clusterIdentifier).toBe("arn:mocked:Cluster/aws-cluster-cluster");
  });
});
