import { Secret } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Cluster } from "../cluster/cluster";
import type { Bundle } from "./bundle";

/** A Kubernetes Secret that pods of its namespace may use. */
export interface SecretReference {
  readonly namespace: string;
  readonly name: string;
  /** Which keys it has. */
  readonly keys: readonly string[];
  /** Changes when any of the values does: on a pod template it rolls the pods. */
  readonly checksum: pulumi.Output<string>;
  /** For whatever has to wait until the Secret is there. */
  readonly resource: pulumi.Resource;
}

/** Arguments of {@link SecretBundles}. */
export interface SecretBundlesArgs {
  readonly cluster: Cluster;
  /** Every bundle that the repository declares. */
  readonly bundles: readonly Bundle[];
  /** The resource that makes a namespace; undefined where another stack did. */
  readonly namespace: (name: string) => pulumi.Resource | undefined;
}

/** The secrets of a stack on one cluster, by bundle. (P6, D6) */
export class SecretBundles extends pulumi.ComponentResource {
  private readonly generated = new Map<string, pulumi.Output<string>>();

  constructor(
    private readonly name: string,
    private readonly args: SecretBundlesArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:secrets:Bundles", name, {}, options);
  }

  /** The value of a generated key: made once for each namespace, and anew when it is due. */
  value(namespace: string, bundleName: string, key: string): pulumi.Output<string> {
    const path = `${namespace}-${bundleName}-${key}`;
    const known = this.generated.get(path);
    if (known !== undefined) return known;
    const declared = this.bundle(bundleName).keys[key];
    if (declared?.source !== "generated") {
      throw new Error(`infra/secrets/bundles/${bundleName}.yaml declares no generated key ${key}`);
    }
    const { result } = new RandomPassword(
      `${this.name}-${path}`,
      { length: declared.length, special: false },
      { parent: this },
    );
    this.generated.set(path, result);
    return result;
  }

  /**
   * Makes a bundle's Secret in a namespace.
   *
   * @param derived the values of the bundle's derived keys, such as connection strings
   */
  provide(
    namespace: string,
    bundleName: string,
    derived: Readonly<Record<string, pulumi.Input<string>>> = {},
  ): SecretReference {
    const { keys, type, labels } = this.bundle(bundleName);
    const values = pulumi.secret(
      pulumi.all(
        Object.fromEntries(
          Object.entries(keys).map(([key, { source }]) => [
            key,
            source === "generated" ? this.value(namespace, bundleName, key) : (derived[key] ?? ""),
          ]),
        ),
      ),
    );
    const made = this.args.namespace(namespace);
    const resource = new Secret(
      `${this.name}-${namespace}-${bundleName}`,
      { metadata: { name: bundleName, namespace, labels }, type, stringData: values },
      { parent: this, provider: this.args.cluster.provider, dependsOn: made ? [made] : [] },
    );
    return { namespace, name: bundleName, keys: Object.keys(keys), checksum: pulumi.output(""), resource };
  }

  private bundle(name: string): Bundle {
    const found = this.args.bundles.find((bundle) => bundle.name === name);
    if (found === undefined) throw new Error(`infra/secrets/bundles has no ${name}.yaml`);
    return found;
  }
}
