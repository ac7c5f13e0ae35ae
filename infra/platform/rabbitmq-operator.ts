import * as pulumi from "@pulumi/pulumi";
import type { Site } from "../kit/site";
import { everyPod, pods } from "../network/edge";
import { messagingSoftware } from "./charts/messaging";
import { dataOperatorsNamespace as namespace } from "./data-operators";
import { OperatorDeployment } from "./operator-deployment";
import { rabbitmqClusterRules, rabbitmqTopologyRules } from "./rabbitmq-permissions";

/** Arguments of {@link RabbitmqOperators}. */
export interface RabbitmqOperatorsArgs {
  readonly site: Site;
}

const { rabbitmqClusterOperator, rabbitmqTopologyOperator } = messagingSoftware;

/** Where RabbitMQ's management API listens, by which the topology operator talks to it. */
export const rabbitmqManagementPort = 15672;

/** The topology operator's pods, which talk to every RabbitMQ; the cluster operator acts by the API server alone. */
export const topologyOperator = pods(namespace, rabbitmqTopologyOperator.name, {
  "app.kubernetes.io/name": rabbitmqTopologyOperator.name,
});

/**
 * RabbitMQ's operators: one for the clusters themselves, one for what is in them. Their published manifests each bring
 * the same namespace, which two manifests cannot both own, and know neither its limits nor its policies; so here they are
 * deployed like everything else, beside the other operators. (P9)
 */
export class RabbitmqOperators extends pulumi.ComponentResource {
  constructor(name: string, { site }: RabbitmqOperatorsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:RabbitmqOperators", name, {}, options);
    const child = { parent: this };
    new OperatorDeployment(
      `${name}-cluster`,
      {
        site,
        namespace,
        software: rabbitmqClusterOperator,
        arguments: ["--health-probe-bind-address=:8081"],
        rules: rabbitmqClusterRules,
        size: { cpu: "25m", memory: "256Mi", cpuLimit: "200m" },
      },
      child,
    );
    new OperatorDeployment(
      `${name}-topology`,
      {
        site,
        namespace,
        software: rabbitmqTopologyOperator,
        arguments: [
          "--leader-elect",
          "--health-probe-bind-address=:8081",
          "--metrics-bind-address=:8080",
          "--metrics-secure=false",
        ],
        rules: rabbitmqTopologyRules,
        size: { cpu: "25m", memory: "256Mi", cpuLimit: "300m" },
      },
      child,
    );
    // Also in the namespaces of other stacks on a shared cluster. (D3)
    site.network.allow(topologyOperator, everyPod, rabbitmqManagementPort);
    this.registerOutputs();
  }
}
