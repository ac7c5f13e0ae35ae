import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { declaredBundles as readBundles } from "../../../apps/registry";
import { awsCloud } from "../../../infra/aws/cloud";
import type { Cluster } from "../../../infra/cluster/cluster";
import { linodeCloud } from "../../../infra/linode/cloud";
import { localCloud } from "../../../infra/local/cloud";
import type { Bundle } from "../../../infra/secrets/bundle";

/** A Kubernetes object as the program registers it, for tests. */
export interface RecordedObject {
  readonly type: string;
  /** For example `Deployment`; `Release` for a Helm release. */
  readonly kind: string;
  readonly logicalName: string;
  /** What Kubernetes calls it. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Every random value of a recording is this one. */
export const generatedPassword = "generatedByTheStandIn";

let bundles: readonly Bundle[] | undefined;

/** The bundles that the repository declares; their files are read once, however much a suite records. */
export function declaredBundles(): readonly Bundle[] {
  bundles ??= readBundles();
  return bundles;
}

/** Puts stand-ins behind the SDK, and keeps every Kubernetes object that is registered from now on. */
export async function recordObjects(): Promise<readonly RecordedObject[]> {
  const objects: RecordedObject[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name: logicalName, inputs }) => {
        if (type.startsWith("kubernetes:")) {
          const { name = inputs.name, namespace = inputs.namespace } = inputs.metadata ?? {};
          const kind = inputs.kind ?? type.split(":").at(-1);
          objects.push({ type, kind, logicalName, name, namespace, inputs });
        }
        const result = type.startsWith("random:") && { result: generatedPassword };
        return { id: logicalName, state: { ...inputs, ...result } };
      },
    },
    "ai-platform",
    "test",
  );
  return objects;
}

/** The clouds, by the kind of their clusters. */
export const clouds = { eks: awsCloud, lke: linodeCloud, local: localCloud } as const;

/** A cluster of AWS over three zones, without any nodes but what a test gives it. */
export function recordedCluster(changes: Partial<Cluster> = {}): Cluster {
  return {
    name: "aws",
    cloud: awsCloud,
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
    ...changes,
  };
}

/** The inputs of the one object of a kind and a name; the test fails where there is none, or more. */
export function findObject(
  objects: readonly RecordedObject[],
  kind: string,
  name: string,
): RecordedObject["inputs"] {
  const ofKind = objects.filter((object) => object.kind === kind);
  const [found, ...others] = ofKind.filter((object) => object.name === name);
  if (found === undefined || others.length > 0) {
    throw new Error(`not exactly one ${kind} ${name}, but ${ofKind.map((object) => object.name).join(", ")}`);
  }
  return found.inputs;
}

/** How a secret arrives at the engine: the mark that makes it encrypt the value, and mask it wherever it is shown. */
export function asSecret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}
