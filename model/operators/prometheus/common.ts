import { z } from "zod";
import type { ClaimFacts, Labels } from "../../facts/object";
import { claimOf } from "../../facts/of-workload";
import type { ContainerFacts } from "../../facts/pod";
import { claimAs } from "../parts/claim";
import { resources } from "../parts/container";
import type { Made } from "../parts/made";
import { placement } from "../parts/placement";
import { merged } from "../parts/pod-template";

/** What Prometheus and Alertmanager have in common. */
export const common = placement.extend({
  version: z.string(),
  image: z.string().optional(),
  portName: z.string().default("web"),
  podMetadata: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
  resources: resources.optional(),
  securityContext: z.unknown().optional(),
  serviceAccountName: z.string().optional(),
  serviceName: z.string().optional(),
  automountServiceAccountToken: z.boolean().default(true),
  externalUrl: z.string().optional(),
  listenLocal: z.boolean().default(false),
  terminationGracePeriodSeconds: z.number().optional(),
  storage: z.object({ volumeClaimTemplate: z.unknown().optional() }).optional(),
  containers: z.unknown().optional(),
  initContainers: z.unknown().optional(),
  volumes: z.unknown().optional(),
});

export type CommonSpec = z.infer<typeof common>;

/** Containers of prometheus-operator 0.93.0 have no more than they need; user and seccomp profile are the pod's. */
const security = { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, drop: ["ALL"] };

const reloaderImage = "quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1";

/**
 * What a configuration reloader may use. The operator is told so by its arguments and no custom resource shows it: these are
 * those that the platform's release gives it.
 */
export const reloaderResources = {
  requests: { cpu: "10m", memory: "64Mi" },
  limits: { cpu: "100m", memory: "64Mi" },
};

/** The containers that write the configuration, before the server starts and beside it. */
function reloaders(mounts: readonly string[]): readonly [init: ContainerFacts, beside: ContainerFacts] {
  const facts = { image: reloaderImage, resources: reloaderResources, mounts: [...mounts], security };
  return [
    { ...facts, name: "init-config-reloader", init: true, ports: [{ name: "reloader-init", port: 8081 }] },
    { ...facts, name: "config-reloader", ports: [{ name: "reloader-web", port: 8080 }] },
  ];
}

/** What a StatefulSet of Prometheus or Alertmanager has beside what both have. */
interface ServersOptions {
  readonly name: string;
  /** What the objects of the custom resource are called after: its name, with its kind before it. */
  readonly prefix: string;
  readonly spec: CommonSpec & { readonly replicas: number };
  readonly labels: Labels;
  /** Labels by which the pods are found. */
  readonly selector: Labels;
  /** Seconds, where the custom resource names none. */
  readonly grace: number;
  /** Volumes besides the server's own data. */
  readonly volumes: { readonly first: readonly string[]; readonly last: readonly string[] };
  readonly server: ContainerFacts;
  /** Where the reloaders have their files. */
  readonly reloaded: readonly string[];
}

/** The servers of a custom resource, with what it says of their pods merged into the operator's own. */
export function servers(options: ServersOptions): Made {
  const { name, prefix, spec, labels, selector, server, volumes } = options;
  const [init, beside] = reloaders(options.reloaded);
  const claims = claimsOf(prefix, spec);
  return {
    kind: "StatefulSet",
    name,
    labels: { ...labels, ...managed, ...selector },
    replicas: spec.replicas,
    claims,
    pod: merged(
      {
        labels: {
          ...spec.podMetadata?.labels,
          ...selector,
          "app.kubernetes.io/version": versionLabel(spec.version),
        },
        serviceAccount: spec.serviceAccountName,
        automountToken: spec.automountServiceAccountToken,
        grace: spec.terminationGracePeriodSeconds ?? options.grace,
        volumes: [
          ...volumes.first,
          ...(claims ? [] : ["emptyDir"]),
          "emptyDir Memory",
          "projected",
          ...volumes.last,
        ],
        containers: [init, { ...server, security }, beside],
      },
      templateOf(spec),
    ),
  };
}

/** What the custom resource says of the pod as a whole, as a template to merge into the operator's own. */
function templateOf(spec: CommonSpec): unknown {
  return {
    spec: {
      affinity: spec.affinity,
      nodeSelector: spec.nodeSelector,
      tolerations: spec.tolerations,
      topologySpreadConstraints: spec.topologySpreadConstraints,
      priorityClassName: spec.priorityClassName,
      securityContext: spec.securityContext,
      containers: spec.containers,
      initContainers: spec.initContainers,
      volumes: spec.volumes,
    },
  };
}

/** Claims of the servers; without any, they keep what they have in the pod. */
function claimsOf(name: string, { storage }: CommonSpec): ClaimFacts[] | undefined {
  const template = storage?.volumeClaimTemplate;
  return template === undefined ? undefined : [claimAs(claimOf(template).name || `${name}-db`, template)];
}

export const managed = {
  "app.kubernetes.io/managed-by": "prometheus-operator",
  "managed-by": "prometheus-operator",
};

/** `v3.1.0` as labels have it. */
function versionLabel(version: string): string {
  return version.replace(/^v/, "");
}

/** `host:port` of the address by which others reach it. */
export function hostOf(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [`${hostname}:${port || (protocol === "https:" ? "443" : "80")}`];
}
