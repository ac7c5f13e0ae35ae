import { stringify } from "yaml";
import { z } from "zod";
import { logicalName, type StateResource } from "./state";

export interface Manifest {
  readonly cluster: string;
  readonly file: string;
  /** YAML, with sorted keys, so that two runs of the same program agree to the byte. */
  readonly content: string;
}

const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** The engine's mark of an encrypted value in state. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Every Kubernetes object of a stack's state, by the cluster that it was sent to; secret values are left out. */
export function manifestsOf(resources: readonly StateResource[]): readonly Manifest[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .flatMap((resource) => {
      const parsed = object.safeParse(resource.inputs);
      return parsed.success ? [manifestOf(resource, parsed.data)] : [];
    })
    .sort((left, right) => `${left.cluster}/${left.file}`.localeCompare(`${right.cluster}/${right.file}`));
}

function manifestOf(resource: StateResource, { kind, metadata }: z.infer<typeof object>): Manifest {
  const place = metadata.namespace ? `${metadata.namespace}.` : "";
  return {
    cluster: clusterOf(resource),
    file: `${place}${kind.toLowerCase()}.${metadata.name}.yaml`.replaceAll(/[^a-z0-9.-]/g, "-"),
    content: stringify(withoutSecrets(resource.inputs), { sortMapEntries: true, lineWidth: 0 }),
  };
}

/** A provider reference is `<urn>::<id>`; the provider is named after its cluster. */
function clusterOf({ provider = "" }: StateResource): string {
  return logicalName(provider.slice(0, provider.lastIndexOf("::")));
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (secretMark in value) {
    return "[secret]";
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "__initialApiVersion" && key !== "__defaults")
      .map(([key, child]) => [key, withoutSecrets(child)]),
  );
}
