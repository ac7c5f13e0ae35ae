import { z } from "zod";
import { labels } from "../facts/object";

/** `sha256:` and 64 hexadecimal digits. */
export const digest = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)]);

/** Not known yet: the first fetch from the repository or address records it. */
export const openDigest = "open";

/** What a lock file says about its release, before the release's objects. */
export const lockHeader = z.strictObject({
  /** Helm's name of the release. */
  release: z.string(),
  namespace: z.string(),
  /** Name in the repository, or address: `qdrant`, `oci://quay.io/jetstack/charts/cert-manager`. */
  chart: z.string(),
  version: z.string(),
  /** Undefined where the chart is an address. */
  repository: z.string().optional(),
  /** Of the chart's archive, or `open`. */
  digest: z.union([digest, z.literal(openDigest)]),
  /** Hash of the values that it was rendered with, as canonical JSON. */
  values: digest,
  /** Kubernetes version that it was rendered for: `1.35`. */
  kubernetes: z.string(),
  /** Labels shared by all objects with `chart: <key>`, written once because most change with each version. */
  labels: z.record(z.string(), labels).optional(),
});

export type LockHeader = Readonly<z.infer<typeof lockHeader>>;
