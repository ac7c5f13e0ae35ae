import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { stackSchema } from "../config/stack";
import { loadBundles } from "../secrets/bundles";
import { closeNetwork, prepareSite } from "./prepare-site";
import type { Site } from "./site";

/** What a test says of the stack and of its cluster, beside what every test has. */
export interface SiteChanges {
  /** Keys of the stack's configuration. */
  readonly stack?: Readonly<Record<string, unknown>>;
  readonly cluster?: Partial<Cluster>;
}

/** A Kubernetes object as it was registered. */
export interface RecordedObject {
  readonly type: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Everything that was registered for a site, for tests. */
export interface Recording {
  /** The objects of a kind; releases are of the kind `Release`. */
  readonly ofKind: (kind: string) => readonly RecordedObject[];
  /** The inputs of the one object of a kind and a name; the test fails where there is none, or more. */
  readonly find: (kind: string, name: string) => RecordedObject["inputs"];
}

/** How a secret arrives at the engine: the mark that makes it encrypt the value, and mask it wherever it is shown. */
export function asSecret(value: unknown): unknown {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Each random value of a recording. */
export const randomValue = "a-random-value";

/**
 * Builds services on a prepared site, a production cluster over three zones of AWS that Atlas runs on, closes its network, and
 * records every Kubernetes object that is registered.
 */
export async function recordServices(
  build: (site: Site) => void,
  { stack, cluster }: SiteChanges = {},
): Promise<Recording> {
  const objects: RecordedObject[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        if (type.startsWith("kubernetes:")) {
          const { name: own = inputs.name, namespace = inputs.namespace } = inputs.metadata ?? {};
          objects.push({ type, name: own, namespace, inputs });
        }
        return {
          id: name,
          state: { ...inputs, ...(type.startsWith("random:") && { result: randomValue }) },
        };
      },
    },
    "ai-platform",
    "test",
  );
  const config = stackSchema.parse({
    environment: "production",
    systems: { atlas: { cluster: "aws" } },
    ...stack,
  });
  const { site, foundation } = prepareSite(
    {
      name: "aws",
      kind: "eks",
      displayName: "atlas-test",
      provider: new Provider("provider", { context: "c" }),
      pools: [],
      zones: ["a", "b", "c"],
      storage: { provisioner: "ebs.csi.aws.com", fast: {}, standard: {}, snapshots: {} },
      addresses: {
        apiServer: { targets: ["10.0.0.0/28"], ports: [443], sources: ["10.0.0.0/28"] },
        nodes: ["10.0.1.0/24"],
        cloudServices: [],
      },
      buckets: {},
      owned: true,
      ...cluster,
    },
    config,
    { bundles: loadBundles(), today: new Date("2026-11-20") },
  );
  build(site);
  closeNetwork(site, foundation, undefined);
  await pulumi.runtime.disconnect();
  const ofKind = (kind: string) => objects.filter(({ type }) => type.endsWith(`:${kind}`));
  return {
    ofKind,
    find: (kind, name) => {
      const [found, ...others] = ofKind(kind).filter((object) => object.name === name);
      if (found === undefined || others.length > 0) {
        const known = ofKind(kind).map((object) => object.name);
        throw new Error(`not exactly one ${kind} ${name}, but ${known.join(", ")}`);
      }
      return found.inputs;
    },
  };
}
