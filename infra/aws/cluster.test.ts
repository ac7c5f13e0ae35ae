import { prod } from "../../test/support/aws/prod";
import { leanWith, policyIn, production, recordPlatform } from "../../test/support/recorded/aws-platform";

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
