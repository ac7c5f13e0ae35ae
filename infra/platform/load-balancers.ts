import * as pulumi from "@pulumi/pulumi";
import type { AwsSurroundings } from "../cluster/cluster";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { replicas, type Site } from "../kit/site";
import { resources, restrictedContainer, restrictedPod } from "../kit/values";
import { apiServer, cloudServices, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link LoadBalancers}. */
export interface LoadBalancersArgs {
  readonly site: Site;
  readonly aws: AwsSurroundings;
  /** Signs the webhooks' certificate. */
  readonly certificates: pulumi.Resource;
}

const namespace = "platform-system";
const metricsPort = 8080;
const webhookPort = 9443;

/**
 * Makes network load balancers for Services of the class `service.k8s.aws/nlb`, and no others: Ingresses are NGINX's, so
 * that the webhooks by which it would have a say in every Ingress and every Service are off, and none of those has to wait
 * for it. LKE makes its NodeBalancers by itself. (C11, 000, 001)
 */
export class LoadBalancers extends pulumi.ComponentResource {
  /** For resources with a Service that needs a load balancer: it is created before them and deleted after them. */
  readonly ready: pulumi.Resource;

  constructor(
    name: string,
    { site, aws, certificates }: LoadBalancersArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:LoadBalancers", name, {}, options);
    const chart = charts.awsLoadBalancerController;
    const count = replicas(site, 2);
    this.ready = helmRelease(
      `${name}-release`,
      {
        site,
        chart,
        namespace,
        values: {
          clusterName: aws.clusterName,
          region: aws.region,
          vpcId: aws.vpcId,
          replicaCount: count,
          // A certificate of the chart's own would be another one at every render, and so every release a change.
          enableCertManager: true,
          enableServiceMutatorWebhook: false,
          webhookConfig: { disableIngressValidation: true },
          createIngressClassResource: false,
          ingressClassParams: { create: false },
          controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false } },
          defaultTargetType: "ip",
          resources: resources({ cpu: "50m", memory: "192Mi" }),
          podSecurityContext: { ...restrictedPod, fsGroup: 65534 },
          securityContext: restrictedContainer,
          priorityClassName: "platform-critical",
          ...(count > 1 && { podDisruptionBudget: { maxUnavailable: 1 } }),
          serviceMonitor: { enabled: hasMonitors(site) },
        },
      },
      this,
      certificates,
      site.monitorDefinitions,
    );
    const controller = pods(namespace, chart.name, { "app.kubernetes.io/name": chart.name });
    site.network.allow(controller, apiServer);
    site.network.allow(apiServer, controller, webhookPort);
    site.network.allow(
      controller,
      cloudServices(`ec2.${aws.region}.amazonaws.com`, `elasticloadbalancing.${aws.region}.amazonaws.com`),
      443,
    );
    allowScraping(site, controller, metricsPort);
    this.registerOutputs();
  }
}
