import type { Model, ModelObject, Workload } from "../../model/model";
import type { Plan } from "../../model/plan";
import { type Call, podEnd } from "./call";
import type { Ground } from "./ground";
import type { Mesh } from "./mesh";
import { protocolOf, type Services } from "./services";

/** What calls are derived from. */
export interface Context {
  readonly model: Model;
  readonly plan: Plan | undefined;
  readonly services: Services;
  readonly mesh: Mesh;
  readonly grounds: ReadonlyMap<string, Ground>;
  /** The workloads with pods, without charts' tests. */
  readonly workloads: readonly Workload[];
}

/** Derives necessary calls from one kind of fact. */
export type Need = (context: Context) => readonly Call[];

/** The purpose and source of a call. */
export type Reason = Pick<Call, "why" | "source">;

/**
 * Calls of a workload to a port of a Service, one for each workload behind it; the port by number or name.
 */
export function callsToService(
  { services }: Context,
  from: Call["from"],
  service: ModelObject,
  port: number | string,
  reason: Reason,
): readonly Call[] {
  const { cluster } = service;
  const found = service.ports?.find((one) => one.port === port || one.name === port);
  if (service.headless || found === undefined) {
    // A headless Service only names the pods: any of their ports can be called.
    const number = found === undefined ? port : found.port;
    if (!service.headless || typeof number !== "number") return [];
    return services.workloadsOf(service).map((workload) => ({
      cluster,
      from,
      to: podEnd(workload),
      port: number,
      protocol: found ? protocolOf(found) : "TCP",
      ...reason,
    }));
  }
  return services.backendsOf(service, found).map((backend) => ({
    cluster,
    from,
    to: podEnd(backend.workload),
    port: backend.port,
    protocol: protocolOf(found),
    service: { object: service, port: found.port },
    ...reason,
  }));
}
