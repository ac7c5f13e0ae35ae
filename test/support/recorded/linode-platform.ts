import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { linodeSchema } from "../../../infra/config/linode-schema";
import { LinodePlatform } from "../../../infra/linode";

/** A resource as the program registered it, for tests. */
export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  /** Inputs as they reach the provider, secrets opened. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: pulumi.CustomResourceOptions;
}

/** What a test sets up beside the configuration. */
export interface Scene {
  /** Host names of the stack on the cluster. */
  readonly hosts?: readonly string[];
  readonly protectData?: boolean;
  /** Outputs of the stack that is referred to. */
  readonly ownersOutputs?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig as Linode answers it. */
export const encodedKubeconfig = Buffer.from("apiVersion: v1\nkind: Config\nclusters: []\n").toString(
  "base64",
);

/** The nodes of a pool, numbered from the pool's own number on. */
function nodesOf(count: number, poolNumber: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `node-${poolNumber + index}`,
    instanceId: poolNumber + index,
    status: "ready",
  }));
}

/** What Linode would answer beside the inputs. */
function answer({ type, name, inputs }: pulumi.runtime.MockResourceArgs, { ownersOutputs }: Scene) {
  switch (type) {
    case "linode:index/lkeCluster:LkeCluster":
      return {
        kubeconfig: encodedKubeconfig,
        apiEndpoints: ["https://203.0.113.1:6443"],
        pools: inputs.pools.map((pool: { count: number }) => ({ ...pool, nodes: nodesOf(pool.count, 100) })),
      };
    case "linode:index/lkeNodePool:LkeNodePool":
      return { nodes: nodesOf(inputs.nodeCount, name.endsWith("gpu-pool") ? 300 : 200) };
    case "linode:index/objectStorageBucket:ObjectStorageBucket":
      return { hostname: `${inputs.label}.example.com`, s3Endpoint: "fr-par-1.example.com" };
    case "linode:index/objectStorageKey:ObjectStorageKey":
      return { accessKey: "mocked-access-key", secretKey: "mocked-secret-key" };
    case "linode:index/token:Token":
      return { token: "mocked-token" };
    case "linode:index/databasePostgresqlV2:DatabasePostgresqlV2":
      return {
        hostPrimary: "primary.example.com",
        hostSecondary: "replica.example.com",
        port: 5432,
        rootUsername: "mocked-user",
        rootPassword: "mocked-password",
        caCert: "mocked-authority",
      };
    case "pulumi:pulumi:StackReference":
      return { outputs: ownersOutputs, secretOutputNames: [] };
    default:
      return {};
  }
}

/** Builds a platform against a mocked Linode, and says what it registered. */
export async function recordPlatform(config: z.input<typeof linodeSchema>, scene: Scene = {}) {
  const resources: RecordedResource[] = [];
  const inputsOf = new Map<string, Readonly<Record<string, unknown>>>();
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        inputsOf.set(resource.name, resource.inputs);
        return { id: "4711", state: { ...resource.inputs, ...answer(resource, scene) } };
      },
      call: ({ token }) => {
        throw new Error(`the program must not look anything up: ${token}`);
      },
    },
    "ai-platform",
    "prod",
    false,
  );
  const platform = new LinodePlatform(
    "linode",
    {
      config: linodeSchema.parse(config),
      hosts: scene.hosts ?? ["api.aiaas.example.com"],
      protectData: scene.protectData ?? false,
    },
    {
      transformations: [
        ({ type, name, opts }) => {
          resources.push({
            type,
            name,
            get inputs() {
              return inputsOf.get(name) ?? {};
            },
            options: opts,
          });
          return undefined;
        },
      ],
    },
  );
  // Registrations go on after the constructor has returned.
  await pulumi.runtime.disconnect();
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return { platform, resources, ofType };
}

/** What an output holds, and whether it is a secret. */
export async function revealed<Value>(
  output: pulumi.Output<Value>,
): Promise<{ value: Value; secret: boolean }> {
  const value = await new Promise<Value>((resolve) => {
    output.apply((known) => resolve(known));
  });
  return { value, secret: await pulumi.isSecret(output) };
}
