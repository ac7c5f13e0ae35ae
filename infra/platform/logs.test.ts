import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { named, record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import type { Bucket } from "../cluster/cluster";
import { hasElasticsearch } from "./elasticsearch";
import { elasticsearch } from "./elasticsearch-spec";
import { Logs } from "./logs";

const onAws: Bucket = {
  name: "atlas-ai-telemetry",
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
};

/** A function, because outputs belong to the run that they are made in. */
const onLinode = (): Bucket => ({
  name: "aiaas-prod-telemetry",
  region: "fr-par",
  endpoint: "https://fr-par-1.linodeobjects.com",
  hosts: ["*.fr-par-1.linodeobjects.com"],
  key: {
    accessKey: pulumi.secret("access"),
    secretKey: pulumi.secret("the-secret-key"),
  },
});

async function logs(changes: SiteChanges = {}) {
  const recorded = await record((site) => {
    const { provider } = site.cluster;
    new Logs("logs", { site, authority: hasElasticsearch(site) ? provider : undefined });
  }, changes);
  const inputsOf = (name: string) =>
    recorded.objects.find(({ logicalName }) => logicalName === `logs-${name}`)?.inputs;
  return { ...recorded, loki: inputsOf("loki"), fluentBit: inputsOf("fluent-bit") };
}

test("every line three times, in a tenant of its environment, for 30 days in production (P3, 002)", async () => {
  const { loki } = await logs({ buckets: { telemetry: onAws } });
  expect(loki).toMatchObject({
    values: {
      deploymentMode: "Monolithic",
      loki: {
        auth_enabled: true,
        commonConfig: { replication_factor: 3 },
        compactor: { retention_enabled: true },
        runtimeConfig: { overrides: { production: { retention_period: "720h" } } },
      },
      singleBinary: { replicas: 3, podDisruptionBudget: { enabled: true, maxUnavailable: 1 } },
    },
  });
});

test("on AWS Loki's own identity opens the bucket (C6)", async () => {
  const { loki, objects } = await logs({ buckets: { telemetry: onAws } });
  expect(loki).toMatchObject({
    values: {
      serviceAccount: { name: "loki" },
      loki: { storage: { type: "s3", bucketNames: { chunks: "atlas-ai-telemetry" } } },
      singleBinary: { extraEnvFrom: [], extraEnv: [] },
    },
  });
  expect(objects.filter(({ logicalName }) => logicalName.endsWith("telemetry-bucket"))).toEqual([]);
});

test("on Linode a key does, from a Secret, and never as a value (C8)", async () => {
  const { loki } = await logs({ buckets: { telemetry: onLinode() } });
  expect(loki).toMatchObject({
    values: {
      loki: { storage: { s3: { endpoint: "https://fr-par-1.linodeobjects.com" } } },
      singleBinary: {
        extraEnvFrom: [{ secretRef: { name: "telemetry-bucket" } }],
        extraEnv: expect.arrayContaining([
          { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
        ]),
      },
    },
  });
  expect(JSON.stringify(loki)).not.toContain("the-secret-key");
});

test("without a bucket there is one Loki with a volume, however high availability is to be", async () => {
  const { loki } = await logs();
  expect(loki).toMatchObject({
    values: {
      loki: { commonConfig: { replication_factor: 1 }, storage: { type: "filesystem" } },
      singleBinary: { replicas: 1, podDisruptionBudget: { enabled: false } },
    },
  });
});

test("no zone has two of Loki's copies, for its loss would take their majority (R3)", async () => {
  const { loki } = await logs();
  expect(loki).toMatchObject({
    values: {
      singleBinary: {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "topology.kubernetes.io/zone" }],
          },
        },
      },
    },
  });
});

test("Fluent Bit takes the tenant from the label of the namespace, and reads the node without writing to its logs", async () => {
  const { fluentBit } = await logs();
  expect(fluentBit).toMatchObject({
    namespace: "node-agents",
    values: {
      tolerations: [{ operator: "Exists" }],
      priorityClassName: "system-node-critical",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      daemonSetVolumeMounts: expect.arrayContaining([
        { name: "logs", mountPath: "/var/log", readOnly: true },
      ]),
      config: {
        filters: expect.stringContaining("Namespace_Labels On"),
        outputs: expect.stringContaining("Tenant_ID_Key $kubernetes_namespace['labels']['environment']"),
      },
    },
  });
});

test("Fluent Bit tells its password to Elasticsearch alone: its certificate is looked at (K1)", async () => {
  const { fluentBit, objects } = await logs({ systems: placed({ atlas: { cluster: "aws" } }) });
  expect(fluentBit).toMatchObject({
    values: {
      daemonSetVolumes: expect.arrayContaining([
        {
          name: "trust",
          secret: { secretName: "elasticsearch-trust", items: [{ key: "ca.crt", path: "ca.crt" }] },
        },
      ]),
      config: {
        outputs: expect.stringMatching(/tls\.verify On\n[\s\S]*tls\.ca_file \/etc\/elasticsearch\/ca\.crt\n/),
      },
    },
  });
  expect(named(objects, "Certificate", "elasticsearch-trust")).toMatchObject({
    metadata: { namespace: "node-agents" },
    spec: { secretName: "elasticsearch-trust", usages: expect.arrayContaining(["client auth"]) },
  });
});

test("Atlas' logs go to Elasticsearch too, at 000's host, port and index; elsewhere there is none", async () => {
  const { fluentBit, site } = await logs({ systems: placed({ atlas: { cluster: "aws" } }) });
  expect(fluentBit).toMatchObject({
    values: {
      env: [{ valueFrom: { secretKeyRef: { name: "elasticsearch-log-writer", key: "password" } } }],
      config: {
        outputs: expect.stringMatching(
          /Match kube\.\*_atlas-ai-\*\n\s+Host elasticsearch\.atlas-logging\n\s+Port 9200\n[\s\S]*Logstash_Prefix atlas-ai\n/,
        ),
      },
    },
  });
  expect(site.network.edges).toContainEqual(
    expect.objectContaining({ to: elasticsearch(site), ports: [9200] }),
  );
  const elsewhere = await logs();
  expect(JSON.stringify(elsewhere.fluentBit)).not.toContain("elasticsearch");
});

/** The sections of a kind of Fluent Bit's configuration, each as its settings. */
function sections(text: string, kind: string): readonly Readonly<Record<string, string>>[] {
  return text
    .split(/^\[/m)
    .filter((part) => part.startsWith(`${kind}]`))
    .map((part) =>
      Object.fromEntries(
        [...part.matchAll(/^ {4}(\S+) (.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
      ),
    );
}

const fluentBitSchema = z.object({
  values: z.object({
    config: z.object({ service: z.string(), inputs: z.string(), filters: z.string(), outputs: z.string() }),
    daemonSetVolumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
  }),
});

test("lines wait on the node for a store that is down, as many as its bound says, and are never given up before (P3)", async () => {
  const { fluentBit } = await logs({
    systems: placed({ atlas: { cluster: "aws" }, "ai-middleware": { cluster: "aws" } }),
  });
  const { config, daemonSetVolumeMounts } = fluentBitSchema.parse(fluentBit).values;
  const [service] = sections(config.service, "SERVICE");
  const folder = service?.["storage.path"] ?? "";
  expect(daemonSetVolumeMounts.some(({ mountPath }) => folder.startsWith(`${mountPath}/`))).toBe(true);
  expect(sections(config.inputs, "INPUT").map((input) => input["storage.type"])).toEqual(["filesystem"]);
  const outputs = sections(config.outputs, "OUTPUT");
  expect(outputs.map(({ Name }) => Name)).toEqual(["loki", "es", "es"]);
  for (const output of outputs) {
    expect(output).toMatchObject({ Retry_Limit: "no_limits", "storage.total_limit_size": "1G" });
  }
});

test("a line knows its pod, and one of JSON becomes its fields (000)", async () => {
  const { fluentBit } = await logs();
  const filters = sections(fluentBitSchema.parse(fluentBit).values.config.filters, "FILTER");
  expect(filters[0]).toMatchObject({ Name: "kubernetes", Match: "kube.*", Merge_Log: "On" });
});

test("a line names its pod, as metadata and not as a label: labels of many values make streams of few lines (P3)", async () => {
  const { fluentBit } = await logs();
  const [loki] = sections(fluentBitSchema.parse(fluentBit).values.config.outputs, "OUTPUT");
  expect(loki?.structured_metadata).toContain("pod=$kubernetes['pod_name']");
  expect(loki?.Labels).not.toContain("pod_name");
});

test("Loki takes what a service's replicas write into their one stream, and what waited during a fault", async () => {
  const { loki } = await logs();
  expect(loki).toMatchObject({
    values: {
      loki: {
        limits_config: {
          ingestion_rate_mb: 32,
          per_stream_rate_limit: "16MB",
          allow_structured_metadata: true,
        },
      },
    },
  });
});

describe("lines of MarketResearchAI (004)", () => {
  const systems = placed({ "market-research": { cluster: "aws" } });

  /** What the filters make of a line, by Fluent Bit's own rules: conditions are of a filter, and the last mark stays. */
  function faultOf(
    filters: readonly Readonly<Record<string, string>>[],
    line: Readonly<Record<string, string>>,
  ) {
    const marked = new Map(Object.entries(line));
    for (const { Name, Condition = "", Set: set = "" } of filters) {
      if (Name !== "modify") continue;
      const [condition, key = ""] = Condition.split(" ");
      const [field = "", value = ""] = set.split(" ");
      if ((condition === "Key_exists") === marked.has(key)) marked.set(field, value);
    }
    return marked.get("log_fault");
  }

  const whole = { timestamp: "t", service: "ner", level: "info", message: "m", request_id: "-" };

  test("are marked when they are no JSON, or lack a field", async () => {
    const { fluentBit } = await logs({ systems });
    const filters = sections(fluentBitSchema.parse(fluentBit).values.config.filters, "FILTER");
    expect(faultOf(filters, whole)).toBeUndefined();
    expect(faultOf(filters, { log: "Traceback (most recent call last):" })).toBe("no_json");
    for (const field of Object.keys(whole)) {
      const line = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field));
      expect(faultOf(filters, line)).toBe(`no_${field}`);
    }
  });

  test("are counted by fault and service, on a port that Prometheus reads", async () => {
    const { fluentBit, site } = await logs({ systems });
    const { values } = fluentBitSchema.parse(fluentBit);
    const counter = sections(values.config.filters, "FILTER").find(({ Name }) => Name === "log_to_metrics");
    expect(counter).toMatchObject({
      Match: "kube.*_marketresearch_*",
      metric_name: "faulty_lines",
      regex: "log_fault .+",
      label_field: "log_fault",
    });
    const exporter = sections(values.config.outputs, "OUTPUT").find(
      ({ Name }) => Name === "prometheus_exporter",
    );
    expect(exporter).toMatchObject({ Match: counter?.Tag, Port: "2021" });
    expect(fluentBit).toMatchObject({
      values: {
        extraPorts: [{ name: "counted", containerPort: 2021 }],
        serviceMonitor: { additionalEndpoints: [{ port: "counted", path: "/metrics" }] },
      },
    });
    expect(
      site.network.edges.some(
        ({ to, ports }) => to.kind === "pods" && to.name === "fluent-bit" && ports.includes(2021),
      ),
    ).toBe(true);
  });

  test("have no contract where it does not run", async () => {
    const { fluentBit } = await logs({ systems: placed({ atlas: { cluster: "aws" } }) });
    expect(JSON.stringify(fluentBit)).not.toContain("log_fault");
  });
});
