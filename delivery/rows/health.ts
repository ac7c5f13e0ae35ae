import { unusedAnnotation } from "../../infra/kit/unused";
import { type LiveCluster, whyAbsent } from "../cluster/live-cluster";
import { type Finding, notChecked, type Row, verdictOf } from "../row";
import { describe, nameOf, notRunning } from "./findings";
import { fewestReplicas } from "./replicas";

const seed = "002 Deployment Process, Verify; 001 Deployment Scripts";

/** Waiting longer does not resolve these reasons. */
const stuck = new Set([
  "CrashLoopBackOff",
  "CreateContainerConfigError",
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "RunContainerError",
]);

/** Whether the cluster's workloads run: the smoke test after every `up`. */
export const healthRows: readonly Row<LiveCluster>[] = [
  {
    id: "nodes-ready",
    title: "Every node is Ready",
    seed,
    check: ({ state }) => {
      const nodes = state.all("Node");
      const none: readonly Finding[] =
        nodes.length > 0
          ? []
          : [{ about: "nodes", expected: "at least one", found: "none", look: "kubectl get nodes" }];
      const notReady = nodes.flatMap(({ metadata, status }): readonly Finding[] => {
        const ready = status.conditions.find(({ type }) => type === "Ready");
        return ready?.status === "True"
          ? []
          : [
              {
                about: nameOf("Node", "", metadata.name),
                expected: "Ready",
                found: `${ready?.reason ?? "no condition"} ${ready?.message ?? ""}`.trim(),
                look: describe("Node", "", metadata.name),
              },
            ];
      });
      return verdictOf([...none, ...notReady]);
    },
  },
  {
    id: "cards-seen",
    title: "Every node with graphics cards offers them to pods",
    seed: "000 Multi-Environment Strategy; 002 GPU Pool",
    // A node whose image brings no driver is Ready, and pods that want a card wait without a word of it.
    check: ({ state }) =>
      verdictOf(
        state
          .all("Node")
          .filter(
            ({ metadata, status }) =>
              metadata.labels.accelerator === "nvidia-gpu" &&
              !(Number(status.allocatable["nvidia.com/gpu"]) > 0),
          )
          .map(({ metadata, status }) => ({
            about: nameOf("Node", "", metadata.name),
            expected: "nvidia.com/gpu: at least 1",
            found: `${status.allocatable["nvidia.com/gpu"] ?? "none"}: its driver or the device plugin does not run`,
            look: `kubectl -n node-agents logs -l app.kubernetes.io/name=nvidia-device-plugin; ${describe("Node", "", metadata.name)}`,
          })),
      ),
  },
  {
    id: "workloads-running",
    title: "Every workload has its replicas, Ready and of the newest template",
    seed,
    check: ({ state }) => {
      const daemons = state.all("DaemonSet").flatMap(({ metadata, status }): readonly Finding[] =>
        status.numberReady >= status.desiredNumberScheduled
          ? []
          : [
              {
                about: nameOf("DaemonSet", metadata.namespace, metadata.name),
                expected: `${status.desiredNumberScheduled} Ready pods`,
                found: `${status.numberReady}`,
                look: describe("DaemonSet", metadata.namespace, metadata.name),
              },
            ],
      );
      return verdictOf([
        ...state
          .all("Deployment")
          .filter(({ metadata }) => !(unusedAnnotation in metadata.annotations))
          .flatMap((one) => notRunning("Deployment", one, fewestReplicas(state, one) ?? 1)),
        ...state
          .all("StatefulSet")
          // Operators create unused sets, for example MongoDB's for arbiters.
          .filter(({ metadata, spec }) => !(metadata.ownerReferences.length > 0 && spec.replicas === 0))
          .flatMap((one) => notRunning("StatefulSet", one)),
        ...daemons,
      ]);
    },
  },
  {
    id: "pods-settled",
    title: "No pod waits, crashes or has failed",
    seed,
    check: ({ state }) =>
      verdictOf(
        state.all("Pod").flatMap(({ metadata, status }): readonly Finding[] => {
          const held = status.containerStatuses.find(({ state: container }) =>
            stuck.has(container.waiting?.reason ?? ""),
          );
          const waiting =
            held && `${held.state.waiting?.reason}${held.image === "" ? "" : ` of ${held.image}`}`;
          const unscheduled = status.conditions.find(
            ({ type, status: isHeld }) => type === "PodScheduled" && isHeld === "False",
          );
          const found =
            waiting ??
            (status.phase === "Failed" ? "Failed" : undefined) ??
            (unscheduled && `not scheduled: ${unscheduled.message}`);
          return found === undefined || metadata.deletionTimestamp !== undefined
            ? []
            : [
                {
                  about: nameOf("Pod", metadata.namespace, metadata.name),
                  expected: "running, or done",
                  found,
                  look: describe("Pod", metadata.namespace, metadata.name),
                },
              ];
        }),
      ),
  },
  {
    id: "load-balancers",
    title: "Every load balancer has an address",
    seed,
    check: ({ state }) =>
      verdictOf(
        state
          .all("Service")
          .filter(
            ({ spec, status }) => spec.type === "LoadBalancer" && status.loadBalancer.ingress.length === 0,
          )
          .map(({ metadata }) => ({
            about: nameOf("Service", metadata.namespace, metadata.name),
            expected: "an address from the cloud",
            found: "none",
            look: describe("Service", metadata.namespace, metadata.name),
          })),
      ),
  },
  {
    id: "hosts-published",
    title: "Every public host has the ingress' address",
    seed: "000 Ingress; 001 Service URLs",
    check: (cluster) => {
      const classes = cluster.state.all("IngressClass");
      const absent = whyAbsent(cluster, "platform-ingress-release");
      if (classes.length === 0 && absent !== undefined) return notChecked(absent);
      return verdictOf(
        cluster.state
          .all("Ingress")
          .filter(({ status }) => status.loadBalancer.ingress.length === 0)
          .map(({ metadata, spec }) => ({
            about: nameOf("Ingress", metadata.namespace, metadata.name),
            expected: `an address for ${spec.rules.map(({ host }) => host).join(", ")}`,
            found: "none",
            look: describe("Ingress", metadata.namespace, metadata.name),
          })),
        classes,
      );
    },
  },
];
