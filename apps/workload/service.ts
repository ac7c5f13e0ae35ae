import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2";
import { ConfigMap, Service as KubernetesService } from "@pulumi/kubernetes/core/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "../../infra/cluster/cloud";
import type { Endpoint } from "../../infra/data/store";
import { hasMonitors } from "../../infra/kit/monitors";
import { afterAlso, type ChildOptions, childOptions } from "../../infra/kit/site";
import { waitsForAnnotation } from "../../infra/kit/waits-for";
import { everybody, type Pods } from "../../infra/network/edge";
import { isYetToBePushed } from "../../infra/platform/pull-secrets";
import { createAccount } from "./account";
import { type Autoscaling, autoscalerSpec, autoscalingOn } from "./autoscaling";
import { checkWorkload } from "./check";
import { serviceDrainSeconds } from "./container";
import { forSite, replicasForSite } from "./for-site";
import { exposureOf, loadBalancerDrainSeconds } from "./load-balancer";
import { filesOf } from "./mounts";
import { configMapName, podTemplate, selectorOf } from "./pod";
import { withSpans } from "./spans";
import { progressDeadline, stating } from "./starting";
import { createRecommender, type VerticalScaling } from "./vertical";
import { declareEdges, podsOf, type WorkloadArgs } from "./workload";

/** The address of a service in its cluster, or on the internet. */
export interface ServiceAddress {
  /** @default the workload's name */
  readonly name?: string;
  /** Ports of the service, by the name of the container's port. */
  readonly ports: Readonly<Record<string, number>>;
  /** A load balancer of its own, for protocols that the ingress does not speak. @default inside the cluster only */
  readonly loadBalancer?: LoadBalancer;
}

/** Arguments of {@link Service}. */
export interface ServiceArgs extends WorkloadArgs {
  /** How many replicas in production: a number, or what decides it. */
  readonly replicas: number | Autoscaling;
  /** Left out when there are no callers, as for a queue's consumer. */
  readonly service?: ServiceAddress;
  /**
   * Pods that stay up while nodes are drained.
   * @default all but one
   */
  readonly minimumAvailable?: number;
  /** Pods above the wanted number, and missing from it, while a rollout is under way. @default 1 and 0 */
  readonly rollout?: { readonly maxSurge: number | string; readonly maxUnavailable: number | string };
  readonly vertical?: VerticalScaling;
  /**
   * What people bring, and what the pods are not Ready without: an `up` then does not wait for them, and the smoke test says what is
   * missing.
   */
  readonly waitsFor?: string;
  /**
   * Seconds that it may take to start: a model is loaded. The startup probe has to allow as much.
   * @default what the startup probe allows
   */
  readonly startsWithinSeconds?: number;
  /**
   * Whether it is told where to send its spans. False for software of others that does not look at OpenTelemetry's variables.
   * @default true, where the cluster has a collector
   */
  readonly traced?: boolean;
}

/** A pod of a service serves on until nothing sends to it any more: a load balancer of its own takes longest to know. */
function drainOf({ site, service }: ServiceArgs): number {
  if (service === undefined) return 0;
  return exposureOf(site, service.loadBalancer).type === "LoadBalancer"
    ? loadBalancerDrainSeconds
    : serviceDrainSeconds;
}

/**
 * A workload that serves, or consumes from a queue, all the time: a Deployment with everything that it takes to change,
 * drain and scale it without anybody noticing. (R3)
 */
export class Service extends pulumi.ComponentResource {
  /** The service's pods, for edges. */
  readonly pods: Pods;
  /** The service's name in its cluster; undefined when it has none. */
  readonly serviceName: string | undefined;
  private readonly args: ServiceArgs;

  constructor(name: string, declared: ServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:apps:Service", name, {}, options);
    const brought = { ...declared, waitsFor: awaitedOf(declared) };
    const sized = { ...forSite(brought), replicas: replicasForSite(declared, declared.replicas) };
    const args = declared.traced === false ? sized : withSpans(sized);
    this.args = args;
    this.pods = podsOf(args);
    this.serviceName = args.service && (args.service.name ?? args.workload);
    const { site, namespace, workload, replicas } = args;
    const child = childOptions(this, site, namespace, ...(args.after ?? []));
    checkWorkload(
      args,
      typeof replicas === "number" ? { pods: replicas } : { pods: replicas.minimum, replicas },
    );
    declareEdges(args);

    const files = filesOf(args);
    const configuration =
      files &&
      new ConfigMap(
        `${name}-config`,
        { metadata: { name: configMapName(workload), namespace }, data: { ...files } },
        child,
      );
    const account = createAccount(name, { namespace, workload, ...args.account }, child);
    const deployment = this.createDeployment(
      name,
      account.name,
      afterAlso(child, configuration, ...account.resources),
    );
    this.createService(name, child);
    this.createScaling(name, deployment, child);
    this.createMonitor(name, child);
    this.registerOutputs();
  }

  /** One of the service's addresses, as others call it. */
  endpoint(port: string): Endpoint {
    const { namespace, workload, service, ports = {} } = this.args;
    const [servicePort, containerPort] = [service?.ports[port], ports[port]];
    if (this.serviceName === undefined || servicePort === undefined || containerPort === undefined) {
      throw new Error(`the service ${workload} in ${namespace} has no port ${port}`);
    }
    return {
      host: `${this.serviceName}.${namespace}.svc`,
      port: servicePort,
      tls: false,
      pods: this.pods,
      podPort: containerPort,
    };
  }

  private createDeployment(name: string, serviceAccount: string, options: ChildOptions): Deployment {
    const { args } = this;
    const { site, namespace, workload, replicas, rollout } = args;
    const wanted = typeof replicas === "number" ? replicas : (replicas.initial ?? replicas.minimum);
    return new Deployment(
      `${name}-deployment`,
      {
        metadata: {
          name: workload,
          namespace,
          labels: { ...args.labels, ...selectorOf(workload) },
          ...(args.waitsFor !== undefined && {
            annotations: { "pulumi.com/skipAwait": "true", [waitsForAnnotation]: args.waitsFor },
          }),
        },
        spec: {
          replicas: wanted,
          revisionHistoryLimit: 5,
          ...progressDeadline(args.probes),
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: rollout ?? { maxSurge: 1, maxUnavailable: 0 },
          },
          selector: { matchLabels: selectorOf(workload) },
          template: podTemplate(stating(waiting(args)), {
            name: workload,
            serviceAccount,
            token: (args.account?.rules ?? []).length > 0,
            drainSeconds: drainOf(args),
            restartPolicy: "Always",
            zones: site.cluster.zones,
          }),
        },
      },
      // Where an autoscaler decides, the number is left to it: saying it again would set it back with every update.
      autoscalingOn(site, replicas) === undefined
        ? options
        : { ...options, ignoreChanges: ["spec.replicas"] },
    );
  }

  private createService(name: string, options: ChildOptions): void {
    const { site, namespace, workload, service, ports = {}, waitsFor } = this.args;
    if (service === undefined || this.serviceName === undefined) return;
    const { annotations, ...exposure } = exposureOf(site, service.loadBalancer);
    const zones = site.cluster.zones.length;
    new KubernetesService(
      `${name}-service`,
      {
        metadata: {
          name: this.serviceName,
          namespace,
          labels: selectorOf(workload),
          ...((annotations || waitsFor !== undefined) && {
            annotations: {
              ...annotations,
              // As long as pods behind it are not Ready, it is not either.
              ...(waitsFor !== undefined && { "pulumi.com/skipAwait": "true" }),
            },
          }),
        },
        spec: {
          ...exposure,
          // Callers stay in their zone while it has a pod that is ready: across zones each byte costs. (001)
          ...(zones > 1 && { trafficDistribution: "PreferClose" }),
          selector: selectorOf(workload),
          ports: Object.entries(service.ports).map(([port, number]) => ({
            name: port,
            port: number,
            targetPort: port,
            protocol: "TCP",
          })),
        },
      },
      options,
    );
    if (exposure.type !== "ClusterIP") {
      const open = Object.keys(service.ports).flatMap((port) => ports[port] ?? []);
      site.network.allow(everybody, this.pods, ...open);
    }
  }

  private createScaling(name: string, deployment: Deployment, options: ChildOptions): void {
    const { site, namespace, workload, replicas, minimumAvailable, vertical } = this.args;
    const fewest = typeof replicas === "number" ? replicas : replicas.minimum;
    const autoscaling = autoscalingOn(site, replicas);
    if (autoscaling !== undefined) {
      new HorizontalPodAutoscaler(
        `${name}-autoscaler`,
        {
          metadata: { name: `${workload}-hpa`, namespace },
          spec: autoscalerSpec(workload, autoscaling),
        },
        afterAlso(options, deployment),
      );
    }
    if (fewest > 1) {
      const room = minimumAvailable !== undefined && minimumAvailable < fewest;
      new PodDisruptionBudget(
        `${name}-disruption-budget`,
        {
          metadata: { name: `${workload}-pdb`, namespace },
          spec: {
            selector: { matchLabels: selectorOf(workload) },
            ...(room ? { minAvailable: minimumAvailable } : { maxUnavailable: 1 }),
            // Pods that are not ready anyway must not keep a node from being drained.
            unhealthyPodEvictionPolicy: "AlwaysAllow",
          },
        },
        options,
      );
    }
    if (vertical)
      createRecommender(name, { site, namespace, workload, vertical }, afterAlso(options, deployment));
  }

  private createMonitor(name: string, options: ChildOptions): void {
    const { site, namespace, workload, metrics, service } = this.args;
    if (metrics === undefined || !hasMonitors(site)) return;
    const endpoint = {
      port: metrics.port,
      path: metrics.path ?? "/metrics",
      interval: metrics.interval ?? "30s",
    };
    const byService = service?.ports[metrics.port] !== undefined;
    new CustomResource(
      `${name}-monitor`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: byService ? "ServiceMonitor" : "PodMonitor",
        metadata: { name: workload, namespace },
        spec: {
          selector: { matchLabels: selectorOf(workload) },
          ...(byService ? { endpoints: [endpoint] } : { podMetricsEndpoints: [endpoint] }),
        },
      },
      afterAlso(options, site.monitorDefinitions),
    );
  }
}

/** What people bring to a service: what it says itself, and images of the stack's own registry while that is empty. */
function awaitedOf({
  site,
  image,
  initContainers = [],
  sidecars = [],
  waitsFor,
}: ServiceArgs): string | undefined {
  const images = [image, ...[...initContainers, ...sidecars].map((one) => one.image)];
  const missing = images
    .filter((one) => isYetToBePushed(site, one))
    .map((one) => `the image ${one}, which docs/registry.md tells how to push`);
  const all = [...(waitsFor === undefined ? [] : [waitsFor]), ...missing];
  return all.length === 0 ? undefined : all.join("; ");
}

/** Pods themselves state what they wait for, where people who find one not Ready will see it. */
function waiting(args: ServiceArgs): ServiceArgs {
  if (args.waitsFor === undefined) return args;
  return { ...args, annotations: { ...args.annotations, [waitsForAnnotation]: args.waitsFor } };
}
