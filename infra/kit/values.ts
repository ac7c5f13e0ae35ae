import type { Input } from "@pulumi/pulumi";
import { cpuMillis } from "../../primitives/quantity";
import type { SecretReference } from "../secrets/secret-bundles";
import { nodeDisk } from "./node-disk";

/** A chart's values, as Helm takes them. */
export interface Values {
  readonly [key: string]: Value;
}

/** One of a chart's values. */
export type Value = Input<string | number | boolean | null> | readonly Value[] | Values;

/** Values with one more at a path such as `controller.image.tag`. */
export function withValue(values: Values, path: string, value: Value): Values {
  const [key = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [key]: value };
  const inner = values[key];
  return { ...values, [key]: withValue(isValues(inner) ? inner : {}, rest.join("."), value) };
}

function isValues(value: Value | undefined): value is Values {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Requests and limits, as every chart takes them. Memory has the same of both: there is no way to give it back. */
export interface Resources {
  /** CPU that is kept free for the container, for example `100m`. */
  readonly cpu: string;
  /** Memory that the container gets, request and limit alike, for example `256Mi`. */
  readonly memory: string;
  /**
   * CPU that it may use when there is some to spare.
   * @default four times `cpu`, so that start-up is quick and a runaway is contained
   */
  readonly cpuLimit?: string;
  /**
   * What it keeps on its node's disk beside its logs, for example `4Gi`.
   * @default nothing
   */
  readonly disk?: string;
}

/** Requests and limits in the words of Kubernetes. */
export function resources({ cpu, memory, cpuLimit, disk }: Resources) {
  const { requests, limits } = nodeDisk(...(disk === undefined ? [] : [disk]));
  return {
    requests: { cpu, memory, ...requests },
    limits: { cpu: cpuLimit ?? `${cpuMillis(cpu) * 4}m`, memory, ...limits },
  };
}

/** What a pod must say to pass the restricted Pod Security Standard. (K1) */
export const restrictedPod = {
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** What a container must say to pass the restricted Pod Security Standard, and cannot write to its own image. (K1) */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

/** Spreads replicas over zones and nodes: evenly if possible, never at the price of not running. (R3) */
export function spread(labels: Readonly<Record<string, string>>) {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { ...labels } },
  }));
}

/** Has the pods of a chart rolled when what they read of a Secret changes: by a value `podAnnotations`. */
export function rolledWith({ name, checksum }: Pick<SecretReference, "name" | "checksum">) {
  return { podAnnotations: { [`checksum/${name}`]: checksum } };
}
