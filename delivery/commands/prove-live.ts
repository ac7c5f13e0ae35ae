import { systems } from "../../apps/registry";
import { modelOf } from "../../model/expand";
import { modelOfClusters } from "../../model/live/model";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { today } from "../../policies/day";
import { proofs } from "../../proofs";
import { asItStands } from "../../proofs/live";
import { faultsOf, prove } from "../../proofs/prove";
import { connect } from "../cluster/read-cluster";
import { notChecked, type Result, type Verdict, verdictOf } from "../row";
import type { Targets } from "../target";

/** All clusters of a stack are read together, because systems on one call others. */
const subject = "proofs, over all clusters";

/**
 * Runs every proof on the clusters' current state, with one result each. Makers of objects, and the clouds
 * around the clusters, are taken from the plan.
 *
 * @param path of the plan. Default: the reviewed one
 */
export async function provenLive(
  { facts: { stack }, clusters, sandbox }: Targets,
  path?: string,
): Promise<readonly Result[]> {
  const result = (name: string, title: string, verdict: Verdict): Result => ({
    id: `proof-${name}`,
    title,
    seed: "docs/proofs.md",
    subject,
    verdict,
  });
  if (path === undefined && !reviewedStacks().includes(stack)) {
    const reason = `${stack} has no reviewed plan; \`npm run golden\` writes those of ${reviewedStacks().join(", ")}`;
    return proofs.map(({ name, claim }) => result(name, claim, notChecked(reason)));
  }
  const plan = readPlan(stack, path);
  const { model: live, unread } = await modelOfClusters(
    stack,
    Object.fromEntries(clusters.map(({ placement, kubeconfig }) => [placement, connect(kubeconfig)])),
    systems,
  );
  const model = asItStands(modelOf(plan), live, sandbox);
  const readable = verdictOf(
    unread.map(({ cluster, path, reason }) => ({
      about: `${cluster}: ${path}`,
      expected: "a list of objects",
      found: reason,
      look: `kubectl get --raw ${path}`,
    })),
  );
  return [
    result("evidence", "every object of the clusters can be read", readable),
    ...proofs.map((proof) =>
      result(
        proof.name,
        proof.claim,
        verdictOf(
          faultsOf(prove({ model, plan }, [proof], today())).map(({ object, rule, fix }) => ({
            about: object,
            expected: proof.claim,
            found: rule,
            look: fix,
          })),
        ),
      ),
    ),
  ];
}
