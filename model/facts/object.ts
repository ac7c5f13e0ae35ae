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

/** Who answers an admission webhook, or an API that the API server hands on. */
const answeringService = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  path: z.string().optional(),
  /** Default: 443. */
  port: z.number().optional(),
});

const claim = z.strictObject({
  name: z.string(),
  /** Storage class; undefined: the cluster's default. */
  class: z.string().optional(),
  size: z.string(),
  modes: z.array(z.string()),
});

/**
 * What is known of one Kubernetes object, whichever of program, chart and operator makes it. Fields of other kinds than the
 * object's own are absent. Texts of configurations and scripts are never kept: of those only the addresses that they name.
 */
export const objectFacts = z.strictObject({
  kind: z.string(),
  name: z.string(),
  /** Undefined for what belongs to the whole cluster. */
  namespace: z.string().optional(),
  labels: labels.optional(),
  /** Helm's hooks for which it exists, for example `pre-install,pre-upgrade`; undefined for what stays. */
  hook: z.string().optional(),
  /** `Kind/name` of the custom resource for which an operator made it. */
  owner: z.string().optional(),

  /**
   * `Kind/name` of what has to be there, and Ready where it has pods, before the operator makes this for the first time;
   * undefined for what it makes at once.
   */
  after: z.string().optional(),

  /** Deployments, StatefulSets; for Jobs how many pods work at once. Default: 1. */
  replicas: z.number().optional(),
  /** Pods of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs, and Pods themselves. */
  pod: podFacts.optional(),
  /** Claims that a StatefulSet makes for each pod. */
  claims: z.array(claim).optional(),
  backoffLimit: z.number().optional(),
  /** When a CronJob runs, as cron writes it. */
  schedule: z.string().optional(),

  /** Labels by which Services, budgets, monitors and network policies select. */
  selector: labels.optional(),
  ports: z.array(servicePort).optional(),
  headless: z.boolean().optional(),
  /** Name outside the cluster that a Service stands for. */
  externalName: z.string().optional(),
  /** Of a Service (`ClusterIP`, ...) or a Secret (`Opaque`, ...). */
  type: z.string().optional(),

  minAvailable: z.union([z.number(), z.string()]).optional(),
  maxUnavailable: z.union([z.number(), z.string()]).optional(),

  /** Storage class, size and access modes of a claim that stands by itself; class also of an Ingress. */
  class: z.string().optional(),
  size: z.string().optional(),
  modes: z.array(z.string()).optional(),

  /** Keys of a ConfigMap or Secret. */
  keys: z.array(z.string()).optional(),
  /** Addresses inside the cluster that its texts name: `host:port`. */
  urls: z.array(z.string()).optional(),

  /** What a monitor scrapes; a path of undefined is `/metrics`. */
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
  /** Namespaces that a monitor looks into, `*` for all; undefined: its own. */
  namespaces: z.array(z.string()).optional(),

  webhooks: z
    .array(z.strictObject({ name: z.string(), failurePolicy: z.string(), service: answeringService }))
    .optional(),
  /** Who answers for an APIService. */
  service: answeringService.optional(),

  automountToken: z.boolean().optional(),
  /** Name of the role that a binding gives. */
  role: z.string().optional(),
  /** To whom: `ServiceAccount namespace/name`, `Group name`. */
  subjects: z.array(z.string()).optional(),

  /** Secret that a Certificate is kept in, and the names that it is for. */
  secret: z.string().optional(),
  dnsNames: z.array(z.string()).optional(),

  /** What an Ingress leads to which Service of its namespace. */
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
  /** Secrets that an Ingress's certificates are in, and the hosts that each is for. */
  tls: z
    .array(z.strictObject({ secret: z.string().optional(), hosts: z.array(z.string()).optional() }))
    .optional(),

  /** Of objects that an operator of the model acts on: what it reads of them, without texts of configurations. */
  apiVersion: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  spec: z.record(z.string(), z.unknown()).optional(),
});

export type ObjectFacts = Readonly<z.infer<typeof objectFacts>>;
export type ServicePort = Readonly<z.infer<typeof servicePort>>;
export type ClaimFacts = Readonly<z.infer<typeof claim>>;
export type Labels = Readonly<Record<string, string>>;
