import { z } from "zod";
import { alertsSchema } from "./alerts";

/** Services of the platform that a stack can do without. Ingress, certificates and secrets it always has. */
export const optionalServices = [
  "autoscaling",
  "backup",
  "dns",
  "gitops",
  "gpu",
  "image-scanning",
  "logging",
  "logging-elasticsearch",
  "mesh",
  "metrics",
  "model-registry",
  "registry",
  "tracing",
] as const;

/** A service of the platform that a stack can do without. */
export type OptionalService = (typeof optionalServices)[number];

const mirrorSchema = z
  .strictObject({
    charts: z
      .string()
      .regex(/^(oci:\/\/\S+|\.{0,2}\/?\S+)$/, "an oci:// address or a folder")
      .optional()
      .describe(
        "Where every chart comes from instead of its own repository: an OCI registry (`oci://HOST/PATH`, each chart below it by its name; name it in policies/config among the repositories of `helm-repository`, too), or a folder of `NAME-VERSION.tgz`, relative to the project. The chart nginx-ingress holds its values against a schema that refers to raw.githubusercontent.com: for a network that does not reach it, take `values.schema.json` out of the archive in the mirror. (P1-P17)",
      )
      .meta({ examples: ["oci://registry.example.com/charts", "./charts"] }),
    images: z
      .string()
      .regex(
        /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/,
        "a registry's host name, with or without port and path",
      )
      .optional()
      .describe(
        "Registry that every image comes from: `quay.io/strimzi/operator:1.2.0` becomes `MIRROR/quay.io/strimzi/operator:1.2.0`.",
      )
      .meta({ examples: ["registry.example.com/mirror"] }),
    manifests: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Where the manifests of operators without a chart, and the definitions that Helm does not upgrade, come from: a base URL or a folder; each by the last part of its usual address.",
      )
      .meta({ examples: ["https://mirror.example.com/manifests"] }),
  })
  .describe(
    "Mirrors for networks that are closed to the internet. Left out: everything from where it is published.",
  );

const gitopsSchema = z
  .strictObject({
    repository: z
      .url({ protocol: /^https$/, error: "an https:// address of a Git repository" })
      .describe("The Git repository that Argo CD reads, by https. (P5, 000)")
      .meta({ examples: ["https://github.com/atlas-financial/infrastructure"] }),
    revision: z
      .string()
      .min(1)
      .default("main")
      .describe("Branch, tag or commit that the stack's clusters follow. (000)")
      .meta({ examples: ["main", "v1.4.0"] }),
    path: z
      .string()
      .regex(/^[^/\s]+(\/[^/\s]+)*$/, "a folder in the repository, without / at either end")
      .default("k8s")
      .describe(
        "Folder of the repository that holds one folder for each system, by the name that its definition gives; by default the system's. (000)",
      )
      .meta({ examples: ["k8s", "clusters/prod"] }),
  })
  .describe(
    "Where Argo CD finds the systems that it delivers. Left out: its projects allow no source, and every system is delivered by the program. (P5, D11)",
  );

/** How the platform's services are installed on the stack's clusters. */
export const platformSchema = z
  .strictObject({
    availability: z
      .enum(["single", "high"])
      .default("high")
      .describe(
        "`high`: replicas over zones with disruption budgets, and the data stores' full number of members; `single`: one of each, for a laptop. (R3)",
      )
      .meta({ examples: ["high"] }),
    without: z
      .array(z.enum(optionalServices))
      .default([])
      .describe(
        "Services that the stack does without. Neither their namespaces are made, nor what is granted to them. On EKS the mesh stays, and with a zone what writes names into it.",
      )
      .meta({ examples: [["registry", "backup"]] }),
    issuer: z
      .enum(["self-signed", "letsencrypt-staging", "letsencrypt"])
      .default("letsencrypt-staging")
      .describe(
        "Who signs the certificates of the public hosts. Let's Encrypt's staging environment has generous limits and certificates that no browser trusts. (P1, 000)",
      )
      .meta({ examples: ["letsencrypt"] }),
    contact: z
      .email()
      .default("platform@example.com")
      .describe("Where Let's Encrypt writes when a certificate is about to end. (P1)")
      .meta({ examples: ["platform@atlas-financial.com"] }),
    gitops: gitopsSchema.optional(),
    alerts: alertsSchema.optional(),
    runbooks: z
      .url({ protocol: /^https$/, error: "an https:// address" })
      .regex(/[^/]$/, "an address without / at its end")
      .default("https://github.com/atlas-financial/infrastructure/blob/main/docs/runbooks")
      .describe(
        "Where people read this project's folder docs/runbooks: every alert and dashboard links to its pages. They are also in the cluster, as the ConfigMap `disaster-recovery-runbook`. (O2, R2)",
      )
      .meta({ examples: ["https://github.com/atlas-financial/infrastructure/blob/main/docs/runbooks"] }),
    mirror: mirrorSchema.optional(),
    registryFilled: z
      .boolean()
      .optional()
      .describe(
        "Whether the stack's own registry has the systems' images. `false` for the first `up`, which makes the registry: it then does not wait for pods whose images are to be pushed, and names them. Left out: true. (P7, D7)",
      )
      .meta({ examples: [false] }),
  })
  .default({
    availability: "high",
    without: [],
    issuer: "letsencrypt-staging",
    contact: "platform@example.com",
    runbooks: "https://github.com/atlas-financial/infrastructure/blob/main/docs/runbooks",
  })
  .describe("How the platform's services are installed on each of the stack's clusters. (P1-P17)");

/** The `platform` section of a stack's configuration. */
export type PlatformConfig = z.infer<typeof platformSchema>;

/** Mirrors of charts, images and manifests. */
export type MirrorConfig = NonNullable<PlatformConfig["mirror"]>;

/** Whether things come in replicas that survive a node and a zone, or one of each. */
export type Availability = PlatformConfig["availability"];
