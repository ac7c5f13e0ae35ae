import type { z } from "zod";
import { linodeSchema } from "../../../infra/config/linode-schema";

export type Input = z.input<typeof linodeSchema>;

export const sound = {
  cloud: "linode",
  region: "fr-par",
  cluster: { name: "aiaas-prod", version: "1.35", controlPlaneCidrs: ["203.0.113.0/24"] },
  nodePools: { baseline: { plan: "g6-standard-8", autoscaler: { minimum: 3, maximum: 10 } } },
} as const satisfies Input;

/** Faults as `path: message`. */
export function faultsOf(section: unknown): readonly string[] {
  const { error } = linodeSchema.safeParse(section);
  return (error?.issues ?? []).flatMap((issue) =>
    (issue.code === "invalid_union" ? issue.errors.flat() : [issue]).map(
      (inner) => `${[...issue.path, ...(inner === issue ? [] : inner.path)].join(".")}: ${inner.message}`,
    ),
  );
}

export const withDatabase = (database: object): object => ({
  ...sound,
  databases: { users: { managed: false, label: "aiaas-users", plan: "g6-dedicated-2", ...database } },
});

export const withDns = (dns: object): object => ({
  ...sound,
  dns: { domain: "aiaas.example.com", contact: "platform@example.com", ...dns },
});
