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

/** Containers of prometheus-operator 0.93.0 have minimal rights; user and seccomp profile are the pod's. */
const security = { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, drop: ["ALL"] };

const reloaderImage = "quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1";

/**
 * Resources of a configuration reloader. They are arguments of the operator and in no custom resource; these
 * are those of the platform's release.
 */
export const reloaderResources = {
  requests: { cpu: "10m", memory: "64Mi" },
  limits: { cpu: "100m", memory: "64Mi" },
};

/** The containers that write the configuration: one before the server starts, one beside it. */
function reloaders(mounts: readonly string[]): readonly [init: ContainerFacts, beside: ContainerFacts] {
  const facts = { image: reloaderImage, resources: reloaderResources, mounts: [...mounts], security };
  return [
    { ...facts, name: "init-config-reloader", init: true, ports: [{ name: "reloader-init", port: 8081 }] },
    { ...facts, name: "config-reloader", ports: [{ name: "reloader-web", port: 8080 }] },
  ];
}

/** Where the StatefulSets of Prometheus and Alertmanager differ. */
interface ServersOptions {
  readonly name: string;
  /** Prefix of the objects' names: the custom resource's kind and name. */
  readonly prefix: string;
  readonly spec: CommonSpec & { readonly replicas: number };
  readonly labels: Labels;
  /** Labels that select the pods. */
  readonly selector: Labels;
  /** Seconds, where the custom resource names none. */
  readonly grace: number;
  /** Volumes besides the server's own data. */
  readonly volumes: { readonly first: readonly string[]; readonly last: readonly string[] };
  readonly server: ContainerFacts;
  /** Folders that the reloaders write to. */
  readonly reloaded: readonly string[];
}

/** The servers of a custom resource, with its pod settings merged into the operator's. */
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

/** The custom resource's settings for the whole pod, as a template. */
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

/** Claims of the servers; without any, their data is in the pod. */
function claimsOf(name: string, { storage }: CommonSpec): ClaimFacts[] | undefined {
  const template = storage?.volumeClaimTemplate;
  return template === undefined ? undefined : [claimAs(claimOf(template).name || `${name}-db`, template)];
}

export const managed = {
  "app.kubernetes.io/managed-by": "prometheus-operator",
  "managed-by": "prometheus-operator",
};

/** `v3.1.0` in the form of labels. */
function versionLabel(version: string): string {
  return version.replace(/^v/, "");
}

/** `host:port` of the address by which others reach it. */
export function hostOf(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [`${hostname}:${port || (protocol === "https:" ? "443" : "80")}`];
}
