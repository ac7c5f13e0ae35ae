import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import type { Environment } from "../config/environment";
import type { PlatformConfig } from "../config/platform";
import { ClusterNetwork } from "../network/cluster-network";
import { compile } from "../network/compile";
import { DefinitionSets } from "../platform/definitions";
import { recordedSecrets } from "../platform/recorded-site";
import type { Site } from "../platform/site";
import { loadBundles } from "../secrets/bundles";

/** A Kubernetes object as the program registered it, for tests. */
export interface RecordedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly inputs: unknown;
}

/** What a test says of the site that it builds on. */
export interface SiteChanges {
  readonly cluster?: Partial<Cluster>;
  readonly environment?: Environment;
  readonly availability?: PlatformConfig["availability"];
}

/** What building on a site left behind. */
export interface Recording<T> {
  readonly built: T;
  readonly objects: readonly RecordedObject[];
  /** The one object of a kind and name; fails the test where there is none. */
  readonly find: (kind: string, name: string) => unknown;
  /** Whether pods with some labels may call others, by the policies of both ends, on a port. */
  readonly allows: (from: Labelled, to: Labelled, port: number) => boolean;
}

/** Pods as their operator labels them. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

const addresses = {
  apiServer: { targets: ["10.0.0.0/28"], ports: [443], sources: ["10.0.0.0/28"] },
  nodes: [],
  cloudServices: [],
};

/** Every random value of a recording is this one. */
export const generatedPassword = "generatedByTheStandIn";

/** Builds something on a production cluster over three zones, and records every Kubernetes object. */
export async function recordOnSite<T>(
  build: (site: Site) => T,
  { cluster: clusterChanges, environment = "production", availability = "high" }: SiteChanges = {},
): Promise<Recording<T>> {
  const objects: RecordedObject[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        if (type.startsWith("kubernetes:")) {
          objects.push({
            kind: inputs.kind ?? type.split(":").at(-1),
            metadata: inputs.metadata ?? inputs,
            inputs,
          });
        }
        return {
          id: name,
          state: { ...inputs, ...(type.startsWith("random:") && { result: generatedPassword }) },
        };
      },
    },
    "ai-platform",
    "test",
  );
  const cluster: Cluster = {
    name: "aws",
    kind: "eks",
    displayName: "atlas-test",
    provider: new Provider("provider", { context: "c" }),
    pools: [],
    zones: ["a", "b", "c"],
    storage: { provisioner: "ebs.csi.aws.com", fast: {}, standard: {} },
    addresses,
    buckets: {},
    owned: true,
    ...clusterChanges,
  };
  const network = new ClusterNetwork();
  const definitions = new DefinitionSets("definitions", { cluster, mirror: undefined, protectData: true });
  const built = build({
    cluster,
    environment,
    systems: {},
    settings: {
      availability,
      without: [],
      issuer: "self-signed",
      contact: "platform@example.com",
      runbooks: "https://example.com/runbooks",
    },
    sizes: {},
    protectData: true,
    network,
    secrets: recordedSecrets(cluster, loadBundles()),
    definitions,
    monitorDefinitions: definitions,
    namespace: () => undefined,
  });
  await pulumi.runtime.disconnect();
  const policies = compile(network.edges, { addresses, mesh: false, owns: () => true });
  return {
    built,
    objects,
    find: (kind, name) => {
      const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
      expect([kind, name, found.length]).toEqual([kind, name, 1]);
      return found[0]?.inputs;
    },
    allows: (from, to, port) => {
      const rules = (subject: Labelled, direction: "ingress" | "egress") =>
        policies
          .filter(
            ({ namespace, spec }) =>
              namespace === subject.namespace && selects(spec, "podSelector", subject.labels),
          )
          .flatMap(({ spec }) => listAt(spec, direction));
      const opens = (rule: unknown, end: "from" | "to", other: Labelled) =>
        listAt(rule, "ports").some((each) => valueAt(each, "port") === port) &&
        listAt(rule, end).some(
          (peer) => valueAt(peer, "ipBlock") === undefined && selects(peer, "podSelector", other.labels),
        );
      return (
        rules(from, "egress").some((rule) => opens(rule, "to", to)) &&
        rules(to, "ingress").some((rule) => opens(rule, "from", from))
      );
    },
  };
}

/** What an input looks like that is a secret: marked, and so encrypted in the state and hidden in every log. */
export function asSecret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** The text that an output holds. */
export function textOf(output: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

function selects(owner: unknown, key: string, labels: Labelled["labels"]): boolean {
  const selector = valueAt(owner, key);
  if (selector === undefined) return true;
  const wanted = valueAt(selector, "matchLabels") ?? {};
  return Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = valueAt(value, key);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
