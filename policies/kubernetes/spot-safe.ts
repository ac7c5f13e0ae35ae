import type { StackPolicy } from "../policy";
import { at } from "../value";
import { kindOf, ofKind } from "./objects";
import { podTemplatesOf, workloadKinds } from "./pods";
import { mayRunOn, poolsOf } from "./pools";
import { smallestReplicas } from "./replicas";

/** Seconds between AWS's notice and the end of a spot node. */
const notice = 120;

export const spotSafe: StackPolicy = {
  id: "kubernetes-spot-safe",
  scope: "stack",
  what: "What can only run on spot nodes is safe to lose: stateless, more than one, retried, and gone within the notice.",
  why: "The cloud takes a spot node back two minutes after saying so, and often all of a kind at once.",
  severity: "high",
  standards: ["K5", "R3"],
  remediation:
    "Let nodeSelector and affinity name a pool that is on demand too, or raise spec.replicas to 2, spec.backoffLimit to 1, and keep terminationGracePeriodSeconds at or below 120.",
  *validate(stack) {
    const pools = poolsOf(stack);
    if (pools === undefined) return;
    for (const resource of ofKind(stack, ...workloadKinds)) {
      for (const template of podTemplatesOf(resource)) {
        const possible = pools
          .map((pool) => ({ pool, certainty: mayRunOn(template, pool) }))
          .filter(({ certainty }) => certainty !== "no");
        const isSpotOnly =
          possible.length > 0 &&
          possible.every(({ pool, certainty }) => certainty === "yes" && pool.spot === "yes");
        if (!isSpotOnly) continue;
        const only = `it can only run on spot nodes (${possible.map(({ pool }) => pool.name).join(", ")})`;
        const kind = kindOf(resource.type);
        if (kind === "apps/StatefulSet")
          yield { resource, message: `${only} and keeps state: give it a pool on demand.` };
        const replicas = smallestReplicas(stack, resource);
        if (kind === "apps/Deployment" && typeof replicas === "number" && replicas < 2) {
          yield { resource, message: `${only} with ${replicas} replica: raise spec.replicas to 2.` };
        }
        const job =
          kind === "batch/CronJob" ? at(resource.properties, "spec", "jobTemplate") : resource.properties;
        if (template.finishes && at(job, "spec", "backoffLimit") === 0) {
          yield { resource, message: `${only} and is not tried again: raise spec.backoffLimit to 1.` };
        }
        const grace = at(template.spec, "terminationGracePeriodSeconds");
        if (typeof grace === "number" && grace > notice) {
          yield {
            resource,
            message: `${only} and takes ${grace} s to end: lower ${template.where("terminationGracePeriodSeconds")} to ${notice}.`,
          };
        }
      }
    }
  },
};
