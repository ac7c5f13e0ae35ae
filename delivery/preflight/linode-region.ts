import { z } from "zod";
import { notChecked, type Row, together } from "../row";
import type { PreflightContext } from "./context";
import { findingsOf, ownLkeClusters } from "./each-cluster";
import { linodeAnswer, linodeApi } from "./linode-api";

const seed = "002 Infrastructure Provider; C5, D4, D10";

const region = z.looseObject({ capabilities: z.array(z.string()), status: z.string().default("ok") });
const availability = z.array(z.looseObject({ plan: z.string(), available: z.boolean() }));
const versions = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

const ownsCluster = (around: PreflightContext): boolean => ownLkeClusters(around).length > 0;

/** What Linode offers in the stack's region today. */
export const linodeRegionRows: readonly Row<PreflightContext>[] = [
  {
    id: "linode-region",
    title: "The region has everything that the stack makes there",
    seed,
    appliesTo: ownsCluster,
    check: (around) =>
      findingsOf(ownLkeClusters(around), async ({ name, config }) => {
        const path = `regions/${config.region}`;
        const { capabilities, status } = await linodeAnswer(region, around, path);
        const wanted = [
          "Kubernetes",
          "Cloud Firewall",
          ...(config.objectStorage === undefined ? [] : ["Object Storage"]),
          ...(Object.keys(config.databases).length === 0 ? [] : ["Managed Databases"]),
        ];
        const lacking = wanted.filter((capability) => !capabilities.includes(capability));
        const about = { about: `ai-platform:clusters.${name}.region`, look: `curl ${linodeApi}/${path}` };
        return [
          ...(status === "ok" ? [] : [{ ...about, expected: "status ok", found: `status ${status}` }]),
          ...(lacking.length === 0
            ? []
            : [{ ...about, expected: lacking.join(", "), found: capabilities.join(", ") }]),
        ];
      }),
  },
  {
    id: "linode-plans",
    title: "The region has nodes of every pool's plan",
    seed,
    appliesTo: ownsCluster,
    check: async (around) => {
      const unlisted: string[] = [];
      const verdict = await findingsOf(ownLkeClusters(around), async ({ name, config }) => {
        const path = `regions/${config.region}/availability`;
        const answers = await linodeAnswer(availability, around, path);
        const plans = [
          ["cluster.systemPool", config.cluster.systemPool.plan],
          ...Object.entries(config.nodePools).map(([pool, { plan }]) => [`nodePools.${pool}`, plan]),
        ];
        // Plans that every region has are not listed; those with cards are, where a region has them for everyone.
        for (const [, plan = ""] of plans) {
          if (/-gpu-/.test(plan) && !answers.some((answer) => answer.plan === plan)) {
            unlisted.push(`${config.region} does not list ${plan}`);
          }
        }
        return plans.flatMap(([pool, plan]) =>
          answers.some((answer) => answer.plan === plan && !answer.available)
            ? [
                {
                  about: `ai-platform:clusters.${name}.${pool}.plan`,
                  expected: `a plan that ${config.region} has free`,
                  found: `${plan}, which is sold out or not offered there`,
                  look: `curl ${linodeApi}/${path}`,
                },
              ]
            : [],
        );
      });
      if (unlisted.length === 0) return verdict;
      const unknown = `${unlisted.join("; ")}: only Akamai's support can say whether the account may have it (docs/decisions/gpu-models.md)`;
      return together([verdict, notChecked(unknown)]);
    },
  },
  {
    id: "lke-version",
    title: "LKE offers the Kubernetes version",
    seed,
    appliesTo: ownsCluster,
    check: (around) =>
      findingsOf(ownLkeClusters(around), async ({ name, config: { cluster } }) => {
        const offered = (await linodeAnswer(versions, around, "lke/versions")).data.map(({ id }) => id);
        if (offered.includes(cluster.version)) return [];
        return [
          {
            about: `ai-platform:clusters.${name}.cluster.version`,
            expected: `one of ${offered.join(", ")}`,
            found: cluster.version,
            look: `curl ${linodeApi}/lke/versions`,
          },
        ];
      }),
  },
];
