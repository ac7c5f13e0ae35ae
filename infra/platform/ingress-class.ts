import type { Site } from "../kit/site";
import { type Pods, pods } from "../network/edge";

/** The ingress class that every public Ingress names. (P1) */
export const ingressClass = "nginx";

/** Namespace of the ingress controller. */
export const ingressNamespace = "ingress";

/** The ingress controller's pods. */
export const ingressController: Pods = pods(ingressNamespace, "nginx-ingress", {
  "app.kubernetes.io/name": "nginx-ingress",
});

/** Lets the ingress controller call pods that an Ingress leads to. */
export function allowIngress({ network }: Site, backend: Pods, port: number): void {
  network.allow(ingressController, backend, port);
}
