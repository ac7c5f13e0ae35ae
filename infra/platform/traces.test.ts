import { z } from "zod";
import { only, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { collector, collectorUrls } from "./span-collector";
import { tempo } from "./tempo";
import { Traces } from "./traces";

async function traces(changes: SiteChanges = {}) {
  const recorded = await record((site) => {
    new Traces("traces", { site });
  }, changes);
  const inputsOf = (name: string) =>
    recorded.objects.find(({ logicalName }) => logicalName === `traces-${name}`)?.inputs;
  return { ...recorded, tempo: inputsOf("tempo"), collector: inputsOf("collector") };
}

test("services send spans to one address, whose Service the collector's chart makes (P4)", async () => {
  const built = await traces({ systems: placed({ atlas: { cluster: "aws" } }) });
  expect(collectorUrls(built.site)).toEqual({
    grpc: "http://otel-collector.atlas-monitoring.svc:4317",
    http: "http://otel-collector.atlas-monitoring.svc:4318",
  });
  expect(built.collector).toMatchObject({
    namespace: "atlas-monitoring",
    values: { fullnameOverride: "otel-collector", replicaCount: 2, mode: "deployment" },
  });
});

test("other stacks' environments on the cluster send spans too (D3)", async () => {
  const { site } = await traces({
    systems: placed({ aiaas: { cluster: "aws", sharedWith: ["staging"] } }),
  });
  expect(site.network.edges).toContainEqual({
    from: { kind: "all-pods", namespace: "staging" },
    to: collector(site),
    ports: [4317, 4318],
  });
});

test("a trace is complete before it is sampled: errors, slow ones, a share of the rest (001)", async () => {
  const { collector: release, objects, site } = await traces();
  expect(release).toMatchObject({
    values: {
      alternateConfig: {
        exporters: {
          load_balancing: {
            resolver: {
              dns: { hostname: "otel-collector-peers.monitoring.svc.cluster.local", port: "4319" },
            },
          },
        },
        processors: {
          tail_sampling: {
            policies: [
              { type: "status_code" },
              { type: "latency", latency: { threshold_ms: 2000 } },
              { type: "probabilistic", probabilistic: { sampling_percentage: 10 } },
            ],
          },
        },
        service: {
          pipelines: {
            traces: { exporters: ["load_balancing"] },
            "traces/sampled": {
              receivers: ["otlp/peers"],
              processors: ["memory_limiter", "tail_sampling", "batch"],
              exporters: ["otlp/tempo"],
            },
          },
        },
      },
    },
  });
  expect(only(objects, "Service")).toMatchObject({
    metadata: { name: "otel-collector-peers", namespace: "monitoring" },
    spec: { clusterIP: "None", selector: collector(site).labels, ports: [{ port: 4319 }] },
  });
  const spans = collector(site);
  expect(site.network.edges).toContainEqual({ from: spans, to: spans, ports: [4319] });
  expect(site.network.edges).toContainEqual({ from: spans, to: tempo(site), ports: [4317] });
});

test("Tempo keeps traces in the bucket, apart from the logs, with a service account that has a role (C6)", async () => {
  const telemetry = {
    name: "atlas-ai-telemetry",
    region: "us-east-1",
    hosts: ["s3.us-east-1.amazonaws.com"],
  };
  const { tempo: release } = await traces({ buckets: { telemetry } });
  expect(release).toMatchObject({
    values: {
      serviceAccount: { name: "tempo" },
      tempo: {
        storage: {
          trace: {
            backend: "s3",
            s3: { bucket: "atlas-ai-telemetry", prefix: "tempo", endpoint: "s3.us-east-1.amazonaws.com" },
          },
        },
        securityContext: { readOnlyRootFilesystem: true },
      },
    },
  });
});

test("001's host for traces leads to Grafana's, where Atlas runs and Grafana does", async () => {
  const systems = placed({ atlas: { cluster: "aws" } });
  const { objects } = await traces({ systems });
  expect(only(objects, "Ingress")).toMatchObject({
    spec: {
      rules: [
        {
          host: "jaeger.atlas-financial.com",
          http: { paths: [{ backend: { service: { name: "grafana" } } }] },
        },
      ],
    },
  });
  const withoutGrafana = await traces({ systems, settings: { without: ["metrics"] } });
  expect(withoutGrafana.objects.filter(({ kind }) => kind === "Ingress")).toEqual([]);
});

test("the longest request that the ingress allows ends before its trace is sampled, and short ones do not wait for it", async () => {
  const { collector: release } = await traces();
  const { tail_sampling } = samplingSchema.parse(release).values.alternateConfig.processors;
  expect(seconds(tail_sampling.decision_wait)).toBeGreaterThan(300);
  expect(seconds(tail_sampling.decision_wait_after_root_received)).toBeLessThanOrEqual(10);
  expect(tail_sampling.decision_cache.sampled_cache_size).toBeGreaterThan(tail_sampling.num_traces);
});

const samplingSchema = z.object({
  values: z.object({
    alternateConfig: z.object({
      processors: z.object({
        tail_sampling: z.object({
          decision_wait: z.string(),
          decision_wait_after_root_received: z.string(),
          num_traces: z.number(),
          decision_cache: z.object({ sampled_cache_size: z.number() }),
        }),
      }),
    }),
  }),
});

function seconds(duration: string | undefined): number {
  return Number(/^(\d+)s$/.exec(duration ?? "")?.[1]);
}
