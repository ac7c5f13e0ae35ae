import { recordOnSite } from "../../test/support/recorded/data-site";
import type { SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { MongodbOperator } from "./mongodb-operator";
import { PostgresqlOperator } from "./postgresql-operator";

const operator = {
  namespace: "data-operators",
  labels: { "app.kubernetes.io/name": "cloudnative-pg", "app.kubernetes.io/instance": "cloudnative-pg" },
};
const plugin = {
  namespace: "data-operators",
  labels: {
    "app.kubernetes.io/name": "plugin-barman-cloud",
    "app.kubernetes.io/instance": "plugin-barman-cloud",
  },
};

const postgresql = (changes: SiteChanges = {}) =>
  recordOnSite((site) => new PostgresqlOperator("operator", { site }), changes);

const withBucket = {
  buckets: { backups: { name: "backups", region: "us-east-1", hosts: ["s3.example"] } },
};

test("two operators share the work, and a drain leaves one (K3)", async () => {
  const { find } = await postgresql();
  expect(find("Release", "cloudnative-pg")).toMatchObject({
    namespace: "data-operators",
    values: { replicaCount: 2, resources: { requests: {}, limits: {} } },
  });
  expect(find("PodDisruptionBudget", "cloudnative-pg")).toMatchObject({
    spec: { maxUnavailable: 1, selector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } } },
  });
});

test("the archiver is there where there is a bucket, in the operator's namespace and within its reach (R1)", async () => {
  const { find, allows } = await postgresql(withBucket);
  expect(find("Release", "plugin-barman-cloud")).toMatchObject({ namespace: "data-operators" });
  expect(allows(operator, plugin, 9090)).toBe(true);
});

test("without a bucket there is nothing to archive to, and no archiver", async () => {
  const { objects, allows } = await postgresql();
  expect(objects.map(({ name }) => name)).not.toContain("plugin-barman-cloud");
  expect(allows(operator, plugin, 9090)).toBe(false);
});

test("MongoDB's operator watches the namespace of its one replica set, and only such (P12)", async () => {
  const { find } = await recordOnSite((site) => new MongodbOperator("operator", { site }), {
    systems: placed({ "ai-middleware": { cluster: "aws" } }),
  });
  expect(find("Release", "mongodb-kubernetes")).toMatchObject({
    namespace: "data-operators",
    skipCrds: true,
    values: { operator: { watchNamespace: "ai-middleware", watchedResources: ["mongodbcommunity"] } },
  });
});
