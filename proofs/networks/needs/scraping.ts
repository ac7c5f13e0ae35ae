import type { ModelObject, Workload } from "../../../model/model";
import { selectsLabels } from "../../../primitives/labels";
import { type Call, podEnd } from "../call";
import type { Context, Need } from "../context";
import { containerPort, protocolOf } from "../services";

const source = "Prometheus Operator: API reference, ServiceMonitor and PodMonitor";

/** Prometheus reads every target of every monitor, at the pods' own addresses. */
export const callsOfPrometheus: Need = (context) => {
  const scrapers = context.workloads.filter(({ owner }) => owner?.startsWith("Prometheus/"));
  const monitors = context.model.of("ServiceMonitor", "PodMonitor");
  return scrapers.flatMap((scraper) =>
    monitors
      .filter(({ cluster }) => cluster === scraper.cluster)
      .flatMap((monitor) =>
        targetsOf(context, monitor).map(
          ({ workload, port }): Call => ({
            cluster: scraper.cluster,
            from: podEnd(scraper),
            to: podEnd(workload),
            port,
            protocol: "TCP",
            why: `reads metrics by ${monitor.kind} ${monitor.namespace}/${monitor.name}`,
            source,
          }),
        ),
      ),
  );
};

interface Target {
  readonly workload: Workload;
  readonly port: number;
}

function targetsOf(context: Context, monitor: ModelObject): readonly Target[] {
  return monitor.kind === "PodMonitor" ? ofPods(context, monitor) : ofServices(context, monitor);
}

function isSeen({ namespace, namespaces }: ModelObject, candidate: string | undefined): boolean {
  const wanted = namespaces ?? [namespace];
  return wanted.includes("*") || wanted.includes(candidate);
}

function ofPods({ workloads }: Context, monitor: ModelObject): readonly Target[] {
  const { cluster, selector = {}, endpoints = [] } = monitor;
  return workloads
    .filter(
      (workload) =>
        workload.cluster === cluster &&
        isSeen(monitor, workload.namespace) &&
        selectsLabels({ matchLabels: selector }, workload.pod.labels),
    )
    .flatMap((workload) =>
      endpoints.flatMap(({ port }) => {
        const number = port === undefined ? undefined : containerPort(workload, port, "TCP");
        return number === undefined ? [] : [{ workload, port: number }];
      }),
    );
}

function ofServices({ model, services, workloads }: Context, monitor: ModelObject): readonly Target[] {
  const { cluster, selector = {}, endpoints = [] } = monitor;
  return model
    .of("Service")
    .filter(
      (service) =>
        service.cluster === cluster &&
        isSeen(monitor, service.namespace) &&
        selectsLabels({ matchLabels: selector }, service.labels),
    )
    .flatMap((service) =>
      endpoints.flatMap(({ port }) => {
        const found = service.ports?.find(({ name }) => name === port);
        if (found && protocolOf(found) === "TCP") return services.backendsOf(service, found);
        // A target port alone, which the Service need not have.
        return services.workloadsOf(service).flatMap((workload) => {
          const number = port === undefined ? undefined : containerPort(workload, port, "TCP");
          return number === undefined ? [] : [{ workload, port: number }];
        });
      }),
    )
    .filter(({ workload }) => workloads.includes(workload));
}
