import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { monitorPods } from "../kit/pod-monitor";
import type { Site } from "../kit/site";
import { resources, restrictedPod } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";
import { dataOperatorsNamespace as namespace } from "./data-operators";

/** Arguments of {@link KafkaOperator}. */
export interface KafkaOperatorArgs {
  readonly site: Site;
}

/** The operator's pods: they talk to every broker and controller. */
export const kafkaOperator = pods(namespace, "kafka-operator", {
  "strimzi.io/kind": "cluster-operator",
});

/** Strimzi, which looks after every Kafka of the cluster. (P8, 000) */
export class KafkaOperator extends pulumi.ComponentResource {
  constructor(name: string, { site }: KafkaOperatorArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:KafkaOperator", name, {}, options);
    // The catalogue's images have their name at the end of the repository already.
    const wholeRepository = { image: { name: "" } };
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.strimzi,
        namespace,
        values: {
          watchAnyNamespace: true,
          ...wholeRepository,
          topicOperator: wholeRepository,
          userOperator: wholeRepository,
          kafkaInit: wholeRepository,
          priorityClassName: "platform-critical",
          podSecurityContext: restrictedPod,
          resources: resources({ cpu: "50m", memory: "384Mi", cpuLimit: "1" }),
          // Who may talk to Kafka is declared where Kafka is, like every other edge.
          generateNetworkPolicy: false,
          extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
        },
      },
      this,
    );
    site.network.allow(kafkaOperator, apiServer);
    monitorPods(`${name}-monitor`, { site, pods: kafkaOperator, port: { name: "http", number: 8080 } }, this);
    this.registerOutputs();
  }
}
