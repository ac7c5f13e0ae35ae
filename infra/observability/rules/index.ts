import { has, type Site } from "../../kit/site";
import { hasGpus } from "../../platform/gpu";
import type { StoreKind } from "../../systems/system";
import type { Scope } from "../scope";
import { dashboardOf, type ObservedSystem } from "../system";
import { backupRules } from "./backup";
import { certificateRules } from "./certificates";
import { externalSecretRules, gitopsRules, ingressRules } from "./delivery";
import { postgresqlEfficiencyRules, redisEfficiencyRules } from "./efficiency";
import { escalationRules } from "./escalation";
import { gpuRules } from "./gpu";
import { kafkaRules } from "./kafka";
import { logLineRules } from "./log-lines";
import { mongodbRules } from "./mongodb";
import { objectiveRules } from "./objectives";
import { postgresqlBackupRules, postgresqlRules } from "./postgresql";
import { qdrantRules } from "./qdrant";
import { rabbitmqRules } from "./rabbitmq";
import { redisRules } from "./redis";
import type { RuleGroup, Rules } from "./rule";
import { httpRequests, serviceRules } from "./services";
import { storeRules as watchedStoreRules } from "./stores";
import { logRules, traceRules } from "./telemetry";
import { workloadRules } from "./workloads";

/** Rules of the kinds of stores. */
const storeRules: Readonly<Record<StoreKind, Rules>> = {
  kafka: kafkaRules,
  mongodb: mongodbRules,
  postgresql: postgresqlRules,
  qdrant: qdrantRules,
  rabbitmq: rabbitmqRules,
  redis: redisRules,
};

/** 001's benchmarks of stores. */
const benchmarks: Readonly<Partial<Record<StoreKind, Rules>>> = {
  postgresql: postgresqlEfficiencyRules,
  redis: redisEfficiencyRules,
};

/** Every group of rules for what a scope has on a site. (O2) */
export function rulesOf(site: Site, scope: Scope, systems: readonly ObservedSystem[]): readonly RuleGroup[] {
  const system = systems.find(({ name }) => name === scope.owner);
  const rules = system === undefined ? platformRules(site) : systemRules(site, scope, system);
  const stores = site.watched.filter(({ namespace }) => scope.has(namespace));
  return [workloadRules, ...(stores.length > 0 ? [watchedStoreRules(stores)] : []), ...rules].map((each) =>
    each(scope),
  );
}

function systemRules(site: Site, scope: Scope, system: ObservedSystem): readonly Rules[] {
  const { observability, stores = [], settings, logs } = system;
  const { requests = httpRequests, rules, benchmarks: held = false } = observability;
  const dashboard = dashboardOf(system);
  // Environments of other stacks use the models of the cluster's own.
  const servesModels = scope.environment === site.environment && settings.gpuPool !== undefined;
  return [
    serviceRules(requests),
    objectiveRules(requests),
    ...(rules?.({ servesModels, dashboard }) ?? []),
    ...(logs?.fields !== undefined && has(site, "logging") ? [logLineRules(dashboard)] : []),
    ...stores.flatMap((kind) => {
      const benchmark = held ? benchmarks[kind] : undefined;
      return benchmark === undefined ? [storeRules[kind]] : [storeRules[kind], benchmark];
    }),
    ...(stores.includes("postgresql") && site.cluster.buckets.backups ? [postgresqlBackupRules] : []),
  ];
}

function platformRules(site: Site): readonly Rules[] {
  const { cluster, settings, environment } = site;
  return [
    ...(settings.alerts !== undefined && environment === "production"
      ? [escalationRules(settings.alerts.escalation.afterMinutes)]
      : []),
    ingressRules,
    certificateRules,
    ...(has(site, "gpu") && hasGpus(cluster) ? [gpuRules] : []),
    ...(has(site, "backup") && cluster.buckets.backups ? [backupRules] : []),
    ...(has(site, "logging") ? [logRules] : []),
    ...(has(site, "tracing") ? [traceRules] : []),
    ...(has(site, "gitops") ? [gitopsRules] : []),
    ...(cluster.secretStore ? [externalSecretRules] : []),
  ];
}
