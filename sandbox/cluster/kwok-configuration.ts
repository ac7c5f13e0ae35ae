import { stringify } from "yaml";
import { mayStart, mayWaitQuery } from "./may-start";

/** Annotation by which kwok knows the nodes that are its own. */
export const kwokNodeAnnotation = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

/**
 * What kwok does in a kubelet's place, as its stage files.
 *
 * Heartbeats are written into the node's status, as kubelets did before leases: with leases a kwok that was killed
 * leaves nodes without a keeper until its leases run out.
 */
export function kwokConfiguration(heartbeatSeconds: number): string {
  const stages = [
    nodeReady(),
    nodeHeartbeat(heartbeatSeconds),
    ...podRunning(),
    podSucceeded(),
    podStopped(),
    podDeleted(),
  ];
  return stages.map((one) => stringify(one)).join("---\n");
}

interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

function stage(
  name: string,
  kind: "Node" | "Pod",
  matchExpressions: readonly Requirement[],
  behaviour: { readonly next: object; readonly delay?: object },
  matchAnnotations: Readonly<Record<string, string>> = {},
): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind },
      selector: { matchExpressions, matchAnnotations },
      ...behaviour,
    },
  };
}

const readyStatus = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const deletion = ".metadata.deletionTimestamp";

/** Answers with the conditions of a healthy kubelet; capacity and addresses stay as the node pool wrote them. */
const healthyConditions = `
{{ $now := Now }}
{{ $since := or .metadata.creationTimestamp $now }}
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $since | Quote }}
{{ end }}
`;

function nodeReady(): object {
  return stage("node-ready", "Node", [{ key: readyStatus, operator: "NotIn", values: ["True"] }], {
    next: { statusTemplate: `${healthyConditions}phase: Running\n` },
  });
}

function nodeHeartbeat(seconds: number): object {
  return stage("node-heartbeat", "Node", [{ key: readyStatus, operator: "In", values: ["True"] }], {
    delay: {
      durationMilliseconds: seconds * 1000,
      jitterDurationMilliseconds: Math.round(seconds * 1100),
    },
    next: { statusTemplate: healthyConditions },
  });
}

/** Parts of every container's status. */
const container = `
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0`.slice(1);

const running = `
  state:
    running:
      startedAt: {{ $now | Quote }}`.slice(1);

/** State of a container that ended by itself, or because it was asked to. */
const ended = (exitCode: number, reason: string) =>
  `
  state:
    terminated:
      exitCode: ${exitCode}
      reason: ${reason}
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}`.slice(1);

const completed = ended(0, "Completed");

/** All containers run at once: init containers have ended well, those with restartPolicy Always keep running. */
function podRunning(): readonly object[] {
  const template = `
{{ $now := Now }}
conditions:
{{ range $type := list "PodScheduled" "PodReadyToStartContainers" "Initialized" "ContainersReady" "Ready" }}
- type: {{ $type | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
{{ range .spec.readinessGates }}
- type: {{ .conditionType | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
${container}
  ready: true
  {{ if eq (or .restartPolicy "") "Always" }}
  started: true
${running}
  {{ else }}
  started: false
${completed}
  {{ end }}
{{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
${container}
  ready: true
  started: true
${running}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
phase: Running
startTime: {{ $now | Quote }}
`;
  const startable: readonly Requirement[] = [
    { key: deletion, operator: "DoesNotExist" },
    { key: ".status.phase", operator: "In", values: ["Pending"] },
    { key: readyStatus, operator: "NotIn", values: ["True"] },
  ];
  const behaviour = { next: { statusTemplate: template } };
  return [
    stage("pod-running", "Pod", [...startable, { key: mayWaitQuery, operator: "DoesNotExist" }], behaviour),
    stage("pod-running-with-configuration", "Pod", startable, behaviour, {
      [mayStart.key]: mayStart.value,
    }),
  ];
}

/** What a kubelet says of a pod none of whose containers runs any more. */
const endedStatus = (phase: "Succeeded" | "Failed", podReason: string, state: string) => `
{{ $now := Now }}
conditions:
{{ range $type := list "PodScheduled" "Initialized" }}
- type: {{ $type | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
{{ range $type := list "PodReadyToStartContainers" "ContainersReady" "Ready" }}
- type: {{ $type | Quote }}
  status: "False"
  reason: ${podReason}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
${container}
  ready: false
  started: false
${state}
{{ end }}
phase: ${phase}
`;

/** A Job's work is done as soon as it runs. */
function podSucceeded(): object {
  return stage(
    "pod-succeeded",
    "Pod",
    [
      { key: deletion, operator: "DoesNotExist" },
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
    ],
    {
      delay: { durationMilliseconds: 500 },
      next: { statusTemplate: endedStatus("Succeeded", "PodCompleted", completed) },
    },
  );
}

/**
 * Containers end as soon as they are asked to, and their end is reported before the pod is released, as by a
 * kubelet: holders of the pod's claims check again only when the containers have ended. Their real exit code
 * is unknown; 143 is an end by SIGTERM.
 */
function podStopped(): object {
  return stage(
    "pod-stopped",
    "Pod",
    [
      { key: deletion, operator: "Exists" },
      { key: ".status.phase", operator: "In", values: ["Running"] },
    ],
    { next: { statusTemplate: endedStatus("Failed", "PodFailed", ended(143, "Error")) } },
  );
}

/** Its grace period is over: the kubelet has nothing to do with it any more. */
const shutDown = ".metadata | select( .deletionGracePeriodSeconds == 0 ) | .name";

/**
 * As with a kubelet, the grace period also ends for a pod with finalizers, which stays: its claims are then
 * released, and a finalizer that waits for them releases the pod.
 */
function podDeleted(): object {
  return stage(
    "pod-deleted",
    "Pod",
    [
      { key: deletion, operator: "Exists" },
      { key: ".status.phase", operator: "NotIn", values: ["Running"] },
      { key: shutDown, operator: "DoesNotExist" },
    ],
    { next: { delete: true } },
  );
}
