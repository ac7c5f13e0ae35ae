import { z } from "zod";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";

const ingress = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});

const collector = z.looseObject({
  name: z.string(),
  values: z.looseObject({
    alternateConfig: z
      .looseObject({
        processors: z.looseObject({ tail_sampling: z.looseObject({ decision_wait: z.string() }) }),
      })
      .optional(),
  }),
});

describe.each(reviewedStacks())("the reviewed plan of %s", (stack) => {
  const plan = readPlan(stack);

  test("a trace is decided on after the longest request of any traced host has ended (P4)", () => {
    const waits = plan
      .all("kubernetes:helm.sh/v3:Release", collector)
      .flatMap(({ inputs }) => inputs.values.alternateConfig?.processors.tail_sampling.decision_wait ?? []);
    const longest = Math.max(
      ...plan
        .all("kubernetes:networking.k8s.io/v1:Ingress", ingress)
        .map(({ inputs }) => seconds(inputs.metadata.annotations["nginx.org/proxy-read-timeout"] ?? "60s")),
    );
    expect(waits.length).toBeGreaterThan(0);
    for (const wait of waits) expect(seconds(wait)).toBeGreaterThan(longest);
  });
});

function seconds(duration: string): number {
  const found = /^(\d+)s$/.exec(duration)?.[1];
  if (found === undefined) throw new Error(`${duration} is no number of seconds; for example 300s`);
  return Number(found);
}
