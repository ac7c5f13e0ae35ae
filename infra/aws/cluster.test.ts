import {
  leanWith,
  policyIn,
  production,
  type RecordedPlatform,
  type RecordedResource,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

const nodeGroup = "eks/nodeGroup:NodeGroup";
const launchTemplate = "ec2/launchTemplate:LaunchTemplate";

/** The node group of a pool, by its logical name. */
function groupOf(recorded: RecordedPlatform, pool: string): RecordedResource {
  return recorded.one(nodeGroup, `aws-${pool}-group`);
}

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
beforeAll(async () => {
  prod = await recordPlatform(production);
});

describe("control plane", () => {
  test("is open to named networks only, logs everything, encrypts secrets and uses access entries", () => {
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
      "aws-efs-csi-driver v3.3.0-eksbuild.1",
      "coredns v1.14.3-eksbuild.3",
      "eks-node-monitoring-agent v1.4.0-eksbuild.2",
      "eks-pod-identity-agent v1.4.0-eksbuild.1",
      "kube-proxy v1.35.3-eksbuild.18",
      "snapshot-controller v8.6.0-eksbuild.4",
      "vpc-cni v1.23.0-eksbuild.1",
    ]);
    const network = addons.find(({ addonName }) => addonName === "vpc-cni");
    expect(JSON.parse(String(network?.configurationValues))).toEqual({ enableNetworkPolicy: "true" });
    expect(network?.podIdentityAssociations).toMatchObject([{ serviceAccount: "aws-node" }]);
    const shared = addons.find(({ addonName }) => addonName === "aws-efs-csi-driver");
    expect(shared?.podIdentityAssociations).toMatchObject([{ serviceAccount: "efs-csi-controller-sa" }]);
    expect(prod.one("iam/rolePolicyAttachment:RolePolicyAttachment", "efs-csi").inputs.policyArn).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy",
    );
  });
});

describe("nodes", () => {
  test("use IMDSv2 with one hop, have encrypted gp3 disks, and are tagged", () => {
    const templates = prod.all(launchTemplate);
    expect(templates).toHaveLength(12);
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

  test("with Bottlerocket have both disks encrypted", async () => {
    const recorded = await recordPlatform(
      leanWith({
        nodePools: {
          general: { ...production.nodePools.general, amiType: "BOTTLEROCKET_x86_64", diskGiB: 80 },
        },
      }),
    );
    expect(recorded.all(launchTemplate)[0]?.inputs.blockDeviceMappings).toEqual([
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" } },
      {
        deviceName: "/dev/xvdb",
        ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true", volumeSize: 80 },
      },
    ]);
  });

  test("are in the private subnets of all zones, or of their own, and sized by the autoscaler once they exist", () => {
    for (const { name, inputs, options } of prod.all(nodeGroup)) {
      const [, own] = /-us-east-1([abc])-group$/.exec(name) ?? [];
      expect(inputs.subnetIds).toEqual(
        (own === undefined ? ["a", "b", "c"] : [own]).map(
          (zone) => `id-of-aws-network-private-us-east-1${zone}`,
        ),
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
    expect(recorded.all(nodeGroup).map(({ inputs }) => inputs.subnetIds)).toEqual([
      ["id-of-aws-network-private-us-east-1c"],
      ["id-of-aws-network-private-us-east-1a"],
    ]);
    expect(recorded.platform.cluster.pools.map(({ zones }) => zones)).toEqual([
      ["us-east-1c"],
      ["us-east-1a"],
    ]);
  });

  test("of the spot pool are exactly what 000 asks for (C4)", () => {
    expect(groupOf(prod, "ai-spot-workers").inputs).toMatchObject({
      capacityType: "SPOT",
      instanceTypes: ["t3a.xlarge", "t3.xlarge"],
      scalingConfig: { minSize: 2, desiredSize: 4, maxSize: 10 },
      taints: [{ key: "spot-instance", value: "true", effect: "NO_SCHEDULE" }],
    });
    expect(groupOf(prod, "ai-spot-workers").inputs.labels).toEqual({
      "workload-type": "ai-batch",
      lifecycle: "spot",
      "ai-platform/pool": "ai-spot-workers",
    });
  });

  test("of AI compute are a fifth on-demand, rounded up, and the rest spot (C4)", () => {
    const sizes = (pool: string) => groupOf(prod, pool).inputs.scalingConfig;
    expect(["a", "b", "c"].map((zone) => sizes(`ai-compute-on-demand-us-east-1${zone}`))).toEqual([
      { minSize: 1, desiredSize: 1, maxSize: 2 },
      { minSize: 0, desiredSize: 1, maxSize: 1 },
      { minSize: 0, desiredSize: 0, maxSize: 1 },
    ]);
    expect(sizes("ai-compute-spot")).toEqual({ minSize: 2, desiredSize: 4, maxSize: 16 });
    expect(groupOf(prod, "ai-compute-on-demand-us-east-1a").inputs).toMatchObject({
      capacityType: "ON_DEMAND",
      labels: { "workload-type": "cpu-intensive", lifecycle: "on-demand" },
      taints: [],
    });
    expect(groupOf(prod, "ai-compute-spot").inputs).toMatchObject({
      capacityType: "SPOT",
      labels: { "workload-type": "cpu-intensive", lifecycle: "spot" },
    });
  });

  test("on spot have the taint in every pool (C4)", () => {
    for (const pool of ["ai-compute-spot", "ai-spot-workers"]) {
      expect(groupOf(prod, pool).inputs.taints).toEqual([
        { key: "spot-instance", value: "true", effect: "NO_SCHEDULE" },
      ]);
    }
  });

  test("with GPUs have NVIDIA's image, the seeds' label, and keep other pods away (000)", () => {
    expect(groupOf(prod, "gpu-a10").inputs).toMatchObject({
      amiType: "AL2023_x86_64_NVIDIA",
      labels: { accelerator: "nvidia-gpu", lifecycle: "on-demand" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      scalingConfig: { minSize: 4, desiredSize: 4, maxSize: 4 },
    });
    expect(groupOf(prod, "general-us-east-1a").inputs).toMatchObject({
      amiType: "AL2023_x86_64_STANDARD",
      taints: [],
    });
  });

  test("of pools that may be empty are described to the autoscaler by tags", async () => {
    const described = prod.all("autoscaling/tag:Tag").map(({ name }) => name.replace(/-us-east-1\w-.*$/, ""));
    expect([...new Set(described)]).toEqual(["aws-ai-compute-on-demand", "aws-data-storage"]);
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
      { key: `${prefix}/label/ai-platform/pool`, value: "gpu-a10", propagateAtLaunch: false },
      { key: `${prefix}/taint/nvidia.com/gpu`, value: "present:NoSchedule", propagateAtLaunch: false },
      { key: `${prefix}/resources/ephemeral-storage`, value: "200Gi", propagateAtLaunch: false },
      { key: `${prefix}/resources/nvidia.com/gpu`, value: "1", propagateAtLaunch: false },
    ]);
  });

  test("have a role that only joins clusters and pulls images", () => {
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
    expect(trusted).toHaveLength(39);
    expect(trusted).toContainEqual({
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": "arn:mocked:Cluster/aws-cluster-cluster",
        "aws:RequestTag/kubernetes-namespace": "marketresearch",
        "aws:RequestTag/kubernetes-service-account": "model-sync",
      },
    });
  });

  test("belong to the accounts that the seeds and the platform name", () => {
    const associations = prod.all("eks/podIdentityAssociation:PodIdentityAssociation");
    const expected = [
      "platform-system/cluster-autoscaler",
      "platform-system/aws-load-balancer-controller",
      "platform-system/external-dns",
      "cert-manager/cert-manager",
      "atlas-ai-production/timescaledb",
      "atlas-ai-production/model-registry",
      "ai-middleware/postgres",
      "velero/velero-server",
      "atlas-ai-production/mlflow",
      "atlas-logging/loki",
      "atlas-monitoring/tempo",
      ...["cache", "model-registry", "models", "sessions", "timescaledb", "vectors"].flatMap((store) => [
        `atlas-ai-production/atlas-${store}-backup`,
        `atlas-ai-production/atlas-${store}-restore-check`,
      ]),
      "atlas-ai-production/model-repository-sync",
      "atlas-ai-production/data-anonymiser",
      ...["mongodb", "postgres", "redis"].flatMap((store) => [
        `ai-middleware/ai-middleware-${store}-backup`,
        `ai-middleware/ai-middleware-${store}-restore-check`,
      ]),
      "ai-middleware/ai-middleware",
      "ai-middleware/ai-middleware-worker",
      "marketresearch/model-sync",
      "marketresearch/documents-sync",
      "marketresearch/model-training",
    ];
    const found = associations.map(({ inputs }) => `${inputs.namespace}/${inputs.serviceAccount}`);
    expect(found.sort()).toEqual(expected.sort());
  });

  test("allow changes only of named resources, or under a condition", () => {
    const harmless = /:(Describe|List|Get)/;
    const unbounded = prod.all("iam/rolePolicy:RolePolicy").flatMap((role) =>
      policyIn(role).Statement.filter(({ Resource, Condition, Action }) => {
        const changes = [Action].flat().filter((action) => !harmless.test(String(action)));
        return Resource === "*" && Condition === undefined && changes.length > 0;
      }),
    );
    expect(unbounded).toEqual([]);
  });

  test("allow adding backups and models, but not deleting them", () => {
    const actions = ["atlas-models-backup", "model-training", "model-sync", "mlflow"].map((account) =>
      policyIn(prod.one("iam/rolePolicy:RolePolicy", account)).Statement.flatMap(({ Action }) => Action),
    );
    expect(actions.flat().filter((action) => /Delete/.test(String(action)))).toEqual([]);
    expect(actions[0]).toContain("s3:PutObject");
    expect(actions[2]).not.toContain("s3:PutObject");
  });

  test.each([
    ["atlas-cache-backup", "recovery/atlas-ai-production/cache"],
    ["ai-middleware-mongodb-backup", "recovery/ai-middleware/ai-middleware-mongodb"],
    ["timescaledb", "postgresql/atlas-ai-production/timescaledb"],
    ["model-registry", "postgresql/atlas-ai-production/model-registry"],
    ["postgres", "postgresql/ai-middleware/postgres"],
  ])("let %s add to the backups' folder %s and nowhere else (R1)", (account, folder) => {
    const added = policyIn(
      prod.one("iam/rolePolicy:RolePolicy", `aws-roles-${account}-policy`),
    ).Statement.filter(({ Action }) => [Action].flat().includes("s3:PutObject"));
    expect(added.flatMap(({ Resource }) => Resource)).toEqual([
      expect.stringMatching(`backups.*/${folder}/\\*$`),
    ]);
  });

  test.each(["atlas-timescaledb-restore-check", "ai-middleware-redis-restore-check"])(
    "let %s read and nothing else (R2)",
    (account) => {
      const { Statement } = policyIn(prod.one("iam/rolePolicy:RolePolicy", `aws-roles-${account}`));
      const changing = Statement.flatMap(({ Action }) => Action).filter(
        (action) => !/^(s3:(Get|List)|kms:Decrypt$)/.test(String(action)),
      );
      expect(changing).toEqual([]);
    },
  );

  test("allow reading secrets where some are copied, and only the cluster's own (P6)", async () => {
    expect(prod.platform.cluster.secretStore).toBeUndefined();
    const reading = await recordPlatform(leanWith({}), { externalSecrets: true });
    expect(reading.platform.cluster.secretStore).toEqual({
      region: "us-east-1",
      prefix: "atlas-prod/",
      host: "secretsmanager.us-east-1.amazonaws.com",
    });
    expect(policyIn(reading.one("iam/rolePolicy:RolePolicy", "external-secrets")).Statement).toEqual([
      {
        Sid: "ReadOwnSecrets",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetResourcePolicy",
          "secretsmanager:GetSecretValue",
          "secretsmanager:ListSecretVersionIds",
        ],
        Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:atlas-prod/*",
      },
    ]);
  });

  test("allow Velero to delete backups in its own folder, but no earlier versions", () => {
    const { Statement } = policyIn(prod.one("iam/rolePolicy:RolePolicy", "velero-server"));
    const changing = Statement.filter(({ Action }) => /Put|Delete/.test([Action].flat().join()));
    expect(changing.flatMap(({ Resource }) => Resource)).toEqual([
      expect.stringMatching(/backups.*\/velero\/\*$/),
      expect.stringMatching(/backups.*\/velero\/\*$/),
    ]);
    expect(Statement.flatMap(({ Action }) => Action)).not.toContain("s3:DeleteObjectVersion");
  });

  test("allow the autoscaler to size only the cluster's own groups", () => {
    const [, resize] = policyIn(prod.one("iam/rolePolicy:RolePolicy", "cluster-autoscaler")).Statement;
    expect(resize?.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/atlas-prod": "owned" },
    });
  });
});
