import { Failure } from "../../cli/failure";
import { minorOf, versions } from "../../toolchain/versions";

/** Kubernetes emulates its three minor versions before; anything else would not be what was asked for. */
export function servableVersion(version: string): string {
  const newest = minorOf(versions.kubernetes);
  const [major, minor] = newest.split(".").map(Number);
  const servable = [3, 2, 1, 0].map((back) => `${major}.${(minor ?? 0) - back}`);
  const asked = minorOf(version.replace(/^v/, ""));
  if (!servable.includes(asked)) {
    throw new Failure(
      `The sandbox cannot serve Kubernetes "${version}": its API server is ${versions.kubernetes} and serves ${servable.join(", ")}.`,
    );
  }
  return asked;
}

export function isOlder(one: string, other: string): boolean {
  const number = (version: string) => Number(version.split(".")[1]);
  return number(one) < number(other);
}
