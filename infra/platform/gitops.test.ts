import { createSystems } from "../../apps";
import { systems } from "../../apps/registry";
import { recordServices, type SiteChanges } from "../../test/support/recorded/services";
import { GitOps } from "./gitops";

const repository = "https://github.com/atlas-financial/infrastructure";

const record = (changes: SiteChanges = {}) =>
  recordServices((site) => {
    new GitOps("gitops", { site });
  }, changes);

test("Argo CD has no password: everybody reads, and nobody changes anything through its server", async () => {
  const { find } = await record();
  expect(find("Release", "argocd").values).toMatchObject({
    configs: {
      cm: { "admin.enabled": false, "users.anonymous.enabled": true },
      rbac: { "policy.default": "role:readonly" },
    },
    dex: { enabled: false },
    server: expect.not.objectContaining({ ingress: expect.anything() }),
  });
});

test.each([
  ["high", { server: { replicas: 2 }, redis: { enabled: false }, "redis-ha": { enabled: true } }],
  ["single", { server: { replicas: 1 }, redis: { enabled: true }, "redis-ha": { enabled: false } }],
])("availability %s decides on replicas and on the cache", async (availability, expected) => {
  const { find } = await record({ stack: { platform: { availability } } });
  expect(find("Release", "argocd").values).toMatchObject(expected);
});

test("HAProxy is named by the labels that its Service selects by: no others open the Service's address", async () => {
  const { find } = await record({ stack: { platform: { availability: "high" } } });
  for (const caller of ["argocd-server", "argocd-repo-server", "argocd-application-controller"]) {
    expect(find("NetworkPolicy", caller)).toMatchObject({
      spec: {
        egress: expect.arrayContaining([
          expect.objectContaining({
            to: [{ podSelector: { matchLabels: { app: "redis-ha-haproxy", release: "argocd" } } }],
          }),
        ]),
      },
    });
  }
});

test("the cache's password is the chart's Secret, made before it", async () => {
  const { find } = await record();
  expect(find("Secret", "argocd-redis")).toMatchObject({ metadata: { namespace: "argocd" } });
  expect(find("Release", "argocd").values).toMatchObject({ redisSecretInit: { enabled: false } });
});

test("a project delivers from one repository to one system's namespaces, and none of what the program makes there", async () => {
  const { ofKind, find } = await record({
    stack: {
      environment: "production",
      systems: { atlas: { cluster: "aws" }, aiaas: { cluster: "linode" } },
      platform: { gitops: { repository } },
    },
  });
  expect(ofKind("AppProject").map(({ name }) => name)).toEqual(["atlas-financial"]);
  expect(find("AppProject", "atlas-financial").spec).toMatchObject({
    sourceRepos: [repository],
    destinations: [
      { namespace: "atlas-ai-production" },
      { namespace: "atlas-monitoring" },
      { namespace: "atlas-logging" },
    ],
    clusterResourceWhitelist: [],
    namespaceResourceBlacklist: [{ kind: "ResourceQuota" }, { kind: "LimitRange" }],
  });
});

test("a project for environments that share a cluster delivers to each of them (D3)", async () => {
  const { find } = await record({
    stack: { systems: { aiaas: { cluster: "aws", sharedWith: ["development", "staging"] } } },
  });
  expect(find("AppProject", "aiaas").spec).toMatchObject({
    sourceRepos: [],
    destinations: [
      { namespace: "development" },
      { namespace: "staging" },
      { namespace: "production" },
      { namespace: "system" },
    ],
  });
});

describe("a system that Argo CD delivers (D11)", () => {
  const recordDelivery = (environment: string, revision?: string) =>
    recordServices((site) => createSystems(site, systems, { operators: {} }), {
      stack: {
        environment,
        systems: { atlas: { cluster: "aws", delivery: "gitops" } },
        platform: { gitops: { repository, ...(revision && { revision }) } },
      },
    });

  test("is an Application as 000 has it, but into a namespace that the program makes", async () => {
    const { find } = await recordDelivery("staging", "v1");
    expect(find("Application", "atlas-ai-services")).toMatchObject({
      metadata: { namespace: "argocd" },
      spec: {
        project: "atlas-financial",
        source: { repoURL: repository, targetRevision: "v1", path: "k8s/ai-services" },
        destination: { namespace: "atlas-ai-staging" },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
          retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
        },
      },
    });
  });

  test("follows main where the stack says nothing (000)", async () => {
    const { find } = await recordDelivery("staging");
    expect(find("Application", "atlas-ai-services")).toHaveProperty("spec.source.targetRevision", "main");
  });

  test("waits for a person in production (002)", async () => {
    const { find } = await recordDelivery("production");
    expect(find("Application", "atlas-ai-services").spec).toMatchObject({
      destination: { namespace: "atlas-ai-production" },
      syncPolicy: expect.not.objectContaining({ automated: expect.anything() }),
    });
  });

  test("is a system of the program's own where nothing is said", async () => {
    const { ofKind } = await recordServices((site) => createSystems(site, systems, { operators: {} }));
    expect(ofKind("Application")).toEqual([]);
  });
});

test("Argo CD calls the host of its repository, and no other", async () => {
  const { find } = await record({ stack: { platform: { gitops: { repository } } } });
  expect(find("NetworkPolicy", "argocd-repo-server").metadata).toMatchObject({
    annotations: { "ai-platform/egress-hosts": "github.com:443" },
  });
});
