import { z } from "zod";
import type { PodFacts } from "../../facts/pod";
import { at } from "../../facts/read";
import type { CustomResource, Operator } from "../operator";
import { role, roleBinding, serviceAccount } from "../parts/access";
import { resources } from "../parts/container";
import { madeFor } from "../parts/made";
import { merged } from "../parts/pod-template";
import { restrictedReadOnly } from "../parts/security";
import { service } from "../parts/service";
import { poolerLabels } from "./labels";
import { operatorImage } from "./spec";

/** The fields of a Pooler from which CloudNativePG 1.30.0 creates objects. */
const poolerSpec = z.object({
  cluster: z.object({ name: z.string() }),
  instances: z.number().default(1),
  pgbouncer: z.object({ image: z.string().optional() }).prefault({}),
  template: z.unknown().optional(),
  serviceAccountName: z.string().optional(),
  serviceTemplate: z
    .object({
      spec: z
        .object({
          type: z.string().optional(),
          ports: z
            .array(
              z.object({
                name: z.string(),
                port: z.number(),
                targetPort: z.union([z.string(), z.number()]).optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/** CloudNativePG 1.30.0's default. */
const defaultImage = "ghcr.io/cloudnative-pg/pgbouncer:1.25.1";

const port = { name: "pgbouncer", port: 5432, targetPort: "pgbouncer" };

/** A Deployment of PgBouncer with its Service, account and role. */
export const pooler: Operator = (resource) => {
  const { name, namespace } = resource.metadata;
  const spec = poolerSpec.parse(resource.spec);
  const account = spec.serviceAccountName ?? name;
  const { type, ports = [] } = spec.serviceTemplate?.spec ?? {};
  const named = ports.some((given) => given.name === port.name || given.port === port.port);
  const labels = poolerLabels(name, spec.cluster.name);
  return [
    {
      kind: "Deployment",
      name,
      labels: { ...labels },
      replicas: spec.instances,
      pod: poolerPod(spec, labels, account),
    },
    service({
      name,
      labels,
      selector: { "cnpg.io/poolerName": name },
      ports: [...ports, ...(named ? [] : [port])],
      type,
    }),
    ...(spec.serviceAccountName === undefined ? [serviceAccount(account)] : []),
    role(name),
    roleBinding({ name, labels: managed, role: name, namespace, account }),
  ].map(madeFor(resource));
};

const managed = { "app.kubernetes.io/managed-by": "cloudnative-pg" };

/** The init container has no resources of its own, so the namespace's defaults apply to it. */
function poolerPod(
  { cluster, pgbouncer, template }: z.infer<typeof poolerSpec>,
  labels: Readonly<Record<string, string>>,
  account: string,
): PodFacts {
  const own: PodFacts = {
    labels: { ...labels },
    serviceAccount: account,
    security: {
      runAsNonRoot: true,
      runAsUser: 998,
      runAsGroup: 996,
      fsGroup: 996,
      seccomp: "RuntimeDefault",
    },
    grace: 30,
    volumes: ["emptyDir", `secret ${cluster.name}-ca`, `secret ${cluster.name}-server`],
    containers: [
      {
        name: "bootstrap-controller",
        init: true,
        image: operatorImage,
        resources: resources.optional().parse(at(template, "spec", "resources")),
        mounts: ["/controller"],
        security: restrictedReadOnly,
      },
      {
        name: "pgbouncer",
        image: pgbouncer.image ?? defaultImage,
        ports: [
          { name: "pgbouncer", port: 5432 },
          { name: "metrics", port: 9127 },
        ],
        mounts: ["/controller"],
        security: restrictedReadOnly,
        probes: { readiness: 5432 },
      },
    ],
  };
  return merged(own, template);
}

/** The cluster behind a Pooler. */
export function poolerTarget({ spec }: CustomResource): string {
  return poolerSpec.parse(spec).cluster.name;
}
