import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Cluster } from "../cluster/cluster";
import type { Environment } from "../config/environment";
import { platformSchema } from "../config/platform";
import { type Edge, everybody, type Party } from "../network/edge";
import { prepareSite } from "./prepare-site";
import type { Site } from "./site";

/** A Helm release's inputs, as far as tests look at them. */
interface ReleaseInputs {
  readonly name: string;
  readonly namespace: string;
  readonly skipCrds: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each chart has values of its own shape
  readonly values: any;
}

/** What a service is recorded on: a cluster of production's, unless a test says otherwise. */
export interface RecordingArgs {
  readonly kind: "eks" | "lke" | "local";
  readonly cluster?: Partial<Cluster>;
  readonly environment?: Environment;
  readonly platform?: z.input<typeof platformSchema>;
}

const names = { eks: "aws", lke: "linode", local: "local" } as const;

/** Makes a service on a site against mocks, and says what it registered and declared. */
export async function recordService(args: RecordingArgs, make: (site: Site) => unknown) {
  // The SDK takes a stack trace of every promise, and jest translates each: most of the time that this would take.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await record(args, make);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function record(
  { kind, cluster, environment = "production", platform }: RecordingArgs,
  make: (site: Site) => unknown,
) {
  const releases: ReleaseInputs[] = [];
  const resources: { readonly type: string; readonly name: string; readonly inputs: unknown }[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`the program must not look anything up: ${token}`);
      },
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs });
        if (type === "kubernetes:helm.sh/v3:Release") releases.push(inputs);
        return { id: name, state: inputs };
      },
    },
    "ai-platform",
    "test",
    false,
  );
  const { site } = prepareSite(
    {
      name: names[kind],
      kind,
      displayName: "a-cluster",
      provider: new Provider("provider", { context: "c" }),
      pools: [],
      zones: [],
      storage: { provisioner: "p", fast: {}, standard: {} },
      addresses: { apiServer: { targets: [], ports: [443], sources: [] }, nodes: [], cloudServices: [] },
      buckets: {},
      owned: true,
      ...cluster,
    },
    {
      environment,
      systems: { atlas: { cluster: names[kind] } },
      platform: platformSchema.parse(platform),
      protectData: true,
    },
  );
  make(site);
  // Registrations go on after the constructor has returned.
  await pulumi.runtime.disconnect();
  return {
    resources,
    edges: site.network.edges.map(readable),
    /** The values of the release of a chart. */
    release: (chart: string): ReleaseInputs => {
      const found = releases.find(({ name }) => name === chart);
      if (found === undefined) throw new Error(`there is no release ${chart}`);
      return found;
    },
  };
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
