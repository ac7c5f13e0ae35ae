import { createDocuments } from "../../apps/ai-middleware/documents";
import { recordOnSite, textOf } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import type { SiteChanges } from "../../test/support/recorded/site";

const namespace = "ai-middleware";
const name = "ai-middleware-mongodb";

const build = (changes: SiteChanges = {}) => recordOnSite((site) => createDocuments(site, {}), changes);

/** A member as the operator labels it. */
const member = { namespace, labels: { app: `${name}-svc` } };

test("clients name every member as the operator's Service does, and the seed's user (003)", async () => {
  const { built } = await build();
  const hosts = [0, 1, 2]
    .map((index) => `${name}-${index}.${name}-svc.${namespace}.svc.cluster.local:27017`)
    .join(",");
  expect(await textOf(built.connectionString)).toBe(
    `mongodb://ai-middleware-user:${generatedPassword}@${hosts}/ai_middleware` +
      `?authSource=admin&replicaSet=${name}&tls=true&tlsCAFile=/etc/mongodb/ca.crt`,
  );
  expect(built.endpoints.members).toMatchObject({
    host: `${name}-svc.${namespace}.svc`,
    port: 27017,
    tls: true,
  });
  expect(member.labels).toMatchObject(built.endpoints.members.pods.labels);
});

test("the replica set is the seed's (P12, 003)", async () => {
  const { find } = await build();
  expect(find("MongoDBCommunity", name)).toMatchObject({
    metadata: { namespace },
    spec: {
      members: 3,
      type: "ReplicaSet",
      security: { authentication: { modes: ["SCRAM"] }, tls: { enabled: true } },
      users: [
        {
          name: "ai-middleware-user",
          db: "admin",
          passwordSecretRef: { name: "mongodb-secret", key: "password" },
          roles: [{ name: "readWriteAnyDatabase", db: "admin" }],
        },
      ],
      additionalMongodConfig: {
        "storage.wiredTiger.engineConfig.journalCompressor": "zlib",
        "storage.wiredTiger.collectionConfig.blockCompressor": "snappy",
      },
      statefulSet: {
        spec: {
          volumeClaimTemplates: expect.arrayContaining([
            expect.objectContaining({
              metadata: { name: "data-volume" },
              spec: expect.objectContaining({
                storageClassName: "fast-ssd",
                resources: { requests: { storage: "100Gi" } },
              }),
            }),
            // Too small for the fast class's operations a second.
            expect.objectContaining({
              metadata: { name: "logs-volume" },
              spec: expect.objectContaining({ storageClassName: "standard" }),
            }),
          ]),
        },
      },
    },
  });
  expect(find("Secret", "mongodb-secret")).toMatchObject({
    stringData: asSecret(expect.objectContaining({ password: generatedPassword })),
  });
});

/** Every container of a member's pod, by the names that the operator gives them. */
function containersOf(replicaSet: unknown): unknown {
  const path = ["spec", "statefulSet", "spec", "template", "spec"];
  const pod = path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    replicaSet,
  );
  return pod;
}

test("every container is restricted and has its limits, also those that only set up (K1, K2)", async () => {
  const { find } = await build();
  const safe = (container: string) =>
    expect.objectContaining({
      name: container,
      securityContext: expect.objectContaining({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      }),
      resources: { requests: expect.anything(), limits: expect.anything() },
    });
  expect(containersOf(find("MongoDBCommunity", name))).toMatchObject({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    initContainers: [safe("mongod-posthook"), safe("mongodb-agent-readinessprobe")],
    containers: [safe("mongod"), safe("mongodb-agent")],
  });
});

test("members are apart, and a drain takes one at a time (R3)", async () => {
  const { find } = await build();
  expect(containersOf(find("MongoDBCommunity", name))).toMatchObject({
    priorityClassName: "data-store",
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: member.labels }, topologyKey: "topology.kubernetes.io/zone" },
        ],
      },
    },
  });
  expect(find("PodDisruptionBudget", name)).toMatchObject({
    spec: { maxUnavailable: 1, selector: { matchLabels: member.labels } },
  });
});

test("the members' certificate is for the names by which they are called, of an authority of their own", async () => {
  const { find, built } = await build();
  expect(find("Certificate", `${name}-tls`)).toMatchObject({
    spec: {
      secretName: built.authority,
      dnsNames: expect.arrayContaining([`*.${name}-svc.${namespace}.svc.cluster.local`]),
      issuerRef: { kind: "Issuer", name: `${name}-authority` },
    },
  });
  expect(find("Issuer", `${name}-authority`)).toMatchObject({
    spec: { ca: { secretName: `${name}-authority` } },
  });
  expect(find("Certificate", `${name}-authority`)).toMatchObject({
    spec: { isCA: true, secretName: `${name}-authority` },
  });
});

test("Prometheus reads the metrics by the Service's port, with a password", async () => {
  const { find } = await build();
  expect(find("MongoDBCommunity", name)).toMatchObject({
    spec: {
      prometheus: {
        port: 9216,
        username: "prometheus",
        passwordSecretRef: { name: "mongodb-secret", key: "metrics-password" },
      },
    },
  });
  expect(find("Secret", "mongodb-secret")).toMatchObject({
    stringData: asSecret(
      expect.objectContaining({ "metrics-username": "prometheus", "metrics-password": generatedPassword }),
    ),
  });
  expect(find("ServiceMonitor", name)).toMatchObject({
    spec: {
      selector: { matchLabels: member.labels },
      endpoints: [
        {
          port: "prometheus",
          basicAuth: {
            username: { name: "mongodb-secret", key: "metrics-username" },
            password: { name: "mongodb-secret", key: "metrics-password" },
          },
        },
      ],
    },
  });
});

test("members reach each other, and nothing else reaches them unasked (A9)", async () => {
  const { allows } = await build();
  expect(allows(member, member, 27017)).toBe(true);
  expect(allows({ namespace, labels: { app: "ai-middleware" } }, member, 27017)).toBe(false);
});

test("on a laptop there is one member", async () => {
  const { find, built, objects } = await build({
    environment: "development",
    settings: { availability: "single" },
  });
  expect(find("MongoDBCommunity", name)).toMatchObject({ spec: { members: 1 } });
  expect(await textOf(built.connectionString)).not.toContain(`${name}-1`);
  expect(objects.map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
});
