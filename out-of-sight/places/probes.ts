import type { ContainerFacts, PodFacts } from "../../model/facts/pod";

/** What is put into a custom resource to see where it comes out. */
export interface Probe {
  /** Name of the field in pods of Kubernetes. */
  readonly field: string;
  readonly value: unknown;
  readonly inPod?: (pod: PodFacts) => unknown;
  readonly inContainer?: (container: ContainerFacts) => unknown;
}

const mark = "probe-of-places";
const number = 424_242;
const requirement = { key: mark, operator: "Exists" };

const image: Probe = { field: "image", value: mark, inContainer: (one) => one.image };
const securityContext: Probe = {
  field: "securityContext",
  value: { runAsUser: number },
  inPod: (one) => one.security,
  inContainer: (one) => one.security,
};

/** A whole pod template: it is found by a field of its own. */
const template: Probe = {
  field: "template",
  value: { spec: { priorityClassName: mark } },
  inPod: (one) => one.priorityClass,
};

/** Containers as a list: they are found by the name of one. */
const sidecars: Probe = {
  field: "sidecars",
  value: [{ name: mark }],
  inContainer: (one) => one.name,
};

/** Of commands the model keeps the addresses inside the cluster. */
const words = (field: string): Probe => ({
  field,
  value: [`http://${mark}.default.svc:80`],
  inContainer: (one) => one.urls,
});

/** Probes by the names that custom resources have for such fields. */
export const probes: ReadonlyMap<string, Probe> = new Map([
  [
    "affinity",
    {
      field: "affinity",
      value: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [requirement] }],
          },
        },
      },
      inPod: (one: PodFacts) => one.nodeAffinity,
    },
  ],
  ["args", words("args")],
  ["command", words("command")],
  [
    "env",
    {
      field: "env",
      value: [{ name: "PROBE", valueFrom: { secretKeyRef: { name: mark, key: "key" } } }],
      inContainer: (one: ContainerFacts) => one.refs,
    },
  ],
  ["image", image],
  ["imageName", image],
  [
    "nodeSelector",
    { field: "nodeSelector", value: { [mark]: "true" }, inPod: (one: PodFacts) => one.nodeSelector },
  ],
  ["podSecurityContext", securityContext],
  ["podTemplate", template],
  [
    "priorityClassName",
    { field: "priorityClassName", value: mark, inPod: (one: PodFacts) => one.priorityClass },
  ],
  [
    "resources",
    {
      field: "resources",
      value: { limits: { cpu: `${number}m` } },
      inContainer: (one: ContainerFacts) => one.resources,
    },
  ],
  ["securityContext", securityContext],
  ["sidecars", sidecars],
  ["template", template],
  [
    "tolerations",
    { field: "tolerations", value: [{ key: mark }], inPod: (one: PodFacts) => one.tolerations },
  ],
  [
    "volumes",
    {
      field: "volumes",
      value: [{ name: "probe", secret: { secretName: mark } }],
      inPod: (one: PodFacts) => one.volumes,
    },
  ],
]);

/** Whether what was put in has come out. */
export function isMarked(found: unknown): boolean {
  const text = JSON.stringify(found) ?? "";
  return text.includes(mark) || text.includes(String(number));
}
