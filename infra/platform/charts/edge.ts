import type { Chart } from "../chart";
import { image } from "./image";

/** Charts for what stands between the internet and the services: certificates, ingress, DNS, load balancers. */
export const edgeCharts = {
  certManager: {
    name: "cert-manager",
    repository: "oci://quay.io/jetstack/charts/cert-manager",
    version: "v1.21.1",
    appVersion: "v1.21.1",
    licence: "Apache-2.0",
    reason: "What the seeds name, and what other charts expect for their webhooks' certificates. (000, 002)",
    images: [
      image("quay.io/jetstack/cert-manager-controller:v1.21.1", "image"),
      image("quay.io/jetstack/cert-manager-webhook:v1.21.1", "webhook.image"),
      image("quay.io/jetstack/cert-manager-cainjector:v1.21.1", "cainjector.image"),
      image("quay.io/jetstack/cert-manager-acmesolver:v1.21.1", "acmesolver.image"),
      image("quay.io/jetstack/cert-manager-startupapicheck:v1.21.1", "startupapicheck.image"),
    ],
  },
} as const satisfies Readonly<Record<string, Chart>>;
