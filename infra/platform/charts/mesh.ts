import type { Chart, ChartImage } from "../../kit/chart";

const repository = "https://istio-release.storage.googleapis.com/charts";
// renovate: datasource=helm depName=istiod registryUrl=https://istio-release.storage.googleapis.com/charts
const version = "1.30.3";
const licence = "Apache-2.0";

/** An image of the mesh: its charts take the whole reference where it has a path. */
function meshImage(name: string): ChartImage {
  return { image: `registry.istio.io/release/${name}:${version}-distroless`, at: { repository: "image" } };
}

/**
 * Charts of the service mesh: Istio in its ambient mode. There are no sidecars, so pods keep the restricted Pod Security
 * Standard, Jobs end by themselves, and a proxy is updated without restarting what it serves. Linkerd's
 * project publishes edge releases only. (P16)
 */
export const meshCharts = {
  istioBase: {
    name: "base",
    repository,
    version,
    appVersion: version,
    licence,
    reason: "The mesh's definitions, in templates: Helm upgrades them. (003, 001)",
    images: [],
  },
  istiod: {
    name: "istiod",
    repository,
    version,
    appVersion: version,
    licence,
    reason: "The mesh's control plane: gives every service account its certificate. (003, 001)",
    images: [meshImage("pilot")],
  },
  istioCni: {
    name: "cni",
    repository,
    version,
    appVersion: version,
    licence,
    reason:
      "Leads the pods' traffic to the node's proxy, so that no pod needs the rights to do so. (003, 001)",
    images: [meshImage("install-cni")],
  },
  ztunnel: {
    name: "ztunnel",
    repository,
    version,
    appVersion: version,
    licence,
    reason: "The node's proxy: encrypts and authorises what pods of the mesh say to each other. (003, 001)",
    images: [meshImage("ztunnel")],
  },
} as const satisfies Readonly<Record<string, Chart>>;
