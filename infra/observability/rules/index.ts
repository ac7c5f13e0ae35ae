import type { SystemName } from "../../config/systems";
import { has, type Site } from "../../kit/site";
import { hasGpus } from "../../platform/gpu";
import type { Scope } from "../scope";
import { backupRules } from "./backup";
import { certificateRules } from "./certificates";
import { externalSecretRules, gitopsRules, ingressRules } from "./delivery";
import { postgresqlEfficiencyRules, redisEfficiencyRules } from "./efficiency";
import { escalationRules } from "./escalation";
import { gpuRules } from "./gpu";
import { inferenceRules, queueRules } from "./inference";
import { kafkaRules } from "./kafka";
import { logLineRules } from "./log-lines";
import { mongodbRules } from "./mongodb";
import { objectiveRules } from "./objectives";
import { postgresqlBackupRules, postgresqlRules } from "./postgresql";
import { qdrantRules } from "./qdrant";
import { rabbitmqRules } from "./rabbitmq";
import { redisRules } from "./redis";
import type { RuleGroup, Rules } from "./rule";
import { requestMetrics, serviceRules } from "./services";
import { storeRules as watchedStoreRules } from "./stores";
import { logRules, traceRules } from "./telemetry";
import { workloadRules } from "./workloads";

/** The stores that each system has. */
const storeRules: Readonly<Record<SystemName, readonly Rules[]>> = {
  // 001's benchmarks are Atlas'.
  atlas: [
    kafkaRules,
    redisRules,
    redisEfficiencyRules,
    postgresqlRules,
    postgresqlEfficiencyRules,
    qdrantRules,
  ],
  aiaas: [rabbitmqRules, redisRules, postgresqlRules],
  "ai-middleware": [rabbitmqRules, redisRules, postgresqlRules, mongodbRules],
  "market-research": [],
};

/** Every group of rules for what a scope has on a site. (O2) */
export function rulesOf(site: Site, scope: Scope): readonly RuleGroup[] {
  const rules = scope.owner === "platform" ? platformRules(site) : systemRules(site, scope, scope.owner);
  const stores = site.watched.filter(({ namespace }) => scope.has(namespace));
  return [workloadRules, ...(stores.length > 0 ? [watchedStoreRules(stores)] : []), ...rules].map((each) =>
    each(scope),
  );
}

function systemRules(site: Site, scope: Scope, system: SystemName): readonly Rules[] {
  const inference = inferenceRules[system];
  const queue = servesModels(site, scope, system) ? queueRules[system] : undefined;
  const stores = storeRules[system];
  return [
    serviceRules(requestMetrics[system]),
    objectiveRules(system),
    ...(inference ? [inference] : []),
    ...(queue ? [queue] : []),
    ...(system === "market-research" && has(site, "logging") ? [logLineRules] : []),
    ...stores,
    ...(stores.includes(postgresqlRules) && site.cluster.buckets.backups ? [postgresqlBackupRules] : []),
  ];
}

/** Environments of other stacks use the models of the cluster's own. */
function servesModels({ systems, environment }: Site, scope: Scope, system: SystemName): boolean {
  const config = systems[system];
  return (
    scope.environment === environment &&
    config !== undefined &&
    "gpuPool" in config &&
    config.gpuPool !== undefined
  );
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
