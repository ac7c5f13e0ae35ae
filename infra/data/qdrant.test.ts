import { createVectors } from "../../apps/atlas/vectors";
import { recordOnSite } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import type { SiteChanges } from "../../test/support/recorded/site";

const namespace = "atlas-ai-production";

const build = (changes: SiteChanges = {}) => recordOnSite((site) => createVectors(site, {}), changes);

/** A member as the chart labels it. */
const member = {
  namespace,
  labels: { app: "qdrant", "app.kubernetes.io/name": "qdrant", "app.kubernetes.io/instance": "qdrant" },
};

test("clients find it where the seed has it (000)", async () => {
  const { built, find } = await build();
  expect(built.endpoints).toMatchObject({
    http: { host: `qdrant.${namespace}.svc`, port: 6333 },
    grpc: { host: `qdrant.${namespace}.svc`, port: 6334 },
  });
  // The chart's Service has the release's full name, and its own ports.
  expect(find("Release", "qdrant")).toMatchObject({ namespace, values: { fullnameOverride: "qdrant" } });
  expect(member.labels).toMatchObject(built.endpoints.http.pods.labels);
});

test("the key is in a Secret, and in no value of the release", async () => {
  const { find } = await build();
  expect(find("Secret", "qdrant-credentials")).toMatchObject({
    stringData: asSecret(expect.objectContaining({ "api-key": generatedPassword })),
  });
  const release = find("Release", "qdrant");
  expect(JSON.stringify(release)).not.toContain(generatedPassword);
  const reference = { name: "qdrant-credentials", key: "api-key" };
  expect(release).toMatchObject({
    values: {
      env: [{ name: "QDRANT__SERVICE__API_KEY", valueFrom: { secretKeyRef: reference } }],
      metrics: { serviceMonitor: { enabled: true, authorization: { credentials: reference } } },
    },
  });
});

test("three members that know each other, apart, each with the seed's size (P13, 000, R3)", async () => {
  const { find } = await build();
  expect(find("Release", "qdrant")).toMatchObject({
    values: {
      replicaCount: 3,
      // A collection has one copy unless the request that creates it asks for more.
      config: {
        cluster: { enabled: true, p2p: { port: 6335 } },
        storage: { collection: { replication_factor: 2 } },
      },
      resources: { requests: { cpu: "1000m", memory: "2Gi" }, limits: { cpu: "2000m", memory: "4Gi" } },
      persistence: { size: "50Gi", storageClassName: "fast-ssd" },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "topology.kubernetes.io/zone" }],
        },
      },
    },
  });
});

test("it passes the restricted standard, and no container runs as root to change owners (K1)", async () => {
  const { find } = await build();
  expect(find("Release", "qdrant")).toMatchObject({
    values: {
      image: { useUnprivilegedImage: true },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      },
    },
  });
});

test("members reach each other's own port, and nothing else does (A9)", async () => {
  const { allows } = await build();
  expect(allows(member, member, 6335)).toBe(true);
  expect(allows({ namespace, labels: { app: "ai-engine" } }, member, 6333)).toBe(false);
});

test("on a laptop there is one", async () => {
  const { find } = await build({ environment: "development", settings: { availability: "single" } });
  expect(find("Release", "qdrant")).toMatchObject({
    values: { replicaCount: 1, podDisruptionBudget: { enabled: false } },
  });
});
