import { at, isObject, type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "../json";
import { type ClusterView, type Readiness, type ReadinessRule, ready, waiting } from "./readiness";

const endpointSlices = "/apis/discovery.k8s.io/v1/endpointslices";
const services = "/api/v1/services";

/**
 * How long a Service waits for a pod to appear at all. Engines run a limited number of operations at once: many
 * Services that wait for pods would otherwise keep the very workloads from starting that bring them.
 */
const patienceSeconds = 5;

function service(object: JsonObject, view: ClusterView, waitedSeconds: number): Readiness {
  if (needsEndpoints(object)) {
    const endpoints = endpointsOf(object, view);
    if (endpoints.length === 0 && waitedSeconds < patienceSeconds) {
      return waiting("it selects no pod yet");
    }
    if (
      endpoints.length > 0 &&
      !endpoints.some((endpoint) => at(endpoint, "conditions", "ready") !== false)
    ) {
      return waiting("none of the pods that it selects is ready");
    }
  }
  const isBalanced = textAt(object, "spec", "type") === "LoadBalancer";
  return isBalanced && listAt(object, "status", "loadBalancer", "ingress").length === 0
    ? waiting("the load balancer has no address yet")
    : ready;
}

/** Headless services, and those without a selector, may rightly have no endpoints. */
function needsEndpoints(object: JsonObject): boolean {
  return (
    textAt(object, "spec", "clusterIP") !== "None" &&
    textAt(object, "spec", "type") !== "ExternalName" &&
    Object.keys(objectAt(object, "spec", "selector")).length > 0
  );
}

function endpointsOf(object: JsonObject, view: ClusterView): readonly Json[] {
  const name = textAt(object, "metadata", "name");
  return view
    .inNamespace(endpointSlices)
    .filter((slice) => textAt(slice, "metadata", "labels", "kubernetes.io/service-name") === name)
    .flatMap((slice) => listAt(slice, "endpoints"));
}

function ingress(object: JsonObject, view: ClusterView): Readiness {
  const known = view.inNamespace(services);
  const missing = backendsOf(object).filter(({ name, port }) => {
    const found = known.find((candidate) => textAt(candidate, "metadata", "name") === name);
    return found === undefined || !offers(found, port);
  });
  const [first] = missing;
  if (first !== undefined) {
    return waiting(`there is no Service ${first.name} with port ${first.port}`);
  }
  return listAt(object, "status", "loadBalancer", "ingress").length === 0
    ? waiting("no ingress controller has given it an address yet")
    : ready;
}

interface Backend {
  readonly name: string;
  readonly port: string | number;
}

function backendsOf(object: JsonObject): readonly Backend[] {
  const paths = listAt(object, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  return [at(object, "spec", "defaultBackend"), ...paths.map((path) => at(path, "backend"))]
    .map((backend) => at(backend, "service"))
    .filter(isObject)
    .map((backend) => ({
      name: textAt(backend, "name"),
      port: numberAt(backend, "port", "number") ?? textAt(backend, "port", "name"),
    }));
}

function offers(found: JsonObject, port: string | number): boolean {
  return (
    textAt(found, "spec", "type") === "ExternalName" ||
    listAt(found, "spec", "ports").some(
      (offered) => at(offered, "port") === port || at(offered, "name") === port,
    )
  );
}

export const networkRules: Readonly<Record<string, ReadinessRule>> = {
  "/Service": {
    judge: service,
    needs: [endpointSlices],
    applies: (object) => needsEndpoints(object) || textAt(object, "spec", "type") === "LoadBalancer",
  },
  "networking.k8s.io/Ingress": { judge: ingress, needs: [services] },
};
