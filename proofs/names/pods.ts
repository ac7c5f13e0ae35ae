import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

interface Reference {
  readonly kind: "Secret" | "ConfigMap" | "PersistentVolumeClaim";
  readonly name: string;
  /** Undefined: every key. */
  readonly key?: string;
}

const kinds: Readonly<Record<string, Reference["kind"]>> = {
  secret: "Secret",
  configMap: "ConfigMap",
  claim: "PersistentVolumeClaim",
};

/** Priority classes of Kubernetes itself. */
const ownPriorities: ReadonlySet<string> = new Set(["system-cluster-critical", "system-node-critical"]);

/** Created while a cluster runs, by nothing in the model. */
const madeLater: readonly RegExp[] = [/^kube-root-ca\.crt$/, /^istio-ca-root-cert$/];

/** Everything that pods refer to exists: Secrets, ConfigMaps and their keys, claims, priorities. */
export const podsFindTheirs: Check = ({ model }) =>
  each(model.workloads, (workload) => [
    ...referencesOf(workload).flatMap((reference) => missing(model, workload, reference)),
    ...unknownPriority(model, workload),
  ]);

function referencesOf({ pod }: Workload): readonly Reference[] {
  const inEnvironment = pod.containers.flatMap(({ refs = [] }) => refs);
  return [...inEnvironment, ...(pod.volumes ?? [])].flatMap((text) => {
    const [kind = "", path = "", optional] = text.split(" ");
    const [name = "", key] = path.split("/");
    const found = kinds[kind];
    return found === undefined || name === "" || optional === "optional"
      ? []
      : [{ kind: found, name, ...(key !== undefined && key !== "*" && { key }) }];
  });
}

function missing(model: Model, workload: Workload, { kind, name, key }: Reference): readonly Fault[] {
  const { cluster, namespace } = workload;
  const found = model.find({ cluster, kind, namespace, name });
  const isCertificate =
    kind === "Secret" &&
    model
      .of("Certificate")
      .some((one) => one.cluster === cluster && one.namespace === namespace && one.secret === name);
  const isElsewhere = isCertificate || isGuest(model, cluster) || madeLater.some((one) => one.test(name));
  if (isElsewhere || (found !== undefined && hasKey(found.keys, key))) {
    return [];
  }
  return [
    {
      object: nameOf(workload),
      rule:
        found === undefined
          ? `its pods need the ${kind} ${name}, which nothing makes`
          : `its pods read the key ${key} of the ${kind} ${name}, which has ${(found.keys ?? []).join(", ")}`,
      source:
        "Kubernetes: containers wait in CreateContainerConfigError, or ContainerCreating, for what they name",
      fix: "name what there is, or make it",
    },
  ];
}

/** On another stack's cluster that stack creates what is shared. */
function isGuest(model: Model, cluster: string): boolean {
  return !model.of("PriorityClass").some((one) => one.cluster === cluster);
}

/** The keys of an operator's Secret are not always known. */
function hasKey(keys: readonly string[] | undefined, key: string | undefined): boolean {
  return key === undefined || keys === undefined || keys.includes(key);
}

function unknownPriority(model: Model, workload: Workload): readonly Fault[] {
  const { priorityClass } = workload.pod;
  const classes = model.of("PriorityClass").filter(({ cluster }) => cluster === workload.cluster);
  const isKnown =
    priorityClass === undefined ||
    ownPriorities.has(priorityClass) ||
    classes.length === 0 ||
    classes.some(({ name }) => name === priorityClass);
  return isKnown
    ? []
    : [
        {
          object: nameOf(workload),
          rule: `its priority class ${priorityClass} is none of the cluster's: its pods are refused`,
          source: "Kubernetes, pod priority: admission refuses classes that are not there",
          fix: `take one of ${classes.map(({ name }) => name).join(", ")}`,
        },
      ];
}
