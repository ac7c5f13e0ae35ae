import { z } from "zod";
import { type SizesConfig, sizesSchema } from "../../infra/config/sizes";
import { platformBreakages } from "../../test/support/delivery/breakages/platform";
import { systemBreakages } from "../../test/support/delivery/breakages/systems";
import {
  added,
  at,
  changed,
  container,
  engine,
  healthy,
  nameOf,
  put,
} from "../../test/support/delivery/changed-objects";
import { liveCluster, type Objects } from "../../test/support/delivery/planned-cluster";
import type { Kind } from "../cluster/kinds";
import type { LiveCluster } from "../cluster/live-cluster";
import { walk } from "../row";
import { validationRows } from ".";

const breakages = [...systemBreakages, ...platformBreakages];

describe("production as it is planned", () => {
  test.each(validationRows.map(({ id, title }) => [id, title]))("passes %s: %s", async (id) => {
    const rows = validationRows.filter((row) => row.id === id);
    const [result] = await walk(rows, liveCluster(healthy), "aws atlas-prod");
    expect(result?.verdict).toEqual({ outcome: "pass" });
  });
});

describe("a row fails when it is broken, and names what is", () => {
  test.each(breakages)("$row: $how", async (one) => {
    const rows = validationRows.filter(({ id }) => id === one.row);
    const cluster = liveCluster(one.objects(), async () => one.figure ?? 0);
    const [result] = await walk(rows, cluster, "aws atlas-prod");
    expect(result?.verdict.outcome).toBe("fail");
    expect(JSON.stringify(result?.verdict)).toContain(one.names);
  });

  test("every row can fail", () => {
    const broken = new Set(breakages.map(({ row }) => row));
    expect(validationRows.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});

describe("a stack's own sizes", () => {
  const documented = z.object({ examples: z.array(sizesSchema) }).parse(sizesSchema.meta());
  const [example = {}] = documented.examples;
  const sizes = { "ai-engine": { ...example["ai-engine"], requests: { cpu: "1500m" } } };

  async function outcomes(objects: Objects, stated: SizesConfig): Promise<readonly string[]> {
    const cluster = liveCluster(objects);
    const rows = validationRows.filter(({ id }) => ["ai-engine-scales", "ai-engine-resources"].includes(id));
    const results = await walk(rows, { ...cluster, facts: { ...cluster.facts, sizes: stated } }, "aws");
    return results.map(({ id, verdict }) => `${id}: ${verdict.outcome}`);
  }

  const sized = (): Objects => {
    const objects = changed("HorizontalPodAutoscaler", "ai-engine-hpa", ["spec", "minReplicas"], 5);
    const scaled = objects.get("HorizontalPodAutoscaler")?.find((one) => nameOf(one) === "ai-engine-hpa");
    if (typeof scaled !== "object" || scaled === null) throw new Error("no ai-engine-hpa is planned");
    put(scaled, ["spec", "maxReplicas"], 30);
    return new Map(objects).set(
      "Deployment",
      changed("Deployment", engine, [...container, "resources", "requests", "cpu"], "1500m").get(
        "Deployment",
      ) ?? [],
    );
  };

  test("are what it is validated against", async () => {
    expect(await outcomes(sized(), sizes)).toEqual(["ai-engine-resources: pass", "ai-engine-scales: pass"]);
  });

  test("have to be there, too", async () => {
    expect(await outcomes(healthy, sizes)).toEqual(["ai-engine-resources: fail", "ai-engine-scales: fail"]);
    expect(await outcomes(sized(), {})).toEqual(["ai-engine-resources: fail", "ai-engine-scales: fail"]);
  });
});

test("of a workload that waits for a model it is said what it waits for", async () => {
  const objects = changed("Deployment", "ner-service", ["status"], { readyReplicas: 0, updatedReplicas: 1 });
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const [result] = await walk(rows, liveCluster(objects), "aws");
  expect(JSON.stringify(result?.verdict)).toContain(
    "it waits for the model ner-v1.1.0 on the volume models-pvc",
  );
});

test("no two rows have one id", () => {
  expect(new Set(validationRows.map(({ id }) => id)).size).toBe(validationRows.length);
});

/** Production in the sandbox, without any chart: what is there of charts and operators stands in. */
function stoodIn(objects: Objects): LiveCluster {
  const labelled = (object: unknown): unknown => {
    const copy = structuredClone(object);
    const metadata = at(copy, "metadata");
    if (typeof metadata !== "object" || metadata === null) throw new Error("an object without metadata");
    const labels = { ...Object(at(metadata, "labels")), "sandbox.ai-platform/stood-in": "operator" };
    put(metadata, ["labels"], labels);
    return copy;
  };
  const kinds: readonly Kind[] = ["Pod", "StatefulSet", "Deployment", "IngressClass"];
  const made = new Map(objects);
  for (const kind of kinds) made.set(kind, (objects.get(kind) ?? []).map(labelled));
  const recordedReleases = ["backup-release", "ingress-release", "logs-loki", "metrics-release"]
    .concat(["redis-operator-release", "traces-collector", "traces-tempo"])
    .map((name) => `aws-platform-${name}`);
  return { ...liveCluster(made), sandbox: { recordedReleases } };
}

const onStandIns = [
  "hosts-published",
  "prometheus-running",
  "alertmanager-running",
  "grafana-running",
  "traces-collected",
  "traces-kept",
  "logs-kept",
  "redis-cluster-members",
  "cluster-backed-up",
];

test.each(onStandIns)("%s looks at what stands in, and says that it does", async (id) => {
  const rows = validationRows.filter((row) => row.id === id);
  const [result] = await walk(rows, stoodIn(healthy), "aws atlas-prod");
  expect(result?.verdict).toEqual({ outcome: "pass", standsIn: true });
});

test("what stands in must be Ready, too", async () => {
  const rows = validationRows.filter(({ id }) => id === "redis-cluster-members");
  const objects = changed("StatefulSet", "market-data-redis-leader", ["status", "readyReplicas"], 2);
  const [result] = await walk(rows, stoodIn(objects), "aws atlas-prod");
  expect(result?.verdict.outcome).toBe("fail");
});

test("what is not even stood in for in the sandbox is not checked, and says so", async () => {
  const bare = new Map(healthy);
  for (const kind of ["Pod", "StatefulSet", "Deployment", "IngressClass"] as const) bare.set(kind, []);
  const rows = validationRows.filter(({ id }) => onStandIns.includes(id));
  const results = await walk(rows, stoodIn(bare), "aws atlas-prod");
  expect(results.map(({ id, verdict }) => `${id}: ${verdict.outcome}`).toSorted()).toEqual(
    onStandIns.map((id) => `${id}: not checked`).toSorted(),
  );
  expect(JSON.stringify(results)).toContain("could not fetch the chart of aws-platform-metrics-release");
});

test("a figure that the sandbox does not measure is not checked there", async () => {
  const rows = validationRows.filter(({ id }) => id === "latency-p95");
  const cluster = { ...liveCluster(healthy), sandbox: { recordedReleases: [] } };
  const [result] = await walk(rows, cluster, "aws atlas-prod");
  expect(result?.verdict.outcome).toBe("not checked");
});

test("a Deployment that is there unused is not missed", async () => {
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const idle = (annotations: object) => ({
    metadata: { name: "unused", namespace: "argocd", annotations },
    spec: { replicas: 0, selector: {}, template: { spec: { containers: [] } } },
    status: {},
  });
  const verdict = async (annotations: object) => {
    const cluster = liveCluster(added("Deployment", idle(annotations)));
    return (await walk(rows, cluster, "aws atlas-prod"))[0]?.verdict;
  };
  expect(await verdict({ "ai-platform/unused": "nobody asks for it" })).toEqual({ outcome: "pass" });
  expect(await verdict({})).toMatchObject({
    outcome: "fail",
    findings: [{ about: "Deployment argocd/unused" }],
  });
});

test("a set without replicas is missed, unless an operator made it so", async () => {
  const rows = validationRows.filter(({ id }) => id === "workloads-running");
  const empty = (ownerReferences: readonly object[]) => ({
    metadata: { name: "arbiters", namespace: "ai-middleware", ownerReferences },
    spec: { replicas: 0, selector: {}, template: { spec: { containers: [] } } },
    status: {},
  });
  const verdict = async (ownerReferences: readonly object[]) => {
    const cluster = liveCluster(added("StatefulSet", empty(ownerReferences)));
    return (await walk(rows, cluster, "aws atlas-prod"))[0]?.verdict;
  };
  expect(await verdict([{ kind: "MongoDBCommunity", name: "mongodb" }])).toEqual({ outcome: "pass" });
  expect(await verdict([])).toMatchObject({
    outcome: "fail",
    findings: [{ about: "StatefulSet ai-middleware/arbiters" }],
  });
});

test("a figure that nobody measured is not checked", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  const [result] = await walk(
    rows,
    liveCluster(healthy, async () => undefined),
    "aws atlas-prod",
  );
  expect(result?.verdict.outcome).toBe("not checked");
});

test("no error at all is a rate of 0, not one that nobody measured (001)", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  // As Prometheus does: a sum of no series is no series, unless the query says what it is then.
  const withoutErrors = async (query: string): Promise<number | undefined> =>
    query.includes("or vector(0)) /") ? 0 : undefined;
  const [result] = await walk(rows, liveCluster(healthy, withoutErrors), "aws atlas-prod");
  expect(result?.verdict).toEqual({ outcome: "pass" });
});

test("a row that cannot be asked fails with the reason", async () => {
  const rows = validationRows.filter(({ id }) => id === "error-rate");
  const unreachable = async (): Promise<number> => {
    throw new Error("connection refused");
  };
  const [result] = await walk(rows, liveCluster(healthy, unreachable), "aws atlas-prod");
  expect(JSON.stringify(result?.verdict)).toContain("connection refused");
});
