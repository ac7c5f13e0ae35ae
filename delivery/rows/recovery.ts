import { atlasNamespace, concernsOf, hosts, type LiveCluster, whyAbsent } from "../cluster/live-cluster";
import { notChecked, type Row, verdictOf } from "../row";
import { describe, differs, missing, nameOf } from "./findings";

const seed = "001 Disaster Recovery";
const zoneLabel = "topology.kubernetes.io/zone";

/** Disaster recovery: whether it is configured and recent. (001, R1-R3) */
export const recoveryRows: readonly Row<LiveCluster>[] = [
  {
    id: "zones",
    title: "Nodes are in three availability zones",
    seed: `${seed}, Multi-AZ Deployment`,
    appliesTo: ({ expected, facts }) => expected.zones > 1 && facts.environment === "production",
    check: ({ expected, state }) => {
      const zones = new Set(state.all("Node").map(({ metadata }) => metadata.labels[zoneLabel] ?? "none"));
      return verdictOf(
        zones.size >= expected.zones
          ? []
          : [
              {
                about: "nodes",
                expected: `${expected.zones} zones or more`,
                found: [...zones].sort().join(", ") || "no node",
                look: `kubectl get nodes --label-columns ${zoneLabel}`,
              },
            ],
      );
    },
  },
  {
    id: "ai-engine-spread",
    title: "AI Engine's pods are spread over zones and nodes",
    seed: `${seed}, Pod Anti-Affinity`,
    appliesTo: hosts("atlas"),
    check: (cluster) => {
      const namespace = atlasNamespace(cluster);
      const engine = cluster.state.find("Deployment", namespace, "ai-engine");
      if (engine === undefined) return verdictOf([missing("Deployment", namespace, "ai-engine")]);
      const keys = engine.spec.template.spec.topologySpreadConstraints.map(({ topologyKey }) => topologyKey);
      return verdictOf(
        [zoneLabel, "kubernetes.io/hostname"]
          .filter((key) => !keys.includes(key))
          .flatMap((key) => differs("Deployment", engine.metadata, "spread over", key, undefined)),
      );
    },
  },
  {
    id: "storage-classes",
    title: "Volumes can be created, fast and standard",
    seed: "000 storage classes; C9",
    check: ({ state }) => {
      const names = state.all("StorageClass").map(({ metadata }) => metadata.name);
      return verdictOf(
        ["fast-ssd", "standard"]
          .filter((name) => !names.includes(name))
          .map((name) => missing("StorageClass", "", name)),
      );
    },
  },
  {
    id: "claims-bound",
    title: "No claim has lost its volume",
    seed: `${seed}, Data Security`,
    check: ({ state }) =>
      verdictOf(
        state
          .all("PersistentVolumeClaim")
          .filter(({ status }) => status.phase === "Lost")
          .map(({ metadata, status }) => ({
            about: nameOf("PersistentVolumeClaim", metadata.namespace, metadata.name),
            expected: "Bound, or waiting for its first pod",
            found: status.phase,
            look: describe("PersistentVolumeClaim", metadata.namespace, metadata.name),
          })),
      ),
  },
  {
    id: "databases-backed-up",
    title: "Every PostgreSQL in production is backed up on a schedule",
    seed: `${seed}, Database Backups`,
    appliesTo: ({ expected, facts }) => expected.keepsBackups && facts.environment === "production",
    check: ({ state }) => {
      const backups = state.all("ScheduledBackup");
      return verdictOf(
        state.all("PostgresCluster").flatMap(({ metadata: { namespace, name } }) => {
          const scheduled = backups.some(
            ({ metadata, spec }) =>
              metadata.namespace === namespace && spec.cluster.name === name && !spec.suspend,
          );
          return scheduled
            ? []
            : [
                {
                  about: nameOf("Cluster.postgresql.cnpg.io", namespace, name),
                  expected: "a ScheduledBackup that is not suspended",
                  found: "none",
                  look: `kubectl get scheduledbackup --namespace ${namespace}`,
                },
              ];
        }),
      );
    },
  },
  {
    id: "cluster-backed-up",
    title: "The cluster's objects are backed up",
    seed: `${seed}, Backup Strategy`,
    appliesTo: ({ facts }) => !facts.platform.without.includes("backup"),
    check: (cluster) => {
      const found = cluster.state.find("Deployment", "velero", "velero");
      const absent = whyAbsent(cluster, "platform-backup-release");
      if (found === undefined && absent !== undefined) return notChecked(absent);
      return found === undefined
        ? verdictOf([missing("Deployment", "velero", "velero")])
        : verdictOf(differs("Deployment", found.metadata, "Ready replicas", 1, found.status.readyReplicas), [
            found,
          ]);
    },
  },
  {
    id: "runbook",
    title: "The runbooks are in the cluster, where the person on call looks for them",
    seed: "001 Documentation",
    appliesTo: ({ facts }) => !facts.platform.without.includes("metrics"),
    check: (cluster) => {
      const { monitoring } = concernsOf(cluster);
      const name = "disaster-recovery-runbook";
      return verdictOf(
        cluster.state.find("ConfigMap", monitoring, name) === undefined
          ? [missing("ConfigMap", monitoring, name)]
          : [],
      );
    },
  },
];
