import type { Labels, ServicePort } from "../../facts/object";
import type { Made } from "./made";

interface ServiceOptions {
  readonly name: string;
  readonly labels?: Labels;
  readonly selector?: Labels;
  readonly ports: readonly ServicePort[];
  /** Default: false. */
  readonly headless?: boolean;
  /** Default: `ClusterIP`. */
  readonly type?: string;
}

export function service({
  name,
  labels,
  selector,
  ports,
  headless,
  type = "ClusterIP",
}: ServiceOptions): Made {
  return {
    kind: "Service",
    name,
    labels: labels && { ...labels },
    type,
    headless: headless ? true : undefined,
    selector: selector && { ...selector },
    ports: [...ports],
  };
}

/** A port of a Service with the same target port. */
export function port(name: string, number: number): ServicePort {
  return { name, port: number, targetPort: number };
}
