import { z } from "zod";
import { podFacts } from "./pod";

export const labels = z.record(z.string(), z.string());

const servicePort = z.strictObject({
  name: z.string().optional(),
  port: z.number(),
  /** A port's name or number; default: `port`. */
  targetPort: z.union([z.string(), z.number()]).optional(),
  protocol: z.string().optional(),
});

/** The Service behind an admission webhook, or behind an API that the API server forwards. */
const answeringService = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  path: z.string().optional(),
  /** Default: 443. */
  port: z.number().optional(),
});

const claim = z.strictObject({
  name: z.string(),
  /** Storage class; undefined means the cluster's default. */
  class: z.string().optional(),
  size: z.string(),
  modes: z.array(z.string()),
});

/**
 * The facts about one Kubernetes object, from the program, a chart or an operator. Fields that other kinds
 * have are absent. Texts of configurations and scripts are not kept, only the addresses in them.
 */
export const objectFacts = z.strictObject({
  kind: z.string(),
  name: z.string(),
  /** Undefined for cluster-wide objects. */
  namespace: z.string().optional(),
  labels: labels.optional(),
  /** Helm hooks that create it, for example `pre-install,pre-upgrade`; undefined for permanent objects. */
  hook: z.string().optional(),
  /** `Kind/name` of the custom resource for which an operator made it. */
  owner: z.string().optional(),

  /**
   * `Kind/name` of the object that must exist, and be Ready if it has pods, before the operator creates this
   * one for the first time; undefined for objects created at once.
   */
  after: z.string().optional(),

  /** Deployments, StatefulSets; for Jobs how many pods work at once. Default: 1. */
  replicas: z.number().optional(),
  /** Pods of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs, and Pods themselves. */
  pod: podFacts.optional(),
  /** Claims that a StatefulSet creates for each pod. */
  claims: z.array(claim).optional(),
  backoffLimit: z.number().optional(),
  /** When a CronJob runs, as cron writes it. */
  schedule: z.string().optional(),

  /** Labels by which Services, budgets, monitors and network policies select. */
  selector: labels.optional(),
  ports: z.array(servicePort).optional(),
  headless: z.boolean().optional(),
  /** External name that a Service stands for. */
  externalName: z.string().optional(),
  /** Of a Service (`ClusterIP`, ...) or a Secret (`Opaque`, ...). */
  type: z.string().optional(),

  minAvailable: z.union([z.number(), z.string()]).optional(),
  maxUnavailable: z.union([z.number(), z.string()]).optional(),

  /** Storage class, size and access modes of an independent claim; class also of an Ingress. */
  class: z.string().optional(),
  size: z.string().optional(),
  modes: z.array(z.string()).optional(),

  /** Keys of a ConfigMap or Secret. */
  keys: z.array(z.string()).optional(),
  /** Addresses inside the cluster in its texts: `host:port`. */
  urls: z.array(z.string()).optional(),

  /** What a monitor scrapes; an undefined path means `/metrics`. */
  endpoints: z
    .array(
      z.strictObject({
        /** A port's name or number. */
        port: z.union([z.string(), z.number()]).optional(),
        path: z.string().optional(),
        scheme: z.string().optional(),
      }),
    )
    .optional(),
  /** Namespaces that a monitor selects, `*` for all; undefined means its own. */
  namespaces: z.array(z.string()).optional(),

  webhooks: z
    .array(z.strictObject({ name: z.string(), failurePolicy: z.string(), service: answeringService }))
    .optional(),
  /** The Service behind an APIService. */
  service: answeringService.optional(),

  automountToken: z.boolean().optional(),
  /** Name of the role that a binding gives. */
  role: z.string().optional(),
  /** Subjects of a binding: `ServiceAccount namespace/name`, `Group name`. */
  subjects: z.array(z.string()).optional(),

  /** Secret of a Certificate, and its names. */
  secret: z.string().optional(),
  dnsNames: z.array(z.string()).optional(),

  /** Routes of an Ingress to Services of its namespace. */
  routes: z
    .array(
      z.strictObject({
        /** Undefined: any. */
        host: z.string().optional(),
        path: z.string().optional(),
        service: z.string(),
        /** A port's name or number. */
        port: z.union([z.string(), z.number()]),
      }),
    )
    .optional(),
  /** Secrets with an Ingress's certificates, and the hosts of each. */
  tls: z
    .array(z.strictObject({ secret: z.string().optional(), hosts: z.array(z.string()).optional() }))
    .optional(),

  /**
   * For objects that an operator of the model acts on: the parts that it reads, without texts of
   * configurations.
   */
  apiVersion: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  spec: z.record(z.string(), z.unknown()).optional(),
});

export type ObjectFacts = Readonly<z.infer<typeof objectFacts>>;
export type ServicePort = Readonly<z.infer<typeof servicePort>>;
export type ClaimFacts = Readonly<z.infer<typeof claim>>;
export type Labels = Readonly<Record<string, string>>;
