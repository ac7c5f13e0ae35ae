import type { Model, ModelObject, Workload } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

const source =
  "Kubernetes, Services: a selector or a port's name that nothing has is taken, and leads nowhere";

/** Services, budgets and probes name existing pods and ports, and so do the addresses in pods' settings. */
export const portsAndPodsAreThere: Check = ({ model }) => {
  const services = model
    .of("Service")
    .filter(
      ({ cluster, namespace, selector, origin }) =>
        selector !== undefined &&
        origin.by !== "operator" &&
        model.find({ cluster, kind: "Namespace", namespace: undefined, name: namespace ?? "" }) !== undefined,
    );
  return sum([
    each(services, (service) => serviceFault(model, service)),
    each(model.of("PodDisruptionBudget"), (budget) =>
      budget.selector === undefined || selectedBy(model, budget).length > 0
        ? undefined
        : {
            object: nameOf(budget),
            rule: `it is over pods with ${inWords(budget.selector)}, and no pod has these labels`,
            source: "Kubernetes, PodDisruptionBudget: one that selects nothing protects nothing",
            fix: "select by labels that the pods have",
          },
    ),
    each(model.workloads, probeFaults),
    each(
      model.workloads.filter(({ hook }) => hook === undefined),
      (workload) => addressFaults(model, workload),
    ),
  ]);
};

function serviceFault(model: Model, service: ModelObject) {
  const behind = selectedBy(model, service);
  if (behind.length === 0) {
    return {
      object: nameOf(service),
      rule: `it is for pods with ${inWords(service.selector)}, and no pod has these labels`,
      source,
      fix: "select by labels that the pods have",
    };
  }
  const names = new Set(
    behind.flatMap(({ pod }) => pod.containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name))),
  );
  const missing = (service.ports ?? []).flatMap(({ targetPort }) =>
    typeof targetPort === "string" && !names.has(targetPort) ? [targetPort] : [],
  );
  return missing.length === 0
    ? undefined
    : {
        object: nameOf(service),
        rule: `it leads to the port ${missing.join(", ")}, and no container behind it has one of that name`,
        source,
        fix: `name one of ${[...names].join(", ")}`,
      };
}

function selectedBy(model: Model, { cluster, namespace, selector = {} }: ModelObject): readonly Workload[] {
  const lasting = Object.entries(selector).filter(([key]) => key !== "statefulset.kubernetes.io/pod-name");
  return namespace === undefined ? [] : model.selected(cluster, namespace, Object.fromEntries(lasting));
}

function probeFaults(workload: Workload) {
  return workload.pod.containers.flatMap(({ name, ports = [], probes = {} }) =>
    Object.entries(probes).flatMap(([probe, port]) =>
      typeof port !== "string" || ports.some((one) => one.name === port)
        ? []
        : [
            {
              object: nameOf(workload),
              rule: `the ${probe} probe of its container ${name} calls the port ${port}, which the container does not have`,
              source:
                "Kubernetes, probes: a port is called by a number, or by the name of one of the container's",
              fix: `name one of ${ports.map((one) => one.name ?? one.port).join(", ")}`,
            },
          ],
    ),
  );
}

function addressFaults(model: Model, workload: Workload) {
  const { cluster, pod } = workload;
  const told = pod.containers.flatMap(({ urls = [] }) => urls);
  return [...new Set(told)].flatMap((address) => {
    const [, pods = "", service = "", namespace = ""] =
      /^(?:([\w.-]+)\.)?([\w-]+)\.([\w-]+)\.svc(?:[.:]|$)/.exec(address) ?? [];
    const isThere =
      service === "" ||
      // Other owners' namespaces cannot be seen.
      model.find({ cluster, kind: "Namespace", namespace: undefined, name: namespace }) === undefined ||
      model.find({ cluster, kind: "Service", namespace, name: service }) !== undefined;
    return isThere || pods.includes("*")
      ? []
      : [
          {
            object: nameOf(workload),
            rule: `its pods are told ${address}, and there is no Service ${namespace}/${service}`,
            source: "Kubernetes, DNS for Services: a name is there when its Service is",
            fix: "name a Service that there is",
          },
        ];
  });
}

function inWords(labels: ModelObject["selector"] = {}): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
