import type { ApiClient } from "../../api-server/client";
import { areBrought } from "../first-day";
import { mayHaveToWait, mayStart, waitsForAnnotation } from "../may-start";
import type { Configurations } from "./configurations";
import type { Events } from "./events";
import type { Container, Pod } from "./objects";
import type { OwnWork } from "./own-work";
import { type Fault, faultOf, type Reference, referencesOf } from "./pod-configuration";

/** Pods that a node has taken and that wait for what they name. Those that name nothing, kwok starts at once. */
export function podsToStart(pods: readonly Pod[]): readonly Pod[] {
  return pods.filter(
    (pod) =>
      pod.spec.nodeName !== undefined &&
      pod.metadata.deletionTimestamp === undefined &&
      pod.metadata.annotations?.[mayStart.key] !== mayStart.value &&
      mayHaveToWait(pod),
  );
}

/**
 * What a kubelet does before it starts a pod: it looks for the ConfigMaps and Secrets that the pod names. kwok starts
 * only what this lets go; what is missing is told in the pod's status and in an event, as a kubelet tells it. On a first day, pods
 * that wait for what people bring are held, too.
 */
export class PodStarts {
  /** What each pod that waits was last said to wait for, by the pod's uid. */
  private readonly told = new Map<string, string>();

  constructor(
    private readonly api: ApiClient,
    private readonly events: Events,
    private readonly ownWork: OwnWork,
    private readonly cacheRoot: string,
  ) {}

  async perform(pod: Pod, configurations: Configurations): Promise<void> {
    await this.ownWork.standInFor(pod);
    const { namespace = "", annotations } = pod.metadata;
    const awaited = annotations?.[waitsForAnnotation];
    if (awaited !== undefined && !areBrought(this.cacheRoot)) {
      return this.hold(pod, notBrought(pod, awaited));
    }
    const references = referencesOf(pod);
    const keys = await Promise.all(references.map((one) => configurations.keysOf(namespace, one)));
    const found = new Map(references.map((one, index) => [idOf(one), keys[index]]));
    const fault = faultOf(pod, (reference) => found.get(idOf(reference)));
    if (fault === undefined || (await this.ownWork.makes(fault.reference))) {
      await this.letGo(pod);
    } else {
      await this.hold(pod, fault);
    }
  }

  private async letGo(pod: Pod): Promise<void> {
    this.told.delete(pod.metadata.uid ?? "");
    await this.api.patch(podPath(pod), { metadata: { annotations: { [mayStart.key]: mayStart.value } } });
  }

  private async hold(pod: Pod, fault: Hindrance): Promise<void> {
    const { uid = "" } = pod.metadata;
    if (this.told.get(uid) === fault.event.message) {
      return;
    }
    await this.api.patch(`${podPath(pod)}/status`, { status: waitingStatus(pod, fault) });
    await this.events.tell(pod, "Pod", { type: "Warning", ...fault.event });
    this.told.set(uid, fault.event.message);
  }
}

/** Why a pod's containers do not run. */
type Hindrance = Pick<Fault, "container" | "message" | "event"> & {
  /** Of the container that is named. @default CreateContainerConfigError */
  readonly reason?: string;
};

/** What a container does without its model is its image's secret: it is said to be created still. */
function notBrought({ spec }: Pod, awaited: string): Hindrance {
  const message = `waits for ${awaited}`;
  return {
    container: spec.containers[0]?.name,
    reason: "ContainerCreating",
    message,
    event: { reason: "Failed", message },
  };
}

function idOf({ kind, name }: Reference): string {
  return `${kind}/${name}`;
}

function podPath({ metadata }: Pod): string {
  return `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
}

function waitingStatus({ spec, status }: Pod, fault: Hindrance): object {
  const { initContainers = [], containers } = spec;
  const waits = (container: Container) => ({
    name: container.name,
    image: container.image ?? "",
    imageID: "",
    ready: false,
    started: false,
    restartCount: 0,
    state: {
      waiting:
        container.name === fault.container
          ? { reason: fault.reason ?? "CreateContainerConfigError", message: fault.message }
          : { reason: initContainers.length > 0 ? "PodInitializing" : "ContainerCreating" },
    },
  });
  const names = containers.map(({ name }) => name).join(" ");
  const notReady = {
    status: "False",
    reason: "ContainersNotReady",
    message: `containers with unready status: [${names}]`,
    lastTransitionTime: new Date().toISOString(),
  };
  const own = ["Ready", "ContainersReady"];
  return {
    phase: "Pending",
    conditions: [
      ...(status?.conditions ?? []).filter(({ type }) => !own.includes(type)),
      ...own.map((type) => ({ type, ...notReady })),
    ],
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers.map(waits) }),
    containerStatuses: containers.map(waits),
  };
}
