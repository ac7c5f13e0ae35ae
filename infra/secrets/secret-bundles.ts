import { Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/random/provider";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { RandomString } from "@pulumi/random/randomString";
import type { Cluster } from "../cluster/cluster";
import type { StackConfig } from "../config/stack";
import { type Bundle, bundleFile, isExternal } from "./bundle";
import { checksumOf } from "./checksum";
import { externalSecret } from "./external-secret";
import { isRenewed, type RenewedValue, renewalMessages } from "./renewal";
import { keepersOf, type Rotation } from "./rotation";

/** A Kubernetes Secret that pods of its namespace may use. */
export interface SecretReference {
  readonly namespace: string;
  readonly name: string;
  /** Which keys it has. */
  readonly keys: readonly string[];
  /** Those of them that it lacks where the stack does without: an environment variable from one must be optional too. */
  readonly optional: readonly string[];
  /**
   * Changes when any of the values does: on a pod template it rolls the pods. What an operator copies from elsewhere
   * changes without the program, and so without it.
   */
  readonly checksum: pulumi.Output<string>;
  /** For resources that depend on the Secret. */
  readonly resource: pulumi.Resource;
}

/** What a container needs to know about a Secret that it reads. */
export type ReadableSecret = Omit<SecretReference, "resource">;

/** Arguments of {@link SecretBundles}. */
export interface SecretBundlesArgs {
  readonly cluster: Cluster;
  /** Every bundle that the repository declares. */
  readonly bundles: readonly Bundle[];
  /** What people gave to the stack, by bundle and key. */
  readonly given: StackConfig["secrets"];
  readonly rotation: Rotation;
  /** The resource that makes a namespace; undefined where another stack did. */
  readonly namespace: (name: string) => pulumi.Resource | undefined;
}

/** A value that the program has made. */
interface GeneratedValue extends RenewedValue {
  readonly output: pulumi.Output<string>;
}

/** Length of the key of checksums, in characters. */
const checksumKeyLength = 64;

/** Length of what tells incarnations apart, in characters. */
const incarnationLength = 6;

/** The secrets of a stack on one cluster, by bundle. (P6, D6) */
export class SecretBundles extends pulumi.ComponentResource {
  private readonly random: Provider;
  private readonly checksumKey: pulumi.Output<string>;
  private readonly generated = new Map<string, GeneratedValue>();
  private readonly provided = new Map<string, SecretReference>();
  private externalStore: pulumi.Resource | undefined;

  constructor(
    private readonly name: string,
    private readonly args: SecretBundlesArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:secrets:Bundles", name, {}, options);
    this.random = new Provider(`${name}-random`, {}, { parent: this });
    this.checksumKey = pulumi.secret(
      this.generate(`${name}-checksum-key`, { length: checksumKeyLength, keepers: {} }),
    );
  }

  /**
   * The value of a key that is generated (once for each namespace, and again when it is due) or given to the
   * stack.
   *
   * @throws Error when the program knows no value for the key
   */
  value(namespace: string, bundleName: string, key: string): pulumi.Output<string> {
    const bundle = this.bundle(bundleName);
    const declared = bundle.keys[key];
    const given = this.args.given[bundleName]?.[key];
    if (declared?.source === "stack" && given !== undefined) return given;
    if (declared?.source !== "generated") {
      throw new Error(
        `${bundleFile(bundle)}: ${key} is ${declared?.source ?? "not declared"}; only of generated keys, and of those that the stack gives, has the program a value`,
      );
    }
    const path = `${namespace}-${bundleName}-${key}`;
    const known = this.generated.get(path);
    if (known !== undefined) return known.output;
    const output = this.generate(`${this.name}-${path}`, {
      length: declared.length,
      keepers: keepersOf(bundle, this.args.rotation),
    });
    this.generated.set(path, { namespace, bundle, key, output });
    return output;
  }

  /**
   * Creates a bundle's Secret in a namespace. Another call without derived values returns the same Secret.
   *
   * @param derived the values of the bundle's derived keys, such as connection strings
   * @throws Error that names the bundle and the derived key without a value
   */
  provide(
    namespace: string,
    bundleName: string,
    derived: Readonly<Record<string, pulumi.Input<string>>> = {},
  ): SecretReference {
    const path = `${namespace}-${bundleName}`;
    const known = this.provided.get(path);
    if (known !== undefined && Object.keys(derived).length === 0) return known;
    if (known !== undefined) {
      throw new Error(`the bundle ${known.name} has its values in the namespace ${namespace} already`);
    }
    const bundle = this.bundle(bundleName);
    const reference = isExternal(bundle)
      ? this.copy(bundle, namespace)
      : this.make(bundle, namespace, this.valuesOf(bundle, namespace, derived));
    this.provided.set(path, reference);
    return reference;
  }

  /** Like `provide`, for callers that do not know whether the Secret was already provided. */
  provideShared(
    namespace: string,
    bundleName: string,
    derived: () => Readonly<Record<string, pulumi.Input<string>>>,
  ): SecretReference {
    return this.provided.get(`${namespace}-${bundleName}`) ?? this.provide(namespace, bundleName, derived());
  }

  /** What people have given to the stack for a key; undefined where they have given nothing. */
  given(bundleName: string, key: string): pulumi.Output<string> | undefined {
    return this.args.given[bundleName]?.[key];
  }

  /**
   * Letters and digits that are no secret: the same for as long as the stack has what they name, and others once that is made
   * again.
   *
   * @param keepers what makes it another one when it changes
   */
  incarnation(
    name: string,
    keepers: Readonly<Record<string, string>>,
    parent: pulumi.Resource,
  ): pulumi.Output<string> {
    return new RandomString(
      name,
      { length: incarnationLength, special: false, upper: false, keepers: { ...keepers } },
      { parent, provider: this.random },
    ).result;
  }

  /** Lets bundles with external keys be provided: what they are copied from is there. */
  useExternalStore(store: pulumi.Resource): void {
    this.externalStore = store;
  }

  /**
   * Says in a preview which bundles get new values, and why. To be called when everything that has secrets is declared; a
   * program waits for it.
   */
  announceRenewals(): void {
    this.registerOutputs(pulumi.runtime.isDryRun() ? this.tellRenewals() : {});
  }

  private async tellRenewals(): Promise<pulumi.Inputs> {
    const { rotation } = this.args;
    const asked = [...this.generated.values()].map((value) => this.ifRenewed(value));
    // Where a registration fails, the SDK says so.
    const values = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === "fulfilled" ? one.value : [],
    );
    for (const message of renewalMessages(values, rotation)) await pulumi.log.info(message, this);
    return {};
  }

  private async ifRenewed({
    namespace,
    bundle,
    key,
    output,
  }: GeneratedValue): Promise<readonly RenewedValue[]> {
    const place = this.provided.get(`${namespace}-${bundle.name}`)?.resource;
    const stood = place instanceof pulumi.CustomResource ? place.id : this.checksumKey;
    return (await isRenewed(output, stood)) ? [{ namespace, bundle, key }] : [];
  }

  private valuesOf(
    bundle: Bundle,
    namespace: string,
    derived: Readonly<Record<string, pulumi.Input<string>>>,
  ): Readonly<Record<string, pulumi.Input<string>>> {
    const foreign = Object.keys(derived).find((key) => bundle.keys[key]?.source !== "derived");
    if (foreign !== undefined) throw new Error(`${bundleFile(bundle)} declares no derived key ${foreign}`);
    return Object.fromEntries(
      Object.entries(bundle.keys).flatMap(([key, declared]) => {
        if (declared.source !== "derived") {
          const left = declared.source === "stack" && this.args.given[bundle.name]?.[key] === undefined;
          return left && declared.optional ? [] : [[key, this.value(namespace, bundle.name, key)]];
        }
        const value = derived[key];
        if (value === undefined) {
          throw new Error(
            `${bundleFile(bundle)}: the derived key ${key} has no value in the namespace ${namespace}`,
          );
        }
        return [[key, value]];
      }),
    );
  }

  private make(
    bundle: Bundle,
    namespace: string,
    inputs: Readonly<Record<string, pulumi.Input<string>>>,
  ): SecretReference {
    const { name, type, labels } = bundle;
    const values = pulumi.secret(pulumi.all(inputs));
    const resource = new Secret(
      `${this.name}-${namespace}-${name}`,
      {
        metadata: { name, namespace, labels },
        type,
        // API servers keep no empty map, so that one would differ from theirs at each refresh.
        ...(Object.keys(inputs).length > 0 && { stringData: values }),
      },
      this.optionsIn(namespace),
    );
    const checksum = checksumOf({ namespace, name, values, key: this.checksumKey });
    return { ...referenceTo(bundle, namespace), checksum, resource };
  }

  private copy(bundle: Bundle, namespace: string): SecretReference {
    const { cluster } = this.args;
    if (this.externalStore === undefined) {
      throw new Error(
        `${bundleFile(bundle)} has external keys, but the cluster ${cluster.name} has no store`,
      );
    }
    const resource = externalSecret(
      `${this.name}-${namespace}-${bundle.name}`,
      { bundle, namespace },
      this.optionsIn(namespace, this.externalStore),
    );
    const values = pulumi.output(
      Object.fromEntries(Object.entries(bundle.keys).map(([key, source]) => [key, JSON.stringify(source)])),
    );
    const checksum = checksumOf({ namespace, name: bundle.name, values, key: this.checksumKey });
    return { ...referenceTo(bundle, namespace), checksum, resource };
  }

  private generate(
    name: string,
    args: { readonly length: number; readonly keepers: Record<string, string> },
  ): pulumi.Output<string> {
    return new RandomPassword(name, { ...args, special: false }, { parent: this, provider: this.random })
      .result;
  }

  private optionsIn(
    namespace: string,
    ...after: readonly (pulumi.Resource | undefined)[]
  ): pulumi.CustomResourceOptions {
    const before = [this.args.namespace(namespace), ...after].filter((resource) => resource !== undefined);
    return { parent: this, provider: this.args.cluster.provider, dependsOn: before };
  }

  private bundle(name: string): Bundle {
    const found = this.args.bundles.find((bundle) => bundle.name === name);
    if (found === undefined)
      throw new Error(`no folder of bundles has ${name}.yaml: infra/secrets/bundles, apps/SYSTEM/secrets`);
    return found;
  }
}

function referenceTo(
  { name, keys }: Bundle,
  namespace: string,
): Pick<SecretReference, "namespace" | "name" | "keys" | "optional"> {
  const optional = Object.entries(keys).filter(([, key]) => key.source === "stack" && key.optional);
  return { namespace, name, keys: Object.keys(keys), optional: optional.map(([key]) => key) };
}
