import { silentReporter } from "../../../cli/reporter";
import { FakeClusters } from "../../../test/support/clouds/fakes";
import { bucket, cloud, database, make } from "../../../test/support/clouds/linode-cloud";
import { CloudStore } from "../../clouds/store";
import type { Values } from "../standin";
import { linodeStandIn } from "./index";

test("a key opens buckets that exist, and keeps its secret over updates", async () => {
  const key = {
    label: "analytics",
    bucketAccesses: [{ bucketName: "exports", region: "fr-par", permissions: "read_write" }],
  };
  await expect(make("objectStorageKey:ObjectStorageKey", key)).rejects.toThrow(
    /the Object Storage bucket "exports" does not exist/,
  );
  await make("objectStorageBucket:ObjectStorageBucket", bucket);
  const made = await make("objectStorageKey:ObjectStorageKey", key);
  expect(made.outputs).toMatchObject({
    limited: true,
    regions: ["fr-par"],
    secretKey: expect.stringMatching(/^[0-9A-F]{40}$/),
  });
  const renamed = await cloud.update({}, made, { ...made.inputs, label: "analysis" });
  expect(renamed.secretKey).toBe(made.outputs.secretKey);
});

test("a database has a host, a port and a password that stays", async () => {
  const made = await make("databasePostgresqlV2:DatabasePostgresqlV2", database);
  expect(made.outputs).toMatchObject({
    engine: "postgresql",
    version: "16",
    status: "active",
    rootUsername: "akmadmin",
  });
  const opened = await cloud.update({}, made, { ...made.inputs, allowLists: ["203.0.113.0/24"] });
  expect(opened.rootPassword).toBe(made.outputs.rootPassword);
});

test("subnets of a VPC do not overlap", async () => {
  const vpcId = Number((await make("vpc:Vpc", { label: "net", region: "fr-par" })).id);
  await make("vpcSubnet:VpcSubnet", { vpcId, label: "a", ipv4: "10.0.0.0/24" });
  await expect(make("vpcSubnet:VpcSubnet", { vpcId, label: "b", ipv4: "10.0.0.128/25" })).rejects.toThrow(
    /overlaps 10.0.0.0\/24/,
  );
  await expect(
    make("vpcSubnet:VpcSubnet", { vpcId, label: "c", ipv4: "10.0.1.0/24" }),
  ).resolves.toBeDefined();
});

describe("the provider's settings", () => {
  const standIn = linodeStandIn({
    clusters: new FakeClusters(),
    store: new CloudStore("unused"),
    reporter: silentReporter,
  });

  afterEach(() => jest.restoreAllMocks());

  test.each<[string, Values, NodeJS.ProcessEnv]>([
    ["a token", { token: "t", url: "https://api.linode.com", apiVersion: "v4" }, {}],
    ["a token of the environment", { objUseTempKeys: "true" }, { LINODE_TOKEN: "t" }],
  ])("accept %s", async (_, settings, env) => {
    jest.replaceProperty(process, "env", env);
    expect(await standIn.checkConfig(settings)).toEqual([]);
  });

  test.each<[string, Values, string, RegExp]>([
    ["no token", {}, "token", /pulumi config set --secret linode:token/],
    ["an empty token", { token: "" }, "token", /LINODE_TOKEN/],
    ["an unknown setting", { token: "t", tokn: "t" }, "tokn", /not a property/],
  ])("refuse %s", async (_, settings, property, reason) => {
    jest.replaceProperty(process, "env", {});
    expect(await standIn.checkConfig(settings)).toContainEqual({
      property,
      reason: expect.stringMatching(reason),
    });
  });
});

test("a bucket that holds objects goes where the provider may take them along, and nowhere else", async () => {
  const bucket = { label: "aiaas-state", region: "fr-par" };
  const kept = await cloud.create({}, "linode:index/objectStorageBucket:ObjectStorageBucket", bucket);
  await expect(cloud.delete({}, kept)).rejects.toThrow(
    /BucketNotEmpty: the bucket fr-par:aiaas-state holds objects/,
  );
  await cloud.delete({ objBucketForceDelete: true }, kept);
  await expect(
    cloud.create({}, "linode:index/objectStorageBucket:ObjectStorageBucket", bucket),
  ).resolves.toBeDefined();
});
