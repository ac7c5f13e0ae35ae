import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";
import { deletes } from "..";

const redis = (kind: string, spec: Readonly<Record<string, unknown>>) =>
  resourceOf({
    apiVersion: "redis.redis.opstreelabs.in/v1beta2",
    kind,
    spec: { clusterSize: 3, kubernetesConfig: { image: "valkey:8" }, ...spec },
  });

test("a budget only on demand; without figures it keeps a quorum", () => {
  const wanted = redis("RedisReplication", { pdb: { enabled: true } });
  const [budget] = madeOf(wanted).filter(({ kind }) => kind === "PodDisruptionBudget");
  expect(budget).toMatchObject({
    name: "it-replication",
    minAvailable: 2,
    selector: { app: "it", role: "replication" },
  });
  expect(deletes(wanted)).toEqual([]);
  expect(namesOf(deletes(redis("RedisReplication", { pdb: { enabled: false } })))).toEqual([
    "PodDisruptionBudget/it-replication",
  ]);
});

test("each half of a cluster has its own budget", () => {
  const wanted = redis("RedisCluster", { redisLeader: { pdb: { enabled: true, maxUnavailable: 1 } } });
  const [budget] = madeOf(wanted).filter(({ kind }) => kind === "PodDisruptionBudget");
  expect(budget).toMatchObject({ name: "it-leader", maxUnavailable: 1 });
  expect(namesOf(deletes(wanted))).toEqual(["PodDisruptionBudget/it-follower"]);
});

test("without an exporter no metrics, without storage no claims", () => {
  const made = madeOf(redis("RedisReplication", {}));
  expect(namesOf(made)).not.toContain("Service/it-metrics");
  expect(made[0]?.claims).toBeUndefined();
  expect(made[0]?.pod?.containers.map(({ name }) => name)).toEqual(["init-config", "it"]);
});

test("followers of their own number and resources", () => {
  const resources = { requests: { cpu: "1" } };
  const made = madeOf(redis("RedisCluster", { redisFollower: { replicas: 2, resources } }));
  const sets = made.filter(({ kind }) => kind === "StatefulSet");
  expect(sets.map(({ replicas }) => replicas)).toEqual([3, 2]);
  expect(sets[1]?.pod?.containers.at(-1)?.resources).toEqual(resources);
});
