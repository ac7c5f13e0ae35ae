import type { Operator } from "../operator";
import { type Made, madeFor, ordinals } from "../parts/made";
import { instanceName, ofCluster, serverPod } from "./instance";
import { databaseLabels } from "./labels";
import { type Cluster, clusterOf } from "./spec";

/** Jobs with which CloudNativePG 1.30.0 prepares each instance; each is deleted after it succeeds. */
export const bootstrapJobs: Operator = (resource, around) => {
  const cluster = clusterOf(resource, around);
  return ordinals(cluster.spec.instances)
    .map((index) => job(cluster, index + 1))
    .map(madeFor(resource));
};

function job(cluster: Cluster, serial: number): Made {
  const role = serial === 1 ? firstRole(cluster) : "join";
  const instance = instanceName(cluster, serial);
  const labels = {
    ...databaseLabels(cluster),
    "cnpg.io/instanceName": instance,
    "cnpg.io/jobRole": role,
  };
  const pod = serverPod(cluster, serial, labels);
  const owner = cluster.spec.bootstrap?.initdb?.secret?.name ?? `${cluster.name}-app`;
  return {
    kind: "Job",
    name: `${instance}-${role}`,
    labels,
    backoffLimit: 6,
    pod: {
      ...pod.facts,
      restartPolicy: "Never",
      grace: 30,
      volumes: [...pod.volumes],
      containers: [
        pod.bootstrap,
        ofCluster(cluster, {
          name: role,
          refs: role === "initdb" ? [`secret ${owner}/username`] : undefined,
          mounts: [...pod.mounts],
        }),
      ],
    },
  };
}

function firstRole({ spec }: Cluster): string {
  if (spec.bootstrap?.recovery) return "full-recovery";
  return spec.bootstrap?.pg_basebackup ? "pgbasebackup" : "initdb";
}
