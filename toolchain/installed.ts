import { execFile } from "node:child_process";
import { delimiter, isAbsolute, join } from "node:path";
import { isExecutable } from "../cli/executable";
import type { ToolName } from "./tools";
import { minorOf, prometheusRelease, versions } from "./versions";

/** What the person at the machine has installed already. */
export interface Installed {
  readonly path: string;
  /** `1.35.4`; undefined when the program does not tell. */
  readonly version: string | undefined;
  readonly fits: boolean;
}

interface Fit {
  readonly versionArguments: readonly string[];
  /** In words, for messages. */
  readonly wanted: string;
  readonly fits: (version: string) => boolean;
}

const [, kubernetesMinor = 0] = numbers(versions.kubernetes);

function sameMinor(pinned: string, versionArguments: readonly string[]): Fit {
  const minor = minorOf(pinned);
  return { versionArguments, wanted: `${minor}.x`, fits: (version) => minorOf(version) === minor };
}

const fits: Readonly<Record<ToolName, Fit>> = {
  pulumi: {
    versionArguments: ["version"],
    wanted: `3.x, ${versions.pulumi} or newer`,
    fits: (version) => {
      const [major = 0, minor = 0] = numbers(version);
      const [pinnedMajor = 0, pinnedMinor = 0] = numbers(versions.pulumi);
      return major === pinnedMajor && minor >= pinnedMinor;
    },
  },
  kubectl: {
    versionArguments: ["version", "--client"],
    wanted: `1.${kubernetesMinor - 1} to 1.${kubernetesMinor + 1}`,
    fits: (version) => {
      const [major, minor = 0] = numbers(version);
      return major === 1 && Math.abs(minor - kubernetesMinor) <= 1;
    },
  },
  helm: {
    versionArguments: ["version", "--short"],
    wanted: "3.x",
    fits: (version) => numbers(version)[0] === 3,
  },
  "kube-apiserver": sameMinor(versions.kubernetes, ["--version"]),
  "kube-controller-manager": sameMinor(versions.kubernetes, ["--version"]),
  "kube-scheduler": sameMinor(versions.kubernetes, ["--version"]),
  etcd: sameMinor(versions.etcd, ["--version"]),
  kwok: sameMinor(versions.kwok, ["--version"]),
  promtool: sameMinor(prometheusRelease, ["--version"]),
  actionlint: sameMinor(versions.actionlint, ["-version"]),
};

/** `3.x, 3.260.0 or newer` */
export function wantedVersion(tool: ToolName): string {
  return fits[tool].wanted;
}

export function fitsVersion(tool: ToolName, version: string): boolean {
  return fits[tool].fits(version);
}

/** The tool on the PATH, whether or not its version fits; undefined when there is none. */
export async function findInstalled(tool: ToolName): Promise<Installed | undefined> {
  const path = findOnPath(tool);
  if (path === undefined) {
    return undefined;
  }
  const version = parseVersion(await outputOf(path, fits[tool].versionArguments));
  return { path, version, fits: version !== undefined && fits[tool].fits(version) };
}

/** Absolute path of a program, as a shell would find it. */
export function findOnPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

/** The first version in what a program prints about itself: `1.35.4` of `Kubernetes v1.35.4`. */
export function parseVersion(output: string): string | undefined {
  return /\bv?(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1];
}

/** -1, 0 or 1, by the numbers in dotted versions. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [numbers(one), numbers(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) {
      return Math.sign(difference);
    }
  }
  return 0;
}

function numbers(version: string): readonly number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10));
}

function outputOf(path: string, versionArguments: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, versionArguments, { timeout: 20_000 }, (_, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    );
  });
}
