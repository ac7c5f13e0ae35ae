import { z } from "zod";
import { requirement } from "./selector";

const text = z.record(z.string(), z.string());
const port = z.union([z.string(), z.number()]);

/** Of a container, or of the whole pod; absent fields are set by the image or the node. */
const security = z.strictObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  runAsGroup: z.number().optional(),
  fsGroup: z.number().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  privileged: z.boolean().optional(),
  drop: z.array(z.string()).optional(),
  add: z.array(z.string()).optional(),
  /** `RuntimeDefault`, ... */
  seccomp: z.string().optional(),
});

const containerFacts = z.strictObject({
  name: z.string(),
  /** True for an init container; it ends before the others start, unless it is a sidecar. */
  init: z.boolean().optional(),
  /** True for an init container that keeps running beside the others. */
  sidecar: z.boolean().optional(),
  image: z.string(),
  ports: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        port: z.number(),
        protocol: z.string().optional(),
      }),
    )
    .optional(),
  resources: z.strictObject({ requests: text.optional(), limits: text.optional() }).optional(),
  /**
   * Sources of its environment: `secret name/key`, `configMap name/key`, `secret name/*`; ` optional` as in
   * volumes.
   */
  refs: z.array(z.string()).optional(),
  mounts: z.array(z.string()).optional(),
  security: security.optional(),
  /** Port, by name or number, of each probe that uses one. */
  probes: z
    .strictObject({ startup: port.optional(), liveness: port.optional(), readiness: port.optional() })
    .optional(),
  /** Addresses inside the cluster in its arguments and environment: `host:port`. */
  urls: z.array(z.string()).optional(),
});

const requirements = z.array(requirement).optional();
const term = z.strictObject({ matchExpressions: requirements, matchFields: requirements });

/** Pods that this one should or should not share a node or zone with. */
const near = z
  .array(
    z.strictObject({
      required: z.boolean(),
      topologyKey: z.string(),
      /** Labels of the other pods; undefined or null where only expressions select them. */
      labels: text.nullish(),
      /** Further selection; expressions that allow one value are written as labels. */
      expressions: requirements,
      /** Labels with the same value on both pods, such as the template's hash. */
      sameLabels: z.array(z.string()).optional(),
    }),
  )
  .optional();

export const podFacts = z.strictObject({
  labels: text.optional(),
  serviceAccount: z.string().optional(),
  automountToken: z.boolean().optional(),
  priorityClass: z.string().optional(),
  restartPolicy: z.string().optional(),
  hostNetwork: z.boolean().optional(),
  hostPID: z.boolean().optional(),
  nodeSelector: text.optional(),
  nodeAffinity: z
    .strictObject({
      requiredDuringSchedulingIgnoredDuringExecution: z
        .strictObject({ nodeSelectorTerms: z.array(term) })
        .optional(),
      preferredDuringSchedulingIgnoredDuringExecution: z
        .array(z.strictObject({ weight: z.number(), preference: term }))
        .optional(),
    })
    .optional(),
  affinity: near,
  antiAffinity: near,
  spread: z
    .array(
      z.strictObject({
        topologyKey: z.string(),
        /** `DoNotSchedule` or `ScheduleAnyway`. */
        when: z.string(),
        /** Default: 1. */
        maxSkew: z.number().optional(),
        minDomains: z.number().optional(),
        labels: text.nullish(),
        expressions: requirements,
        sameLabels: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().optional(),
        operator: z.string().optional(),
        value: z.string().optional(),
        effect: z.string().optional(),
        seconds: z.number().optional(),
      }),
    )
    .optional(),
  security: security.optional(),
  /** Seconds from the termination signal until it is killed. */
  grace: z.number().optional(),
  /**
   * `emptyDir`, `emptyDir 1Gi Memory`, `projected`, `hostPath /proc`, `secret name`, `configMap name`, `claim
   * name`, the last three followed by ` optional` where the pod also starts without. Secrets and ConfigMaps
   * in a projected volume are listed beside `projected`.
   */
  volumes: z.array(z.string()).optional(),
  containers: z.array(containerFacts),
});

export type PodFacts = Readonly<z.infer<typeof podFacts>>;
export type ContainerFacts = Readonly<z.infer<typeof containerFacts>>;
