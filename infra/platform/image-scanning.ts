import * as pulumi from "@pulumi/pulumi";
import { registryHost } from "../config/registry-host";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { nodeDisk, nodeDiskResource } from "../kit/node-disk";
import type { Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, internet, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link ImageScanning}. */
export interface ImageScanningArgs {
  readonly site: Site;
}

const namespace = "trivy-system";
const metricsPort = 8080;

/** Minutes that the scan of one image may take. The largest, of Triton and vLLM, have 10 GB to be fetched and unpacked. */
const scanMinutes = 25;

/** Where Trivy's databases come from, and the registries of the images that it reads. */
const registries = [
  "mirror.gcr.io",
  "ghcr.io",
  "quay.io",
  "registry.k8s.io",
  "registry.istio.io",
  "registry-1.docker.io",
  "ecr-public.aws.com",
  registryHost,
];

/** What a scan gets: layers of the largest images are unpacked on the node's disk, for which the chart has a name of its own. */
function scanResources(memory: string) {
  const disk = nodeDisk("12Gi");
  return {
    requests: { cpu: "50m", memory, ephemeralStorage: disk.requests[nodeDiskResource] },
    limits: { cpu: "1", memory, ephemeralStorage: disk.limits[nodeDiskResource] },
  };
}

/**
 * Scans what runs on the cluster: images for vulnerabilities and for secrets that were left in them, objects for risky
 * settings. Findings are reports beside the workloads, and metrics. What would need the nodes' own files is off, so that
 * its pods stay restricted: their benchmark is the cloud's affair. (P17, 001, 002, 004)
 */
export class ImageScanning extends pulumi.ComponentResource {
  constructor(name: string, { site }: ImageScanningArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:ImageScanning", name, {}, options);
    const production = site.environment === "production";
    const user = { ...restrictedPod, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534 };
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.trivyOperator,
        namespace,
        values: {
          operator: {
            scanJobsConcurrentLimit: production ? 3 : 1,
            scanJobTTL: "10m",
            // The job's own deadline: it has to leave Trivy its time, and the pod some to start.
            scanJobTimeout: `${scanMinutes + 5}m`,
            vulnerabilityScannerEnabled: true,
            exposedSecretScannerEnabled: true,
            configAuditScannerEnabled: true,
            rbacAssessmentScannerEnabled: true,
            sbomGenerationEnabled: false,
            infraAssessmentScannerEnabled: false,
            clusterComplianceEnabled: false,
          },
          compliance: { specs: [] },
          trivyOperator: {
            scanJobPodTemplatePodSecurityContext: user,
            scanJobPodTemplateContainerSecurityContext: restrictedContainer,
            scanJobPodPriorityClassName: "batch",
          },
          trivy: {
            timeout: `${scanMinutes}m0s`,
            // One layer at a time.
            slow: true,
            resources: scanResources(production ? "2Gi" : "1Gi"),
          },
          serviceMonitor: { enabled: hasMonitors(site) },
          podSecurityContext: user,
          securityContext: restrictedContainer,
          resources: resources(
            production ? { cpu: "100m", memory: "512Mi" } : { cpu: "20m", memory: "256Mi", cpuLimit: "500m" },
          ),
          priorityClassName: "batch",
        },
      },
      this,
      site.monitorDefinitions,
    );
    const everyPod = { kind: "all-pods", namespace } as const;
    const operator = pods(namespace, "trivy-operator", { "app.kubernetes.io/name": "trivy-operator" });
    site.network.allow(operator, apiServer);
    site.network.allow(everyPod, internet(...registries), 443);
    allowScraping(site, operator, metricsPort);
    this.registerOutputs();
  }
}
