import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  checksumOf,
  configurationAnnotation,
  credentialsAnnotation,
  digestOf,
} from "../../infra/kit/checksum";
import { workloadUser } from "../../infra/kit/workload-user";
import { containersOf } from "./beside";
import { secretsOf } from "./container";
import { filesOf } from "./mounts";
import type { PodArgs, Toleration } from "./pod-args";
import { spreadConstraints } from "./spread";

/** How a pod template belongs to its workload. */
export interface PodOwner {
  readonly name: string;
  readonly serviceAccount: string;
  /** Whether the pods speak to the API server, and so need a token. */
  readonly token: boolean;
  /** Seconds that the pods serve on when they are to go, because requests still reach them; 0 where none do. */
  readonly drainSeconds: number;
  readonly restartPolicy: "Always" | "Never";
  /** Zones that the pods have to be spread over. Fewer than two: as evenly as there is room. */
  readonly zones: readonly string[];
}

type PodTemplate = types.input.core.v1.PodTemplateSpec;

/** Lets a pod onto nodes with graphics cards. (000) */
const gpuToleration: Toleration = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };

/** Labels that select only this workload's pods. */
export function selectorOf(name: string): Readonly<Record<string, string>> {
  return { app: name };
}

/** Seconds that a process has at least to end what it has begun, after the pod has served on. */
const closeSeconds = 30;

/** The pod template of a workload: hardened, spread, and rolled when its configuration or secrets change. */
export function podTemplate(args: PodArgs, owner: PodOwner): PodTemplate {
  const { name, serviceAccount, token, drainSeconds, restartPolicy, zones } = owner;
  const tolerations = tolerationsOf(args);
  const spec: types.input.core.v1.PodSpec = {
    serviceAccountName: serviceAccount,
    ...(args.pullSecret !== undefined && { imagePullSecrets: [{ name: args.pullSecret }] }),
    automountServiceAccountToken: token,
    enableServiceLinks: false,
    priorityClassName: args.priority,
    terminationGracePeriodSeconds: Math.max(args.gracePeriodSeconds ?? 60, drainSeconds + closeSeconds),
    restartPolicy,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: workloadUser,
      runAsGroup: workloadUser,
      fsGroup: workloadUser,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...(args.nodeSelector && { nodeSelector: { ...args.nodeSelector } }),
    ...(tolerations.length > 0 && { tolerations: [...tolerations] }),
    ...affinityOf(args, name),
    topologySpreadConstraints: spreadConstraints(args, selectorOf(name), zones),
    ...containersOf(name, args, { configMap: configMapName(name), drainSeconds }),
  };
  return {
    metadata: {
      labels: { ...args.labels, ...selectorOf(name) },
      annotations: { ...args.annotations, ...checksums(args) },
    },
    spec: args.pod?.(spec) ?? spec,
  };
}

/** The taints that a workload's pods live with. */
export function tolerationsOf({ tolerations = [], gpus = 0 }: PodArgs): readonly Toleration[] {
  return gpus > 0 ? [...tolerations, gpuToleration] : tolerations;
}

/** The name of a workload's ConfigMap. */
export function configMapName(name: string): string {
  return `${name}-config`;
}

/** What rolls the pods: one annotation changes with the files of their configuration, one with their secrets. */
function checksums(args: PodArgs): Readonly<Record<string, pulumi.Input<string>>> {
  const { initContainers = [], sidecars = [] } = args;
  const files = filesOf(args);
  const secrets = [args, ...initContainers, ...sidecars].flatMap(secretsOf);
  return {
    ...(files !== undefined && { [configurationAnnotation]: checksumOf(files) }),
    ...(secrets.length > 0 && {
      [credentialsAnnotation]: pulumi
        .all(secrets.map(({ checksum }) => checksum))
        .apply((all) => digestOf(all.join("\n"))),
    }),
  };
}

function affinityOf(
  { spread, preferNodes, avoidNodes }: PodArgs,
  name: string,
): Pick<types.input.core.v1.PodSpec, "affinity"> {
  const affinity: types.input.core.v1.Affinity = {
    ...(spread === "one-per-node" && {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: selectorOf(name) }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    }),
    ...((preferNodes || avoidNodes) && {
      nodeAffinity: {
        ...(avoidNodes && {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: Object.entries(avoidNodes).map(([key, value]) => ({
                  key,
                  operator: "NotIn",
                  values: [value],
                })),
              },
            ],
          },
        }),
        ...(preferNodes && {
          preferredDuringSchedulingIgnoredDuringExecution: Object.entries(preferNodes).map(
            ([key, value]) => ({
              weight: 100,
              preference: { matchExpressions: [{ key, operator: "In", values: [value] }] },
            }),
          ),
        }),
      },
    }),
  };
  return Object.keys(affinity).length === 0 ? {} : { affinity };
}
