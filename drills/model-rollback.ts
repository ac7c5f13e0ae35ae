import { AvailabilityGuard } from "./availability";
import { type Drill, type DrillContext, outcome } from "./drill";
import { lastLines, settle } from "./healed";
import { titleOf } from "./objects";

/** A version of the models that nothing else has. */
const version = "9.9.9";

/** A new version of the models is rolled out, and back again. (N3, G3) */
export const modelRollback: Drill = {
  name: "model-rollback",
  promise:
    "models go forward and back by configuration: the pods end as they began, and no minimum is missed meanwhile",
  run: async (context) => {
    const { clusters, engine } = context;
    const before = await templates(context);
    const guards = await AvailabilityGuard.ofAll(clusters);
    const setting = { path: ["ai-platform:systems", "market-research", "modelVersion"], value: version };
    const forward = await engine.changed([setting], (changed) => changed.run("up"));
    const changed = await templates(context);
    const settled = await settle(context);
    const after = await templates(context);
    const watched = guards.map((guard) => guard.end());
    const serving = [...changed].filter(([, template]) => template.includes(version)).map(([title]) => title);
    const different = [...before].filter(([title, template]) => after.get(title) !== template);
    return outcome(
      [
        ...(forward.succeeded ? [] : [`up did not succeed:\n${lastLines(forward.output)}`]),
        ...(serving.length === 0 ? [`no workload serves the version ${version} after up`] : []),
        ...settled,
        ...different.map(([title]) => `${title} is not as it was before`),
        ...watched.flatMap(({ broken }) => broken),
      ],
      [`${serving.join(", ") || "nothing"} went to ${version} and back`, ...watched.map(({ kept }) => kept)],
    );
  },
};

async function templates({ clusters }: DrillContext): Promise<ReadonlyMap<string, string>> {
  const workloads = (
    await Promise.all(
      clusters.map(async (cluster) =>
        (await cluster.workloads()).map((workload) => ({ cluster: cluster.name, workload })),
      ),
    )
  ).flat();
  return new Map(
    workloads.map(({ cluster, workload }) => [
      `${cluster}: ${titleOf(workload)}`,
      JSON.stringify(workload.spec.template),
    ]),
  );
}
