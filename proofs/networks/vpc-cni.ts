import type { ServicePort } from "../../model/facts/object";
import type { ModelObject, Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import type { End, Protocol } from "./call";
import type { Peer, PolicyPort, Rule } from "./policy";
import { containerPort, protocolOf } from "./services";

/** Source of these rules. */
export const vpcCniSource =
  "aws/amazon-network-policy-controller-k8s pkg/resolvers/endpoints.go, pkg/k8s/service_utils.go; its issues 146, 147, 224";

/**
 * Whether a rule's peer opens a port of a Service's cluster address. The plugin checks calls at the pod's
 * interface, before translation; therefore its controller adds the addresses of Services that have one and
 * whose selector contains everything that the peer selects by. For each port of the rule it adds one port of
 * the Service: the first whose target is that number or name, or else the first whose target is the port of
 * that number or name in a pod.
 */
export function opensService(
  { podSelector = {} }: Peer,
  { ports }: Rule,
  service: ModelObject,
  port: number,
  protocol: Protocol,
  backend: End,
): boolean {
  if (service.headless || service.type === "ExternalName") return false;
  if (!selectsLabels(podSelector, service.selector)) return false;
  if (ports === undefined) return true;
  return ports.some(
    (one) =>
      (one.port === undefined && one.protocol === protocol) ||
      listenPort(one, ports, service, backend, protocol) === port,
  );
}

function listenPort(
  one: PolicyPort,
  all: readonly PolicyPort[],
  service: ModelObject,
  backend: End,
  protocol: Protocol,
): number | undefined {
  if (one.protocol !== protocol) return undefined;
  const candidates = (service.ports ?? []).filter((port) => protocolOf(port) === protocol);
  const { port: wanted } = one;
  if (wanted === undefined) return undefined;
  const workload = backend.kind === "pods" ? backend.workload : undefined;
  const found =
    candidates.find((port) => (port.targetPort ?? port.port) === wanted) ??
    (workload && candidates.find((port) => leadsTo(port, wanted, workload, protocol)));
  // A named target with different ports in some pods would open too much: it is left out.
  const target = found && typeof found.targetPort === "string" ? found.targetPort : undefined;
  const bypass =
    target !== undefined && typeof wanted === "number" && workload !== undefined
      ? containerPort(workload, target, protocol)
      : undefined;
  const isBypass = bypass !== undefined && !all.some(({ port, endPort }) => isWithin(bypass, port, endPort));
  return isBypass ? undefined : found?.port;
}

function isWithin(number: number, port: number | string | undefined, endPort: number | undefined): boolean {
  if (port === undefined) return true;
  return typeof port === "number" && number >= port && number <= (endPort ?? port);
}

/** Only declared ports have a name; init containers and sidecars are ignored. */
function leadsTo(
  { targetPort, port }: ServicePort,
  wanted: number | string,
  { pod }: Workload,
  protocol: Protocol,
): boolean {
  const declared = pod.containers
    .filter(({ init }) => init !== true)
    .flatMap(({ ports = [] }) => ports)
    .find(
      (one) =>
        protocolOf(one) === protocol &&
        (typeof wanted === "string" ? one.name === wanted : one.port === wanted),
    );
  const target = targetPort ?? port;
  if (declared !== undefined)
    return typeof target === "string" ? declared.name === target : declared.port === target;
  return typeof wanted === "number" && target === wanted;
}
