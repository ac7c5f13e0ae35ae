import { z } from "zod";
import { systems } from "../../apps/registry";
import type { Recording } from "../support/recorded/services";
import { type ClusterDescription, recordCluster } from "./recorded-cluster";

export const source = z.object({ type: z.literal("prometheus"), uid: z.literal("prometheus") });

export const link = z.object({ url: z.url() });

/** What Grafana needs of a panel that shows something. */
export const shownPanel = z.object({
  id: z.int(),
  type: z.enum(["timeseries", "stat", "piechart"]),
  title: z.string().min(1),
  datasource: source,
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().max(24), h: z.int().min(1) }),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string().min(1),
      thresholds: z
        .object({ steps: z.tuple([z.object({ value: z.null() }), z.object({ value: z.number() })]) })
        .optional(),
      custom: z.object({ thresholdsStyle: z.object({ mode: z.string() }).optional() }).optional(),
    }),
  }),
  links: z.array(link).optional(),
  targets: z
    .array(
      z.object({
        expr: z.string().min(1),
        refId: z.string().length(1),
        legendFormat: z.string().min(1),
        instant: z.boolean().default(false),
        range: z.boolean().default(true),
      }),
    )
    .min(1),
});

export const row = z.object({ id: z.int(), type: z.literal("row"), title: z.string().min(1) });

export const dashboard = z.object({
  uid: z.string().regex(/^[a-z-]+$/),
  title: z.string().min(1),
  tags: z.array(z.string()).min(2),
  editable: z.literal(false),
  schemaVersion: z.int().min(40),
  panels: z.array(z.union([row, shownPanel])).min(1),
});

export const alert = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string(),
  labels: z.object({
    severity: z.enum(["critical", "warning"]),
    team: z.string(),
    system: z.enum([...systems.map(({ name }) => name), "platform"]),
    environment: z.enum(["development", "staging", "production"]),
  }),
  annotations: z.object({
    summary: z.string(),
    description: z.string(),
    runbook_url: z.url(),
    dashboard_url: z.url(),
    on_call_url: z.url().optional(),
  }),
});

export const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.union([z.object({ record: z.string(), expr: z.string() }), alert])).min(1),
    }),
  ),
});

export type Dashboard = z.infer<typeof dashboard>;

export type Alert = z.infer<typeof alert>;

export function dashboardsOn({ ofKind }: Recording): readonly Dashboard[] {
  return ofKind("ConfigMap")
    .filter(({ name }) => name.startsWith("dashboard-"))
    .flatMap(({ inputs }) => Object.values(z.record(z.string(), z.string()).parse(inputs.data)))
    .map((text) => dashboard.parse(JSON.parse(text)));
}

export function shownOn({ panels }: Dashboard) {
  return panels.flatMap((panel) => (panel.type === "row" ? [] : [panel]));
}

export function groupsOn({ ofKind }: Recording) {
  return ofKind("PrometheusRule").flatMap(({ inputs }) => rules.parse(inputs.spec).groups);
}

export function alertsOn(recording: Recording): readonly Alert[] {
  return groupsOn(recording).flatMap((group) =>
    group.rules.flatMap((rule) => ("alert" in rule ? [rule] : [])),
  );
}

export const everything: ClusterDescription =
  "everything, with cards, buckets and other stacks' environments";

export const descriptions = [
  everything,
  "AIaaS alone, without cards and buckets",
  "Atlas alone in staging",
  "no system",
] as const satisfies readonly ClusterDescription[];

export const recordings = new Map<ClusterDescription, Recording>();

beforeAll(async () => {
  for (const description of descriptions) recordings.set(description, await recordCluster(description));
}, 120_000);

export function on(description: ClusterDescription): Recording {
  const recording = recordings.get(description);
  if (recording === undefined) throw new Error(`${description} was not recorded`);
  return recording;
}
