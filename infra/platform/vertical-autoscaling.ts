import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { monitorPods } from "../kit/pod-monitor";
import { replicas, type Site } from "../kit/site";
import { type Resources, resources, restrictedContainer, restrictedPod, type Values } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link VerticalAutoscaling}. */
export interface VerticalAutoscalingArgs {
  readonly site: Site;
  /** Signs the webhook's certificate. */
  readonly certificates: pulumi.Resource;
}

const namespace = "platform-system";
const webhookPort = 8000;
const metricsPorts = { recommender: 8942, updater: 8943, "admission-controller": 8944 } as const;

/**
 * The vertical pod autoscaler. Recommendations are everywhere; where availability is not high, nothing acts on them: a
 * single replica would be restarted for its new size. Should it fail, pods start with what their templates say. (P14, 000,
 * 001)
 */
export class VerticalAutoscaling extends pulumi.ComponentResource {
  /** For resources that create VerticalPodAutoscalers. */
  readonly ready: pulumi.Resource;

  constructor(
    name: string,
    { site, certificates }: VerticalAutoscalingArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:VerticalAutoscaling", name, {}, options);
    const chart = charts.verticalPodAutoscaler;
    const acts = site.settings.availability === "high";
    const component = (size: Resources): Values => ({
      replicas: replicas(site, 2),
      resources: resources(size),
      priorityClassName: "platform-critical",
      // The chart's own budget leaves one of two; of one it would leave all, and no node could be drained.
      podDisruptionBudget: { enabled: acts },
    });
    this.ready = helmRelease(
      `${name}-release`,
      {
        site,
        chart,
        namespace,
        values: {
          podSecurityContext: { ...restrictedPod, runAsUser: 65534 },
          containerSecurityContext: restrictedContainer,
          recommender: {
            ...component(
              site.environment === "production"
                ? { cpu: "50m", memory: "512Mi" }
                : { cpu: "20m", memory: "128Mi" },
            ),
            enabled: true,
            leaderElection: { enabled: acts },
          },
          updater: {
            ...component({ cpu: "20m", memory: "128Mi" }),
            enabled: acts,
            leaderElection: { enabled: acts },
          },
          admissionController: {
            ...component({ cpu: "20m", memory: "128Mi" }),
            enabled: acts,
            registerWebhook: false,
            certGen: { enabled: false },
            certManager: { enabled: true, createSelfSignedIssuer: { enabled: true } },
            mutatingWebhookConfiguration: { failurePolicy: "Ignore", timeoutSeconds: 5 },
          },
        },
      },
      this,
      certificates,
    );
    for (const [part, port] of Object.entries(metricsPorts)) {
      if (part !== "recommender" && !acts) continue;
      const labels = { "app.kubernetes.io/name": chart.name, "app.kubernetes.io/component": part };
      const party = pods(namespace, `${chart.name}-${part}`, labels);
      site.network.allow(party, apiServer);
      monitorPods(
        `${name}-${part}-monitor`,
        { site, pods: party, port: { name: "prometheus", number: port } },
        this,
      );
      if (part === "admission-controller") site.network.allow(apiServer, party, webhookPort);
    }
    this.registerOutputs();
  }
}
