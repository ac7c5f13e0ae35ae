import * as pulumi from "@pulumi/pulumi";
import { production, type RecordedPlatform, recordPlatform } from "../../test/support/recorded/aws-platform";

async function revealed<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
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

describe("what holds data", () => {
  const stateful = [
    "s3/bucket:Bucket",
    "kms/key:Key",
    "backup/vault:Vault",
    "route53/zone:Zone",
    "efs/fileSystem:FileSystem",
  ] as const;

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

  test("keeps its settings too: a bucket that is kept is not kept in the open", () => {
    const settings = prod.resources.filter(({ type }) => type.startsWith("aws:s3/bucket"));
    const lost = settings.filter(
      ({ options, type }) => !options.retainOnDelete && !type.includes("Replication"),
    );
    expect(lost.map(({ name }) => name)).toEqual([]);
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

describe("the cluster that is handed upwards", () => {
  test("lists its pools as a scheduler sees them", () => {
    const { cluster } = prod.platform;
    expect(
      cluster.pools.map(
        ({ name, minimum, maximum, spot }) => `${name} ${minimum}-${maximum}${spot ? " spot" : ""}`,
      ),
    ).toEqual([
      "general-us-east-1a 2-7",
      "general-us-east-1b 2-7",
      "general-us-east-1c 1-6",
      "ai-compute-on-demand-us-east-1c 1-2",
      "ai-compute-on-demand-us-east-1b 0-1",
      "ai-compute-on-demand-us-east-1a 0-1",
      "ai-compute-spot 2-16 spot",
      "data-storage-us-east-1a 1-3",
      "data-storage-us-east-1b 1-3",
      "data-storage-us-east-1c 0-2",
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

describe("what the cluster is told of its surroundings", () => {
  test("is the zone, without the name that the edge keeps, and with the one by which the edge finds the ingress", () => {
    expect(prod.platform.cluster.dns).toEqual({
      zoneId: expect.anything(),
      records: expect.objectContaining({ provider: "aws" }),
      domains: ["atlas-financial.com"],
      excluded: ["cdn.atlas-financial.com"],
      ingressNames: ["origin.atlas-financial.com"],
    });
  });

  test("is where it is in AWS", () => {
    expect(prod.platform.cluster.aws).toMatchObject({
      clusterName: production.cluster.name,
      kubernetesVersion: production.cluster.version,
      region: "us-east-1",
    });
  });
});
