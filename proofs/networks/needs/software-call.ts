import type { Labels } from "../../../model/facts/object";

/** Pods as their labels tell them apart. */
interface Selected {
  readonly labels: Labels;
  /** A label whose value both ends share: the name of the cluster of databases that they belong to. */
  readonly same?: string;
}

/** A call that software makes without being told an address: by its documentation or its source. */
export interface SoftwareCall {
  readonly from: Labels;
  readonly to: Selected;
  readonly ports: readonly (number | { readonly port: number; readonly protocol: "UDP" })[];
  /**
   * The Service that is called; values of the called pods' labels in braces. Undefined: the pods' own addresses.
   */
  readonly service?: string;
  /** Port of the Service. Default: the pods'. */
  readonly servicePort?: number;
  /** Whether both are in one namespace. Default: false. */
  readonly beside?: true;
  readonly why: string;
  readonly source: string;
}

/** The label by which most software tells its pods apart. */
export const nameLabel = "app.kubernetes.io/name";
