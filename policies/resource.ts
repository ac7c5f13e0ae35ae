import type { Value } from "./value";

/** A resource of the stack as its program declares it. */
export interface Resource {
  readonly urn: string;
  /** Logical name: the URN's last part. */
  readonly name: string;
  /** How messages call an object that only lies in the resource, such as in a list. @default undefined, it is the resource */
  readonly label?: string;
  /** Pulumi type token, e.g. `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly properties: Value;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** The provider that manages it: for Kubernetes objects it stands for the cluster. */
  readonly provider?: Provider;
  /** URNs of the resources that each property was computed from; empty while a resource is judged by itself. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

export interface Provider {
  readonly urn: string;
  readonly properties: Value;
}
