import type { EksVersionName } from "../../../facts/aws-eks";
import type { Chart } from "../../kit/chart";
import { image } from "./image";

/** Charts for capacity: autoscaling of clusters and pods, metrics for it, GPUs. */
export const capacityCharts = {
  clusterAutoscaler: {
    name: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
    appVersion: "1.35.0",
    licence: "Apache-2.0",
    reason:
      "001 has node groups of given bounds, which is what it sizes; Karpenter would choose nodes by itself. (C10, 001)",
    images: [image("registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.0", "image")],
  },
  metricsServer: {
    name: "metrics-server",
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    version: "3.13.1",
    appVersion: "0.8.1",
    licence: "Apache-2.0",
    reason: "HPA and VPA read CPU and memory from it; neither EKS nor LKE brings one. (P14)",
    images: [image("registry.k8s.io/metrics-server/metrics-server:v0.8.1", "image")],
  },
  prometheusAdapter: {
    name: "prometheus-adapter",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "5.3.0",
    appVersion: "v0.12.0",
    licence: "Apache-2.0",
    reason:
      "Every metric that the seeds scale by is in Prometheus already, so that their autoscalers stay plain Kubernetes objects. KEDA would own those, and nothing here scales to zero or by what Prometheus does not know. (P14, 001)",
    images: [image("registry.k8s.io/prometheus-adapter/prometheus-adapter:v0.12.0", "image")],
  },
  verticalPodAutoscaler: {
    name: "vertical-pod-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "0.11.0",
    appVersion: "1.7.1",
    licence: "Apache-2.0",
    reason: "The one implementation of the objects that 000 has. (P14, 000, 001)",
    images: [
      image("registry.k8s.io/autoscaling/vpa-recommender:1.7.1", "recommender.image"),
      image("registry.k8s.io/autoscaling/vpa-updater:1.7.1", "updater.image"),
      image("registry.k8s.io/autoscaling/vpa-admission-controller:1.7.1", "admissionController.image"),
    ],
    definitions: [
      "https://raw.githubusercontent.com/kubernetes/autoscaler/vertical-pod-autoscaler-chart-0.11.0/vertical-pod-autoscaler/charts/vertical-pod-autoscaler/crds/vpa-v1-crd-gen.yaml",
    ],
  },
  nvidiaDevicePlugin: {
    name: "nvidia-device-plugin",
    repository: "https://nvidia.github.io/k8s-device-plugin",
    version: "0.20.0",
    appVersion: "0.20.0",
    licence: "Apache-2.0",
    reason:
      "The nodes come with driver and container toolkit, so that NVIDIA's operator, which would install them, has nothing left to do. (P14, 000, 002)",
    images: [image("nvcr.io/nvidia/k8s-device-plugin:v0.20.0", "image")],
  },
  dcgmExporter: {
    name: "dcgm-exporter",
    repository: "https://nvidia.github.io/dcgm-exporter/helm-charts",
    version: "4.8.2",
    appVersion: "4.8.2",
    licence: "Apache-2.0",
    reason: "NVIDIA's own source of the GPU metrics that 000's dashboard shows. (P14, 000)",
    images: [image("nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless", "image")],
  },
} as const satisfies Readonly<Record<string, Chart>>;

/** Releases of the autoscaler that go with each version of Kubernetes. */
const autoscalerReleases = {
  "1.33": "v1.33.3",
  "1.34": "v1.34.3",
  "1.35": "v1.35.0",
} as const satisfies Record<EksVersionName, string>;

/** The autoscaler of the cluster's own minor version: it foresees what that version's scheduler will do. */
export function clusterAutoscalerFor(version: EksVersionName): Chart {
  const reference = `registry.k8s.io/autoscaling/cluster-autoscaler:${autoscalerReleases[version]}`;
  return { ...capacityCharts.clusterAutoscaler, images: [image(reference, "image")] };
}
