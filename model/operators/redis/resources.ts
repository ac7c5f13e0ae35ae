import type { CustomResource, Deleted, Operator } from "../operator";
import { claimAs } from "../parts/claim";
import { type Made, madeFor } from "../parts/made";
import { port, service } from "../parts/service";
import { budgetOf, services, stableLabels } from "./services";
import { type Budget, clusterSpec, replicationSpec, sentinelSpec } from "./spec";
import { statefulSet } from "./stateful-set";

const client = port("redis-client", 6379);

/** redis-operator 0.26.0: one StatefulSet, and Services for all servers, for the master and for the replicas. */
export const replication: Operator = (resource) => {
  const { name, labels: given } = resource.metadata;
  const spec = replicationSpec.parse(resource.spec);
  const stable = stableLabels(name, "replication", "replication");
  const labels = { ...given, ...stable };
  const claim = spec.storage?.volumeClaimTemplate;
  const ofRole = (suffix: string, role: string): Made => {
    const roles = { ...labels, "redis-role": role };
    return service({ name: `${name}-${suffix}`, labels: roles, selector: roles, ports: [client] });
  };
  return [
    statefulSet({
      name,
      labels,
      replicas: spec.clusterSize,
      spec,
      pods: spec,
      configuration: spec.redisConfig?.additionalRedisConfig,
      claims: claim ? [claimAs(name, claim)] : [],
      claimMounts: claim ? ["/data"] : [],
    }),
    ...services({ name, spec, labels, stable, client }),
    ofRole("master", "master"),
    ofRole("replica", "slave"),
    ...budgetOf({
      name: `${name}-replication`,
      labels,
      selector: { app: name, role: "replication" },
      budget: spec.pdb,
      size: spec.clusterSize,
    }),
  ].map(madeFor(resource));
};

/** redis-operator 0.26.0: one StatefulSet of Sentinels with its Services. */
export const sentinel: Operator = (resource) => {
  const { name: owner, labels: given } = resource.metadata;
  const spec = sentinelSpec.parse(resource.spec);
  const name = `${owner}-sentinel`;
  const stable = stableLabels(name, "sentinel", "sentinel");
  const labels = { ...given, ...stable };
  const password = spec.redisSentinelConfig?.redisReplicationPassword?.secretKeyRef;
  return [
    statefulSet({
      name,
      labels,
      replicas: spec.clusterSize,
      spec,
      pods: spec,
      configuration: spec.redisSentinelConfig?.additionalSentinelConfig,
      refs: password ? [`secret ${password.name}/${password.key}`] : [],
      claims: [],
      claimMounts: [],
    }),
    ...services({ name, spec, labels, stable, client: port("sentinel-client", 26379) }),
    ...budgetOf({
      name,
      labels: { ...given, ...stableLabels(owner, "sentinel", "sentinel") },
      selector: { app: name, role: "sentinel" },
      budget: spec.pdb,
      size: spec.clusterSize,
    }),
  ].map(madeFor(resource));
};

const halves = ["leader", "follower"] as const;

/**
 * redis-operator 0.26.0: a StatefulSet of leaders and one of followers, each with its Services, and one for
 * all masters. Followers start when all leaders are Ready, so they know which nodes and zones to avoid.
 */
export const cluster: Operator = (resource) => {
  const { name: owner, labels: given } = resource.metadata;
  const spec = clusterSpec.parse(resource.spec);
  const { storage, persistenceEnabled: persistent } = spec;
  const configured = storage?.nodeConfVolume ? storage.nodeConfVolumeClaimTemplate : undefined;
  const data = persistent ? storage?.volumeClaimTemplate : undefined;
  const port6379 = port("redis-client", spec.port);
  const masters = { cluster: owner, "redis-role": "master", redis_setup_type: "cluster" };
  const ofHalf = (role: (typeof halves)[number]): readonly Made[] => {
    const pods = role === "leader" ? spec.redisLeader : spec.redisFollower;
    const name = `${owner}-${role}`;
    const stable = stableLabels(name, "cluster", role);
    const labels = { ...given, ...stable };
    const servers = statefulSet({
      name,
      labels: { ...labels, cluster: owner },
      replicas: pods.replicas ?? spec.clusterSize,
      spec,
      pods,
      resources: pods.resources,
      configuration: pods.redisConfig?.additionalRedisConfig,
      claims: [
        ...(configured ? [claimAs("node-conf", configured)] : []),
        ...(data ? [claimAs(name, data)] : []),
      ],
      claimMounts: [...(configured ? ["/node-conf"] : []), ...(data ? ["/data"] : [])],
    });
    return [
      role === "follower" ? { ...servers, after: `StatefulSet/${owner}-leader` } : servers,
      ...services({ name, spec, labels, stable, client: port6379 }),
      ...budgetOf({
        name,
        labels: { ...given, ...stableLabels(owner, "cluster", role) },
        selector: { app: name, role },
        budget: pods.pdb,
        size: spec.clusterSize,
      }),
    ];
  };
  return [
    ...halves.flatMap(ofHalf),
    service({ name: `${owner}-master`, labels: masters, selector: masters, ports: [port6379] }),
  ].map(madeFor(resource));
};

/**
 * Budgets that redis-operator deletes, also when something else created them, because the custom resource does not want them.
 */
export function deletedByReplication(resource: CustomResource): readonly Deleted[] {
  return unwanted(resource, "replication", replicationSpec.parse(resource.spec).pdb);
}

/** As `deletedByReplication`. */
export function deletedBySentinel(resource: CustomResource): readonly Deleted[] {
  return unwanted(resource, "sentinel", sentinelSpec.parse(resource.spec).pdb);
}

/** As `deletedByReplication`. */
export function deletedByCluster(resource: CustomResource): readonly Deleted[] {
  const { redisLeader, redisFollower } = clusterSpec.parse(resource.spec);
  return [
    ...unwanted(resource, "leader", redisLeader.pdb),
    ...unwanted(resource, "follower", redisFollower.pdb),
  ];
}

function unwanted(
  { metadata: { name, namespace } }: CustomResource,
  suffix: string,
  budget: Budget,
): readonly Deleted[] {
  return budget?.enabled ? [] : [{ kind: "PodDisruptionBudget", name: `${name}-${suffix}`, namespace }];
}
