import { Document, isScalar, Scalar, visit } from "yaml";
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

/** The engine's mark of a secret value in state, and the value itself where the state was asked for with its secrets. */
const secretMark = "4dabf18193072939515e22adb298388d";
const secretValue = z.looseObject({ plaintext: z.string() });

/** What stands in for a secret; Kubernetes wants the `data` of its Secrets in base64. */
const placeholder = "[secret]";
const encodedPlaceholder = Buffer.from(placeholder).toString("base64");

/**
 * Every Kubernetes object of a stack's state, by the cluster that it was sent to. Secrets have their keys, and placeholders in the
 * place of their values.
 *
 * @param resources as the engine exports them, with their secrets
 */
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
    content: textOf(
      Object.fromEntries(
        plainEntries(resource.inputs).map(([key, value]) => [
          key,
          withoutSecrets(value, kind === "Secret" && key === "data" ? encodedPlaceholder : placeholder),
        ]),
      ),
    ),
  };
}

/** A provider reference is `<urn>::<id>`; the provider is named after its cluster. */
function clusterOf({ provider = "" }: StateResource): string {
  return logicalName(provider.slice(0, provider.lastIndexOf("::")));
}

/** What readers of YAML 1.1 and 1.2 take for something else than text: logical values, null, numbers, times, merges. */
const otherwiseRead = [
  /^(y|n|yes|no|on|off|true|false|null|~|=|<<)?$/i,
  /^[-+]?\.?\d[\d_,.:]*([eE][-+]?\d+)?$/,
  /^[-+]?0[box]?[\da-f_]+$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}/,
];

/** kubectl, Helm and Argo CD read YAML 1.1, whose texts need quotes where those of 1.2 do not. */
function textOf(value: unknown): string {
  const document = new Document(value, { sortMapEntries: true });
  visit(document, (_, node) => {
    if (!isScalar(node) || typeof node.value !== "string") return;
    const text = node.value;
    if (otherwiseRead.some((pattern) => pattern.test(text))) node.type = Scalar.QUOTE_DOUBLE;
  });
  return document.toString({ lineWidth: 0 });
}

function plainEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([key]) => key !== "__initialApiVersion" && key !== "__defaults");
}

function withoutSecrets(value: unknown, instead: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, instead));
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) {
    const { data } = secretValue.safeParse(value);
    return data === undefined ? instead : blotted(JSON.parse(data.plaintext), instead);
  }
  return Object.fromEntries(plainEntries(value).map(([key, child]) => [key, withoutSecrets(child, instead)]));
}

/** A secret value's keys, without what they hold. */
function blotted(value: unknown, instead: string): unknown {
  if (Array.isArray(value)) return value.map((item) => blotted(item, instead));
  if (typeof value !== "object" || value === null) return instead;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, blotted(child, instead)]));
}
