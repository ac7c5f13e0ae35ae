import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { childOptions, replicas, type Site } from "../kit/site";
import { type Resources, resources, spread } from "../kit/values";
import { apiServer, type Pods, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link Mesh}. */
export interface MeshArgs {
  readonly site: Site;
}

const namespace = "istio-system";
const webhookPort = 15017;
const certificatePort = 15012;

/** What serves metrics in the mesh, and where. */
const controlPlane = { pods: pods(namespace, "istiod", { app: "istiod" }), metricsPort: 15014 };
const nodeProxy = { pods: pods(namespace, "ztunnel", { app: "ztunnel" }), metricsPort: 15020 };
const nodeAgent = {
  pods: pods(namespace, "istio-cni", { "k8s-app": "istio-cni-node" }),
  metricsPort: 15014,
};

/**
 * The service mesh: traffic between the systems' pods goes through their node's proxy, encrypted, with the
 * certificate of the pod's service account on both sides. Labels of namespaces say which take part; policies
 * compiled from the declared edges say which calls are allowed. (P16, 003)
 */
export class Mesh extends pulumi.ComponentResource {
  /** What the mesh's own objects have to wait for: it knows their kinds, and checks them. */
  readonly controlPlane: pulumi.Resource;

  constructor(name: string, { site }: MeshArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Mesh", name, {}, options);
    const size = sizes(site);
    const base = helmRelease(
      `${name}-base`,
      {
        site,
        chart: charts.istioBase,
        namespace,
        releaseName: "istio-base",
        values: { global: { istioNamespace: namespace } },
      },
      this,
    );
    this.controlPlane = helmRelease(
      `${name}-istiod`,
      {
        site,
        chart: charts.istiod,
        namespace,
        values: {
          profile: "ambient",
          autoscaleEnabled: false,
          replicaCount: replicas(site, 2),
          resources: resources(size.controlPlane),
          seccompProfile: { type: "RuntimeDefault" },
          topologySpreadConstraints: spread({ app: "istiod" }),
          global: {
            priorityClassName: "platform-critical",
            defaultPodDisruptionBudget: { enabled: replicas(site, 2) > 1 },
          },
          pdb: { minAvailable: null, maxUnavailable: 1 },
        },
      },
      this,
      base,
    );
    helmRelease(
      `${name}-cni`,
      {
        site,
        chart: charts.istioCni,
        namespace,
        releaseName: "istio-cni",
        values: {
          ambient: { enabled: true },
          resources: resources(size.nodeAgent),
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
      this,
      base,
    );
    helmRelease(
      `${name}-ztunnel`,
      { site, chart: charts.ztunnel, namespace, values: { resources: resources(size.nodeProxy) } },
      this,
      this.controlPlane,
    );
    this.monitor(name, site);
    this.declareNetwork(site);
    this.registerOutputs();
  }

  /** The charts have no monitors of their own. */
  private monitor(name: string, site: Site): void {
    for (const { pods: target, metricsPort } of [controlPlane, nodeProxy, nodeAgent]) {
      allowScraping(site, target, metricsPort);
      if (!hasMonitors(site)) continue;
      new CustomResource(
        `${name}-monitor-${target.name}`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PodMonitor",
          metadata: { name: target.name, namespace },
          spec: podMonitor(target, metricsPort),
        },
        childOptions(this, site, namespace, site.monitorDefinitions),
      );
    }
  }

  private declareNetwork({ network }: Site): void {
    network.allow(controlPlane.pods, apiServer);
    network.allow(apiServer, controlPlane.pods, webhookPort);
    network.allow(nodeAgent.pods, apiServer);
    network.allow(nodeProxy.pods, controlPlane.pods, certificatePort);
  }
}

function podMonitor(target: Pods, metricsPort: number) {
  return {
    selector: { matchLabels: { ...target.labels } },
    podMetricsEndpoints: [{ portNumber: metricsPort, path: "/metrics" }],
  };
}

/** The control plane's memory grows with the cluster's pods, a node's proxy with its traffic. */
function sizes({
  environment,
}: Site): Readonly<Record<"controlPlane" | "nodeAgent" | "nodeProxy", Resources>> {
  const nodeAgentSize = { cpu: "20m", memory: "128Mi", cpuLimit: "500m" };
  if (environment !== "production") {
    return {
      controlPlane: { cpu: "50m", memory: "512Mi", cpuLimit: "1" },
      nodeAgent: nodeAgentSize,
      nodeProxy: { cpu: "50m", memory: "128Mi", cpuLimit: "1" },
    };
  }
  return {
    controlPlane: { cpu: "500m", memory: "2Gi" },
    nodeAgent: nodeAgentSize,
    nodeProxy: { cpu: "200m", memory: "512Mi", cpuLimit: "2" },
  };
}
