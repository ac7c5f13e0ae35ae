import type { Labels } from "../../facts/object";
import type { Made } from "./made";

export const opaque = "Opaque";
export const tls = "kubernetes.io/tls";

/** Keys of a Secret of Kubernetes' own type for certificates. */
export const tlsKeys: readonly string[] = ["tls.crt", "tls.key"];

export function secret(name: string, keys: readonly string[], labels?: Labels, type = opaque): Made {
  return { kind: "Secret", name, labels: labels && { ...labels }, type, keys: [...keys] };
}

export function configMap(name: string, keys: readonly string[], labels?: Labels): Made {
  return { kind: "ConfigMap", name, labels: labels && { ...labels }, keys: [...keys] };
}
