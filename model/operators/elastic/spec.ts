import { z } from "zod";

/** The fields of an Elasticsearch from which ECK 3.5.0 creates objects, with its defaults. */
export const elasticsearchSpec = z.object({
  version: z.string(),
  image: z.string().optional(),
  http: z
    .object({
      tls: z
        .object({ selfSignedCertificate: z.object({ disabled: z.boolean().default(false) }).optional() })
        .optional(),
    })
    .optional(),
  auth: z.object({ disableElasticUser: z.boolean().default(false) }).optional(),
  podDisruptionBudget: z
    .object({
      spec: z
        .object({
          minAvailable: z.union([z.number(), z.string()]).optional(),
          maxUnavailable: z.union([z.number(), z.string()]).optional(),
        })
        .optional(),
    })
    .optional(),
  nodeSets: z.array(
    z.object({
      name: z.string(),
      count: z.number().default(1),
      config: z.object({ "node.roles": z.array(z.string()).optional() }).optional(),
      podTemplate: z.unknown().optional(),
      volumeClaimTemplates: z
        .array(z.unknown())
        .default([
          { metadata: { name: "elasticsearch-data" }, spec: { resources: { requests: { storage: "1Gi" } } } },
        ]),
      zoneAwareness: z.object({ topologyKey: z.string().default("topology.kubernetes.io/zone") }).optional(),
    }),
  ),
});

export type ElasticsearchSpec = z.infer<typeof elasticsearchSpec>;
export type NodeSet = ElasticsearchSpec["nodeSets"][number];

export interface Cluster {
  readonly name: string;
  readonly version: string;
  readonly image: string;
  readonly scheme: "http" | "https";
  /** Label that nodes must have, because a node set uses it for zone awareness. */
  readonly zoneKey: string | undefined;
}
