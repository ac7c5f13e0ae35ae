import type { KubernetesObject } from "../api-server/object";
import { waitsForAnnotation } from "../cluster/may-start";

interface ContainerStatus {
  readonly image?: string;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
}

export interface Pod extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** What a kubelet says of a container whose image it cannot have. */
const withoutImage = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"];

/**
 * What pods that are not Ready wait for: images that no registry has, and what the program says that people bring. Replicas of a
 * workload wait for the same.
 */
export function awaitedBy(pods: readonly Pod[]): readonly string[] {
  const lines = pods.filter(isNotReady).flatMap((pod) => [...imagesOf(pod), ...broughtTo(pod)]);
  return [...new Set(lines)].sort();
}

function isNotReady({ status, metadata }: Pod): boolean {
  const isOver = status?.phase === "Succeeded" || metadata.deletionTimestamp !== undefined;
  return !isOver && !status?.conditions?.some((one) => one.type === "Ready" && one.status === "True");
}

function imagesOf(pod: Pod): readonly string[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  return [...initContainerStatuses, ...containerStatuses]
    .filter(({ state }) => withoutImage.includes(state?.waiting?.reason ?? ""))
    .map(({ image = "", state }) => `${workloadOf(pod)}: the image ${image} (${state?.waiting?.reason})`);
}

function broughtTo(pod: Pod): readonly string[] {
  const awaited = pod.metadata.annotations?.[waitsForAnnotation];
  return awaited === undefined ? [] : [`${workloadOf(pod)}: ${awaited}`];
}

function workloadOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.labels?.app ?? metadata.name}`;
}
