import { z } from "zod";
import { named, only, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { Elasticsearch, elasticsearchHost } from "./elasticsearch";
import { ElasticsearchAuthority } from "./elasticsearch-authority";
import { elasticsearch } from "./elasticsearch-spec";

const systems = placed({ atlas: { cluster: "aws" } });

async function build(changes: SiteChanges = {}) {
  return await record(
    (site) => {
      const certificates = site.cluster.provider;
      const authority = new ElasticsearchAuthority("authority", { site, certificates }).ready;
      new Elasticsearch("elasticsearch", { site, authority });
    },
    { systems, ...changes },
  );
}

test("000's host and port are those of a Service, which leads to the pods that the operator makes", async () => {
  const { objects, site } = await build();
  expect(elasticsearchHost(site)).toBe("elasticsearch.atlas-logging");
  expect(only(objects, "Service")).toMatchObject({
    metadata: { name: "elasticsearch", namespace: "atlas-logging" },
    spec: {
      selector: { "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch" },
      ports: [{ port: 9200, targetPort: 9200 }],
    },
  });
  expect(only(objects, "Elasticsearch")).toMatchObject({
    metadata: { name: elasticsearch(site).labels["elasticsearch.k8s.elastic.co/cluster-name"] },
    spec: { http: { tls: { certificate: { secretName: "elasticsearch-tls" } } } },
  });
});

test("its certificate is of an authority of its own, which a writer in another namespace can trust (K1)", async () => {
  const { objects } = await build();
  expect(named(objects, "Certificate", "elasticsearch-tls", "spec")).toMatchObject({
    secretName: "elasticsearch-tls",
    dnsNames: expect.arrayContaining([
      "elasticsearch.atlas-logging",
      "elasticsearch-es-http.atlas-logging.svc",
    ]),
    usages: expect.arrayContaining(["server auth"]),
    issuerRef: { kind: "ClusterIssuer", name: "elasticsearch-authority" },
  });
  expect(named(objects, "ClusterIssuer", "elasticsearch-authority", "spec")).toEqual({
    ca: { secretName: "elasticsearch-authority" },
  });
  expect(named(objects, "Certificate", "elasticsearch-authority")).toMatchObject({
    metadata: { namespace: "cert-manager" },
    spec: { isCA: true, secretName: "elasticsearch-authority" },
  });
});

test("three nodes, each in a zone of its own, on fast volumes; one on a laptop (P3)", async () => {
  const high = await build();
  expect(only(high.objects, "Elasticsearch", "spec.nodeSets.0")).toMatchObject({
    count: 3,
    zoneAwareness: {},
    volumeClaimTemplates: [{ spec: { storageClassName: "fast-ssd" } }],
    podTemplate: {
      spec: {
        priorityClassName: "data-store",
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: "lifecycle", operator: "NotIn", values: ["spot"] }] },
              ],
            },
          },
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "topology.kubernetes.io/zone" }],
          },
        },
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      },
    },
  });
  const single = await build({ settings: { availability: "single" } });
  expect(only(single.objects, "Elasticsearch", "spec.nodeSets.0")).toMatchObject({ count: 1 });
});

test("every night Elasticsearch is told to delete logs after as long as Loki keeps them, by a user that reads none (P3)", async () => {
  const { objects, site } = await build();
  const job = named(objects, "CronJob", "elasticsearch-retention", "spec.jobTemplate.spec.template.spec");
  expect(job).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true },
    containers: [
      {
        env: expect.arrayContaining([
          { name: "URL", value: "https://elasticsearch.atlas-logging:9200" },
          {
            name: "POLICY",
            value: JSON.stringify({
              policy: {
                phases: { hot: { actions: {} }, delete: { min_age: "720h", actions: { delete: {} } } },
              },
            }),
          },
        ]),
        securityContext: { readOnlyRootFilesystem: true },
      },
    ],
  });
  expect(JSON.stringify(job)).not.toContain("given");
  expect(only(objects, "Elasticsearch", "spec.auth.fileRealm")).toEqual([
    { secretName: "elasticsearch-log-writer" },
    { secretName: "elasticsearch-retention" },
  ]);
  expect(site.network.edges).toContainEqual(
    expect.objectContaining({
      from: expect.objectContaining({ labels: { app: "elasticsearch-retention" } }),
      to: elasticsearch(site),
      ports: [9200],
    }),
  );
});

test("who writes logs may add to their indices, and neither read nor delete", async () => {
  const { objects } = await build();
  const secretOf = (name: string) =>
    objects.find(({ logicalName }) => logicalName === `elasticsearch-${name}`)?.inputs;
  expect(secretOf("elasticsearch-log-writer")).toMatchObject({ type: "kubernetes.io/basic-auth" });
  const [ofWriter = "", ofKeeper = ""] = JSON.stringify(secretOf("elasticsearch-roles")).split(
    '"elasticsearch-retention\\":',
  );
  expect(ofWriter).toContain("create_doc");
  expect(ofWriter).not.toMatch(/"(all|read|delete|manage|superuser)\\?"/);
  expect(ofKeeper).toContain("manage_ilm");
  expect(ofKeeper).not.toMatch(/"(all|read|superuser)\\?"/);
});

test("a line of log is never refused for its fields: too many, or of another type than the day's first (000, 003)", async () => {
  const { objects } = await build();
  const template = environmentOf(only(objects, "CronJob"), "TEMPLATE");
  expect(template).toMatchObject({
    template: {
      settings: {
        "index.mapping.total_fields.ignore_dynamic_beyond_limit": true,
        "index.mapping.ignore_malformed": true,
        "index.lifecycle.name": "days-of-logs",
      },
      mappings: { date_detection: false },
    },
  });
  // Settings that only a new index can have would be refused for those that are there.
  expect(Object.keys(environmentOf(only(objects, "CronJob"), "SETTINGS"))).not.toContain(
    "index.mapping.ignore_malformed",
  );
});

/** The JSON in a variable of the job's one container. */
function environmentOf(job: unknown, variable: string): object {
  const [container] = jobSchema.parse(job).spec.jobTemplate.spec.template.spec.containers;
  const value = container?.env.find(({ name }) => name === variable)?.value;
  return z.looseObject({}).parse(JSON.parse(value ?? "null"));
}

const jobSchema = z.object({
  spec: z.object({
    jobTemplate: z.object({
      spec: z.object({
        template: z.object({
          spec: z.object({
            containers: z.array(
              z.object({ env: z.array(z.object({ name: z.string(), value: z.string().optional() })) }),
            ),
          }),
        }),
      }),
    }),
  }),
});
