import { cloud, east, make, network, role, trust, west } from "../../../test/support/clouds/aws-cloud";
import type { TestResource } from "../../../test/support/clouds/cloud";
import type { Values } from "../standin";
import { configurationFailures, readConfiguration } from "./configuration";

describe("buckets", () => {
  test("are unique over regions, and spoken to in their own", async () => {
    await make("s3/bucket:Bucket", { bucket: "atlas-models" }, west);
    await expect(make("s3/bucket:Bucket", { bucket: "atlas-models" })).rejects.toThrow(
      /BucketAlreadyOwnedByYou/,
    );
    const block = { bucket: "atlas-models", blockPublicAcls: true };
    await expect(make("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block)).rejects.toThrow(
      /PermanentRedirect: the bucket atlas-models is in us-west-2/,
    );
    await expect(
      make("s3/bucketPublicAccessBlock:BucketPublicAccessBlock", block, west),
    ).resolves.toBeDefined();
  });

  test("are replicated only with versions on both sides", async () => {
    const replication = {
      bucket: "source",
      role: await role("replication"),
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copies" } }],
    };
    await make("s3/bucket:Bucket", { bucket: "source" });
    await make("s3/bucket:Bucket", { bucket: "copies" }, west);
    const versioned = { versioningConfiguration: { status: "Enabled" } };
    await make("s3/bucketVersioning:BucketVersioning", { bucket: "source", ...versioned });
    await expect(make("s3/bucketReplicationConfig:BucketReplicationConfig", replication)).rejects.toThrow(
      /versioning must be "Enabled" on the bucket copies/,
    );
    await make("s3/bucketVersioning:BucketVersioning", { bucket: "copies", ...versioned }, west);
    await expect(
      make("s3/bucketReplicationConfig:BucketReplicationConfig", replication),
    ).resolves.toBeDefined();
  });
});

describe("a stack that is rebuilt at will", () => {
  /** What a stack makes of these kinds, in its order, on a network that stays. */
  async function up({ forced, subnets }: Rebuilt): Promise<readonly TestResource[]> {
    const made = await make("iam/role:Role", { name: "control-plane", assumeRolePolicy: trust });
    return [
      made,
      await make("s3/bucket:Bucket", { bucket: "atlas-data", forceDestroy: forced }),
      await make("backup/vault:Vault", { name: "volumes", forceDestroy: forced }),
      await make("route53/zone:Zone", { name: "atlas.test", forceDestroy: forced }),
      await make("cloudwatch/logGroup:LogGroup", { name: "/aws/eks/atlas/cluster" }),
      await make("eks/cluster:Cluster", {
        name: "atlas",
        roleArn: String(made.outputs.arn),
        vpcConfig: { subnetIds: subnets },
        enabledClusterLogTypes: ["audit"],
      }),
    ];
  }

  interface Rebuilt {
    readonly forced: boolean;
    readonly subnets: readonly string[];
  }

  async function down(made: readonly TestResource[]): Promise<void> {
    for (const resource of [...made].reverse()) await cloud.delete(east, resource);
  }

  /** As `aws logs delete-log-group`. */
  async function deleteMadeAgain(): Promise<void> {
    for (const record of await cloud.store.madeByClouds()) await cloud.store.delete(record);
  }

  test("goes and comes twice where its buckets, vault and zone go with what they hold", async () => {
    const { subnets } = await network();
    const rebuilt = { forced: true, subnets };
    await down(await up(rebuilt));
    await deleteMadeAgain();
    await down(await up(rebuilt));
    await deleteMadeAgain();
    await expect(up(rebuilt)).resolves.toHaveLength(6);
  });

  test("does not come while the log group stands that EKS has made again for the cluster's last logs", async () => {
    const { subnets } = await network();
    await down(await up({ forced: true, subnets }));
    await expect(make("cloudwatch/logGroup:LogGroup", { name: "/aws/eks/atlas/cluster" })).rejects.toThrow(
      /ResourceAlreadyExistsException: CloudWatch log group \/aws\/eks\/atlas\/cluster already exists/,
    );
    await deleteMadeAgain();
    await expect(up({ forced: true, subnets })).resolves.toHaveLength(6);
  });

  test("keeps a bucket, a vault and a zone that hold something, as their clouds do", async () => {
    const { subnets } = await network();
    const made = await up({ forced: false, subnets });
    const [bucket, vault, zone] = [made.at(1), made.at(2), made.at(3)];
    if (bucket === undefined || vault === undefined || zone === undefined) {
      throw new Error("nothing was made");
    }
    await expect(cloud.delete(east, bucket)).rejects.toThrow(
      /BucketNotEmpty: the bucket atlas-data holds objects/,
    );
    await expect(cloud.delete(east, vault)).rejects.toThrow(/the backup vault volumes holds recovery points/);
    await expect(cloud.delete(east, zone)).rejects.toThrow(
      /HostedZoneNotEmpty: the zone atlas.test holds records/,
    );
  });
});

test("a role goes only after its policies", async () => {
  const made = await make("iam/role:Role", { name: "reader", assumeRolePolicy: trust });
  const attached = await make("iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: "reader",
    policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
  });
  await expect(cloud.delete(east, made)).rejects.toThrow(/in use by the IAM role policy attachment/);
  await cloud.delete(east, attached);
  await expect(cloud.delete(east, made)).resolves.toBeUndefined();
});

describe("the provider's settings", () => {
  test.each<[string, Values]>([
    ["a region", east],
    ["an account that is allowed, as JSON text", { ...east, allowedAccountIds: '["111122223333"]' }],
    [
      "the account of the role that is assumed",
      {
        ...east,
        allowedAccountIds: ["111122223333"],
        assumeRoles: [{ roleArn: "arn:aws:iam::111122223333:role/deploy" }],
      },
    ],
    ["flags, as text", { ...east, skipCredentialsValidation: "true" }],
  ])("accept %s", (_, settings) => {
    expect(configurationFailures(settings)).toEqual([]);
  });

  test.each<[string, Values, string, RegExp]>([
    ["no region", {}, "region", /missing/],
    ["an unknown region", { region: "mars-1" }, "region", /"mars-1" is not a region/],
    [
      "a foreign account",
      {
        ...east,
        allowedAccountIds: ["111122223333"],
        assumeRoles: [{ roleArn: "arn:aws:iam::444455556666:role/deploy" }],
      },
      "allowedAccountIds",
      /not allowed: 444455556666; allowed are 111122223333/,
    ],
    ["what is no account", { ...east, allowedAccountIds: ["acme"] }, "allowedAccountIds", /twelve digits/],
    ["an unknown setting", { ...east, regoin: "x" }, "regoin", /not a property/],
  ])("refuse %s", (_, settings, property, reason) => {
    const previous = process.env.AWS_REGION;
    delete process.env.AWS_REGION;
    const failures = configurationFailures(settings);
    if (previous !== undefined) process.env.AWS_REGION = previous;
    expect(failures).toContainEqual({ property, reason: expect.stringMatching(reason) });
  });

  test("name the account that is simulated", () => {
    expect(readConfiguration({ ...east, allowedAccountIds: ["111122223333"] }).account).toBe("111122223333");
    expect(readConfiguration(east).account).toBe("123456789012");
  });
});
