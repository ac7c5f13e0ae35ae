import { z } from "zod";
import { isOwned } from "../../infra/config/linode-cluster";
import { type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";
import { linodeAnswer, linodeApi } from "./linode-api";

const seed = "002 Infrastructure Provider; C5, D4, D10";

const region = z.looseObject({ capabilities: z.array(z.string()), status: z.string().default("ok") });
const availability = z.array(z.looseObject({ plan: z.string(), available: z.boolean() }));
const versions = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

const ownsCluster = ({ config }: PreflightContext): boolean =>
  config?.linode !== undefined && isOwned(config.linode.cluster);

/** What Linode offers in the stack's region today. */
export const linodeRegionRows: readonly Row<PreflightContext>[] = [
  {
    id: "linode-region",
    title: "The region has everything that the stack makes there",
    seed,
    appliesTo: ownsCluster,
    check: async (around) => {
      const { linode } = { ...around.config };
      const path = `regions/${linode?.region}`;
      const { capabilities, status } = await linodeAnswer(region, around, path);
      const wanted = [
        "Kubernetes",
        "Cloud Firewall",
        ...(linode?.objectStorage === undefined ? [] : ["Object Storage"]),
        ...(Object.keys(linode?.databases ?? {}).length === 0 ? [] : ["Managed Databases"]),
      ];
      const lacking = wanted.filter((capability) => !capabilities.includes(capability));
      return verdictOf([
        ...(status === "ok" ? [] : [finding(path, "status ok", `status ${status}`)]),
        ...(lacking.length === 0 ? [] : [finding(path, lacking.join(", "), capabilities.join(", "))]),
      ]);
    },
  },
  {
    id: "linode-plans",
    title: "The region has nodes of every pool's plan",
    seed,
    appliesTo: ownsCluster,
    check: async (around) => {
      const { linode } = { ...around.config };
      const path = `regions/${linode?.region}/availability`;
      const answers = await linodeAnswer(availability, around, path);
      return verdictOf(
        Object.entries(linode?.nodePools ?? {}).flatMap(([pool, { plan }]) =>
          answers.some((answer) => answer.plan === plan && !answer.available)
            ? [
                {
                  about: `ai-platform:linode.nodePools.${pool}.plan`,
                  expected: `a plan that ${linode?.region} has free`,
                  found: `${plan}, which is sold out or not offered there`,
                  look: `curl ${linodeApi}/${path}`,
                },
              ]
            : [],
        ),
      );
    },
  },
  {
    id: "lke-version",
    title: "LKE offers the Kubernetes version",
    seed,
    appliesTo: ownsCluster,
    check: async (around) => {
      const cluster = around.config?.linode?.cluster;
      const wanted = cluster !== undefined && isOwned(cluster) ? cluster.version : "";
      const offered = (await linodeAnswer(versions, around, "lke/versions")).data.map(({ id }) => id);
      return verdictOf(
        offered.includes(wanted)
          ? []
          : [
              {
                about: "ai-platform:linode.cluster.version",
                expected: `one of ${offered.join(", ")}`,
                found: wanted,
                look: `curl ${linodeApi}/lke/versions`,
              },
            ],
      );
    },
  },
];

function finding(path: string, expected: string, found: string) {
  return { about: "ai-platform:linode.region", expected, found, look: `curl ${linodeApi}/${path}` };
}
