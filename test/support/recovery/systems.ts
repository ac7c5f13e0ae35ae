import * as pulumi from "@pulumi/pulumi";
import { createDocuments } from "../../../apps/ai-middleware/documents";
import { createRecovery as recoverMiddleware } from "../../../apps/ai-middleware/recovery";
import { createRedis as createMiddlewareRedis } from "../../../apps/ai-middleware/redis";
import { createTimeSeries } from "../../../apps/ai-middleware/time-series";
import { createAnalyticsDatabase } from "../../../apps/aiaas/analytics-database";
import { createRecovery as recoverAiaas } from "../../../apps/aiaas/recovery";
import { createRedis } from "../../../apps/aiaas/redis";
import { createUserOrganizationDatabase } from "../../../apps/aiaas/user-organization-database";
import { createCache } from "../../../apps/atlas/cache";
import { atlas as atlasSystem } from "../../../apps/atlas/definition";
import { createFeatureStore } from "../../../apps/atlas/feature-store";
import { createRecovery as recoverAtlas } from "../../../apps/atlas/recovery";
import { createSessions } from "../../../apps/atlas/sessions";
import { createVectors } from "../../../apps/atlas/vectors";
import type { Bucket, Cluster } from "../../../infra/cluster/cluster";
import type { Site } from "../../../infra/kit/site";
import { ModelRegistry } from "../../../infra/platform/model-registry";
import { type Recording, recordOnSite } from "../recorded/data-site";
import type { SiteChanges } from "../recorded/site";

/** Something to hang the resources of a test on. */
export class System extends pulumi.ComponentResource {
  constructor() {
    super("ai-platform:test:System", "system");
  }
}

export const onAws = (name: string): Bucket => ({
  name,
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
});

export const aws: Cluster["buckets"] = {
  backups: onAws("atlas-ai-backups"),
  models: onAws("atlas-ai-models"),
};

export const linode = (): Cluster["buckets"] => ({
  backups: {
    name: "aiaas-prod-backups",
    region: "fr-par",
    endpoint: "https://fr-par-1.linodeobjects.com",
    hosts: ["*.fr-par-1.linodeobjects.com"],
    key: { accessKey: pulumi.secret("an-access-key"), secretKey: pulumi.secret("a-secret-key") },
  },
});

export function buildAtlas(site: Site): void {
  const namespace = "atlas-ai-production";
  recoverAtlas(
    "recovery",
    {
      site,
      namespace,
      featureStore: createFeatureStore(site, {}),
      modelRegistry: new ModelRegistry("model-registry", {
        site,
        house: atlasSystem,
        postgresql: site.cluster.provider,
      }),
      vectors: createVectors(site, {}),
      cache: createCache("cache", site, namespace, {}),
      sessions: createSessions("sessions", site, namespace, {}),
    },
    new System(),
  );
}

export function buildAiaas(site: Site): void {
  const namespace = "production";
  recoverAiaas(
    "recovery",
    {
      site,
      namespace,
      analyticsDatabase: createAnalyticsDatabase(site, {}),
      userOrganizationDatabase: createUserOrganizationDatabase(site, {}),
      redis: createRedis("redis", site, namespace, {}),
    },
    new System(),
  );
}

export function buildMiddleware(site: Site): void {
  const namespace = "ai-middleware";
  recoverMiddleware(
    "recovery",
    {
      site,
      namespace,
      timeSeries: createTimeSeries(site, {}),
      documents: createDocuments(site, {}),
      redis: createMiddlewareRedis("redis", site, namespace, {}),
    },
    new System(),
  );
}

export const record = (build: (site: Site) => void, buckets: Cluster["buckets"], changes: SiteChanges = {}) =>
  recordOnSite(build, { ...changes, buckets });

export let atlas: Recording<void>;

export let aiaas: Recording<void>;

export let middleware: Recording<void>;

beforeAll(async () => {
  atlas = await record(buildAtlas, aws);
  aiaas = await record(buildAiaas, linode());
  middleware = await record(buildMiddleware, aws);
});

export const podSpec = "spec.jobTemplate.spec.template.spec";

export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, key) =>
        typeof found === "object" && found !== null
          ? Object.entries(found).find(([name]) => name === key)?.[1]
          : undefined,
      value,
    );
}

/** The plain variables of a CronJob's script, and the keys of Secrets that the others come from. */
export function environmentOf({ find }: Recording<void>, job: string): Readonly<Record<string, unknown>> {
  const variables = at(find("CronJob", job), `${podSpec}.containers.0.env`);
  if (!Array.isArray(variables)) throw new Error(`${job} has no environment`);
  return Object.fromEntries(
    variables.map(({ name, value, valueFrom }) => [
      name,
      value ?? `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`,
    ]),
  );
}

export const daily = "0 2 * * *";

export const hourly = "0 * * * *";

export const weekly = "0 5 * * 0";
