import type { Labels } from "../../../model/facts/object";
import type { ModelObject, Workload } from "../../../model/model";
import { selectsLabels } from "../../../primitives/labels";

/** An address in pods' texts that they do not call. */
interface NotCalled {
  readonly from: Labels;
  readonly port: number;
  readonly reason: string;
}

const list: readonly NotCalled[] = [
  {
    from: { "app.kubernetes.io/name": "kafka" },
    port: 9092,
    reason: "a listener for clients, as the broker tells them its own address",
  },
  {
    from: { "app.kubernetes.io/name": "kafka" },
    port: 9093,
    reason: "a listener for clients, as the broker tells them its own address",
  },
];

/** Whether a workload's texts name a port of a Service that it does not call. */
export function notCalled({ namespace, pod }: Workload, service: ModelObject, port: number): boolean {
  const isItself =
    service.namespace === namespace &&
    !service.headless &&
    service.selector !== undefined &&
    selectsLabels({ matchLabels: service.selector }, pod.labels);
  return (
    isItself || list.some((one) => one.port === port && selectsLabels({ matchLabels: one.from }, pod.labels))
  );
}
