import * as pulumi from "@pulumi/pulumi";
import { namespaceOf } from "../cluster/namespaces";
import { helmRelease } from "../kit/helm-release";
import type { Site } from "../kit/site";
import { resources } from "../kit/values";
import { apiServer, pods } from "../network/edge";
import { charts } from "./charts";

/** Arguments of {@link MongodbOperator}. */
export interface MongodbOperatorArgs {
  readonly site: Site;
}

const namespace = "data-operators";

/** Namespaces that hold a MongoDBCommunity: in each the chart makes the service account that members run as. */
const watched: readonly string[] = [namespaceOf("ai-middleware", "shared")];

/** MongoDB's operator, which may look after replica sets and nothing else. It never calls them: they fetch their orders. (P12) */
export class MongodbOperator extends pulumi.ComponentResource {
  constructor(name: string, { site }: MongodbOperatorArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:platform:MongodbOperator", name, {}, options);
    helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.mongodbOperator,
        namespace,
        values: {
          operator: {
            watchNamespace: watched.join(","),
            watchedResources: ["mongodbcommunity"],
            enableClusterMongoDBRoles: false,
            resources: resources({ cpu: "50m", memory: "256Mi" }),
            // They check MongoDB's own kinds for its Enterprise edition, of which there are none.
            webhook: { registerConfiguration: false, installClusterRole: false },
          },
          customEnvVars: "MDB_OPERATOR_TELEMETRY_ENABLED=false",
          registry: { pullPolicy: "IfNotPresent" },
        },
      },
      this,
      ...watched.map((each) => site.namespace(each)),
    );
    site.network.allow(
      pods(namespace, "mongodb-kubernetes-operator", {
        "app.kubernetes.io/name": "mongodb-kubernetes-operator",
      }),
      apiServer,
    );
    this.registerOutputs();
  }
}
