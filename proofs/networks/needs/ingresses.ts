import type { AddressEnd, Call } from "../call";
import { podEnd } from "../call";
import { callsToService, type Need } from "../context";
import { cidrs } from "../ground";

const source =
  "Kubernetes: Ingress; F5 NGINX Ingress Controller: it calls the endpoints of Services, not their addresses";

const visitors: AddressEnd = {
  kind: "addresses",
  name: "visitors, by the load balancer",
  ranges: cidrs("0.0.0.0/0"),
};

/** Ingress controllers reach the backends of Ingresses, and load balancers the pods behind them. */
export const callsOfVisitors: Need = (context) => {
  const { model, workloads } = context;
  const behind = model
    .of("Service")
    .filter(
      ({ type, origin }) => type === "LoadBalancer" || (type === "NodePort" && origin.by !== "operator"),
    )
    .flatMap((service) =>
      (service.ports ?? []).flatMap(({ port }) =>
        callsToService(context, visitors, service, port, {
          why: `come in by Service ${service.name}`,
          source,
        }),
      ),
    );
  const controllers = workloads.filter(
    ({ pod }) => pod.labels?.["app.kubernetes.io/name"] === "nginx-ingress",
  );
  const routed = controllers.flatMap((controller) =>
    model
      .of("Ingress")
      .filter(({ cluster }) => cluster === controller.cluster)
      .flatMap(({ name, namespace, routes = [] }) =>
        routes.flatMap(({ service: backend, port }): readonly Call[] => {
          const service = model.find({
            cluster: controller.cluster,
            kind: "Service",
            namespace,
            name: backend,
          });
          if (service === undefined) return [];
          const reason = { why: `serves Ingress ${namespace}/${name}`, source };
          return callsToService(context, podEnd(controller), service, port, reason).map(
            ({ service: _, ...direct }) => direct,
          );
        }),
      ),
  );
  return [...behind, ...routed];
};
