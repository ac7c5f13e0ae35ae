import { z } from "zod";
import { clusterName } from "../../model/expand";
import { releaseType } from "../../model/release";
import { type Check, each, nothing } from "../verdict";

const release = z.object({ name: z.string() });

/** The chart lock says what each release makes: without it, what refers to a release's objects finds nothing. */
export const releasesAreLocked: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const known = new Set(
    model.objects.flatMap(({ origin }) => (origin.by === "chart" ? origin.resource : [])),
  );
  return each(plan.all(releaseType, release), ({ name: resource, provider = "", inputs: { name } }) =>
    known.has(resource)
      ? undefined
      : {
          object: `${clusterName(provider)}: release ${name}`,
          rule: "it is not in the chart lock, so what it makes is unknown to every other proof",
          source: "docs/chart-lock.md",
          fix: `npm run lock -- --stack ${plan.stack} --release ${name}`,
        },
  );
};
