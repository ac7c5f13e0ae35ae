import type { Labels, ServicePort } from "../../model/facts/object";
import type { Model, ModelObject, Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import type { Protocol } from "./call";

/** A port of a Service, with the pods behind it and their ports. */
export interface Backend {
  readonly workload: Workload;
  readonly port: number;
}

/** The pods behind Services. */
export class Services {
  readonly #workloads = new Map<string, Workload[]>();
  readonly #services = new Map<string, ModelObject[]>();

  constructor(model: Model) {
    for (const workload of model.workloads) {
      const key = `${workload.cluster}/${workload.namespace}`;
      this.#workloads.set(key, [...(this.#workloads.get(key) ?? []), workload]);
    }
    for (const service of model.of("Service")) {
      const key = `${service.cluster}/${service.namespace}`;
      this.#services.set(key, [...(this.#services.get(key) ?? []), service]);
    }
  }

  /** The Services of a namespace. */
  in(cluster: string, namespace: string): readonly ModelObject[] {
    return this.#services.get(`${cluster}/${namespace}`) ?? [];
  }

  /** The workloads whose pods are behind a Service; none when it selects nothing. */
  workloadsOf({ cluster, namespace, selector }: ModelObject): readonly Workload[] {
    return selector === undefined ? [] : this.selectedBy(cluster, namespace ?? "", selector);
  }

  /** The workloads of a namespace whose pods have these labels. */
  selectedBy(cluster: string, namespace: string, labels: Labels): readonly Workload[] {
    const near = this.#workloads.get(`${cluster}/${namespace}`) ?? [];
    return near.filter(({ pod }) => selectsLabels({ matchLabels: labels }, pod.labels));
  }

  /** The pods behind a port of a Service, and their ports; a pod without the named port receives no calls. */
  backendsOf(service: ModelObject, port: ServicePort): readonly Backend[] {
    return this.workloadsOf(service).flatMap((workload) => {
      const number = containerPort(workload, port.targetPort ?? port.port, protocolOf(port));
      return number === undefined ? [] : [{ workload, port: number }];
    });
  }
}

export function protocolOf({ protocol }: Pick<ServicePort, "protocol">): Protocol {
  return protocol === "UDP" ? "UDP" : "TCP";
}

/**
 * The number of a port of a workload's pods; undefined when none of its containers has a port of that name.
 */
export function containerPort(
  { pod }: Workload,
  port: number | string,
  protocol: Protocol,
): number | undefined {
  if (typeof port === "number") return port;
  const ports = pod.containers.flatMap((container) => container.ports ?? []);
  return ports.find((one) => one.name === port && protocolOf(one) === protocol)?.port;
}
