/**
 * Kubernetes versions of LKE, with the last day on which each is supported.
 *
 * LKE offers a version 4 to 8 weeks after its upstream release, keeps it until shortly before upstream's end of life,
 * and then upgrades clusters by itself (Akamai, "LKE versioning and life cycle policy"). Akamai names no days, so the
 * end is upstream's (kubernetes.io/releases), read 2026-11-20. That 1.36 (upstream 2026-04-22) is offered follows from
 * that policy. Versions that the table does not have are refused.
 */
export const lkeVersionsAsOf = "2026-11-20";

/** One minor version. */
export interface LkeVersion {
  /** The last day of support, `YYYY-MM-DD`. */
  readonly supportEnds: string;
  /** The newest patch release known to the table; LKE applies patches by itself. */
  readonly patch: string;
}

export const lkeVersions = {
  "1.33": { supportEnds: "2026-06-28", patch: "1.33.10" },
  "1.34": { supportEnds: "2026-10-27", patch: "1.34.6" },
  "1.35": { supportEnds: "2027-02-28", patch: "1.35.4" },
  "1.36": { supportEnds: "2027-06-28", patch: "1.36.4" },
} as const satisfies Record<string, LkeVersion>;

const versionsByMinor: ReadonlyMap<string, LkeVersion> = new Map(Object.entries(lkeVersions));

/** The version of that `major.minor`; undefined when the table does not have it. */
export function lkeVersion(minor: string): LkeVersion | undefined {
  return versionsByMinor.get(minor);
}

/** Versions that LKE still supports on a day, oldest first. */
export function supportedLkeVersions(today: Date): readonly string[] {
  const day = today.toISOString().slice(0, 10);
  return [...versionsByMinor].filter(([, version]) => version.supportEnds >= day).map(([minor]) => minor);
}
