import type { Site } from "../../../infra/kit/site";
import { type Edge, everybody, type Party } from "../../../infra/network/edge";
import { record, type SiteChanges } from "./site";

/** A Helm release's inputs, as far as tests look at them. */
interface ReleaseInputs {
  readonly name: string;
  readonly namespace: string;
  // biome-ignore lint/suspicious/noExplicitAny: each chart has values of its own shape
  readonly values: any;
}

/**
 * Builds a service of the platform on a site without any cloud: its releases, its other objects, and its
 * declared calls.
 */
export async function recordService(build: (site: Site) => void, changes?: SiteChanges) {
  const { objects, site } = await record(build, changes);
  const releases = objects.map(({ inputs }): unknown => inputs).filter(isRelease);
  return {
    objects,
    edges: site.network.edges.map(readable),
    /** The release of a name. */
    release: (name: string): ReleaseInputs => {
      const found = releases.find((each) => each.name === name);
      if (found === undefined) throw new Error(`there is no release ${name}`);
      return found;
    },
  };
}

function isRelease(inputs: unknown): inputs is ReleaseInputs {
  return typeof inputs === "object" && inputs !== null && "chart" in inputs && "values" in inputs;
}

/** An edge as `from -> to: ports`. */
function readable({ from, to, ports }: Edge): string {
  const numbers = ports.map((port) => (typeof port === "number" ? port : port.port));
  return `${partyName(from)} -> ${partyName(to)}${numbers.length > 0 ? `: ${numbers.join(", ")}` : ""}`;
}

function partyName(party: Party): string {
  switch (party.kind) {
    case "pods":
      return `${party.namespace}/${party.name}`;
    case "all-pods":
      return `${party.namespace ?? "*"}/*`;
    case "internet":
    case "cloud-services":
      return party === everybody ? "everybody" : party.hosts.join(" ");
    default:
      return party.kind;
  }
}
