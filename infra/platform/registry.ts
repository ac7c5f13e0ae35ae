import * as pulumi from "@pulumi/pulumi";
import { registryHost } from "../config/registry-host";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { replicas, type Site } from "../kit/site";
import { type Resources, resources, spread, type Values } from "../kit/values";
import { pods } from "../network/edge";
import { allowChallenges } from "./challenges";
import { charts } from "./charts";
import { secureHost } from "./hosts";
import { allowIngress, ingressClass } from "./ingress-class";
import { createRegistrySetup } from "./registry-setup";

/** Arguments of {@link Registry}. */
export interface RegistryArgs {
  readonly site: Site;
}

const namespace = "registry";

/** Name of the Secret that has everything that Harbor's own parts know each other by. */
const secretName = "harbor-secrets";

/** Harbor's parts, by their pods' labels. */
type Part = "core" | "portal" | "jobservice" | "registry" | "database" | "redis" | "exporter";

const metricsPort = 8001;

/**
 * Harbor, the registry of the images. The parts that serve users are replicated. Each part that holds data
 * has one replica, on a volume that outlives its claim and is backed up daily: images can be rebuilt from
 * source, and nodes with an image run it while the registry is away. (P7, 000)
 */
export class Registry extends pulumi.ComponentResource {
  constructor(name: string, { site }: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:Registry", name, {}, options);
    const secret = site.secrets.provide(namespace, secretName);
    const release = helmRelease(
      `${name}-release`,
      { site, chart: charts.harbor, namespace, values: values(site) },
      this,
      secret.resource,
      site.monitorDefinitions,
    );
    declareNetwork(site);
    const api = { pods: pods(namespace, "harbor-core", labels("core")), port: 8080 };
    createRegistrySetup(`${name}-setup`, { site, namespace, secret, release, api }, this);
    this.registerOutputs();
  }
}

function values(site: Site): Values {
  const size = sizes(site);
  const generated = (key: string): pulumi.Output<string> => site.secrets.value(namespace, secretName, key);
  const replicated = (part: Part) => ({
    replicas: replicas(site, 2),
    resources: resources(size[part]),
    priorityClassName: "serving",
    // The chart adds whose pods they are, and would say it twice.
    topologySpreadConstraints: spread({}).map(({ labelSelector: _, ...constraint }) => constraint),
    podDisruptionBudget: { enabled: replicas(site, 2) > 1, minAvailable: null, maxUnavailable: 1 },
  });
  const alone = (part: Part) => ({ resources: resources(size[part]), priorityClassName: "data-store" });
  const volume = (storage: string) => ({ storageClass: "fast-ssd", size: storage });
  return {
    externalURL: `https://${registryHost}`,
    expose: {
      type: "ingress",
      tls: { enabled: true, certSource: "secret", secret: { secretName: "registry-tls" } },
      ingress: {
        className: ingressClass,
        hosts: { core: registryHost },
        annotations: {
          ...secureHost(site, registryHost),
          // Layers of models are as large as the models. The load balancer ends what is silent for 350 s.
          "nginx.org/client-max-body-size": "0",
          "nginx.org/proxy-read-timeout": "300s",
          "nginx.org/proxy-send-timeout": "300s",
        },
      },
    },
    // A volume goes to one pod at a time: the next one starts when the last has let go.
    updateStrategy: { type: "Recreate" },
    persistence: {
      resourcePolicy: "keep",
      persistentVolumeClaim: {
        registry: volume(site.environment === "production" ? "200Gi" : "50Gi"),
        database: volume("10Gi"),
        // So small a volume is not made with the fast class's operations a second.
        redis: { storageClass: "standard", size: "5Gi" },
      },
    },
    existingSecretAdminPassword: secretName,
    existingSecretSecretKey: secretName,
    core: { ...replicated("core"), existingSecret: secretName, existingXsrfSecret: secretName },
    portal: replicated("portal"),
    jobservice: { ...replicated("jobservice"), existingSecret: secretName, jobLoggers: ["database"] },
    registry: {
      priorityClassName: "serving",
      registry: { resources: resources(size.registry) },
      controller: { resources: resources({ cpu: "20m", memory: "128Mi", cpuLimit: "500m" }) },
      existingSecret: secretName,
      // The chart makes the password's hash itself; it takes no Secret for the password alone.
      credentials: { username: "harbor", password: generated("REGISTRY_PASSWD") },
    },
    // The bundled database takes its password as a value only.
    database: {
      internal: {
        ...alone("database"),
        password: generated("POSTGRES_PASSWORD"),
        initContainer: { permissions: { resources: resources({ cpu: "10m", memory: "32Mi" }) } },
      },
    },
    redis: { internal: alone("redis") },
    exporter: { resources: resources(size.exporter), priorityClassName: "serving" },
    // The cluster's own scanner sees what runs, from here and from elsewhere.
    trivy: { enabled: false },
    metrics: { enabled: hasMonitors(site), serviceMonitor: { enabled: hasMonitors(site) } },
  };
}

function labels(part: Part) {
  return { app: "harbor", component: part };
}

function declareNetwork(site: Site): void {
  const { network } = site;
  const part = (name: Part) => pods(namespace, `harbor-${name}`, labels(name));
  const [core, portal, jobs] = [part("core"), part("portal"), part("jobservice")];
  const [registry, database, redis] = [part("registry"), part("database"), part("redis")];
  allowChallenges(site, namespace, registryHost);
  allowIngress(site, core, 8080);
  allowIngress(site, portal, 8080);
  network.allow(core, portal, 8080);
  network.allow(core, jobs, 8080);
  network.allow(core, registry, 5000, 8080);
  network.allow(jobs, core, 8080);
  network.allow(jobs, registry, 5000, 8080);
  network.allow(registry, core, 8080);
  const callers = hasMonitors(site) ? [core, jobs, registry, part("exporter")] : [core, jobs, registry];
  for (const each of callers) {
    network.allow(each, database, 5432);
    network.allow(each, redis, 6379);
    allowScraping(site, each, metricsPort);
  }
  if (hasMonitors(site)) network.allow(part("exporter"), core, 8080);
}

function sizes({ environment }: Site): Readonly<Record<Part, Resources>> {
  if (environment === "production") {
    return {
      core: { cpu: "100m", memory: "512Mi" },
      portal: { cpu: "20m", memory: "64Mi" },
      jobservice: { cpu: "50m", memory: "256Mi" },
      registry: { cpu: "200m", memory: "1Gi", cpuLimit: "2" },
      database: { cpu: "200m", memory: "1Gi", cpuLimit: "2" },
      redis: { cpu: "50m", memory: "256Mi" },
      exporter: { cpu: "20m", memory: "64Mi" },
    };
  }
  const small = { cpu: "20m", memory: "128Mi", cpuLimit: "500m" };
  return {
    core: { ...small, memory: "256Mi" },
    portal: { ...small, memory: "32Mi" },
    jobservice: small,
    registry: { ...small, memory: "256Mi" },
    database: { ...small, memory: "256Mi" },
    redis: small,
    exporter: { ...small, memory: "64Mi" },
  };
}
