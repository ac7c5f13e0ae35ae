import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Pool } from "../cluster/cluster";
import type { Environment } from "../config/environment";
import { ClusterNetwork } from "../network/cluster-network";
import type { Bundle } from "../secrets/bundle";
import { loadBundles } from "../secrets/bundles";
import { SecretBundles } from "../secrets/secret-bundles";
import { DefinitionSets } from "./definitions";
import type { Site } from "./site";

/** A Kubernetes object as the program registers it. */
export interface RecordedObject {
  /** For example `Deployment`. */
  readonly kind: string;
  readonly logicalName: string;
  readonly inputs: unknown;
}

/** What a test changes of the site on which it builds. */
export interface SiteChanges {
  readonly environment?: Environment;
  readonly pools?: readonly Pool[];
  readonly kind?: Site["cluster"]["kind"];
  readonly systems?: Site["systems"];
  readonly settings?: Partial<Site["settings"]>;
  readonly sizes?: Site["sizes"];
  readonly buckets?: Site["cluster"]["buckets"];
  readonly databases?: Site["cluster"]["databases"];
  /** False on a cluster of another stack. @default true */
  readonly owned?: boolean;
  readonly bundles?: readonly Bundle[];
}

const general: Pool = {
  name: "general",
  labels: {},
  taints: [],
  allocatable: { cpuMillis: 7910, memoryMib: 28_000 },
  spot: false,
  minimum: 3,
  maximum: 9,
  zones: ["a", "b", "c"],
};

/** Builds something on a site without any cloud, and returns the Kubernetes objects that it registers. */
export async function record(
  build: (site: Site) => void,
  changes: SiteChanges = {},
): Promise<{ readonly objects: readonly RecordedObject[]; readonly site: Site }> {
  const objects: RecordedObject[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        if (type.startsWith("kubernetes:")) {
          objects.push({ kind: inputs.kind ?? type.split(":").at(-1), logicalName: name, inputs });
        }
        return { id: name, state: inputs };
      },
    },
    "ai-platform",
    "test",
  );
  const cluster: Site["cluster"] = {
    name: "aws",
    kind: changes.kind ?? "eks",
    displayName: "test",
    provider: new Provider("provider", { context: "c" }),
    pools: changes.pools ?? [general],
    zones: ["a", "b", "c"],
    storage: { provisioner: "ebs.csi.aws.com", fast: {}, standard: {} },
    addresses: { apiServer: { targets: [], ports: [443], sources: [] }, nodes: [], cloudServices: [] },
    buckets: changes.buckets ?? {},
    ...(changes.databases && { databases: changes.databases }),
    owned: changes.owned ?? true,
  };
  const definitions = new DefinitionSets("definitions", { cluster, mirror: undefined, protectData: true });
  const site: Site = {
    cluster,
    environment: changes.environment ?? "production",
    systems: changes.systems ?? {},
    settings: {
      availability: "high",
      without: [],
      issuer: "letsencrypt",
      contact: "platform@example.com",
      runbooks: "https://example.com/runbooks",
      ...changes.settings,
    },
    sizes: changes.sizes ?? {},
    protectData: true,
    network: new ClusterNetwork(),
    secrets: recordedSecrets(cluster, changes.bundles ?? loadBundles()),
    definitions,
    monitorDefinitions: definitions,
    namespace: () => undefined,
  };
  try {
    build(site);
  } finally {
    await pulumi.runtime.disconnect();
  }
  return { objects, site };
}

/** Secrets of a stack that was given every one that its bundles ask for. */
export function recordedSecrets(cluster: Site["cluster"], bundles: readonly Bundle[]): SecretBundles {
  const given = bundles.map(({ name, keys }) => [
    name,
    Object.fromEntries(Object.keys(keys).map((key) => [key, pulumi.secret(`given ${key}`)])),
  ]);
  return new SecretBundles("secrets", {
    cluster,
    bundles,
    given: Object.fromEntries(given),
    rotation: { today: new Date("2026-11-20"), now: {} },
    namespace: () => undefined,
  });
}

/** The one object of a kind, or what it has at a path such as `spec.template.spec.containers.0`. */
export function only(objects: readonly RecordedObject[], kind: string, path = ""): unknown {
  const found = objects.filter((object) => object.kind === kind);
  expect(found.map(({ logicalName }) => logicalName)).toHaveLength(1);
  return at(found[0]?.inputs, path);
}

/** The one object of a kind and a name, or what it has at a path. */
export function named(objects: readonly RecordedObject[], kind: string, name: string, path = ""): unknown {
  const found = objects.filter(
    (object) => object.kind === kind && at(object.inputs, "metadata.name") === name,
  );
  expect([kind, name, found.length]).toEqual([kind, name, 1]);
  return at(found[0]?.inputs, path);
}

function at(inputs: unknown, path: string): unknown {
  return path
    .split(".")
    .filter(Boolean)
    .reduce<unknown>((value, step) => valueAt(value, step), inputs);
}

function valueAt(value: unknown, step: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === step)?.[1];
}
