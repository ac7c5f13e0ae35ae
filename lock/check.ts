import type { ManifestDigest } from "../model/charts/definitions";
import { openDigest } from "../model/charts/header";
import type { Locked } from "../model/charts/lock";
import type { PlannedRelease } from "./planned";

/** What a check of the lock has found. */
export interface Findings {
  /** What is stale, each with the command that refreshes it. */
  readonly faults: readonly string[];
  /** What has the digest `open`. */
  readonly open: number;
  readonly releases: number;
  readonly manifests: number;
}

interface Sides {
  /** Of the reviewed plans. */
  readonly planned: readonly PlannedRelease[];
  readonly addresses: readonly string[];
  /** Of the lock. */
  readonly locked: readonly Locked[];
  readonly definitions: ReadonlyMap<string, ManifestDigest>;
}

/** Holds the lock against the reviewed plans. */
export function check({ planned, addresses, locked, definitions }: Sides): Findings {
  const stale = planned.flatMap((release) => {
    const entry = locked.find(({ file }) => file === release.file);
    if (entry === undefined) {
      return [`${release.file} is missing: run \`${refreshCommand(release)}\``];
    }
    const differences = differencesOf(release, entry);
    return differences.length === 0
      ? []
      : [`${release.file} is stale: ${differences.join("; ")}: run \`${refreshCommand(release)}\``];
  });
  const superfluous = locked
    .filter(({ file }) => planned.every((release) => release.file !== file))
    .map(({ file }) => `${file} is of no release of the plan: run \`npm run lock\`, which removes it`);
  const missing = addresses.filter((address) => !definitions.has(address));
  const unused = [...definitions.keys()].filter((address) => !addresses.includes(address));
  const manifests = [
    ...listed("definitions.yaml does not have what the plans take; run `npm run lock`", missing),
    ...listed("definitions.yaml has what no plan takes; run `npm run lock`", unused),
  ];
  return {
    faults: [...stale, ...superfluous, ...manifests],
    open: [...locked.map(({ digest }) => digest), ...definitions.values()].filter(
      (digest) => digest === openDigest,
    ).length,
    releases: planned.length,
    manifests: addresses.length,
  };
}

function listed(what: string, addresses: readonly string[]): readonly string[] {
  return addresses.length === 0
    ? []
    : [[`${what}:`, ...addresses.map((address) => `  ${address}`)].join("\n")];
}

/** The command that writes a release's lock file again. */
export function refreshCommand({ stack, inputs }: Pick<PlannedRelease, "stack" | "inputs">): string {
  return `npm run lock -- --stack ${stack} --release ${inputs.name}`;
}

function differencesOf({ inputs, values, kubernetes }: PlannedRelease, locked: Locked): readonly string[] {
  const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["chart", locked.chart, inputs.chart],
    ["version", locked.version, inputs.version],
    ["repository", locked.repository, inputs.repository?.url],
    ["namespace", locked.namespace, inputs.namespace],
    ["Kubernetes", locked.kubernetes, kubernetes],
  ];
  const plain = pairs.flatMap(([what, before, now]) =>
    before === now ? [] : [`${what} is ${before ?? "none"} in the lock and ${now ?? "none"} in the plan`],
  );
  return locked.values === values
    ? plain
    : [...plain, "the plan's values are others than the lock was made with"];
}
