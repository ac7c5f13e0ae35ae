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
        .flatMap((container) => variableFaults(workload, container)),
    ];
  });

function pullFaults(model: Model, workload: Workload, spec: unknown): readonly Fault[] {
  const { cluster, namespace } = workload;
  return listAt(spec, "imagePullSecrets")
    .flatMap((one) => textAt(one, "name") ?? [])
    .filter((name) => model.find({ cluster, kind: "Secret", namespace, name }) === undefined)
    .map((name) => ({
      object: nameOf(workload),
      rule: `it pulls with the Secret ${name}, which nothing makes: kubelet asks the registry as nobody`,
      source: "Kubernetes, images: imagePullSecrets; what is not there is passed over",
      fix: "name the Secret of the registry",
    }));
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
