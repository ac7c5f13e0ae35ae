import type { Fault } from "../fault";
import type { Draft } from "./rule";

/** What Argo CD delivers it must be there for, and know from where (D11). */
export function delivery({ systems, platform }: Draft): readonly Fault[] {
  if (systems === undefined || platform === undefined) return [];
  const problem = problemOf(platform);
  if (problem === undefined) return [];
  return Object.entries(systems).flatMap(([system, placed]) =>
    placed?.delivery === "gitops"
      ? [
          {
            path: ["systems", system, "delivery"],
            found: '"gitops"',
            problem,
            allowed: "program, or the key left out",
          },
        ]
      : [],
  );
}

function problemOf({ gitops, without }: NonNullable<Draft["platform"]>): string | undefined {
  if (without.includes("gitops")) return "the stack does without Argo CD: platform.without names gitops";
  if (gitops === undefined) return "platform.gitops does not say which repository Argo CD reads";
  return undefined;
}
