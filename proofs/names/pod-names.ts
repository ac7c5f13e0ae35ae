import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, textAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { writtenWorkloads } from "../written";

/** Names that pods give and that are no files or variables: Secrets to pull with, runtimes, the variables in variables. */
export const podsNameWhatIsThere: Check = ({ model }) =>
  each(writtenWorkloads(model), (workload) => {
    const spec = podSpecOf(workload.manifest);
    return [
      ...pullFaults(model, workload, spec),
      ...runtimeFaults(model, workload, spec),
      ...["initContainers", "containers"]
        .flatMap((list) => listAt(spec, list))
        .flatMap((container) => [
          ...variableFaults(workload, container),
          ...fieldFaults(workload, spec, container),
        ]),
    ];
  });

/** Fields of a pod that its containers can be told. */
const fields =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;

function fieldFaults(workload: Workload, spec: unknown, container: unknown): readonly Fault[] {
  const all = ["initContainers", "containers"].flatMap((list) => listAt(spec, list));
  const names = all.flatMap((one) => textAt(one, "name") ?? []);
  const fault = (rule: string, fix: string): Fault => ({
    object: nameOf(workload),
    rule: `its container ${textAt(container, "name")} ${rule}`,
    source: "Kubernetes, downward API: available fields",
    fix,
  });
  return listAt(container, "env").flatMap((variable) => {
    const field = textAt(variable, "valueFrom", "fieldRef", "fieldPath");
    const of = textAt(variable, "valueFrom", "resourceFieldRef", "containerName");
    return [
      ...(field === undefined || fields.test(field)
        ? []
        : [
            fault(
              `is told ${field}, which is no field of a pod that can be told: the API server refuses it`,
              "name one of metadata.name, metadata.namespace, spec.nodeName, status.podIP, ...",
            ),
          ]),
      ...(of === undefined || names.includes(of)
        ? []
        : [
            fault(
              `is told what ${of} may have, and the pod has no such container: it never starts`,
              `name one of ${names.join(", ")}`,
            ),
          ]),
    ];
  });
}

function pullFaults(model: Model, workload: Workload, spec: unknown): readonly Fault[] {
  const { cluster, namespace } = workload;
  return listAt(spec, "imagePullSecrets")
    .flatMap((one) => textAt(one, "name") ?? [])
    .flatMap((name) => {
      const found = model.find({ cluster, kind: "Secret", namespace, name });
      // What others make does not always say its type.
      const isLogin = found?.type === undefined || found.type.startsWith("kubernetes.io/dockerc");
      if (found !== undefined && isLogin) return [];
      const what = found === undefined ? "which nothing makes" : `which is of the type ${found.type}`;
      return [
        {
          object: nameOf(workload),
          rule: `it pulls with the Secret ${name}, ${what}: kubelet asks the registry without a login`,
          source: "Kubernetes, images: imagePullSecrets; what is not there, or no login, is passed over",
          fix: "name the Secret of the registry",
        },
      ];
    });
}

function runtimeFaults(model: Model, workload: Workload, spec: unknown): readonly Fault[] {
  const name = textAt(spec, "runtimeClassName");
  const classes = model.of("RuntimeClass").filter(({ cluster }) => cluster === workload.cluster);
  return name === undefined || classes.some((one) => one.name === name)
    ? []
    : [
        {
          object: nameOf(workload),
          rule: `its runtime class ${name} is none of the cluster's: its pods are refused`,
          source: "Kubernetes, runtime class: admission refuses classes that are not there",
          fix: "leave it out, or make the class",
        },
      ];
}

function variableFaults(workload: Workload, container: unknown): readonly Fault[] {
  const variables = listAt(container, "env");
  const names = variables.flatMap((one) => textAt(one, "name") ?? []);
  // What comes as a whole is not known by its names here.
  const isOpen = listAt(container, "envFrom").length > 0;
  const fault = (rule: string, fix: string): Fault => ({
    object: nameOf(workload),
    rule: `its container ${textAt(container, "name")} ${rule}`,
    source: "Kubernetes, environment variables: the last of a name wins, and $(NAME) of none stays as it is",
    fix,
  });
  return [
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => fault(`is told ${name} twice, and the last is what it gets`, "say it once")),
    ...variables.flatMap((variable, index) =>
      [...String(at(variable, "value") ?? "").matchAll(/(?<!\$)\$\(([A-Za-z_][\w.-]*)\)/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !isOpen && !names.slice(0, index).includes(name))
        .map((name) =>
          fault(
            `is told $(${name}) in ${textAt(variable, "name")}, and no variable before has that name`,
            "set it before",
          ),
        ),
    ),
  ];
}
