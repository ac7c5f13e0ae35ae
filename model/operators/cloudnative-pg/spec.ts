import { z } from "zod";
import type { CustomResource, OperatorContext } from "../operator";
import { resources } from "../parts/container";
import { placement } from "../parts/placement";

const storage = z.object({ size: z.string().optional(), storageClass: z.string().optional() });
const named = z.object({ name: z.string() });

/**
 * The fields of a Cluster from which CloudNativePG 1.30.0 creates objects; defaults are those of its
 * definition and its webhook.
 */
const clusterSpec = z.object({
  instances: z.number().default(1),
  imageName: z.string().optional(),
  imageCatalogRef: z.object({ kind: z.string(), name: z.string(), major: z.number() }).optional(),
  resources: resources.optional(),
  affinity: z
    .object({
      enablePodAntiAffinity: z.boolean().default(true),
      podAntiAffinityType: z.string().default("preferred"),
      topologyKey: z.string().default("kubernetes.io/hostname"),
      nodeAffinity: z.unknown().optional(),
      additionalPodAntiAffinity: z.unknown().optional(),
      nodeSelector: placement.shape.nodeSelector,
      tolerations: placement.shape.tolerations,
    })
    .prefault({}),
  topologySpreadConstraints: placement.shape.topologySpreadConstraints,
  priorityClassName: z.string().optional(),
  podSecurityContext: z.unknown().optional(),
  /** For all containers, where it is set. */
  securityContext: z.unknown().optional(),
  postgresUID: z.number().default(26),
  postgresGID: z.number().default(26),
  stopDelay: z.number().default(1800),
  env: z.unknown().optional(),
  envFrom: z.unknown().optional(),
  storage: storage.prefault({}),
  walStorage: storage.optional(),
  serviceAccountName: z.string().optional(),
  enablePDB: z.boolean().default(true),
  enableSuperuserAccess: z.boolean().default(false),
  superuserSecret: named.optional(),
  bootstrap: z
    .object({
      initdb: z.object({ secret: named.optional() }).optional(),
      recovery: z.object({ secret: named.optional(), owner: z.string().optional() }).optional(),
      pg_basebackup: z.object({ secret: named.optional(), owner: z.string().optional() }).optional(),
    })
    .optional(),
  certificates: z
    .object({
      serverCASecret: z.string().optional(),
      serverTLSSecret: z.string().optional(),
      clientCASecret: z.string().optional(),
      replicationTLSSecret: z.string().optional(),
    })
    .prefault({}),
  managed: z
    .object({
      services: z
        .object({
          disabledDefaultServices: z.array(z.string()).default([]),
          additional: z
            .array(
              z.object({
                selectorType: z.enum(["rw", "ro", "r"]),
                serviceTemplate: z.object({
                  metadata: z.object({
                    name: z.string(),
                    labels: z.record(z.string(), z.string()).optional(),
                  }),
                  spec: z.object({ type: z.string().optional() }).optional(),
                }),
              }),
            )
            .default([]),
        })
        .optional(),
    })
    .optional(),
  plugins: z
    .array(
      z.object({
        name: z.string(),
        enabled: z.boolean().default(true),
        parameters: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
});

export type ClusterSpec = z.infer<typeof clusterSpec>;

/** A Cluster with what it refers to. */
export interface Cluster {
  readonly name: string;
  readonly namespace: string;
  readonly spec: ClusterSpec;
  readonly image: string;
  /** Version of PostgreSQL, for example `17`. */
  readonly major: string;
  readonly account: string;
}

/** Image of CloudNativePG 1.30.0 for clusters that name neither image nor catalog. */
const defaultImage = "ghcr.io/cloudnative-pg/postgresql:18.6-system-trixie";

const catalogSpec = z.object({ images: z.array(z.object({ major: z.number(), image: z.string() })) });

export function clusterOf({ metadata, spec: given }: CustomResource, around: OperatorContext): Cluster {
  const spec = clusterSpec.parse(given);
  const image =
    spec.imageName ?? fromCatalog(spec.imageCatalogRef, metadata.namespace, around) ?? defaultImage;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    spec,
    image,
    major: spec.imageCatalogRef ? `${spec.imageCatalogRef.major}` : (/:(?:pg)?(\d+)/.exec(image)?.[1] ?? ""),
    account: spec.serviceAccountName ?? metadata.name,
  };
}

function fromCatalog(
  ref: ClusterSpec["imageCatalogRef"],
  namespace: string,
  around: OperatorContext,
): string | undefined {
  if (ref === undefined) return undefined;
  const where = ref.kind === "ClusterImageCatalog" ? "" : namespace;
  const catalog = around
    .resources(`postgresql.cnpg.io/${ref.kind}`, where)
    .find(({ metadata }) => metadata.name === ref.name);
  if (catalog === undefined) return undefined;
  return catalogSpec.parse(catalog.spec).images.find(({ major }) => major === ref.major)?.image;
}

/** Image of CloudNativePG 1.30.0 itself; the init container copies the instance manager from it. */
export const operatorImage = "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0";
