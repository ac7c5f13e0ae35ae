import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { podsAreStarted } from "./held";

const faults = (...pieces: readonly Piece[]) => faultsOf(podsAreStarted, evidenceOf(...pieces));
const job = (kind: "Job" | "CronJob", spec: object): Piece => {
  const own = { template: { spec: { containers: [{ name: "job", image: "job:1" }] } }, ...spec };
  return object("job", "batch/v1", kind, {
    metadata: { name: "job", namespace },
    spec: kind === "Job" ? own : { schedule: "0 2 * * *", jobTemplate: { spec: own } },
  });
};

test.each<readonly [string, Piece, string | undefined]>([
  ["a Deployment", deployment(), undefined],
  ["a paused one", deployment({ spec: { paused: true } }), "its rollout is paused"],
  ["a Job", job("Job", {}), undefined],
  ["a suspended one", job("Job", { suspend: true }), "its jobs are suspended"],
  ["one of no pods", job("Job", { parallelism: 0 }), "none of its pods may run at once"],
  ["a CronJob whose jobs are suspended", job("CronJob", { suspend: true }), "its jobs are suspended"],
  ["pods of a node", deployment({ pod: { nodeName: "node-1" } }), "are for the node node-1 alone"],
  ["the usual scheduler", deployment({ pod: { schedulerName: "default-scheduler" } }), undefined],
  ["another scheduler", deployment({ pod: { schedulerName: "volcano" } }), "wait for the scheduler volcano"],
  ["a gate", deployment({ pod: { schedulingGates: [{ name: "a/b" }] } }), "the scheduling gate a/b"],
  [
    "a condition of nothing",
    deployment({ pod: { readinessGates: [{ conditionType: "a/b" }] } }),
    "once something sets their condition a/b",
  ],
  [
    "the load balancer's condition",
    deployment({ pod: { readinessGates: [{ conditionType: "target-health.elbv2.k8s.aws/x" }] } }),
    undefined,
  ],
])("%s", (_, piece, rule) => {
  expect(faults(piece)).toEqual(rule === undefined ? [] : [expect.stringContaining(rule)]);
});
