import { only, record, type SiteChanges } from "../../test/support/recorded/site";
import { ExternalSecrets } from "./external-secrets";

const store = {
  region: "us-east-1",
  prefix: "atlas-prod/",
  host: "secretsmanager.us-east-1.amazonaws.com",
};

const build = (changes: SiteChanges = {}) =>
  record((site) => new ExternalSecrets("external-secrets", { site, store }), changes);

test("reads AWS Secrets Manager as its own pods, and of that the cluster's part only (C6)", async () => {
  const { objects } = await build();
  expect(only(objects, "ClusterSecretStore")).toMatchObject({
    apiVersion: "external-secrets.io/v1",
    metadata: { name: "aws-secrets-manager" },
    spec: { provider: { aws: { service: "SecretsManager", region: "us-east-1", prefix: "atlas-prod/" } } },
  });
  expect(only(objects, "ClusterSecretStore", "spec.provider.aws.auth")).toBeUndefined();
  // The role is this service account's; the chart names it after the release.
  expect(only(objects, "Release", "name")).toBe("external-secrets");
  expect(only(objects, "Release", "namespace")).toBe("platform-system");
  expect(only(objects, "Release", "values.rbac.serviceAccountTokenCreate")).toBe(false);
});

test("keeps its definitions when it goes: with them every copied Secret would go", async () => {
  const { objects } = await build();
  expect(only(objects, "Release", "values.crds.annotations")).toEqual({ "helm.sh/resource-policy": "keep" });
});

test("survives a node, and stands alone on a laptop", async () => {
  const high = (await build()).objects;
  const single = (await build({ settings: { availability: "single" } })).objects;
  const webhook = (objects: typeof high) => only(objects, "Release", "values.webhook");
  expect(webhook(high)).toMatchObject({ replicaCount: 2, podDisruptionBudget: { maxUnavailable: 1 } });
  expect(webhook(single)).toMatchObject({ replicaCount: 1 });
  expect(webhook(single)).not.toHaveProperty("podDisruptionBudget");
});

test("talks to the API server, and the operator alone to the store", async () => {
  const { site } = await build();
  const edges = site.network.edges.map(({ from, to, ports }) => ({
    from: from.kind === "pods" ? from.name : from.kind,
    to: to.kind === "pods" ? to.name : to.kind,
    ports,
  }));
  expect(edges.filter(({ to }) => to === "cloud-services")).toEqual([
    { from: "external-secrets", to: "cloud-services", ports: [443] },
  ]);
  expect(edges).toContainEqual({ from: "api-server", to: "external-secrets-webhook", ports: [10250] });
  expect(edges.filter(({ to }) => to === "api-server").map(({ from }) => from)).toEqual([
    "external-secrets",
    "external-secrets-webhook",
    "external-secrets-cert-controller",
  ]);
});
