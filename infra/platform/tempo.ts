import type { Environment } from "../config/environment";
import { hasMonitors } from "../kit/monitors";
import { namespacesOf, type Site } from "../kit/site";
import { type Resources, resources, restrictedContainer, restrictedPod, type Values } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { bucketEnvironment, type TelemetryBucket } from "./telemetry-bucket";

/** Port of Tempo's API. */
export const tempoPort = 3200;

/** Port on which Tempo takes spans. */
export const tempoSpansPort = 4317;

/** The service account that may use the bucket for traces; on AWS its role is made by this name. */
export const tempoServiceAccount = "tempo";

interface Size {
  readonly resources: Resources;
  /** How long traces are kept. */
  readonly retention: string;
}

const sizes: Readonly<Record<Environment, Size>> = {
  development: { resources: { cpu: "25m", memory: "256Mi", cpuLimit: "500m" }, retention: "48h" },
  staging: { resources: { cpu: "50m", memory: "512Mi", cpuLimit: "500m" }, retention: "168h" },
  production: { resources: { cpu: "250m", memory: "2Gi" }, retention: "336h" },
};

/** The Tempo of a site's cluster. */
export function tempo(site: Site): Pods {
  return pods(namespacesOf(site).monitoring, "tempo", { "app.kubernetes.io/name": "tempo" });
}

/** Host name of Tempo. */
export function tempoHost(site: Site): string {
  return `tempo.${namespacesOf(site).monitoring}.svc`;
}

/** Base URL of Tempo's API. */
export function tempoUrl(site: Site): string {
  return `http://${tempoHost(site)}:${tempoPort}`;
}

/**
 * Values of Tempo: one copy, whose last minutes are on its volume and whose traces are in the bucket. While it restarts the
 * collector keeps what it has for it. (P4, 001, 002)
 */
export function tempoValues(site: Site, bucket: TelemetryBucket | undefined): Values {
  const size = sizes[site.environment];
  return {
    replicas: 1,
    priorityClassName: "data-store",
    serviceAccount: { name: tempoServiceAccount },
    securityContext: restrictedPod,
    persistence: { enabled: true, size: "10Gi", storageClassName: "standard" },
    serviceMonitor: { enabled: hasMonitors(site) },
    tempo: {
      resources: resources(size.resources),
      securityContext: restrictedContainer,
      retention: size.retention,
      reportingEnabled: false,
      memBallastSizeMbs: 0,
      ...(bucket && { storage: storage(bucket), ...bucketEnvironment(bucket) }),
    },
  };
}

/** The bucket is Loki's too: a prefix of its own keeps Tempo's blocks apart. */
function storage({ name, region, endpoint }: TelemetryBucket): Values {
  return { trace: { backend: "s3", s3: { bucket: name, prefix: "tempo", region, endpoint } } };
}
