import { z } from "zod";
import { type Environment, environmentSchema } from "../config/environment";

const placement = z
  .string()
  .min(1)
  .describe("The cluster that the system runs on, by its name in `clusters`. (D2)")
  .meta({ examples: ["aws", "linode"] });

const delivery = z
  .enum(["program", "gitops"])
  .optional()
  .describe(
    "Who makes the system's objects: this program, or Argo CD from the repository that `platform.gitops` names. Then the program makes Argo CD's Application and none of the system's objects, since each has one owner. Left out: the program. (D11)",
  )
  .meta({ examples: ["gitops"] });

/** Option of a system that has workloads for graphics cards: the pool that they run on. */
export const gpuPoolOption = z
  .string()
  .min(1)
  .optional()
  .describe(
    "The node pool that the system's GPU workloads run on; a local cluster's nodes are the pool `default`. Left out: the system runs without its GPU workloads. (C1, C3, C5)",
  )
  .meta({ examples: ["gpu-a10"] });

/** Option of a system that trains models: a pool for that alone. */
export const trainingPoolOption = z
  .string()
  .min(1)
  .optional()
  .describe(
    "The node pool that training runs on, which may have no nodes (`minimum: 0`) until a run starts. Left out: the pool `gpuPool`, as far as it has cards beside those of what serves. (N2, 004)",
  )
  .meta({ examples: ["gpu-training"] });

/** Option of a system of which several environments, each another stack's, can share a cluster. (D3) */
export const sharedWithOption = z
  .array(environmentSchema)
  .default([])
  .describe(
    "Further environments, each another stack's, whose namespaces are made on this stack's cluster. (D3, B3)",
  )
  .meta({ examples: [["development", "staging"]] });

/** A host name that visitors use; no other system may have it. */
const hostName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, "a full host name in lower case")
  .meta({ examples: ["ai.atlas-financial.com"] });

/** Where the images of a system's workloads are, unless the stack says otherwise. */
export interface ImageDefaults {
  /** Host and path below which each workload has a repository of its name: `registry.example.com/shop`. */
  readonly registry: string;
  readonly tag: string;
}

const images = ({ registry, tag }: ImageDefaults) =>
  z
    .strictObject({
      registry: z
        .string()
        .regex(
          /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/[a-z0-9._/-]+)?$/,
          "a registry's host name, with or without a path",
        )
        .default(registry)
        .describe("Registry and path that hold an image for each workload, by the workload's name. (D7)")
        .meta({ examples: [registry] }),
      tag: z
        .string()
        .regex(/^(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "a tag that never moves, so not `latest`")
        .default(tag)
        .describe("Tag of every image. (D7, K4)")
        .meta({ examples: [tag] }),
      of: z
        .record(
          z.string(),
          z
            .string()
            .regex(
              /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?\/[a-z0-9._/-]+(:(?!latest(@|$))[A-Za-z0-9._-]+)?(@sha256:[0-9a-f]{64})?$/,
              "registry/repository:tag, with or without @sha256:...",
            )
            .meta({ examples: [`${registry}/app:${tag}@sha256:${"0".repeat(64)}`] }),
        )
        .default({})
        .describe("Images of single workloads, whole, where they differ. (D7)"),
    })
    .default({ registry, tag, of: {} })
    .describe("Images of the system's workloads: they are not part of this repository. (D7)");

/** Where the images of a system's workloads are. */
export interface ImagesConfig {
  readonly registry: string;
  readonly tag: string;
  /** Whole images of single workloads, by the workload's name. */
  readonly of: Readonly<Record<string, string>>;
}

/** What the configuration of every system says, whichever it is. */
export interface SystemSettings {
  readonly cluster: string;
  readonly delivery?: "program" | "gitops" | undefined;
  /** The pool of its GPU workloads; undefined where it runs without them, or has none. */
  readonly gpuPool?: string | undefined;
  /** The pool that its models are trained on, of a system that trains some. @default `gpuPool` */
  readonly trainingPool?: string | undefined;
  /** Where it answers. @default the system's own host, by environment */
  readonly host?: string | undefined;
  readonly images: ImagesConfig;
  /** The version of its models in the bucket, of a system that loads some. */
  readonly modelVersion?: string | undefined;
  /** Environments of other stacks on the same cluster. @default none */
  readonly sharedWith?: readonly Environment[];
}

/** Arguments of {@link systemSection}. */
export interface SectionArgs<Options extends z.ZodRawShape> {
  /** What the system is, in a sentence. */
  readonly about: string;
  /** Where requirements ask for the system, such as `000, 001`. @default none is named */
  readonly source?: string;
  readonly host: {
    /** The system's host in production. */
    readonly production: string;
    /** What answers there: `Where the API answers.` */
    readonly about: string;
    /** Where requirements ask for the host. @default none is named */
    readonly source?: string;
  };
  readonly images: ImageDefaults;
  /** The system's own keys: {@link gpuPoolOption}, {@link sharedWithOption}, and what it alone has. */
  readonly options: Options;
}

/** The section of a system in a stack's configuration: the keys that every system has, and its own. */
export function systemSection<Options extends z.ZodRawShape>(args: SectionArgs<Options>) {
  const { host, options } = args;
  const elsewhere = host.production.replace(".", ".ENVIRONMENT.");
  return z
    .strictObject({
      cluster: placement,
      delivery,
      host: hostName
        .optional()
        .describe(
          `${host.about} Left out: \`${host.production}\` in production, \`${elsewhere}\` elsewhere.${cited(host.source)}`,
        ),
      images: images(args.images),
      ...options,
    })
    .describe(`${args.about} Left out: not in this stack.${cited(args.source)}`);
}

function cited(source: string | undefined): string {
  return source === undefined ? "" : ` (${source})`;
}
