import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster";
import { nodeAgentPriority } from "../cluster/priorities";
import { acceleratorLabel } from "../kit/accelerator";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import type { Site } from "../kit/site";
import { resources, restrictedPod } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link GpuAgents}. */
export interface GpuAgentsArgs {
  readonly site: Site;
}

const namespace = "node-agents";
const metricsPort = 9400;

/**
 * On every node with NVIDIA cards: the plugin that offers the cards to pods, and the exporter of their metrics. (P14, 000,
 * 002)
 *
 * Neither installs a driver. EKS' NVIDIA images have the driver and the container toolkit; so have LKE's GPU nodes, for
 * which Akamai tells to install the device plugin and no more. Whether that holds for its Blackwell plans, Akamai's page does
 * not say, and it was not tried: where the driver is missing, nodes offer no `nvidia.com/gpu`, and pods that ask for cards wait. A local cluster with cards has to bring both. The chart's
 * privileged daemon for cards that pods share (MPS) waits for a label that no node has.
 *
 * @see https://techdocs.akamai.com/cloud-computing/docs/gpus-on-lke (read 2026-11)
 */
export class GpuAgents extends pulumi.ComponentResource {
  constructor(name: string, { site }: GpuAgentsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:GpuAgents", name, {}, options);
    const placement = {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [gpuNodes(site.cluster)] },
        },
      },
      // The taints that keep other pods off these nodes.
      tolerations: [{ operator: "Exists" }],
      priorityClassName: nodeAgentPriority,
    };
    helmRelease(
      `${name}-plugin`,
      {
        site,
        chart: charts.nvidiaDevicePlugin,
        namespace,
        values: {
          ...placement,
          podSecurityContext: { seccompProfile: restrictedPod.seccompProfile },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
          resources: resources({ cpu: "20m", memory: "64Mi" }),
        },
      },
      this,
    );
    helmRelease(
      `${name}-metrics`,
      {
        site,
        chart: charts.dcgmExporter,
        namespace,
        values: {
          ...placement,
          podSecurityContext: { seccompProfile: restrictedPod.seccompProfile },
          // Root reads the cards; SYS_ADMIN is for profiling metrics alone, of which no dashboard of the seeds has any.
          securityContext: {
            runAsNonRoot: false,
            runAsUser: 0,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"], add: [] },
          },
          customMetrics: cardMetrics.map((line) => `${line}\n`).join(""),
          resources: resources({ cpu: "50m", memory: "768Mi" }),
          serviceMonitor: { enabled: hasMonitors(site), interval: "15s" },
        },
      },
      this,
      site.monitorDefinitions,
    );
    const agent = (chart: string) => pods(namespace, chart, { "app.kubernetes.io/name": chart });
    site.network.allow(agent(charts.nvidiaDevicePlugin.name), apiServer);
    allowScraping(site, agent(charts.dcgmExporter.name), metricsPort);
    this.registerOutputs();
  }
}

/**
 * What is read of a card: field, kind, meaning. None of the profiling fields (`DCGM_FI_PROF_`), which the chart asks for by
 * itself: without the capability SYS_ADMIN the exporter ends on them. (NVIDIA, DCGM exporter)
 */
export const cardMetrics = [
  "DCGM_FI_DEV_SM_CLOCK, gauge, SM clock frequency (in MHz)",
  "DCGM_FI_DEV_GPU_TEMP, gauge, Temperature (in C)",
  "DCGM_FI_DEV_POWER_USAGE, gauge, Power draw (in W)",
  "DCGM_FI_DEV_GPU_UTIL, gauge, Utilization (in %)",
  "DCGM_FI_DEV_MEM_COPY_UTIL, gauge, Memory utilization (in %)",
  "DCGM_FI_DEV_XID_ERRORS, gauge, Number of the last XID error",
  "DCGM_FI_DEV_FB_FREE, gauge, Memory free (in MiB)",
  "DCGM_FI_DEV_FB_USED, gauge, Memory used (in MiB)",
  "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS, counter, Rows remapped for uncorrectable errors",
  "DCGM_FI_DEV_ROW_REMAP_FAILURE, gauge, Whether remapping of rows has failed",
] as const;

/** Whether any node of a cluster has cards. */
export function hasGpus({ pools }: Cluster): boolean {
  return pools.some(({ gpu }) => gpu !== undefined);
}

/** The nodes with GPUs: by their label, or all nodes of an existing cluster that is declared to have GPUs. */
function gpuNodes({ cloud }: Cluster) {
  const [key, value] = cloud.makesNodes
    ? ["accelerator", acceleratorLabel.accelerator]
    : ["kubernetes.io/os", "linux"];
  return { matchExpressions: [{ key, operator: "In", values: [value] }] };
}
